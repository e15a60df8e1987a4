import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { FileType } from "../../src/documents/document.js";
import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import { extractDocument } from "../../src/documents/extraction/extract.js";
import type { Source } from "../../src/documents/writer.js";
import { withinEffort } from "../support/effort.js";
import { checkCourse } from "./quality.js";

interface Entry {
  file: string;
  expected: string;
}

const data = process.env["DISHA_DATA"];
const files = data === undefined ? [] : (JSON.parse(readFileSync(path.join(data, "documents/manifest.json"), "utf8")) as Entry[]).filter((entry) => entry.expected === "accept");
/** Questions that the longer texts give at least; of the others none is better than a poor one. */
const least: Record<string, number> = { "lesson_iot_en.md": 4, "lesson_iot_hi.md": 4, "french_4_pages.pdf": 2, "large_201_pages.pdf": 8 };

test.skipIf(data === undefined).each(files)("the course made of $file is one that a teacher could give", async ({ file }) => {
  const fileType = path.extname(file).slice(1) as FileType;
  const document = await extractDocument({ path: path.join(data ?? "", "documents", file), fileType }, { signal: AbortSignal.timeout(300_000) });
  const source: Source = {
    documents: [document], filenames: [file], title: null, nsqfLevel: null, language: document.language ?? "en", weeks: null,
    skills: [{ id: "iot", name: "Internet of Things", terms: ["IoT"] }, { id: "tea", name: "Tea Tasting", terms: [] }],
  };
  const made = await withinEffort(1_000, async () => {
    const plan = await embeddedWriter.structure(source);
    const written = await embeddedWriter.write(source, plan);
    return { plan, written, questions: await embeddedWriter.quiz(source, plan, written) };
  });
  checkCourse(source, made);
  expect(made.questions.flat().length).toBeGreaterThanOrEqual(least[file] ?? 0);
  expect(made.plan.skillIds).toEqual(file.includes("iot") ? ["iot"] : []);
}, 900_000);
