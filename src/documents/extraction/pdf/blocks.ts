import type { Block } from "../../document.js";
import { restoreGlyphs, restoreHalves, showsGlyphs, strayedFrom } from "../devanagari.js";
import type { Bookmark } from "./bookmarks.js";
import { withoutFurniture } from "./furniture.js";
import { groupsOf, usualOf, type Group, type Usual } from "./groups.js";
import { headingsOf } from "./headings.js";
import { linesOf, type Line } from "./layout.js";
import { isBullet, isNumbered, withoutMark } from "./marks.js";
import type { PageText } from "./page.js";
import { isContents, isLeader, rowsOf } from "./tables.js";
import { Words } from "./words.js";

/** Makes blocks of pages: out with what pages repeat, lines into groups, groups into headings, lists, tables and paragraphs. */
export function blocksOf(pages: readonly PageText[], outline: readonly Bookmark[]): Block[] {
  const lines = withoutFurniture(pages).flatMap(linesOf).filter((line) => !isLeader(line.text));
  const glyphs = showsGlyphs(lines.map((line) => line.text));
  if (glyphs) bringBack(lines);
  const restore = glyphs ? restoreGlyphs : (text: string): string => text;
  const usual = usualOf(lines);
  const words = new Words(lines.map((line) => line.text));
  const groups = groupsOf(lines, usual).filter((group) => !isLabel(group, usual));
  // A mark that nothing follows is the end of a line that was drawn, an arrow perhaps.
  const texts = groups.map((group) => restore(words.join(group.lines.map((line) => line.text))).replace(/(?<=.) •$/u, ""));
  const headings = headingsOf(groups, texts, usual, outline);
  const blocks: Block[] = [];
  groups.forEach((group, index) => {
    const heading = headings.get(index);
    const text = texts[index] ?? "";
    if (heading) addHeading(blocks, heading.level, (glyphs && heading.title) || text, group, groups[index - 1]);
    else addGroup(blocks, group, text, restore);
  });
  return blocks;
}

/** Puts characters that strayed to the end of the line before back to where they belong. */
function bringBack(lines: readonly Line[]): void {
  for (const line of lines) line.text = restoreHalves(line.text);
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const count = next ? strayedFrom(line.text, next.text) : 0;
    if (!next || count === 0) return;
    next.text = line.text.slice(-count) + next.text;
    line.text = line.text.slice(0, -count).trimEnd();
  });
}

/** Small scraps that belong to drawings: labels of axes, letters on maps. */
function isLabel({ kind, lines }: Group, usual: Usual): boolean {
  const [line, ...more] = lines;
  if (kind !== "text" || !line || more.length > 0 || line.size > usual.size) return false;
  const letters = line.text.match(/\p{L}/gu)?.length ?? 0;
  return letters < 2 ? !/\d/.test(line.text) || line.text.length < 4 : line.size < usual.size * 0.72 && line.text.length < 25 && letters < 12;
}

const pageOf = (group: Group): number => group.lines[0]?.page ?? 1;

/** A heading; one that looks the same as the heading right above it goes on from there. */
function addHeading(blocks: Block[], level: number, text: string, group: Group, before: Group | undefined): void {
  const page = pageOf(group);
  const last = blocks.at(-1);
  const [above, first] = [before?.lines.at(-1), group.lines[0]];
  const goesOn =
    last?.kind === "heading" && last.page === page && last.level === level && above && first && above.page === first.page && above.column === first.column &&
    Math.abs(above.size - first.size) < 0.5 && above.bold === first.bold && first.size > 14 && first.y - above.y < first.size * 1.9;
  if (goesOn && !/[.:!?]$/.test(last.text)) last.text = `${last.text} ${text}`;
  else blocks.push({ kind: "heading", level, text, page });
}

function addGroup(blocks: Block[], group: Group, text: string, restore: (text: string) => string): void {
  const page = pageOf(group);
  if (group.kind === "table") {
    const rows = rowsOf(group.lines).map((row) => row.map(restore));
    const last = blocks.at(-1);
    if (!isContents(rows)) blocks.push({ kind: "table", rows, page });
    else if (last?.kind === "heading" && last.page === page) blocks.pop();
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
