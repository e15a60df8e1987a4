import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import { documentRules, type FileType } from "../../src/documents/document.js";
import { mendDevanagari, restoreGlyphs, showsGlyphs, strayedFrom } from "../../src/documents/extraction/devanagari.js";
import { languageOf } from "../../src/documents/extraction/language.js";
import { readDocument } from "../../src/documents/extraction/read.js";
import { partsOf } from "../../src/documents/extraction/parts.js";
import { cleanText } from "../../src/documents/extraction/text.js";
import { coursePlanRules, writtenModuleRules, writtenQuestionRules } from "../../src/documents/writer.js";
import { cell, docx, paragraph, zip } from "./fixtures.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-extraction-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function read(fileType: FileType, content: string | Buffer) {
  const file = path.join(folder, `${files++}.${fileType}`);
  await writeFile(file, content);
  return readDocument({ path: file, fileType });
}

const heading = (level: number, text: string) => ({ kind: "heading", level, text, page: null });
const text = (text: string) => ({ kind: "paragraph", text, page: null });
const list = (ordered: boolean, ...items: string[]) => ({ kind: "list", ordered, items, page: null });

test("markdown: front matter, images, badges, comments and HTML go; links and code leave their text", async () => {
  const source = `---
title: "Soil and water"
layout: lesson
---
<!-- a comment -->
[![build](https://example.org/badge.svg)](https://example.org)

# Soil &amp; *water*

Read about [roots](https://example.org/roots "Roots") and run \`dig(2)\`.<br>Then **water**.

> 💁 A quotation stays.

1. first
   * inner
2. [ ] second

| Plant | Litres |
|---|---|
| *Maize* | 2 |

\`\`\`python title="dig.py"
def dig():
    pass
\`\`\`

<details><summary>Answer</summary>

Four litres.

</details>
`;
  expect(await read("md", source)).toEqual({
    title: "Soil and water",
    language: "en",
    pages: null,
    blocks: [
      heading(1, "Soil & water"),
      text("Read about roots and run dig(2). Then water."),
      text("💁 A quotation stays."),
      list(true, "first", "inner", "second"),
      { kind: "table", rows: [["Plant", "Litres"], ["Maize", "2"]], page: null },
      { kind: "code", text: "def dig():\n    pass", language: "python", page: null },
      text("Answer"),
      text("Four litres."),
    ],
  });
});

test("plain text: lines broken by hand become paragraphs, chapters and shouted lines headings, and the licence goes where it is marked", async () => {
  const source = `Produced by volunteers
*** START OF THE PROJECT GUTENBERG EBOOK SOIL ***

CHAPTER I

THE SOIL BELOW US

Soil holds water for plants, and the roots of the plants hold the soil in
its place when rain falls. Where no plants grow, the water takes the top-
most soil away.

QUESTIONS

1. What holds water for the
   plants?
2. What holds the soil?

*** END OF THE PROJECT GUTENBERG EBOOK SOIL ***
End of licence.`;
  expect((await read("txt", source.replaceAll("\n", "\r\n"))).blocks).toEqual([
    heading(1, "CHAPTER I: THE SOIL BELOW US"),
    text("Soil holds water for plants, and the roots of the plants hold the soil in its place when rain falls. Where no plants grow, the water takes the topmost soil away."),
    heading(2, "QUESTIONS"),
    list(true, "What holds water for the plants?", "What holds the soil?"),
  ]);
});

test("plain text is decoded by its byte order mark or by its looks", async () => {
  const words = "Überall hält der Boden Wasser für die Pflanzen.";
  const utf16 = Buffer.from(words, "utf16le");
  for (const bytes of [
    Buffer.from(words),
    Buffer.from(`\uFEFF${words}`),
    utf16,
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    Buffer.from(words, "latin1"),
  ]) expect((await read("txt", bytes)).blocks).toEqual([text(words)]);
});

test("DOCX: headings by style or look, lists, tables and code; typed columns become rows", async () => {
  const body = [
    paragraph("Soil", { style: "Title" }),
    paragraph("What soil does", { style: "Heading2" }),
    paragraph("Soil holds water for plants, and their roots hold the soil."),
    paragraph("By hand", { bold: true }),
    paragraph("Bold, but a sentence.", { bold: true }),
    `<w:tbl><w:tr>${cell("Plant")}${cell("Litres")}</w:tr><w:tr>${cell("Maize", "", "Rice")}${cell("2", "", "4")}</w:tr></w:tbl>`,
    `<w:tbl><w:tr>${cell("A frame around a sentence.")}</w:tr></w:tbl>`,
  ].join("");
  const styles = ["Title", "Heading2"].map((id) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id === "Title" ? "Title" : "heading 2"}"/></w:style>`).join("");
  const more = {
    "word/styles.xml": `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${styles}</w:styles>`,
    "word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  };
  const { title, blocks } = await read("docx", docx(body, { more }));
  expect(title).toBe("Soil");
  expect(blocks).toEqual([
    heading(1, "Soil"),
    heading(2, "What soil does"),
    text("Soil holds water for plants, and their roots hold the soil."),
    heading(3, "By hand"),
    text("Bold, but a sentence."),
    { kind: "table", rows: [["Plant", "Litres"], ["Maize", "2"], ["Rice", "4"]], page: null },
    text("A frame around a sentence."),
  ]);
});

const laughs = `<!DOCTYPE d [<!ENTITY a "ha">${["b", "c", "d", "e", "f", "g", "h", "i"].map((name, index) => `<!ENTITY ${name} "${`&${"abcdefgh"[index]};`.repeat(10)}">`).join("")}]>`;
const nested = (depth: number): string => `${"<w:sdt><w:sdtContent>".repeat(depth)}${"</w:sdtContent></w:sdt>".repeat(depth)}`;

test.each<[string, FileType, Buffer | string, string]>([
  ["an empty file", "md", "", "CORRUPT"],
  ["a text of figures", "txt", "1 2 3\n", "NO_TEXT"],
  ["a picture called a text", "txt", Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7) % 256)), "CORRUPT"],
  ["a DOCX that unpacks to more than 100 MB", "docx", docx(paragraph("text"), { more: { "word/media/image1.bmp": Buffer.alloc(101 * 1024 * 1024) } }), "TOO_LARGE"],
  ["a DOCX that unpacks to more XML than 40 MB", "docx", docx(`<!--${" ".repeat(41 * 1024 * 1024)}-->`), "TOO_LARGE"],
  ["a DOCX that lies about its sizes", "docx", docx(paragraph("text".repeat(1_000)), { declared: 10 }), "CORRUPT"],
  ["a DOCX of 4 KiB that nests without end", "docx", docx(nested(100_000)), "TOO_LARGE"],
  ["a DOCX with entities that multiply", "docx", docx(paragraph("&i;"), { prologue: laughs }), "CORRUPT"],
  ["a DOCX with too many entries", "docx", docx(paragraph("text"), { more: Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`word/${index}`, ""])) }), "TOO_LARGE"],
  ["a DOCX whose names lead out of it", "docx", docx(paragraph("text"), { more: { "../../evil.xml": "<a/>" } }), "CORRUPT"],
  ["a DOCX cut off", "docx", docx(paragraph("text")).subarray(0, 500), "CORRUPT"],
  ["a DOCX with a password", "docx", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600), Buffer.from("EncryptedPackage", "utf16le")]), "ENCRYPTED"],
  ["a document of Word 97", "docx", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]), "UNSUPPORTED"],
  ["a ZIP of something else", "docx", zip({ "hello.txt": "hello" }), "UNSUPPORTED"],
  ["a DOCX without text", "docx", docx("<w:p/>"), "NO_TEXT"],
])("%s is refused", async (_, fileType, content, code) => {
  await expect(read(fileType, content)).rejects.toMatchObject({ name: "DocumentFailure", code });
});

test("text is composed, ligatures are taken apart, and what nobody sees is gone", () => {
  expect(cleanText("  e\u0301ﬃcient\u00A0 co\u00ADoperation\u200B \u0000x²\uE000\n ")).toBe("éfficient cooperation x²");
});

test("Devanagari: signs join their letters, and glyphs in the order in which they are drawn become words", () => {
  expect(mendDevanagari("प ानी िमलता है, सत् य")).toBe("पानी मिलता है, सत्य");
  expect(showsGlyphs(["ɡən", "ɟकसिी", "ɟकया", "ɟदया", "ɡलिए", "ɜ·लिक"])).toBe(true);
  expect(showsGlyphs(["English phonetics: ɡən, ɟa, ɡa, ɜ, ɪ, ɟ"])).toBe(false);
  expect(restoreGlyphs("दु ɟनया सिे जिानकारी, ɡलिए ɜ·लिक, हाडिर्डविेयर, ɟनɸमंत, पाʃकंग, कायर्यों")).toBe("दुनिया से जानकारी, लिए क्लिक, हार्डवेयर, निर्मित, पार्किंग, कार्यों");
  expect([strayedFrom("करते हैं।स्", "मार्ट शहर"), strayedFrom("होते हैं प्र", "ोग्राम"), strayedFrom("करते हैं।", "और")]).toEqual([2, 3, 0]);
});

test("the language is told from enough text, and left open where two are as near", async () => {
  expect(await languageOf(["Soil holds water for plants, and the roots of the plants hold the soil."])).toBe("en");
  expect(await languageOf(["मिट्टी पौधों के लिए पानी रखती है, और पौधों की जड़ें मिट्टी को थामे रखती हैं।"])).toBe("hi");
  expect(await languageOf(["Der Boden hält Wasser für die Pflanzen, und die Wurzeln halten den Boden fest."])).toBe("de");
  expect(await languageOf(["Soil."])).toBeNull();
  expect(await languageOf(["1, 2, 3"])).toBeNull();
  expect(await languageOf(["Lorem ipsum dolor sit amet, consectetuer adipiscing elit. Ut purus elit, vestibulum ut, placerat ac, adipiscing vitae, felis."])).toBeNull();
});

test("code keeps its tabs and lines, not characters that cannot be stored", async () => {
  const { blocks } = await read("md", "# Pumps\n\n```c\nif (a)\u0000\u0001 {\n\tb\u001b[0m;\u0085\n}\n```\n");
  expect(blocks[1]).toEqual({ kind: "code", text: "if (a) {\n\tb[0m;\n}", language: "c", page: null });
});

test.each(["a\u0000b", "a\uD83Db", "a\uDE00"])("a document, a plan, weeks and questions with %j are refused", (bad) => {
  const block = { kind: "code", text: bad, language: null, page: null };
  const document = { title: null, language: null, pages: null };
  const plan = { title: "T", description: "", keywords: [], skillIds: [], modules: [{ title: "W", topics: [{ title: bad, spans: [{ document: 0, from: 0, to: 1 }] }] }] };
  const week = { description: "", learningObjectives: [], topics: [{ content: bad, estimatedMinutes: 1 }] };
  const question = {
    questionText: "Q", options: { A: "a", B: "b", C: "c", D: bad }, correctAnswer: "A", explanation: "E", difficulty: "easy", document: 0, page: null, skillId: null,
  };
  const problems = [
    documentRules.safeParse({ ...document, blocks: [block] }),
    documentRules.safeParse({ ...document, blocks: [{ kind: "table", rows: [["a", bad]], page: null }] }),
    coursePlanRules.safeParse(plan),
    writtenModuleRules.safeParse(week),
    writtenQuestionRules.safeParse(question),
  ].map(({ error }) => error?.issues.map(({ path }) => path.join(".")));
  expect(problems).toEqual([["blocks.0.text"], ["blocks.0.rows.0.1"], ["modules.0.topics.0.title"], ["topics.0.content"], ["options.D"]]);
});

test("a block that is too long is parted at sentences, lines, items and rows, and nothing of it is lost", () => {
  const page = 2;
  const paragraph = partsOf({ kind: "paragraph", text: "One two three. Four five six. Seven", page }, 20);
  expect(paragraph).toEqual(["One two three.", "Four five six. Seven"].map((part) => ({ kind: "paragraph", text: part, page })));
  const code = partsOf({ kind: "code", text: "a = 1\nb = 2\n\nc = 3", language: "py", page }, 13);
  expect(code.map((part) => part.kind === "code" && part.text)).toEqual(["a = 1\nb = 2", "c = 3"]);
  expect(partsOf({ kind: "list", ordered: true, items: ["aaaa", "bbbb", "cccc"], page }, 9)).toEqual([
    { kind: "list", ordered: true, items: ["aaaa", "bbbb"], page }, { kind: "list", ordered: true, items: ["cccc"], page },
  ]);
  const table = partsOf({ kind: "table", rows: [["h", "i"], ["a".repeat(15), "b"], ["c".repeat(30), "d"]], page }, 20);
  expect(table.map((part) => part.kind === "table" && part.rows)).toEqual([
    [["h", "i"], ["a".repeat(15), "b"]], [["h", "i"], ["c".repeat(20), "d"]], [["h", "i"], ["c".repeat(10), ""]],
  ]);
  const signs = partsOf({ kind: "paragraph", text: "\u{1F600}".repeat(10), page }, 5).map((part) => (part.kind === "paragraph" ? part.text : ""));
  expect(signs.every((part) => part.isWellFormed() && part.length <= 5)).toBe(true);
  expect(signs.join("")).toBe("\u{1F600}".repeat(10));
});

test("a listing of 360,000 characters is spread over topics that a teacher can save", async () => {
  const document = await read("md", `# Pumps\n\nThe program below moves water.\n\n\`\`\`js\n${"let a = 1; b();\n".repeat(22_500)}\`\`\`\n`);
  const source = { documents: [document], filenames: ["a.md"], title: null, nsqfLevel: null, language: "en", weeks: null, skills: [] };
  const contents = (await embeddedWriter.write(source, await embeddedWriter.structure(source))).flatMap(({ topics }) => topics.map(({ content }) => content));
  expect(Math.max(...contents.map((content) => content.length))).toBeLessThan(60_000);
  expect(contents.join("").match(/let a = 1; b\(\);/g)).toHaveLength(22_500);
});

test("a topic longer than can be saved is refused, not cut", async () => {
  const document = { title: null, language: "en", pages: null, blocks: [{ kind: "code" as const, text: "a\n".repeat(100_000), language: null, page: null }] };
  const source = { documents: [document], filenames: ["a.md"], title: null, nsqfLevel: null, language: "en", weeks: null, skills: [] };
  const plan = { title: "T", description: "", keywords: [], skillIds: [], modules: [{ title: "W", topics: [{ title: "T", spans: [{ document: 0, from: 0, to: 1 }] }] }] };
  await expect(embeddedWriter.write(source, plan)).rejects.toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("ask for more weeks") });
  expect(writtenModuleRules.safeParse({ description: "", learningObjectives: [], topics: [{ content: "a".repeat(200_001), estimatedMinutes: 1 }] }).success).toBe(false);
});
