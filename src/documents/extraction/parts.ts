import type { Block } from "../document.js";

/** Characters of a block: longer ones are parted, so that they can be spread over topics. */
const longestBlock = 20_000;

/** The block in parts of at most so many characters: paragraphs end with a sentence, code with a line, lists and tables with an item and a row. */
export function partsOf(block: Block, most = longestBlock): Block[] {
  switch (block.kind) {
    case "heading":
      return [block];
    case "paragraph":
      return cut(block.text, most, sentenceEnd).map((text) => ({ ...block, text: text.trim() }));
    case "code":
      return cut(block.text, most, lineEnd).map((text) => ({ ...block, text: text.replace(/\n+$/, "") }));
    case "list":
      return grouped(block.items.flatMap((item) => cut(item, most, sentenceEnd)), most, (item) => item.length).map((items) => ({ ...block, items }));
    case "table":
      return tables(block.rows, most).map((rows) => ({ ...block, rows }));
  }
}

const sentenceEnd = /[.!?\u0964]["\u201D\u2019)]*\s+|\s+/g;
const lineEnd = /\n/g;

/** Pieces of a text, each cut at the last sentence, else blank, else anywhere but within a character. */
function cut(text: string, most: number, borders: RegExp): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = rest.slice(0, most);
    const ends = [...head.matchAll(borders)].map((match) => ({ at: match.index + match[0].length, strong: match[0].trim() !== "" }));
    const end = ends.findLast(({ at, strong }) => strong && at > most / 2) ?? ends.at(-1);
    const at = end?.at ?? (/[\uD800-\uDBFF]$/.test(head) ? most - 1 : most);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}

/** Runs of things that together are not longer than `most`, each of one at least. */
function grouped<Thing>(things: readonly Thing[], most: number, sizeOf: (thing: Thing) => number): Thing[][] {
  const groups: Thing[][] = [];
  let size = most + 1;
  for (const thing of things) {
    size += sizeOf(thing);
    const open = groups.at(-1);
    if (open && size <= most) open.push(thing);
    else {
      groups.push([thing]);
      size = sizeOf(thing);
    }
  }
  return groups;
}

const sizeOf = (row: readonly string[]): number => row.reduce((size, cell) => size + cell.length, 0);

/** Each part begins with the head of the table, unless that is long itself; a cell that is too long goes on in the next row. */
function tables(rows: readonly string[][], most: number): string[][][] {
  const fine = rows.flatMap((row) => {
    const cells = row.map((cell) => cut(cell, most, sentenceEnd));
    return Array.from({ length: Math.max(1, ...cells.map((pieces) => pieces.length)) }, (_, at) => cells.map((pieces) => pieces[at] ?? ""));
  });
  const groups = grouped(fine, most, sizeOf);
  const head = fine[0];
  if (!head || sizeOf(head) > most / 10) return groups;
  return groups.map((group, at) => (at === 0 ? group : [head, ...group]));
}
