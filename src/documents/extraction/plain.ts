import { DocumentFailure, type Block } from "../document.js";
import type { Reading } from "./read.js";

/**
 * Decodes a text file: by its byte order mark, else UTF-8, else UTF-16 when every other byte is zero, else Windows-1252.
 * @throws {DocumentFailure} CORRUPT for what is no text.
 */
export function decode(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, "\n").replace(/\f/g, "\n\n");
  const strange = text.match(/(?![\s\u0080-\u009f])\p{Cc}|\uFFFD/gu)?.length ?? 0;
  if (strange > 4 + text.length / 200) throw new DocumentFailure("CORRUPT");
  return text;
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const start = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  start.forEach((byte, index) => byte === 0 && (zeros[index % 2] = (zeros[index % 2] ?? 0) + 1));
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 5 && even < start.length / 50) return "utf-16le";
  if (even > start.length / 5 && odd < start.length / 50) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Numbers as chapters have them: figures, Roman figures, or a word. */
const chapter = /^(?:chapter|part|book|unit|lesson|section|module|appendix|chapitre|partie|अध्याय|पाठ|भाग)\s+(?:\d+|[ivxlcdm]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[०-९]+)\b\.?(?:\s*[:.—–-]\s*.*)?$/iu;
const bullet = /^\s*(?:[•‣◦▪●○*+–-])\s+(?=\S)/u;
const numbered = /^\s*(\d{1,2})[.)]\s+(?=\S)/u;

/** A short line without small letters, as old texts write headings. */
function shouts(line: string): boolean {
  return line.length <= 80 && /\p{Lu}.*\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line) && !/[,;:]$/.test(line);
}

/** Reads plain text: lines broken by hand become paragraphs again, chapters and shouted lines become headings. */
export async function readPlain(bytes: Buffer): Promise<Reading> {
  const lines = body(decode(bytes)).split("\n").map((line) => line.replace(/\t/g, "    ").trimEnd());
  const blocks: Block[] = [];
  const width = usualWidth(lines);
  let at = 0;
  while (at < lines.length) {
    const from = at;
    while (at < lines.length && lines[at] !== "") at++;
    if (at > from) blocks.push(...chunk(lines.slice(from, at), width));
    at++;
  }
  return { title: null, pages: null, blocks: joinBroken(blocks) };
}

/** What stands before the end that Project Gutenberg marks; the whole text where there is no such mark. */
const body = (text: string): string => {
  const start = /^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*$/m.exec(text);
  const end = /^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.*$/m.exec(text);
  return text.slice(start ? start.index + start[0].length : 0, end?.index);
};

/** Length that lines were broken at: that of the 90th percentile; infinite when paragraphs stand on one line each. */
function usualWidth(lines: readonly string[]): number {
  const lengths = lines.filter((line) => line.length > 0).map((line) => line.length).toSorted((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  return width > 120 ? Number.POSITIVE_INFINITY : width;
}

/** Blocks of lines that stand together without an empty one between them. */
function chunk(lines: readonly string[], width: number): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) blocks.push({ kind: "paragraph", text: joinLines(open), page: null });
    open = [];
  };
  lines.forEach((raw, index) => {
    const line = raw.trim();
    const alone = lines.length === 1;
    const previous = lines[index - 1];
    const broken = !Number.isFinite(width) || (previous !== undefined && previous.length < width * 0.75);
    if (chapter.test(line) && line.length <= 100) {
      close();
      blocks.push({ kind: "heading", level: 1, text: line, page: null });
    } else if (shouts(line) && (alone || namesPart(line, previous, lines[index + 1]) || afterHeading(blocks, open)) && !shoutsOn(lines, index)) {
      close();
      blocks.push({ kind: "heading", level: 2, text: line, page: null });
    } else if (bullet.test(raw) || numbered.test(raw)) {
      close();
      const ordered = numbered.test(raw);
      const item = line.replace(ordered ? numbered : bullet, "");
      const last = blocks.at(-1);
      if (last?.kind === "list" && last.ordered === ordered) last.items.push(item);
      else blocks.push({ kind: "list", ordered, items: [item], page: null });
    } else {
      const last = blocks.at(-1);
      const hangs = open.length === 0 && last?.kind === "list" && previous !== undefined && (/^\s/.test(raw) || previous.length >= width * 0.75);
      if (hangs && last?.kind === "list") last.items.push(joinLines([last.items.pop() ?? "", line]));
      else {
        if (open.length > 0 && broken && /[.!?:"”’।)]$/u.test(open.at(-1) ?? "")) close();
        if (!Number.isFinite(width)) close();
        open.push(line);
      }
    }
  });
  close();
  return blocks;
}

/** Whether a shouted line amid others names what follows: short, whole, after the end of a sentence. */
function namesPart(line: string, previous: string | undefined, next: string | undefined): boolean {
  if (line.length > 45 || /^[—–-]|[.!?]|\b(?:A|AN|AND|AT|BY|FOR|IN|OF|OR|THE|TO|WE)$/u.test(line)) return false;
  return (previous === undefined || /[.!?:"”’)]$/u.test(previous)) && next !== undefined && !/^\p{Ll}/u.test(next) && !shouts(next);
}

const afterHeading = (blocks: readonly Block[], open: readonly string[]): boolean => open.length === 0 && blocks.at(-1)?.kind === "heading";
/** Whether more than three shouted lines stand together: a speech in capitals, not a heading. */
function shoutsOn(lines: readonly string[], index: number): boolean {
  let count = 0;
  for (let at = index; at >= 0 && shouts(lines[at]?.trim() ?? ""); at--) count++;
  for (let at = index + 1; at < lines.length && shouts(lines[at]?.trim() ?? ""); at++) count++;
  return count > 3;
}

/** Lines as one text; a hyphen between two letters of one word at a line's end goes away. */
export function joinLines(lines: readonly string[]): string {
  let text = "";
  for (const line of lines) {
    if (/\p{Ll}[-\u2010\u00AD]$/u.test(text) && /^\p{Ll}/u.test(line)) text = text.slice(0, -1) + line;
    else if (/[—–]$/u.test(text) || /^[—–]/u.test(line)) text += line;
    else text += (text ? " " : "") + line;
  }
  return text;
}

/** Puts a paragraph or an item together that an empty line (of a page's end) cut within a sentence. */
function joinBroken(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === "paragraph" && last?.kind === "list" && /^\p{Ll}/u.test(block.text) && /[\p{L},;-]$/u.test(last.items.at(-1) ?? "")) {
      last.items = [...last.items.slice(0, -1), joinLines([last.items.at(-1) ?? "", block.text])];
    } else if (block.kind === "paragraph" && last?.kind === "paragraph" && last.text.length > 60 && /[\p{L},;-]$/u.test(last.text) && /^[\p{Ll}]/u.test(block.text)) {
      last.text = joinLines([last.text, block.text]);
    } else joined.push({ ...block });
  }
  return joined;
}
