import { halves, type Group, type Usual } from "./groups.js";

/** An entry of the outline that a PDF brings along: bookmarks. */
export interface Bookmark {
  title: string;
  /** 1 for the outermost. */
  depth: number;
}

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

/** The level of each group that is a heading, 1 to 6, by its index. */
export function headingLevels(groups: readonly Group[], texts: readonly string[], usual: Usual, outline: readonly Bookmark[]): Map<number, number> {
  const depths = new Map(outline.map(({ title, depth }) => [bare(title), depth]));
  const looks = new Map<number, Look>();
  const marked = new Map<number, number>();
  groups.forEach((group, index) => {
    const text = texts[index] ?? "";
    const depth = text.length <= longest.characters ? depths.get(bare(text)) : undefined;
    const look = lookOf(group, text, usual);
    if (depth !== undefined && group.kind !== "table") marked.set(index, depth);
    if (look) looks.set(index, look);
  });
  const levels = levelsOf(looks, marked);
  const found = new Map<number, number>();
  groups.forEach((_, index) => {
    const look = looks.get(index);
    const level = marked.get(index) ?? (look && levels.get(keyOf(look)));
    if (level !== undefined) found.set(index, Math.min(6, level));
  });
  return found;
}

/** How a group looks when it looks like a heading, else null. */
function lookOf({ kind, lines }: Group, text: string, usual: Usual): Look | null {
  const first = lines[0];
  if (!first || kind === "table" || kind === "code" || lines.length > longest.lines || text.length > longest.characters) return null;
  if (!/\p{L}|^[\d.]+$/u.test(text)) return null;
  const size = halves(Math.max(...lines.map((line) => line.size)));
  if (size > usual.size * 1.12) return /[\p{L}]/u.test(text) ? { size, weight: "larger" } : null;
  if (kind === "item" && !/^\d+[.)]/.test(text)) return null;
  if (size < usual.size * 0.95 || /[.,;।]$/u.test(text) || !/\p{L}{2}/u.test(text)) return null;
  if (lines.every((line) => line.bold) && !usual.bold && text.length <= longest.bold) return { size, weight: "bold" };
  const shouted = text.length <= longest.capitals && lines.length === 1 && /\p{Lu}{2}.*\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text) && text.length > 5;
  return shouted && kind === "text" ? { size, weight: "capitals" } : null;
}

/** Levels by look: the larger the higher; a look that bookmarks have has their depth, the rest falls in between. */
function levelsOf(looks: ReadonlyMap<number, Look>, marked: ReadonlyMap<number, number>): Map<string, number> {
  const kinds = new Map<string, { look: Look; depth: number | undefined }>();
  for (const [index, look] of looks) {
    const known = kinds.get(keyOf(look));
    const depth = marked.get(index);
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
