import type { Line } from "./layout.js";
import type { Run } from "./page.js";

interface Span {
  left: number;
  right: number;
}

/** Rows of a table: cells by the column that they lie over most; a line of one inner cell goes on from the row above. */
export function rowsOf(lines: readonly Line[]): string[][] {
  const columns = columnsOf(lines);
  const rows: string[][] = [];
  let last: Line | undefined;
  for (const line of lines) {
    const cells = columns.map(() => "");
    for (const cell of line.cells) {
      const column = columnOf(cell, columns);
      cells[column] = `${cells[column] ?? ""} ${cell.text}`.trim();
    }
    const above = rows.at(-1);
    const goesOn = line.cells.length === 1 && cells[0] === "" && last && line.y - last.y < line.size * 1.5 && last.cells.length > 1;
    if (above && goesOn) cells.forEach((cell, column) => cell && (above[column] = `${above[column] ?? ""} ${cell}`.trim()));
    else rows.push(cells);
    last = line;
  }
  return rows;
}

/** Columns as the fullest rows show them: what their cells cover together, from left to right. */
function columnsOf(lines: readonly Line[]): Span[] {
  const most = commonest(lines.map((line) => line.cells.length).filter((count) => count > 1));
  const spans = lines.filter((line) => line.cells.length === most).flatMap((line) => line.cells);
  return merged(spans.map(({ x, right }) => ({ left: x, right })));
}

function merged(spans: readonly Span[]): Span[] {
  const columns: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last && span.left <= last.right) last.right = Math.max(last.right, span.right);
    else columns.push({ ...span });
  }
  return columns;
}

/** The number of cells that most rows have; of two as common, the larger. */
function commonest(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 2;
}

function columnOf(cell: Run, columns: readonly Span[]): number {
  let [best, shared] = [0, Number.NEGATIVE_INFINITY];
  columns.forEach(({ left, right }, index) => {
    const overlap = Math.min(right, cell.right) - Math.max(left, cell.x);
    if (overlap > shared) [best, shared] = [index, overlap];
  });
  return best;
}

/** Whether rows are a table of contents: titles, and pages that rise. */
export function isContents(rows: readonly string[][]): boolean {
  const pages = rows.map((row) => /^(?:\d{1,4}|[ivxl]{1,7})$/i.exec(row.at(-1)?.trim() ?? "")?.[0]);
  const numbers = pages.filter((page) => page !== undefined).map(Number).filter((page) => !Number.isNaN(page));
  if (rows.length < 3 || pages.filter((page) => page !== undefined).length < rows.length * 0.7) return false;
  const words = rows.every((row) => /\p{L}{2}/u.test(row.slice(0, -1).join(" ")));
  return words && numbers.every((page, index) => index === 0 || page >= (numbers[index - 1] ?? 0));
}

/** A line of a table of contents: a title, dots, a page. */
export const isLeader = (text: string): boolean => /(?:\.\s?){5,}\s*[\divxl]{0,7}$/i.test(text.trim());
