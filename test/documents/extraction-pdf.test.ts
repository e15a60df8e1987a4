import { expect, test } from "vitest";
import { readPdf } from "../../src/documents/extraction/pdf/read.js";
import { pdf, pdfOf, type Piece } from "./fixtures.js";

const silent = (): void => {};
const read = (bytes: Buffer) => readPdf(bytes, silent);
const textsOf = async (bytes: Buffer): Promise<string[]> => (await read(bytes)).blocks.map((block) => ("text" in block ? `${block.kind === "heading" ? "#".repeat(block.level) + " " : ""}${block.text}` : JSON.stringify("items" in block ? block.items : block.rows)));

/** Lines one under the other, each wide enough to be running text. */
const lines = (texts: readonly string[], { x = 60, y = 700, size = 10 } = {}): Piece[] => texts.map((text, index) => ({ x, y: y - index * size * 1.2, text, size }));

const left = ["The leaves of a plant take in light and air and", "make sugar of them, which the plant then trans-", "ports to its roots. This is what we call photo-", "synthesis, and all food on land begins with it."];
const right = ["Roots take in water and salts from the soil. The", "water rises through the stem into all the leaves", "where most of it goes into the air again, so that", "more can follow from below, day after day."];

test("columns are read one after the other, hyphens of line ends go, and a title above both comes first", async () => {
  const page = [{ x: 180, y: 760, text: "How plants live from light", size: 20 }, ...lines(left), ...lines(right, { x: 320 })];
  // The lines of both columns alternate in the file, as some programs write them.
  const mixed = page.toSorted((one, other) => other.y - one.y);
  expect(await textsOf(pdf([mixed]))).toEqual([
    "# How plants live from light",
    "The leaves of a plant take in light and air and make sugar of them, which the plant then transports to its roots. This is what we call photosynthesis, and all food on land begins with it.",
    "Roots take in water and salts from the soil. The water rises through the stem into all the leaves where most of it goes into the air again, so that more can follow from below, day after day.",
  ]);
});

test("running heads and page numbers go, and a paragraph goes on over the end of the page", async () => {
  const pages = [1, 2, 3, 4].map((number) => [
    { x: 60, y: 800, text: `Botany for schools, part ${number}` },
    ...lines(number === 1 ? left.slice(0, 3) : number === 2 ? left.slice(3) : right),
    { x: 290, y: 40, text: `Page ${number} of 4` },
  ]);
  const { blocks, pages: count } = await read(pdf(pages));
  expect(count).toBe(4);
  expect(blocks.map(({ page }) => page)).toEqual([1, 3, 4]);
  expect(blocks[0]).toMatchObject({ kind: "paragraph", text: expect.stringMatching(/^The leaves .* photosynthesis, and all food on land begins with it\.$/) });
  expect(JSON.stringify(blocks)).not.toMatch(/Botany|Page/);
});

test("headings are told by size and weight, lists by their marks, tables by their columns; a table of contents goes", async () => {
  const page: Piece[] = [
    { x: 60, y: 780, text: "Contents", size: 16 },
    ...["Light", "Water", "Soil"].flatMap((text, index): Piece[] => [{ x: 60, y: 755 - index * 14, text }, { x: 500, y: 755 - index * 14, text: String(index * 3 + 1) }]),
    { x: 60, y: 690, text: "Plants", size: 16 },
    ...lines(left, { y: 660 }),
    { x: 60, y: 590, text: "What they need", bold: true },
    ...["\u2022 light, water and air", "\u2022 salts from the soil"].map((text, index) => ({ x: 70, y: 570 - index * 12, text: text.replace("\u2022", "\x95") })),
    ...["Plant", "Litres"].map((text, index) => ({ x: 60 + index * 150, y: 500, text })),
    ...["Maize", "2"].map((text, index) => ({ x: 60 + index * 150, y: 486, text })),
    ...["Rice", "4"].map((text, index) => ({ x: 60 + index * 150, y: 472, text })),
  ];
  expect(await textsOf(pdf([page]))).toEqual([
    "# Plants",
    expect.stringMatching(/^The leaves/),
    "## What they need",
    JSON.stringify(["light, water and air", "salts from the soil"]),
    JSON.stringify([["Plant", "Litres"], ["Maize", "2"], ["Rice", "4"]]),
  ]);
});

test("bookmarks tell the level of headings", async () => {
  const outline = ["<< /Type /Outlines /First 9 0 R /Last 9 0 R /Count 1 >>", "<< /Title (Leaves) /Parent 8 0 R /Dest [6 0 R /XYZ 0 775 0] /First 10 0 R /Last 10 0 R /Count 1 >>", "<< /Title (Roots) /Parent 9 0 R /Dest [6 0 R /XYZ 0 660 0] >>"];
  const page = [{ x: 60, y: 760, text: "Leaves", bold: true }, ...lines(left, { y: 740 }), { x: 60, y: 650, text: "Roots", bold: true }, ...lines(right, { y: 630 })];
  const file = pdf([page], { catalog: "/Outlines 8 0 R", info: "/Title (Botany for schools)", more: outline });
  expect((await textsOf(file)).filter((text) => text.startsWith("#"))).toEqual(["# Leaves", "## Roots"]);
  expect((await read(file)).title).toBe("Botany for schools");
  expect((await read(pdf([page], { info: "/Title (Microsoft Word - botany.docx)" }))).title).toBeNull();
});

test("text that is turned is read when all of the page is, and left out when it is a stamp", async () => {
  const turned = left.map((text, index) => `BT /F1 10 Tf 0 1 -1 0 ${100 + index * 12} 100 Tm (${text}) Tj ET`).join("\n");
  expect(await textsOf(pdfOf([turned]))).toEqual([expect.stringMatching(/^The leaves .* begins with it\.$/)]);
  const stamp = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET";
  expect(JSON.stringify(await textsOf(pdfOf([`${lines(left).map(({ x, y, text }) => `BT /F1 10 Tf ${x} ${y} Td (${text}) Tj ET`).join("\n")}\n${stamp}`])))).not.toContain("DRAFT");
});

test.each<[string, Buffer, string]>([
  ["a scan without text", pdfOf(["0 0 100 100 re f"]), "NO_TEXT"],
  ["hardly any text", pdf([[{ x: 60, y: 700, text: "Scanned by a machine" }]]), "NO_TEXT"],
  ["a header alone", Buffer.from("%PDF-1.3\n"), "CORRUPT"],
  ["a file cut off", pdf([lines(left), lines(right)]).subarray(0, 700), "CORRUPT"],
  ["pages that are missing", pdfOf(["BT ET"], { kids: "6 0 R 90 0 R 91 0 R", count: 3 }), "CORRUPT"],
  ["pages within themselves", pdfOf(["BT ET"], { kids: "2 0 R", count: 3 }), "CORRUPT"],
  ["more pages than are read", pdfOf(["BT ET"], { kids: "6 0 R ".repeat(2_001), count: 2_001 }), "TOO_LARGE"],
  ["a number of pages that is made up", pdfOf(["BT ET"], { count: 1_000_000_000 }), "NO_TEXT"],
  ["no PDF", Buffer.from("GIF89a".padEnd(2_000)), "UNSUPPORTED"],
])("%s is refused", async (_, bytes, code) => {
  await expect(read(bytes)).rejects.toMatchObject({ name: "DocumentFailure", code });
});
