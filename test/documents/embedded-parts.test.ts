import { marked } from "marked";
import { expect, test } from "vitest";
import type { Block, Document } from "../../src/documents/document.js";
import { cleanHeading, isMatter, isMatterText, titleOfFile } from "../../src/documents/embedded/headings.js";
import { toMarkdown } from "../../src/documents/embedded/markdown.js";
import { isComplete, isSelfContained, splitSentences } from "../../src/documents/embedded/sentences.js";
import { rankSkills, skillMatcher } from "../../src/documents/embedded/skills.js";
import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import type { Source } from "../../src/documents/writer.js";
import { withinEffort } from "../support/effort.js";

const paragraph = (text: string): Block => ({ kind: "paragraph", text, page: null });
const heading = (level: number, text: string): Block => ({ kind: "heading", level, text, page: null });
const sourceOf = (documents: Document[], wished: Partial<Source> = {}): Source => ({
  documents, filenames: documents.map((_, at) => `reader_${at + 1}.txt`), title: null, nsqfLevel: null, language: "en", weeks: null, skills: [], ...wished,
});
const documentOf = (blocks: Block[], language = "en"): Document => ({ title: null, language, pages: null, blocks });

test("text that looks like markup stays text", () => {
  const blocks: Block[] = [
    paragraph("# no heading"), paragraph("1. no list"), paragraph("- no list"), paragraph("<script>alert(1)</script> & &lt; *a* _b_ `c` [d](http://e) ~~f~~"), paragraph("---"),
    { kind: "table", rows: [["a|b", "c"], ["<i>d</i>"]], page: null },
    { kind: "list", ordered: true, items: ["# x", "y"], page: null },
    { kind: "code", text: "a ``` b\n<b>", language: "c++", page: null },
  ];
  const html = marked.parse(toMarkdown(blocks, "t"), { async: false });
  expect(html.replace(/\n/gu, "")).toBe(
    "<p># no heading</p><p>1. no list</p><p>- no list</p><p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &amp;lt; *a* _b_ `c` [d](<a href=\"http://e\">http://e</a>) ~~f~~</p><p>---</p>" +
      "<table><thead><tr><th>a|b</th><th>c</th></tr></thead><tbody><tr><td>&lt;i&gt;d&lt;/i&gt;</td><td></td></tr></tbody></table>" +
      "<ol><li># x</li><li>y</li></ol><pre><code class=\"language-c++\">a ``` b&lt;b&gt;</code></pre>",
  );
});

test("headings lose numbers, leaders and shouting; what names nothing is no title", () => {
  expect(["1.2 Pumps", "Chapter 4: Valves", "A SCANDAL IN BOHEMIA", "🚀 Challenge", "Wells ...... 12", "III.", "Part 2", "CRADLE OF", "3D printing"].map(cleanHeading)).toEqual([
    "Pumps", "Valves", "A Scandal in Bohemia", "Challenge", "Wells", "", "", "", "3D printing",
  ]);
  expect(["Contents", "2. Index", "विषय सूची", "Bibliographie", "Index funds"].map(isMatter)).toEqual([true, true, true, true, false]);
  expect(["Pumps ........ 12", "https://example.org/a", "© 2020 Town Press", "12", "Pumps lift water."].map(isMatterText)).toEqual([true, true, true, true, false]);
  expect(["my_first-course (2).pdf", "/a/b/WaterWorks.docx", "2024.txt"].map(titleOfFile)).toEqual(["My first course", "Water Works", ""]);
});

test("sentences end at dandas and full stops, not after short titles; some cannot stand alone", () => {
  expect(splitSentences("hi", "यह पंप है। पंप पानी उठाता है।क्यों?")).toEqual(["यह पंप है।", "पंप पानी उठाता है।", "क्यों?"]);
  expect(splitSentences("en", "Dr. Rao came at 4.30 p.m. sharp. The pump, No. 5, ran. “Stop!” he said.")).toEqual(["Dr. Rao came at 4.30 p.m. sharp.", "The pump, No. 5, ran.", "“Stop!” he said."]);
  expect(["Pumps lift water.", "lift water.", "Pumps (lift water.", "Pumps lift", "See www.pump.org now."].map(isComplete)).toEqual([true, false, false, false, false]);
  expect(["Pumps lift water.", "It lifts water.", "Pumps in figure 3 lift water.", "Why do pumps lift?", "We lift water."].map((text) => isSelfContained(text, "en"))).toEqual([true, false, false, false, false]);
});

test("skills are named as words, the longest first, common words only as names", () => {
  const match = skillMatcher([
    { id: "java", name: "Java", terms: [] }, { id: "js", name: "JavaScript", terms: ["ECMAScript"] }, { id: "db", name: "Relational databases", terms: [] },
    { id: "access", name: "Access", terms: [] }, { id: "ms", name: "Microsoft Access", terms: [] }, { id: "cpp", name: "C++", terms: [] }, { id: "and", name: "and", terms: [] }, { id: "cafe", name: "Café work", terms: [] },
  ]);
  const rank = (text: string): string[] => rankSkills(match, "", [], [text]);
  expect(rank("People use JavaScript and ECMAScript.")).toEqual(["js"]);
  expect(rank("Get access to a relational database, and access it again and again for access.")).toEqual(["db"]);
  expect(rank("We open Microsoft Access, then C++.")).toEqual(["cpp", "ms"]);
  expect(rank("Cafe work pays.")).toEqual(["cafe"]);
  expect(rankSkills(match, "Java", ["C++ at home"], ["In Java one writes. In C++ too."])).toEqual(["java", "cpp"]);
});

const prose = (subject: string, count: number): Block[] =>
  Array.from({ length: count }, (_, at) => paragraph(`The ${subject} of house ${at + 1} was built with care by the people of the place. `.repeat(4).trim()));

test("contents, licence and index are left out, and small parts join; chapters become weeks", async () => {
  const plan = await embeddedWriter.structure(
    sourceOf([documentOf([
      heading(1, "Contents"), paragraph("Wells"), heading(1, "Wells"), ...prose("well", 16), heading(2, "Rope"), ...prose("rope", 4), heading(1, "Roofs"), ...prose("roof", 18),
      heading(1, "Index"), paragraph("rope, 3; well, 1"),
    ])]),
  );
  expect(plan.modules.map((module) => module.title)).toEqual(["Wells", "Roofs"]);
  expect(plan.modules[0]?.topics.map((topic) => topic.title)).toContain("Rope");
  expect(plan.modules.flatMap((module) => module.topics.flatMap((topic) => topic.spans)).some((span) => span.from < 2 || span.to > 43)).toBe(false);
});

test("weeks come out as wished while there are passages for them, of like size", async () => {
  const source = sourceOf([documentOf([...prose("well", 20), ...prose("roof", 20)])], { weeks: 5 });
  const plan = await embeddedWriter.structure(source);
  expect(plan.modules.length).toBe(5);
  const sizes = plan.modules.map((module) => module.topics.reduce((sum, topic) => sum + topic.spans.reduce((all, span) => all + span.to - span.from, 0), 0));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * Math.min(...sizes));
  expect((await embeddedWriter.structure({ ...source, title: "Houses" })).title).toBe("Houses");
  expect((await embeddedWriter.structure(sourceOf([documentOf([paragraph("One line.")])], { weeks: 30 }))).modules.length).toBe(1);
});

test("several documents follow one another", async () => {
  const plan = await embeddedWriter.structure(sourceOf([documentOf(prose("well", 20)), documentOf(prose("roof", 20))]));
  expect(plan.modules.map((module) => [...new Set(module.topics.flatMap((topic) => topic.spans.map((span) => span.document)))])).toEqual([[0], [1]]);
});

test("a text of thousands of paragraphs takes time in proportion", async () => {
  const subjects = ["pump", "valve", "tank", "pipe", "meter", "filter", "well", "roof", "drain", "canal"];
  const document = documentOf(subjects.flatMap((subject) => prose(`${subject} and the ${subject} house`, 25)));
  const source = sourceOf([document]);
  const plan = await withinEffort(150, async () => {
    const structure = await embeddedWriter.structure(source);
    await embeddedWriter.quiz(source, structure, await embeddedWriter.write(source, structure));
    return structure;
  });
  expect(plan.modules.length).toBeGreaterThan(5);
});

test("hundreds of sections fit into the weeks wished, twenty topics in each at most", async () => {
  const blocks = Array.from({ length: 700 }, (_, at) => [heading(2, `House ${at + 1} of brick`), paragraph(`Wall ${at + 1} stands by itself. `.repeat(20).trim())]).flat();
  for (const weeks of [1, 7, 30]) {
    const plan = await embeddedWriter.structure(sourceOf([documentOf(blocks)], { weeks }));
    expect(plan.modules.length).toBe(weeks);
    expect(Math.max(...plan.modules.map((module) => module.topics.length))).toBeLessThanOrEqual(20);
  }
});
