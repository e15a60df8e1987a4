import { textBorder, type Unit } from "./outline.js";

export const mostWeeks = 30;
export const mostTopics = 20;

/** Words that make a week when nobody wished for a number of weeks, and least mean of a week made from each chapter. */
const wordsPerWeek = 2_200;
const chapterWords = 800;

const total = (units: readonly { words: number }[]): number => units.reduce((sum, unit) => sum + unit.words, 0);

/** Two neighbours as one unit, under the heading of the first; of a scrap and the far longer one after it of the same rank, under the latter. */
export const merge = (a: Unit, b: Unit): Unit => {
  const spans = a.spans.map((span) => ({ ...span }));
  for (const span of b.spans) {
    const last = spans[spans.length - 1];
    if (last?.document === span.document && last.to === span.from) last.to = span.to;
    else spans.push({ ...span });
  }
  const lead = a.rank === b.rank && a.words * 6 < b.words ? b : a;
  return { ...lead, spans, words: a.words + b.words, border: a.border, heading: lead.heading ?? b.heading };
};

/** Neighbours put together until at most `limit` are left, in one pass. */
export const coalesce = (units: readonly Unit[], limit: number): Unit[] => {
  if (units.length <= limit) return [...units];
  const enough = (total(units) + units.length) / limit;
  const found: Unit[] = [];
  let open: Unit | null = null;
  let size = 0;
  for (const unit of units) {
    open = open ? merge(open, unit) : unit;
    size += unit.words + 1;
    if (size >= enough) {
      found.push(open);
      [open, size] = [null, 0];
    }
  }
  const last = found.pop();
  if (open) found.push(last ? merge(last, open) : open);
  else if (last) found.push(last);
  return found;
};

const groupAt = (units: readonly Unit[], border: number): Unit[][] => {
  const groups: Unit[][] = [];
  for (const unit of units) {
    const last = groups[groups.length - 1];
    if (!last || unit.border <= border) groups.push([unit]);
    else last.push(unit);
  }
  return groups;
};

/** Groups much smaller than the others (a foreword) join the one after them, or the last the one before. */
const joinSmall = (groups: readonly Unit[][]): Unit[][] => {
  const small = (total(groups.flat()) / groups.length) * 0.2;
  const found: Unit[][] = [];
  let waiting: Unit[] = [];
  for (const group of groups) {
    const whole = [...waiting, ...group];
    waiting = [];
    if (total(whole) < small) waiting = whole;
    else found.push(whole);
  }
  if (waiting.length > 0) found.push([...(found.pop() ?? []), ...waiting]);
  return found;
};

/** The chapters of the material, when they are of a size and number to be weeks; null otherwise. */
export const chapters = (units: readonly Unit[]): Unit[][] | null => {
  for (let border = 0; border < textBorder; border += 1) {
    const raw = groupAt(units, border);
    if (raw.length < 2) continue;
    const groups = joinSmall(raw);
    const mean = total(units) / groups.length;
    if (groups.length > mostWeeks || mean < chapterWords) return null;
    const finer = groupAt(units, border + 1).length;
    // Whole books one after the other: their chapters are the weeks.
    if (border === 0 && mean > wordsPerWeek * 3 && finer > groups.length && finer <= mostWeeks) continue;
    if (groups.length >= 2) return groups;
  }
  return null;
};

export const naturalWeeks = (words: number): number => Math.min(mostWeeks, Math.max(1, Math.round(words / wordsPerWeek)));

/** What it costs to end a week before a unit: nothing at a document's beginning, most within a text. */
const borderCost = (border: number): number => (border >= textBorder ? 1.2 : border === 0 ? 0 : 0.15 + 0.2 * border);

/**
 * Parts the units into exactly `weeks` runs of 1 to 20, of like size and rather at high headings: the least cost over all ways.
 * Needs `weeks` <= units <= 20 x `weeks`.
 */
export const balance = (units: readonly Unit[], weeks: number): Unit[][] => {
  const target = Math.max(1, total(units) / weeks);
  const size = units.length;
  const best: number[][] = [Array.from({ length: size + 1 }, (_, end) => (end === 0 ? 0 : Number.POSITIVE_INFINITY))];
  const from: number[][] = [[]];
  for (let week = 1; week <= weeks; week += 1) {
    const row = Array.from({ length: size + 1 }, () => Number.POSITIVE_INFINITY);
    const starts = Array.from({ length: size + 1 }, () => 0);
    for (let end = week; end <= size; end += 1) {
      let words = 0;
      let inner = 0;
      for (let start = end - 1; start >= Math.max(week - 1, end - mostTopics); start -= 1) {
        const unit = units[start];
        if (!unit) break;
        words += unit.words;
        const cost = (best[week - 1]?.[start] ?? Number.POSITIVE_INFINITY) + (words / target - 1) ** 2 + inner + (start === 0 ? 0 : borderCost(unit.border));
        if (cost < (row[end] ?? 0)) [row[end], starts[end]] = [cost, start];
        // A week over the border of two documents or chapters pays for it.
        inner += unit.border === 0 ? 0.8 : unit.border === 1 ? 0.1 : 0;
      }
    }
    best.push(row);
    from.push(starts);
  }
  const groups: Unit[][] = [];
  let end = size;
  for (let week = weeks; week > 0; week -= 1) {
    const start = from[week]?.[end] ?? 0;
    groups.push(units.slice(start, end));
    end = start;
  }
  return groups.reverse();
};
