import { type Reading, type Span, textOf } from "./reading.js";
import { stopwordsOf } from "./stopwords.js";
import { countWords, fold, words } from "./text.js";

interface Piece {
  span: Span;
  words: number;
  counts: Map<string, number>;
}

/** Blocks compared on each side of a border. */
const sides = 4;

const similarity = (a: Map<string, number>, b: Map<string, number>): number => {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (const [word, number] of a) {
    left += number * number;
    dot += number * (b.get(word) ?? 0);
  }
  for (const number of b.values()) right += number * number;
  return left === 0 || right === 0 ? 0 : dot / Math.sqrt(left * right);
};

const sum = (pieces: readonly Piece[]): Map<string, number> => {
  const all = new Map<string, number>();
  for (const piece of pieces) for (const [word, number] of piece.counts) all.set(word, (all.get(word) ?? 0) + number);
  return all;
};

const piecesOf = (reading: Reading, spans: readonly Span[]): Piece[] => {
  const pieces: Piece[] = [];
  for (const span of spans) {
    const stop = stopwordsOf(reading.language(span.document), fold);
    for (let at = span.from; at < span.to; at += 1) {
      const block = reading.block(span.document, at);
      if (!block) continue;
      const text = textOf(block);
      const counts = new Map<string, number>();
      // The first thousand words tell what a block is about.
      for (const word of words(text.slice(0, 8_000))) {
        // Six letters stand for a stem, in every language alike.
        if (!stop.has(word.key) && word.key.length > 2) counts.set(word.key.slice(0, 6), (counts.get(word.key.slice(0, 6)) ?? 0) + 1);
      }
      pieces.push({ span: { document: span.document, from: at, to: at + 1 }, words: Math.max(1, countWords(block.kind === "code" ? block.text : text)), counts });
    }
  }
  return pieces;
};

/** Whether a block belongs with the one before it: a list, table or code after the words that lead to it, or anything after a heading. */
const clings = (reading: Reading, before: Span, after: Span): boolean => {
  const first = reading.block(before.document, before.from);
  const second = reading.block(after.document, after.from);
  if (!first || !second) return false;
  return first.kind === "heading" || second.kind === "table" || second.kind === "code" || (second.kind === "list" && first.kind === "paragraph") || /:\s*$/u.test(textOf(first));
};

/**
 * Parts text without headings at borders of paragraphs into parts of about `target` words, rather where the vocabulary changes
 * (TextTiling: words of the blocks on both sides are compared). Parts have at least a third and, where blocks allow, at most twice the target.
 */
export const tile = (reading: Reading, spans: readonly Span[], target: number): { spans: Span[]; words: number }[] => {
  const pieces = piecesOf(reading, spans);
  const gaps = pieces.map((piece, at) => {
    if (at === 0) return 0;
    const before = pieces[at - 1];
    if (before && clings(reading, before.span, piece.span)) return 1.5;
    return similarity(sum(pieces.slice(Math.max(0, at - sides), at)), sum(pieces.slice(at, at + sides)));
  });
  // Least cost over all ways to part the pieces: distance from the size wished, and likeness across each border.
  const cost = [0];
  const from = [0];
  for (let end = 1; end <= pieces.length; end += 1) {
    cost[end] = Number.POSITIVE_INFINITY;
    let size = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      size += pieces[start]?.words ?? 0;
      const short = size < target / 3 ? 4 : 0;
      const total = (cost[start] ?? 0) + Math.abs(size / target - 1) ** 1.5 + short + (start === 0 ? 0 : 0.1 + (gaps[start] ?? 0));
      if (total < (cost[end] ?? 0)) [cost[end], from[end]] = [total, start];
      if (size > target * 2 || end - start > 400) break;
    }
  }
  const parts: { spans: Span[]; words: number }[] = [];
  for (let end = pieces.length; end > 0; end = from[end] ?? 0) {
    const run = pieces.slice(from[end] ?? 0, end);
    const merged: Span[] = [];
    for (const { span } of run) {
      const last = merged[merged.length - 1];
      if (last?.document === span.document && last.to === span.from) last.to = span.to;
      else merged.push({ ...span });
    }
    parts.push({ spans: merged, words: run.reduce((all, piece) => all + piece.words, 0) });
  }
  return parts.reverse();
};
