import type { Block } from "../document.js";
import { cleanHeading } from "./headings.js";
import { tidy, words } from "./text.js";

/** Text that Markdown shows as it is: what would begin markup, HTML or an entity is escaped. */
export const escapeInline = (text: string): string =>
  tidy(text)
    .replace(/[\\`*_[\]<>~]/gu, "\\$&")
    .replace(/&(?=#?\w+;)/gu, "\\&")
    .replace(/!(?=\\\[)/gu, "\\!");

/** The same at the beginning of a line, where a heading, list, rule or indented code could begin. */
const escapeLine = (text: string): string =>
  escapeInline(text)
    .replace(/^(#{1,6})(?=\s|$)/u, "\\$1")
    .replace(/^([-+])(?=\s|$)/u, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, "$1\\$2")
    .replace(/^(=+|-{2,}|(?:-\s*){3,})$/u, "\\$1")
    .replace(/^\|/u, "\\|");

const cell = (text: string): string => escapeInline(text).replaceAll("|", "\\|");

const table = (rows: readonly (readonly string[])[]): string => {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const line = (row: readonly string[]): string => `| ${Array.from({ length: width }, (_, at) => cell(row[at] ?? "")).join(" | ")} |`;
  const [head, ...body] = rows;
  return head && width > 0 ? [line(head), `|${" --- |".repeat(width)}`, ...body.map(line)].join("\n") : "";
};

const code = (text: string, language: string | null): string => {
  const ticks = Math.max(2, ...[...text.matchAll(/`+/gu)].map((match) => match[0].length)) + 1;
  const fence = "`".repeat(ticks);
  return `${fence}${language && /^[\w+#.-]+$/u.test(language) ? language : ""}\n${text.replace(/\s+$/u, "")}\n${fence}`;
};

const one = (block: Block, top: number): string => {
  switch (block.kind) {
    case "heading": {
      const title = escapeInline(block.text);
      // What was taken for a heading but is a part of a sentence goes on as text.
      if (cleanHeading(block.text) === "" && words(block.text).length > 3) return escapeLine(block.text);
      return title === "" ? "" : `${"#".repeat(Math.min(6, 2 + block.level - top))} ${title.replace(/#+$/u, "\\$&")}`;
    }
    case "paragraph":
      return escapeLine(block.text);
    case "list":
      return block.items
        .map(escapeLine)
        .filter((item) => item !== "")
        .map((item, at) => (block.ordered ? `${at + 1}. ${item}` : `- ${item}`))
        .join("\n");
    case "table":
      return table(block.rows);
    case "code":
      return block.text.trim() === "" ? "" : code(block.text, block.language);
  }
};

/** Blocks of a topic as Markdown. Its headings begin at the second level; the first of them is left out where it is the topic's title. */
export const toMarkdown = (blocks: readonly Block[], title: string): string => {
  const [first] = blocks;
  const inner = first?.kind === "heading" && (cleanHeading(first.text) === title || cleanHeading(first.text) === "") ? blocks.slice(1) : blocks;
  const levels = inner.flatMap((block) => (block.kind === "heading" ? [block.level] : []));
  const top = Math.min(6, ...levels);
  const parts: string[] = [];
  let before: Block | undefined;
  for (const block of inner) {
    const text = one(block, top);
    if (text === "") continue;
    // Two lists in a row would read as one.
    if (before?.kind === "list" && block.kind === "list") parts.push("<!-- -->");
    parts.push(text);
    before = block;
  }
  return parts.join("\n\n");
};
