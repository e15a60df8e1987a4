import type { Line } from "./layout.js";
import { isBullet, isNumbered } from "./marks.js";

/** Lines that belong together: a paragraph, a heading, an item of a list, a table, or lines of code. */
export interface Group {
  kind: "text" | "item" | "table" | "code";
  lines: Line[];
}

/** What is usual in the document; sizes in points, rounded to halves. */
export interface Usual {
  size: number;
  bold: boolean;
  /** Distance from one line to the next, by size. */
  pitch: Map<number, number>;
  /** How far the first line of a paragraph is indented; 0 where paragraphs begin like their other lines. */
  indent: number;
}

export const halves = (size: number): number => Math.round(size * 2) / 2;

/** Most of the text's size and weight, and the usual distance of its lines. */
export function usualOf(lines: readonly Line[]): Usual {
  const looks = new Map<string, number>();
  const steps = new Map<number, number[]>();
  lines.forEach((line, index) => {
    const look = `${halves(line.size)}|${line.bold}`;
    looks.set(look, (looks.get(look) ?? 0) + line.text.length);
    const next = lines[index + 1];
    if (next && together(line, next) && halves(next.size) === halves(line.size) && fills(line)) {
      const step = next.y - line.y;
      if (step > 0 && step < line.size * 3) steps.set(halves(line.size), [...(steps.get(halves(line.size)) ?? []).slice(-499), step]);
    }
  });
  const [size = "10", bold = "false"] = ([...looks].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? "").split("|");
  const pitch = new Map([...steps].map(([of, all]) => [of, all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.4)] ?? of * 1.2]));
  return { size: Number(size), bold: bold === "true", pitch, indent: indentOf(lines) };
}

/** A line of running text: tables, headings and lists say nothing about the distance of lines. */
const fills = ({ cells, right, x, edges }: Line): boolean => cells.length === 1 && right - x > (edges.right - edges.left) * 0.6;

/** The commonest indent of lines between two that have none, where at least one line of forty has it. */
function indentOf(lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  lines.forEach((line, index) => {
    const [previous, next] = [lines[index - 1], lines[index + 1]];
    if (!previous || !next || !together(previous, line) || !together(line, next)) return;
    const indent = Math.round(line.x - line.edges.left);
    if (indent < line.size * 0.6 || indent > line.size * 5 || Math.abs(next.x - line.edges.left) > 1 || Math.abs(previous.x - line.edges.left) > 1) return;
    counts.set(indent, (counts.get(indent) ?? 0) + 1);
  });
  const [indent, count] = [...counts].toSorted((one, other) => other[1] - one[1])[0] ?? [0, 0];
  return count >= Math.max(2, lines.length / 40) ? indent : 0;
}

const together = (one: Line, next: Line): boolean => one.page === next.page && one.column === next.column;

/** Puts the lines of a document into groups, in order; text goes on over the ends of columns and pages. */
export function groupsOf(lines: readonly Line[], usual: Usual): Group[] {
  const groups: Group[] = [];
  let at = 0;
  while (at < lines.length) {
    const table = tableAt(lines, at);
    if (table > 0) {
      groups.push({ kind: "table", lines: lines.slice(at, at + table) });
      at += table;
      continue;
    }
    const line = lines[at] as Line;
    const last = groups.at(-1);
    const kind = line.mono ? "code" : isBullet(line.text) || isNumbered(line.text) ? "item" : "text";
    if (last && last.kind !== "table" && goesOn(last, line, kind, lines[at + 1], usual)) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
    at++;
  }
  return groups;
}

/** Whether the line belongs to the group before it. */
function goesOn(group: Group, line: Line, kind: Group["kind"], next: Line | undefined, usual: Usual): boolean {
  const previous = group.lines.at(-1);
  if (!previous || kind === "item") return false;
  if ((kind === "code") !== (group.kind === "code")) return false;
  const sameLook = Math.abs(previous.size - line.size) < 0.8 && (previous.bold === line.bold || isPartlyBold(previous) !== isPartlyBold(line));
  if (!sameLook) return false;
  if (!together(previous, line)) return goesOnElsewhere(group, previous, line, usual);
  const step = line.y - previous.y;
  const pitch = usual.pitch.get(halves(line.size)) ?? line.size * 1.25;
  if (step < 0 || step > Math.min(pitch * 1.3, pitch + line.size * 0.6)) return false;
  if (group.kind === "code") return true;
  const { left, right } = line.edges;
  if (isHeadingLike(line, usual)) return true;
  if (group.kind === "item") return line.x > left + 1 || !couldHaveFitted(previous, line);
  if (usual.indent > 0 && Math.abs(line.x - left - usual.indent) < 1.5) return false;
  const indented = line.x - previous.x > line.size * 0.8 && previous.x - left < line.size * 0.6;
  // A whole passage may be indented: then the line after this one is too.
  const indents = indented && !(next && together(line, next) && Math.abs(next.x - line.x) < 1 && right - previous.right < line.size * 2 && !endsSentence(previous.text));
  if (indents) return false;
  return !couldHaveFitted(previous, line);
}

const isPartlyBold = (line: Line): boolean => !line.bold && line.cells.some((cell) => cell.face.bold);

/** Text that looks like a heading is one as long as it looks the same, wherever its lines begin. */
const isHeadingLike = (line: Line, usual: Usual): boolean => line.size > usual.size * 1.12 && line.text.length < 100;

/** Whether the first word of a line would have had room on the one before: then the break was meant. */
function couldHaveFitted(previous: Line, line: Line): boolean {
  const room = previous.edges.right - previous.right;
  const letter = (line.right - line.x) / Math.max(1, line.text.length);
  const word = (/^\S+/.exec(line.text)?.[0].length ?? 1) * letter;
  if (/[-\u2010\u00AD]$/u.test(previous.text)) return false;
  const sure = /^\p{Ll}/u.test(line.text) ? (previous.edges.right - previous.edges.left) * 0.4 : endsSentence(previous.text) ? 0 : line.size * (/^\p{Lo}/u.test(line.text) ? 4 : 2);
  return room > word * 1.3 + line.size * 0.8 + sure;
}

export const endsSentence = (text: string): boolean => /[.!?:।॥]["”’')\]]*\s*$/u.test(text);

/** Whether text goes on in the next column or on the next page. */
function goesOnElsewhere(group: Group, previous: Line, line: Line, usual: Usual): boolean {
  if (group.kind === "code") return true;
  if (isHeadingLike(line, usual) || (line.bold && !usual.bold)) return false;
  if (/[\p{L}][-\u2010\u00AD]$/u.test(previous.text)) return true;
  if (endsSentence(previous.text)) return false;
  return /^[\p{Ll}\p{M}(]/u.test(line.text) || previous.edges.right - previous.right < (previous.edges.right - previous.edges.left) * 0.1;
}

/** Lines of a table that begins here; 0 when none does. At least two lines of two cells, whose cells begin in the same places. */
function tableAt(lines: readonly Line[], at: number): number {
  const first = lines[at];
  if (!first || first.cells.length < 2) return 0;
  let [count, rows] = [1, 1];
  for (let next = at + 1; next < lines.length; next++) {
    const [line, previous] = [lines[next] as Line, lines[next - 1] as Line];
    if (!together(previous, line) || line.y - previous.y > line.size * 4) break;
    if (line.cells.length >= 2) {
      count = next - at + 1;
      rows++;
    } else if (!isCell(line, lines.slice(at, at + count)) || line.y - previous.y > Math.max(line.size * 1.6, ((lines[at + count - 1]?.y ?? 0) - first.y) / Math.max(1, rows - 1)) * 1.1) break;
    else if (rows >= 2) count = next - at + 1;
  }
  return rows >= 2 ? count : 0;
}

/** Whether a line of one cell is as narrow as a column of the rows above, and stands in it. */
function isCell(line: Line, rows: readonly Line[]): boolean {
  if (line.text.length > 60 || Math.abs(line.size - (rows[0]?.size ?? 0)) > 0.8) return false;
  return rows.some(({ cells }) => cells.some((cell, index) => Math.abs(cell.x - line.x) < 4 && line.right < (cells[index + 1]?.x ?? cell.right + line.size * 2)));
}
