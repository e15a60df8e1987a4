import type { Block } from "../document.js";
import { cleanHeading, isMatter, isMatterText } from "./headings.js";
import { type Reading, type Span, textOf } from "./reading.js";
import { isComplete } from "./sentences.js";
import { countWords, fold } from "./text.js";

/** A part of a document that becomes a topic, or some of one: blocks in reading order. */
export interface Unit {
  spans: Span[];
  words: number;
  /** Cleaned heading that it begins with; null when it goes on under the one before. */
  heading: string | null;
  /** Weight of the border before it: 0 begins a document, 1 the highest headings, and so on; 8 only a change of subject. */
  border: number;
  /** Rank of its heading among the levels of the document: 1 is the highest; 0 without one. */
  rank: number;
  /** Headings above it, the highest first. */
  above: string[];
}

export const textBorder = 8;

const weigh = (block: Block): number => (block.kind === "heading" ? 0 : block.kind === "code" ? countWords(block.text) : countWords(textOf(block)));

interface Open {
  level: number;
  title: string;
}

const spanning = (indexes: readonly number[], document: number): Span[] => {
  const spans: Span[] = [];
  for (const at of indexes) {
    const last = spans[spans.length - 1];
    if (last?.to === at) last.to = at + 1;
    else spans.push({ document, from: at, to: at + 1 });
  }
  return spans;
};

/** Whether all that stands under a heading is that heading once more, as where a link led elsewhere. */
const repeats = (heading: string, blocks: readonly Block[]): boolean =>
  blocks.length > 0 && blocks.every((block) => block.kind !== "code" && (fold(textOf(block)) === fold(heading) || textOf(block) === ""));

/**
 * Units of one document as its headings part it, without contents, licences, index and the like.
 * When nothing else would be left, everything is kept.
 */
export const outline = (reading: Reading, document: number): Unit[] => {
  const kept = withoutTitlePage(reading, parted(reading, document, true));
  return kept.some((unit) => unit.words > 0) ? kept : parted(reading, document, false);
};

/** Leaves out what comes before the first sentence of a longer document: title, author, place and the like. */
const withoutTitlePage = (reading: Reading, units: readonly Unit[]): Unit[] => {
  const words = units.reduce((sum, unit) => sum + unit.words, 0);
  const first = units.findIndex((unit) => unit.words > 60 || [...reading.prose(unit.spans)].some((sentence) => isComplete(sentence.text)));
  if (words < 1_000 || first <= 0) return [...units];
  return units.slice(first).map((unit, at) => (at === 0 ? { ...unit, border: 0 } : unit));
};

const parted = (reading: Reading, document: number, choosy: boolean): Unit[] => {
  const blocks = reading.source.documents[document]?.blocks ?? [];
  const levels = [...new Set(blocks.flatMap((block) => (block.kind === "heading" ? [block.level] : [])))].sort((a, b) => a - b);
  const units: Unit[] = [];
  let open: Open[] = [];
  let hidden: number | null = null;
  let run: number[] = [];
  let heading: { at: number; level: number; border: number; title: string } | null = null;

  const close = (): void => {
    const inside = run.flatMap((at) => blocks[at] ?? []);
    const head = heading === null ? null : blocks[heading.at];
    const empty = choosy && head?.kind === "heading" && repeats(head.text, inside);
    if ((run.length > 0 || (heading !== null && !choosy)) && !empty) {
      const indexes = heading === null ? run : [heading.at, ...run];
      units.push({
        spans: spanning(indexes, document),
        words: inside.reduce((sum, block) => sum + weigh(block), 0),
        heading: heading?.title || null,
        border: units.length === 0 ? 0 : heading === null ? textBorder : heading.border,
        rank: heading === null ? 0 : heading.border,
        above: open.filter((each) => each.title !== "" && (heading === null || each.level < heading.level)).map((each) => each.title),
      });
    } else if (heading !== null && run.length === 0) carried = Math.min(carried, heading.border);
    const last = units[units.length - 1];
    if (last && run.length > 0 && !empty) {
      last.border = Math.min(last.border, carried);
      carried = textBorder;
    }
    run = [];
    heading = null;
  };
  // The border of a heading that has no text of its own passes to the part after it.
  let carried = textBorder;

  blocks.forEach((block, at) => {
    if (block.kind === "heading") {
      close();
      const level = block.level;
      if (hidden !== null && level <= hidden) hidden = null;
      if (hidden === null && choosy && isMatter(block.text)) hidden = level;
      if (hidden !== null) return;
      const title = cleanHeading(block.text);
      // A bare number, a fragment, or the chapter's own words again part a chapter; they begin none.
      const inner = title === "" || open.some((each) => each.title !== title && fold(each.title).includes(fold(title)));
      if (!inner) open = [...open.filter((each) => each.level < level), { level, title }];
      heading = inner ? { at, level: 7, border: textBorder - 1, title: "" } : { at, level, border: 1 + levels.indexOf(level), title };
      return;
    }
    if (hidden !== null || (choosy && block.kind === "paragraph" && isMatterText(block.text))) return;
    if (textOf(block) === "" && (block.kind !== "code" || block.text.trim() === "")) return;
    run.push(at);
  });
  close();
  return units;
};
