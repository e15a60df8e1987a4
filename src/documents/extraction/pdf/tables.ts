import type { Line } from "./layout.js";

/** Rows of a table: cells by where they begin; a line that fills a part of the columns goes on from the one above. */
export function rowsOf(lines: readonly Line[]): string[][] {
  const starts = columnsOf(lines);
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = starts.map(() => "");
    for (const cell of line.cells) {
      const column = Math.max(0, starts.findLastIndex((start) => start <= cell.x + 3));
      cells[column] = `${cells[column] ?? ""} ${cell.text}`.trim();
    }
    const last = rows.at(-1);
    if (last && line.cells.length === 1 && cells[0] === "") cells.forEach((cell, column) => cell && (last[column] = `${last[column] ?? ""} ${cell}`.trim()));
    else rows.push(cells);
  }
  return rows;
}

/** Where columns begin: places where cells of several lines do. */
function columnsOf(lines: readonly Line[]): number[] {
  const xs = lines.flatMap((line) => line.cells.map((cell) => cell.x)).toSorted((a, b) => a - b);
  const starts: { at: number; count: number }[] = [];
  for (const x of xs) {
    const last = starts.at(-1);
    if (last && x - last.at < 8) last.count++;
    else starts.push({ at: x, count: 1 });
  }
  const often = starts.filter(({ count }) => count >= Math.max(1, lines.length * 0.15));
  return (often.length > 0 ? often : starts).map(({ at }) => at);
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
