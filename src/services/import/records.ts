import { createReadStream } from "node:fs";
import { parse } from "csv-parse/sync";

/** The file as a whole cannot be imported; the message says why. */
export class UnusableFile extends Error {}

/** One record of a CSV file, or what is wrong with the line where it should begin. */
export type CsvRecord = {
  /** Line of the file on which the record begins, from 1. */
  line: number;
  /** How many bytes of the file have been read so far. */
  bytesRead: number;
} & ({ cells: string[] } | { malformed: string });

const maxLineLength = 1_000_000;
/** A quoted cell that runs on for more lines than this is taken for a quote that was never closed. */
const maxLinesOfRecord = 200;

/**
 * Reads a CSV file record by record, whatever its size: UTF-8 with or without a byte order mark, lines
 * ending in LF or CRLF, quoted cells over several lines. A malformed line is answered as such and
 * reading goes on with the next one. Empty lines are passed over.
 * @throws {UnusableFile} when it cannot be read, is not UTF-8 or has a line of over a million characters.
 */
export async function* readRecords(path: string): AsyncGenerator<CsvRecord> {
  const waiting: Line[] = [];
  for await (const next of readLines(path)) {
    waiting.push(next);
    yield* takeRecords(waiting, false);
  }
  yield* takeRecords(waiting, true);
}

/** Takes the complete records from the front of the waiting lines; at the end all of them are complete. */
function* takeRecords(waiting: Line[], atEnd: boolean): Generator<CsvRecord> {
  for (let first = waiting[0]; first; first = waiting[0]) {
    const length = linesOfRecord(waiting);
    const open = length === null;
    if (open && !atEnd && waiting.length < maxLinesOfRecord) return;
    const { line, bytesRead } = first;
    if (open) {
      waiting.shift();
      yield { line, bytesRead, malformed: "a quote is never closed" };
      continue;
    }
    const text = waiting.slice(0, length).map((part) => part.text).join("\n");
    const parsed = text.trim() === "" ? null : parseRecord(text);
    // What follows a malformed line is read on its own: its quotes may have reached too far.
    waiting.splice(0, parsed && "malformed" in parsed ? 1 : length);
    if (parsed) yield { line, bytesRead, ...parsed };
  }
}

/** How many lines the first record takes: up to where its quotes are even; null while they are not. */
function linesOfRecord(lines: readonly Line[]): number | null {
  let open = false;
  for (const [index, { oddQuotes }] of lines.entries()) {
    open = open !== oddQuotes;
    if (!open) return index + 1;
  }
  return null;
}

function parseRecord(text: string): { cells: string[] } | { malformed: string } {
  try {
    const [cells = []] = parse(text, { relax_column_count: true, record_delimiter: "\n" });
    return { cells };
  } catch {
    return { malformed: "a quote stands inside a cell that is not quoted, or text follows a closing quote" };
  }
}

interface Line {
  line: number;
  text: string;
  oddQuotes: boolean;
  bytesRead: number;
}

async function* readLines(path: string): AsyncGenerator<Line> {
  let [line, bytesRead, rest] = [0, 0, ""];
  const lineOf = (text: string): Line => {
    line += 1;
    return { line, text: text.endsWith("\r") ? text.slice(0, -1) : text, oddQuotes: text.split('"').length % 2 === 0, bytesRead };
  };
  for await (const { text, bytes } of readText(path)) {
    bytesRead += bytes;
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    if (rest.length > maxLineLength || parts.some((part) => part.length > maxLineLength)) {
      throw new UnusableFile(`Line ${line + 1} or one soon after it is longer than a million characters.`);
    }
    for (const part of parts) yield lineOf(part);
  }
  if (rest !== "") yield lineOf(rest);
}

async function* readText(path: string): AsyncGenerator<{ text: string; bytes: number }> {
  // Fatal, and it drops the byte order mark.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      yield { text: decoder.decode(chunk, { stream: true }), bytes: chunk.length };
    }
    yield { text: decoder.decode(), bytes: 0 };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      throw new UnusableFile("The file is not UTF-8. Save it as CSV UTF-8 and try again.");
    }
    if (typeof code === "string" && /^E[A-Z]+$/.test(code)) throw new UnusableFile(`The file cannot be read: ${message}`);
    throw error;
  }
}
