import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Block, Document, FileType } from "../../src/documents/document.js";
import { documentRules } from "../../src/documents/document.js";
import { extractDocument, timeFor } from "../../src/documents/extraction/extract.js";
import { readDocument, textsOf } from "../../src/documents/extraction/read.js";
import { runTask } from "../../src/documents/process.js";
import { pdf, pdfOf } from "./fixtures.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-extraction-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { signal } = new AbortController();

async function write(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

test("a document is read in a child process, which tells of its pages", async () => {
  const sentence = "Soil holds water for plants, and the roots of the plants hold the soil.";
  const file = await write("lesson.pdf", pdf([[{ x: 60, y: 700, text: "Soil", size: 18 }, { x: 60, y: 660, text: sentence }], [{ x: 60, y: 700, text: sentence }]]));
  const heard: [number, number][] = [];
  expect(await extractDocument({ path: file, fileType: "pdf" }, { signal, onPages: (done, total) => heard.push([done, total]) })).toEqual({
    title: "Soil",
    language: "en",
    pages: 2,
    blocks: [
      { kind: "heading", level: 1, text: "Soil", page: 1 },
      { kind: "paragraph", text: sentence, page: 1 },
      { kind: "paragraph", text: sentence, page: 2 },
    ],
  });
  expect([heard[0], heard.at(-1)]).toEqual([[0, 2], [2, 2]]);
});

test("a document that cannot be read fails with its code, and one that is not there with another error", async () => {
  const empty = await write("empty.pdf", "");
  await expect(extractDocument({ path: empty, fileType: "pdf" }, { signal })).rejects.toMatchObject({ name: "DocumentFailure", code: "CORRUPT" });
  await expect(extractDocument({ path: path.join(folder, "gone.pdf"), fileType: "pdf" }, { signal })).rejects.toThrow(/ENOENT/);
});

test("a page of endless operators is given up by time or by memory", async () => {
  const file = await write("endless.pdf", pdfOf(["BT /F1 1 Tf (a) Tj ET\n".repeat(4_000_000)]));
  const limits = { cpuMs: 2_000, memoryBytes: 300 * 1024 * 1024 };
  await expect(runTask("extract", { path: file, fileType: "pdf" }, { signal, limits })).rejects.toMatchObject({ code: expect.stringMatching(/^(?:TIMEOUT|TOO_LARGE)$/) });
});

test("a document may take 15 s of processor time for each 100 pages begun, 60 s at most", () => {
  expect([0, 1, 100, 101, 201, 2_000].map((pages) => timeFor(pages))).toEqual([
    { cpuMs: 15_000, wallMs: 150_000 },
    { cpuMs: 15_000, wallMs: 150_000 },
    { cpuMs: 15_000, wallMs: 150_000 },
    { cpuMs: 30_000, wallMs: 300_000 },
    { cpuMs: 45_000, wallMs: 450_000 },
    { cpuMs: 60_000, wallMs: 600_000 },
  ]);
});

const data = process.env["DISHA_DATA"] && path.join(process.env["DISHA_DATA"], "documents");

describe.skipIf(!data || !existsSync(data))("real documents", () => {
  const fileOf = (file: string) => ({ path: path.join(data ?? "", file), fileType: path.extname(file).slice(1) as FileType });
  /** In this process, for a child takes half a second to start. */
  const read = (file: string): Promise<Document> => readDocument(fileOf(file));
  const words = (text: string): string[] => text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const headings = (document: Document, level: number): string[] =>
    document.blocks.flatMap((block) => (block.kind === "heading" && block.level === level ? [block.text] : []));
  const wholeText = ({ blocks }: Document): string => blocks.flatMap((block: Block) => textsOf(block)).join("\n");

  test.each([
    ["bad_empty.pdf", "CORRUPT"],
    ["bad_encrypted_user_password.pdf", "ENCRYPTED"],
    ["bad_header_only.pdf", "CORRUPT"],
    ["bad_png_renamed.pdf", "UNSUPPORTED"],
    ["bad_truncated.pdf", "CORRUPT"],
    ["bad_zip_bomb_200MB.docx", "TOO_LARGE"],
    ["scan_one_page_no_text.pdf", "NO_TEXT"],
  ])("%s is refused", async (file, code) => {
    await expect(read(file)).rejects.toMatchObject({ name: "DocumentFailure", code });
  });

  test("a book of 201 pages: twelve chapters by its bookmarks, whole paragraphs, nothing of the pages' furniture", async () => {
    const book = await extractDocument(fileOf("large_201_pages.pdf"), { signal });
    expect(book).toMatchObject({ title: "Adventures of Sherlock Holmes", language: "en", pages: 201 });
    const chapters = headings(book, 1).filter((heading) => heading.startsWith("Adventure "));
    expect(chapters).toHaveLength(12);
    expect(chapters[1]).toBe("Adventure II: The Red-Headed League");
    const text = wholeText(book);
    expect(text.length).toBeGreaterThan(440_000);
    expect(text).toContain("In his eyes she eclipses and predominates the whole of her sex.");
    expect(text).toMatch(/^TO Sherlock Holmes she is always the woman\./m);
    expect(text).not.toMatch(/ADVENTURE I\. A SCANDAL|\p{Ll}- ?\n|ﬁ|ﬂ/u);
    expect(documentRules.parse(book)).toEqual(book);
  });

  test("a Hindi lesson has the words of its source, though its font names glyphs by numbers", async () => {
    const [lesson, source] = await Promise.all([read("hindi_iot_lesson1.pdf"), readFile(path.join(data ?? "", "lesson_iot_hi.md"), "utf8")]);
    expect(lesson).toMatchObject({ title: "IoT का परिचय", language: "hi", pages: 8 });
    expect(headings(lesson, 2)).toContain("इंटरनेट ऑफ थिंग्स क्या है?");
    const known = new Set(words(source.normalize("NFC")));
    const hindi = words(wholeText(lesson)).filter((word) => /[\u0900-\u097F]/.test(word));
    expect(hindi.length).toBeGreaterThan(3_000);
    expect(hindi.filter((word) => known.has(word)).length / hindi.length).toBeGreaterThan(0.98);
  });

  test("two columns, a table and hyphens; a French brochure; a lecture of word lists", async () => {
    const [columns, brochure, lecture] = await Promise.all([read("multicolumn_latex.pdf"), read("french_4_pages.pdf"), read("lecture_closed_syllables.pdf")]);
    expect(wholeText(columns)).toContain("consectetuer adipiscing elit. Ut purus elit, vestibulum ut, placerat ac, adipiscing vitae, felis.");
    expect(columns.blocks.find((block) => block.kind === "table")?.rows.at(-1)).toEqual(["Finland", "5.5", "338,424", "Helsinki", "Finnish, Swedish"]);
    expect(brochure).toMatchObject({ title: "La vraie température !", language: "fr" });
    expect(wholeText(brochure)).toContain("le guide des spécifications AFNOR S76-001 recommande de laver");
    expect(wholeText(brochure)).not.toContain("06 82 69 89 82");
    expect(wholeText(lecture)).not.toMatch(/Closed syllable word lists \d|Phonics word lists by Susan Jones/);
    expect(headings(lecture, 2)).toEqual(["Syllable type 1: Closed syllables"]);
  });

  test("documents of Word, Markdown and plain text", async () => {
    const [headed, tables, lesson, excerpt] = await Promise.all([read("headings.docx"), read("tables_illustrative_cases.docx"), read("lesson_iot_en.md"), read("public_speaking_excerpt.txt")]);
    expect(headed.blocks.map((block) => block.kind)).toEqual(["heading", "paragraph", "heading", "paragraph", "heading", "paragraph"]);
    expect(headings(tables, 2)).toEqual(["Patrick", "Siobhan", "Annemarie and Keith", "Aoife and Liam", "Lorna and Paul", "Eddie", "Mary", "John"]);
    expect(tables.blocks.find((block) => block.kind === "table")?.rows).toContainEqual(["Gross Income", "17,542", "17,542"]);
    expect(headings(lesson, 2)).toContain("What is the 'Internet of Things'?");
    expect(wholeText(lesson)).not.toMatch(/\]\(|<|https?:/);
    expect(headings(excerpt, 1)).toEqual(["CHAPTER IV: EFFICIENCY THROUGH CHANGE OF PITCH", "CHAPTER V: EFFICIENCY THROUGH CHANGE OF PACE"]);
  });
});
