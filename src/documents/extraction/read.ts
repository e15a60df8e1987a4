import { open } from "node:fs/promises";
import { DocumentFailure, type Block, type Document, type FileType } from "../document.js";
import { languageOf } from "./language.js";
import { partsOf } from "./parts.js";
import { cleanText } from "./text.js";

export interface SourceFile {
  path: string;
  fileType: FileType;
}

/** Pages read so far; `done` is 0 once, as soon as the total is known. */
export interface PageReport {
  done: number;
  total: number;
}

/** What a reader of one format answers; texts are not yet cleaned. */
export interface Reading {
  title: string | null;
  pages: number | null;
  blocks: Block[];
}

/** Characters and blocks of the longest document that is taken: some 4,000 pages of print. */
export const most = { characters: 8_000_000, blocks: 150_000 };

/** Blocks at the beginning among which a heading may be the title. */
const titleWithin = 8;

/**
 * Reads a file in this process: hostile files may take all its time and memory, so only a child process calls this.
 * @throws {DocumentFailure}
 */
export async function readDocument({ path, fileType }: SourceFile, report: (pages: PageReport) => void = () => {}): Promise<Document> {
  const bytes = await readBytes(path);
  if (bytes.length === 0) throw new DocumentFailure("CORRUPT");
  const { title, pages, blocks } = await readers[fileType](bytes, report);
  const clean = joinLabels(blocks.flatMap(cleanBlock)).flatMap((block) => partsOf(block));
  let characters = 0;
  for (const block of clean) for (const text of textsOf(block)) characters += text.length;
  if (clean.length > most.blocks || characters > most.characters) throw new DocumentFailure("TOO_LARGE");
  if (!clean.some((block) => textsOf(block).some((text) => /\p{L}/u.test(text)))) throw new DocumentFailure("NO_TEXT");
  return {
    title: (title && cleanText(title)) || headingAmong(clean.slice(0, titleWithin)),
    language: await languageOf(clean.flatMap(proseOf)),
    pages,
    blocks: clean,
  };
}

/** The first of the highest headings. */
function headingAmong(blocks: readonly Block[]): string | null {
  const headings = blocks.filter((block) => block.kind === "heading");
  const top = Math.min(...headings.map(({ level }) => level));
  return headings.find(({ level }) => level === top)?.text ?? null;
}

/** "Chapter 3", "Adventure II", "अध्याय ४": a label whose title follows as a heading of its own. */
const label = /^[\p{L}\p{M}]{2,20}\s+(?:\d{1,3}|[IVXLC]{1,6}|[०-९]{1,3})[.:]?$/u;

/** Puts the label of a chapter before its title: one heading, as high as the higher of the two. */
function joinLabels(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === "heading" && last?.kind === "heading" && last.page === block.page && label.test(last.text) && !label.test(block.text)) {
      joined[joined.length - 1] = { ...block, text: `${last.text.replace(/[.:]$/, "")}: ${block.text}`, level: Math.min(last.level, block.level) };
    } else joined.push(block);
  }
  return joined;
}

type Reader = (bytes: Buffer, report: (pages: PageReport) => void) => Promise<Reading>;

/** Each reader is loaded when it is needed: pdf.js alone takes 0.1 s. */
const readers: Record<FileType, Reader> = {
  pdf: async (bytes, report) => (await import("./pdf/read.js")).readPdf(bytes, report),
  docx: async (bytes) => (await import("./docx/read.js")).readDocx(bytes),
  txt: async (bytes) => (await import("./plain.js")).readPlain(bytes),
  md: async (bytes) => (await import("./markdown.js")).readMarkdown(bytes),
};

async function readBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** All texts of a block, in reading order. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "list":
      return block.items;
    case "table":
      return block.rows.flat();
    default:
      return [block.text];
  }
}

const proseOf = (block: Block): readonly string[] => (block.kind === "code" ? [] : textsOf(block));

/** What no program is written with: control characters but tabs and ends of lines, and halves of surrogate pairs. */
const unprintable = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;

/** The block with its texts cleaned; none when nothing is left of it. */
function cleanBlock(block: Block): Block[] {
  switch (block.kind) {
    case "list": {
      const items = block.items.map(cleanText).filter(Boolean);
      return items.length > 0 ? [{ ...block, items }] : [];
    }
    case "table": {
      const rows = block.rows.map((row) => row.map(cleanText)).filter((row) => row.some(Boolean));
      return rows.length > 0 ? [{ ...block, rows }] : [];
    }
    case "code": {
      const text = block.text.replace(/\r\n?/g, "\n").replace(unprintable, "").replace(/^(?:[ \t]*\n)+|\s+$/g, "");
      return text ? [{ ...block, text }] : [];
    }
    default: {
      const text = cleanText(block.text);
      return text ? [{ ...block, text }] : [];
    }
  }
}
