import { stat } from "node:fs/promises";
import type { JobRun } from "../../jobs/run.js";
import { Cells, RefusedRow } from "./cells.js";
import { formatOf, type CourseFormat, type CourseRecord } from "./formats.js";
import { readRecords, UnusableFile } from "./records.js";
import { writeCourses } from "./write.js";

/** A row that was not loaded, and why. */
export interface Refusal {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  /** Column at fault; empty when it is the row as a whole. */
  field: string;
  reason: string;
}

/** How many rows went which way. */
export interface ImportCounts {
  read: number;
  inserted: number;
  updated: number;
  unchanged: number;
  refused: number;
}

export interface ImportOptions {
  onRefusal(refusal: Refusal): void;
  onProgress(percent: number, counts: ImportCounts): void;
}

/** Courses of one transaction: much faster than single ones, and a cancel lands within moments. */
const batchSize = 200;

/** The format of the file at `path`, and the names of its columns. */
export interface CourseFile {
  path: string;
  format: CourseFormat;
}

/**
 * Looks at a file before anything is written.
 * @throws {UnusableFile} when it cannot be read, is not UTF-8 throughout, is empty or of no known format.
 */
export async function openCourseFile(path: string): Promise<CourseFile> {
  let header: string[] | undefined;
  for await (const record of readRecords(path)) {
    if (header) continue;
    if ("malformed" in record) throw new UnusableFile(`The header is malformed: ${record.malformed}.`);
    header = columnsOf(record.cells);
  }
  if (!header) throw new UnusableFile("The file is empty.");
  return { path, format: formatOf(header) };
}

const columnsOf = (cells: readonly string[]): string[] => cells.map((cell) => cell.trim().toLowerCase());

/**
 * Loads a file of courses in batches. Repeating it changes nothing; rows that break a rule are refused
 * one by one and the others load. Holds a batch and the codes in memory, never the file.
 */
export async function importCourses(run: JobRun, file: CourseFile, options: ImportOptions): Promise<ImportCounts> {
  const counts: ImportCounts = { read: 0, inserted: 0, updated: 0, unchanged: 0, refused: 0 };
  const { size } = await stat(file.path);
  const codes = new Map<string, number>();
  let header: string[] | undefined;
  let batch: { line: number; course: CourseRecord }[] = [];

  const refuse = (line: number, field: string, reason: string): void => {
    counts.refused += 1;
    options.onRefusal({ line, field, reason });
  };
  const flush = async (bytesRead: number): Promise<void> => {
    if (batch.length === 0) return;
    const result = await run.effect(({ tx }) => writeCourses(tx, batch.map(({ course }) => course)));
    const taken = batch.filter(({ course }) => result.taken.has(course.courseId));
    for (const { line, course } of taken) refuse(line, file.format.code, `${course.courseId} is a course of a teacher`);
    counts.inserted += result.inserted;
    counts.updated += result.updated;
    counts.unchanged += batch.length - taken.length - result.inserted - result.updated;
    batch = [];
    const percent = Math.min(99, Math.floor((100 * bytesRead) / Math.max(1, size)));
    await run.progress(percent, `${counts.read} rows read, ${counts.inserted} added, ${counts.updated} changed, ${counts.refused} refused.`);
    options.onProgress(percent, counts);
  };

  for await (const record of readRecords(file.path)) {
    if (!header && "cells" in record) {
      header = columnsOf(record.cells);
      continue;
    }
    counts.read += 1;
    const { line } = record;
    try {
      if ("malformed" in record) throw new RefusedRow("", record.malformed);
      batch.push({ line, course: courseOf(file.format, header ?? [], record.cells, line, codes) });
    } catch (error) {
      if (!(error instanceof RefusedRow)) throw error;
      refuse(line, error.field, error.message);
    }
    if (batch.length >= batchSize) await flush(record.bytesRead);
  }
  await flush(size);
  options.onProgress(100, counts);
  return counts;
}

function courseOf(
  format: CourseFormat,
  header: readonly string[],
  cells: readonly string[],
  line: number,
  codes: Map<string, number>,
): CourseRecord {
  if (cells.length !== header.length) {
    throw new RefusedRow("", `has ${cells.length} cells where the header has ${header.length}`);
  }
  const values = new Cells(header, cells);
  const code = values.required(format.code);
  const before = codes.get(code);
  if (before !== undefined) throw new RefusedRow(format.code, `${code} was used before, on line ${before}`);
  codes.set(code, line);
  return format.read(values);
}
