import type { Bookmark } from "./bookmarks.js";
import { halves, type Group, type Usual } from "./groups.js";

/** Headings are short. */
const longest = { characters: 200, lines: 4, bold: 120, capitals: 80 };

/** How a heading looks: by its size first, at the size of the body by its weight, then by its capitals. */
interface Look {
  size: number;
  weight: "larger" | "bold" | "capitals" | "plain";
}

const keyOf = ({ size, weight }: Look): string => `${size}|${weight}`;
const order = { larger: 0, bold: 1, capitals: 2, plain: 3 } as const;

/** Letters and figures only, to compare a bookmark with the text that it stands for. */
const bare = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** A group that is a heading; `title` as its bookmark writes it, where it has one. */
export interface Heading {
  level: number;
  title: string | null;
}

/** The groups that are headings, by their index. */
export function headingsOf(groups: readonly Group[], texts: readonly string[], usual: Usual, outline: readonly Bookmark[]): Map<number, Heading> {
  const looks = new Map<number, Look>();
  const marked = new Map<number, Bookmark>();
  const find = finder(outline);
  groups.forEach((group, index) => {
    const text = texts[index] ?? "";
    const look = lookOf(group, text, usual);
    if (look) looks.set(index, look);
    const bookmark = find(group, text, look);
    if (bookmark) marked.set(index, bookmark);
  });
  const levels = levelsOf(looks, marked);
  const found = new Map<number, Heading>();
  groups.forEach((_, index) => {
    const [look, bookmark] = [looks.get(index), marked.get(index)];
    const level = bookmark?.depth ?? (look && levels.get(keyOf(look)));
    if (level !== undefined) found.set(index, { level: Math.min(6, level), title: bookmark?.title ?? null });
  });
  return found;
}

/** Finds the bookmark of a group: by its words on the page that it leads to, else by the very place, if it looks like a heading. */
function finder(outline: readonly Bookmark[]): (group: Group, text: string, look: Look | null) => Bookmark | undefined {
  const byText = Map.groupBy(outline, ({ title }) => bare(title));
  const byPage = Map.groupBy(outline, ({ page }) => page);
  return ({ kind, lines }, text, look) => {
    const first = lines[0];
    if (!first || kind === "table" || text.length > longest.characters) return undefined;
    // A bookmark leads to the upper edge of its heading, or a little above it.
    const leadsHere = ({ page, y }: Bookmark, lines: number): boolean => page === first.page && y !== null && first.y - y > -2 && first.y - y < first.size * lines;
    const same = byText.get(bare(text))?.find((bookmark) => leadsHere(bookmark, 8) || (look && (bookmark.page === null || (bookmark.page === first.page && bookmark.y === null))));
    return same ?? (look ? byPage.get(first.page)?.find((bookmark) => leadsHere(bookmark, 1.6)) : undefined);
  };
}

/** The day of a title page. */
const isDate = (text: string): boolean => /^(?:\p{L}{3,10}\.? \d{1,2},? \d{4}|\d{1,2}\.? \p{L}{3,10}\.?,? \d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$/u.test(text);

/** How a group looks when it looks like a heading, else null. */
function lookOf({ kind, lines }: Group, text: string, usual: Usual): Look | null {
  const first = lines[0];
  if (!first || kind === "table" || kind === "code" || lines.length > longest.lines || text.length > longest.characters) return null;
  if (!/\p{L}/u.test(text) || isDate(text)) return null;
  const size = halves(Math.max(...lines.map((line) => line.size)));
  if (size > usual.size * 1.12) return { size, weight: "larger" };
  if (kind === "item" && !/^\d+[.)]/.test(text)) return null;
  if (size < usual.size * 0.95 || /[.,;।]$/u.test(text) || !/\p{L}{2}/u.test(text)) return null;
  if (lines.every((line) => line.bold) && !usual.bold && text.length <= longest.bold) return { size, weight: "bold" };
  const shouted = text.length <= longest.capitals && lines.length === 1 && /\p{Lu}{2}.*\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text) && text.length > 5;
  return shouted && kind === "text" ? { size, weight: "capitals" } : null;
}

/** Levels by look: the larger the higher; a look that bookmarks have has their depth, the rest falls in between. */
function levelsOf(looks: ReadonlyMap<number, Look>, marked: ReadonlyMap<number, Bookmark>): Map<string, number> {
  const kinds = new Map<string, { look: Look; depth: number | undefined }>();
  for (const [index, look] of looks) {
    const known = kinds.get(keyOf(look));
    const depth = marked.get(index)?.depth;
    kinds.set(keyOf(look), { look, depth: known?.depth === undefined ? depth : Math.min(known.depth, depth ?? known.depth) });
  }
  const sorted = [...kinds.values()].toSorted((one, other) => other.look.size - one.look.size || order[one.look.weight] - order[other.look.weight]);
  const levels = new Map<string, number>();
  let level = 0;
  sorted.forEach(({ look, depth }, index) => {
    const below = sorted.slice(index + 1).map((kind) => kind.depth).filter((each) => each !== undefined);
    level = depth ?? Math.min(level + 1, ...below, 6);
    levels.set(keyOf(look), level);
  });
  return levels;
}
