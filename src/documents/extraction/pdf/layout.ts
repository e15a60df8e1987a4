import { isMark } from "./marks.js";
import type { PageText, Run } from "./page.js";

/** A line of text in reading order: one cell, or several where a table's columns stand apart. */
export interface Line {
  cells: Run[];
  text: string;
  page: number;
  x: number;
  right: number;
  y: number;
  size: number;
  bold: boolean;
  mono: boolean;
  /** Column of the page that it stands in: lines of different columns never touch. */
  column: number;
  /** Left and right edge of that column's text. */
  edges: { left: number; right: number };
}

/** A column holds at least so many lines; fewer side by side are a table or a signature. */
const fewestLines = 4;
/** A column's lines fill at least this share of its width in the middle of them; a table's cells do not. */
const fill = 0.6;
/** Columns nested in columns that are looked for. */
const deepest = 8;

/** Puts a page's runs into reading order: columns from left to right, each from top to bottom. */
export function linesOf(page: PageText): Line[] {
  const regions = regionsOf(joinDropCaps(page.runs), page.width, 0);
  return regions.flatMap((runs, column) => rowsOf(runs, page.number, column));
}

/** Cuts a region along gutters into columns, else at the widest gaps between lines, until neither is left. */
function regionsOf(runs: readonly Run[], width: number, depth: number): Run[][] {
  if (runs.length === 0) return [];
  if (depth < deepest && runs.length >= fewestLines * 2) {
    const columns = splitColumns(runs, width);
    if (columns) return columns.flatMap((column) => regionsOf(column, width, depth + 1));
    const stacked = splitAroundColumns(runs, width);
    if (stacked) return stacked.flatMap((part) => regionsOf(part, width, depth + 1));
  }
  return [[...runs]];
}

/** The two sides of a gutter that nothing crosses, when both sides look like columns of text. */
function splitColumns(runs: readonly Run[], width: number): [Run[], Run[]] | null {
  for (const gutter of guttersOf(runs)) {
    const left = runs.filter((run) => run.x < gutter);
    const right = runs.filter((run) => run.x >= gutter);
    if (isColumn(left, width) && isColumn(right, width)) return [left, right];
  }
  return null;
}

function guttersOf(runs: readonly Run[]): number[] {
  const spans = runs.map(({ x, right, size }) => ({ x, right, size })).toSorted((a, b) => a.x - b.x);
  const gutters: number[] = [];
  let reach = spans[0]?.right ?? 0;
  for (const span of spans) {
    if (span.x - reach > span.size * 0.8) gutters.push(span.x - 0.01);
    reach = Math.max(reach, span.right);
  }
  return gutters;
}

function isColumn(runs: readonly Run[], pageWidth: number): boolean {
  if (runs.length < fewestLines) return false;
  const left = Math.min(...runs.map((run) => run.x));
  const right = Math.max(...runs.map((run) => run.right));
  const width = right - left;
  if (width < pageWidth * 0.15) return false;
  const fills = runs.map((run) => (run.right - run.x) / width).toSorted((a, b) => a - b);
  return (fills[Math.floor(fills.length / 2)] ?? 0) >= fill;
}

/**
 * Where lines across the whole width (a title, a wide table) stand above, between or below columns: the region in
 * parts, from top to bottom, at least one of which splits into columns. Null when there is nothing to gain.
 */
function splitAroundColumns(runs: readonly Run[], width: number): Run[][] | null {
  const sorted = runs.toSorted((a, b) => a.y - b.y);
  const left = Math.min(...runs.map((run) => run.x));
  const right = Math.max(...runs.map((run) => run.right));
  const middle = (left + right) / 2;
  const crosses = (run: Run): boolean => run.x < middle - 1 && run.right > middle + 1;
  const parts: Run[][] = [];
  let across: boolean | null = null;
  for (const run of sorted) {
    const now = crosses(run);
    if (now !== across) parts.push([]);
    parts.at(-1)?.push(run);
    across = now;
  }
  if (parts.length < 2 || parts.length > 40) return null;
  return parts.some((part) => part.length >= fewestLines * 2 && splitColumns(part, width) !== null) ? parts : null;
}

/** Lines of one region from top to bottom; runs on one baseline are the cells of one line. */
function rowsOf(runs: readonly Run[], page: number, column: number): Line[] {
  const sorted = runs.toSorted((a, b) => a.y - b.y || a.x - b.x);
  const rows: Run[][] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(run.y - first.y) < Math.min(run.size, first.size) * 0.4) row.push(run);
    else rows.push([run]);
  }
  // Not the very last: one line that runs over the edge, or widths that are wrong, would make all others look short.
  const alone = rows.filter((row) => row.length === 1);
  const rights = (alone.length > 0 ? alone : rows).map((row) => Math.max(...row.map((run) => run.right))).toSorted((a, b) => b - a);
  const edges = { left: Math.min(...runs.map((run) => run.x)), right: rights[Math.floor(rights.length / 20)] ?? 0 };
  return rows.map((row): Line => {
    const cells = withMark(row.toSorted((a, b) => a.x - b.x));
    const main = cells.reduce((one, other) => (other.text.length > one.text.length ? other : one));
    return {
      cells,
      text: cells.map((cell) => cell.text.trim()).join(" "),
      page,
      column,
      edges,
      x: Math.min(...cells.map((cell) => cell.x)),
      right: Math.max(...cells.map((cell) => cell.right)),
      y: main.y,
      size: main.size,
      bold: cells.every((cell) => cell.face.bold),
      mono: cells.every((cell) => cell.face.mono),
    };
  });
}

/** Cells of a line, the mark of a list's item joined with what it stands before. */
function withMark(cells: readonly Run[]): Run[] {
  const [mark, text, ...rest] = cells;
  if (!mark || !text || !isMark(mark.text) || text.x - mark.right > mark.size * 4) return [...cells];
  return [{ ...text, text: `${mark.text.trim()} ${text.text.trimStart()}`, x: mark.x }, ...rest];
}

/** Puts a big first letter that reaches over several lines before the first of them. */
function joinDropCaps(runs: readonly Run[]): Run[] {
  const joined = runs.map((run) => ({ ...run }));
  for (const cap of joined) {
    if (!/^\p{L}$/u.test(cap.text.trim())) continue;
    const beside = joined.filter((run) => run !== cap && run.size * 2 < cap.size && run.y <= cap.y + 2 && run.y > cap.y - cap.size && Math.abs(run.x - cap.right) < cap.size * 0.4);
    const first = beside.toSorted((a, b) => a.y - b.y)[0];
    if (!first) continue;
    first.text = cap.text.trim() + (first.x - cap.right > first.size * 0.2 ? " " : "") + first.text.trimStart();
    // The lines beside the letter begin where those below it do: none of them is indented.
    for (const run of beside) run.x = cap.x;
    cap.text = "";
  }
  return joined.filter((run) => run.text.trim());
}
