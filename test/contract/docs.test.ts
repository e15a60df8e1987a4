import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorCodes } from "../../src/graphql/errors.js";
import { limits } from "../../src/graphql/limits/shape.js";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const pages = ["README.md", ...readdirSync(new URL("docs/", root), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)];
const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

describe.each(pages)("%s", (page) => {
  const text = read(page);

  test("links to what is there", () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !existsSync(new URL(target, new URL(page, root))))).toEqual([]);
  });

  test("names files and commands that exist", () => {
    const files = [...text.matchAll(/`((?:src|test|operations|drizzle)\/[\w./-]+)`/g)].map(([, file = ""]) => file);
    // What a reader of adding-a-table.md is about to write.
    expect(files.filter((file) => !/notes/.test(file) && !existsSync(new URL(file, root)))).toEqual([]);
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test("errors-and-limits.md tells of every code and every limit", () => {
  const text = read("docs/errors-and-limits.md");
  expect(Object.keys(errorCodes).filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  for (const [name, most] of Object.entries(limits)) expect(text).toContain(`| ${name} | ${most.toLocaleString("en")} |`);
});

test("running.md tells of every variable of the environment", () => {
  const [declared = ""] = /const environment = z\.object\(\{.*?^\}\);/ms.exec(read("src/config.ts")) ?? [];
  const names = [...declared.matchAll(/^ {2}([A-Z0-9_]+):/gm)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !read("docs/running.md").includes(`\`${name}\``))).toEqual([]);
});
