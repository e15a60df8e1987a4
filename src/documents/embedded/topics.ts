import { outline, textBorder, type Unit } from "./outline.js";
import type { Reading } from "./reading.js";
import { tile } from "./tiling.js";
import { balance, chapters, coalesce, merge, mostTopics, mostWeeks, naturalWeeks } from "./weeks.js";

/** Words of a topic: parts beyond twice as many are parted further, scraps join their neighbour. */
const topicWords = 650;
const leastWords = 90;

const joinScraps = (units: readonly Unit[], least: number): Unit[] => {
  const found: Unit[] = [];
  for (const unit of units) {
    const last = found[found.length - 1];
    const related = last !== undefined && unit.border > 0 && (unit.border > last.border || (unit.border === last.border && unit.border > 1) || unit.border === textBorder);
    const scrap = last !== undefined && (last.words < least || (unit.words < least * 0.7 && last.words < topicWords && unit.border >= last.border));
    if (last && related && scrap) found[found.length - 1] = merge(last, unit);
    else found.push(unit);
  }
  return found;
};

const partLong = (reading: Reading, units: readonly Unit[], target: number): Unit[] =>
  units.flatMap((unit) => {
    if (unit.words <= target * 2) return [unit];
    return tile(reading, unit.spans, target).map((part, at) => ({
      ...unit,
      ...part,
      border: at === 0 ? unit.border : textBorder,
      // All parts know the heading that they stand under; only the first begins with it.
      above: at === 0 ? unit.above : [...unit.above, ...(unit.heading === null ? [] : [unit.heading])],
      heading: at === 0 ? unit.heading : null,
    }));
  });

/**
 * Topics by weeks: 1 to 30 weeks of 1 to 20 topics, for any documents that hold a block of text at all.
 * @param wished weeks that the teacher wished; as many come out as the material has passages for
 */
export const topicsByWeek = (reading: Reading, wished: number | null): Unit[][] => {
  const raw = reading.source.documents.flatMap((_, document) => outline(reading, document));
  const words = raw.reduce((sum, unit) => sum + unit.words, 0);
  if (raw.length === 0) return [];
  if (wished === null) {
    const units = partLong(reading, joinScraps(raw, leastWords), topicWords);
    const natural = chapters(units);
    if (natural) return natural.map((group) => coalesce(group, mostTopics));
    return spread(units, naturalWeeks(words));
  }
  const weeks = Math.min(mostWeeks, Math.max(1, Math.trunc(wished)));
  const target = Math.min(topicWords, Math.max(100, words / (weeks * 3)));
  return spread(partLong(reading, joinScraps(raw, Math.min(leastWords, target / 2)), target), weeks);
};

const spread = (units: readonly Unit[], weeks: number): Unit[][] => {
  const possible = Math.min(weeks, units.length);
  const fewer = coalesce(units, possible * mostTopics);
  return balance(fewer, Math.min(possible, fewer.length));
};
