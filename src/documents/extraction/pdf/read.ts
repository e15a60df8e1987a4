import { DocumentFailure, type Block } from "../../document.js";
import type { PageReport, Reading } from "../read.js";
import type { Face } from "./fonts.js";
import { withoutFurniture } from "./furniture.js";
import { groupsOf, isBullet, isNumbered, usualOf, withoutMark, type Group } from "./groups.js";
import { headingLevels, type Bookmark } from "./headings.js";
import { linesOf } from "./layout.js";
import { openPdf, outlineOf, readable, titleOf } from "./open.js";
import { readPage, type PageText, type PdfDocument } from "./page.js";
import { isContents, isLeader, rowsOf } from "./tables.js";
import { Words } from "./words.js";

/** Pages of the longest PDF that is taken. */
export const mostPages = 2_000;
/** A PDF with fewer letters than these, together or on each page, is a scan. */
const fewestLetters = { together: 50, onEachPage: 10 };
/** Characters of all pages together. */
const mostCharacters = 10_000_000;

/** Milliseconds between two reports. */
const reportMs = 200;

/**
 * Reads a PDF. What is lost: text that is drawn as pictures, mathematics beyond its letters, the text of fonts that
 * bring no Unicode along, and of Chinese, Japanese and Korean fonts that rely on character maps outside the file.
 * @throws {DocumentFailure}
 */
export async function readPdf(bytes: Buffer, report: (pages: PageReport) => void): Promise<Reading> {
  const pdf = await openPdf(bytes);
  if (pdf.numPages > mostPages) throw new DocumentFailure("TOO_LARGE");
  report({ done: 0, total: pdf.numPages });
  const pages = await readPages(pdf, report);
  const letters = pages.reduce((sum, page) => sum + page.runs.reduce((all, run) => all + (run.text.match(/\p{L}/gu)?.length ?? 0), 0), 0);
  if (letters < Math.max(fewestLetters.together, fewestLetters.onEachPage * pages.length)) throw new DocumentFailure("NO_TEXT");
  return { title: await titleOf(pdf), pages: pdf.numPages, blocks: blocksOf(pages, await outlineOf(pdf)) };
}

async function readPages(pdf: PdfDocument, report: (pages: PageReport) => void): Promise<PageText[]> {
  const faces = new Map<string, Face>();
  const pages: PageText[] = [];
  let reported = performance.now();
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    // A page that cannot be read would leave a hole in the course that nobody sees: the document is damaged.
    const page = await readable(async () => {
      const page = await pdf.getPage(number);
      const text = await readPage(page, faces);
      page.cleanup();
      return text;
    });
    pages.push(page);
    for (const run of page.runs) characters += run.text.length;
    if (characters > mostCharacters) throw new DocumentFailure("TOO_LARGE");
    if (performance.now() - reported < reportMs && number < pdf.numPages) continue;
    reported = performance.now();
    report({ done: number, total: pdf.numPages });
  }
  return pages;
}

/** Makes blocks of pages: out with what pages repeat, lines into groups, groups into headings, lists, tables and paragraphs. */
export function blocksOf(pages: readonly PageText[], outline: readonly Bookmark[]): Block[] {
  const lines = withoutFurniture(pages).flatMap(linesOf).filter((line) => !isLeader(line.text));
  const usual = usualOf(lines);
  const words = new Words(lines.map((line) => line.text));
  const groups = groupsOf(lines, usual);
  const texts = groups.map((group) => words.join(group.lines.map((line) => line.text)));
  const levels = headingLevels(groups, texts, usual, outline);
  const blocks: Block[] = [];
  groups.forEach((group, index) => {
    const level = levels.get(index);
    const text = texts[index] ?? "";
    if (level !== undefined) addHeading(blocks, level, text, pageOf(group));
    else addGroup(blocks, group, text);
  });
  return blocks;
}

const pageOf = (group: Group): number => group.lines[0]?.page ?? 1;

/** "Chapter 3", "Adventure II": a label whose title follows as a heading of its own. */
const label = /^[\p{L}\p{M}]{2,20}\s+(?:\d{1,3}|[IVXLC]{1,6}|[०-९]{1,3})[.:]?$/u;

function addHeading(blocks: Block[], level: number, text: string, page: number): void {
  const last = blocks.at(-1);
  if (last?.kind === "heading" && last.page === page && label.test(last.text)) {
    last.text = `${last.text.replace(/[.:]$/, "")}: ${text}`;
    last.level = Math.min(last.level, level);
  } else blocks.push({ kind: "heading", level, text, page });
}

function addGroup(blocks: Block[], group: Group, text: string): void {
  const page = pageOf(group);
  if (group.kind === "table") {
    const rows = rowsOf(group.lines);
    const last = blocks.at(-1);
    if (!isContents(rows)) blocks.push({ kind: "table", rows, page });
    else if (last?.kind === "heading" && last.page === page && blocks.length > 0) blocks.pop();
  } else if (group.kind === "code") {
    blocks.push({ kind: "code", text: group.lines.map((line) => line.text).join("\n"), language: null, page });
  } else if (group.kind === "item") addItem(blocks, text, page);
  else blocks.push({ kind: "paragraph", text, page });
}

function addItem(blocks: Block[], text: string, page: number): void {
  const ordered = !isBullet(text) && isNumbered(text);
  const last = blocks.at(-1);
  if (last?.kind === "list" && last.ordered === ordered) last.items.push(withoutMark(text));
  else blocks.push({ kind: "list", ordered, items: [withoutMark(text)], page });
}
