import { DocumentFailure } from "../../document.js";
import type { PageReport, Reading } from "../read.js";
import { blocksOf } from "./blocks.js";
import { bookmarksOf } from "./bookmarks.js";
import type { Face } from "./fonts.js";
import { openPdf, readable, titleOf } from "./open.js";
import { readPage, type PageText, type PdfDocument } from "./page.js";

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
  const bookmarks = await bookmarksOf(pdf, pages.map(({ height }) => height));
  return { title: await titleOf(pdf), pages: pdf.numPages, blocks: blocksOf(pages, bookmarks) };
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
