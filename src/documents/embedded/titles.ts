import type { Unit } from "./outline.js";
import { keyPhrases, type Phrase } from "./phrases.js";
import type { Reading, Sentence } from "./reading.js";
import { andOf, partOf } from "./templates.js";
import { akin, shorten, tidy } from "./text.js";

/** A topic with the title that it gets. */
export interface Titled {
  title: string;
  unit: Unit;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const shares = (a: Phrase, b: Phrase): boolean => a.key.split(" ").some((word) => b.key.split(" ").some((other) => akin(word, other)));

/** How often each phrase of the course is used altogether, to tell what sets one part apart. */
export type Commonness = ReadonlyMap<string, number>;

const telling = (sentences: readonly Sentence[], commonness: Commonness): Phrase[] =>
  keyPhrases(sentences, [], 6, sentences.length < 8)
    // A single word names a passage only when it recurs; two may, and so may names.
    .filter((phrase) => phrase.text.length > 3 && (phrase.size > 1 || phrase.count > 2 || sentences.length < 8))
    .map((phrase) => ({ ...phrase, score: phrase.score * (0.25 + phrase.count / Math.max(phrase.count, commonness.get(phrase.key) ?? 0)) }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));

/** What a passage without a heading is called: its one or two telling key phrases, else its first words. */
const fromText = (reading: Reading, unit: Unit, commonness: Commonness, language: string): string => {
  const sentences = [...reading.prose(unit.spans)];
  const [first, ...others] = telling(sentences, commonness);
  if (first) {
    const second = others.find((other) => !shares(first, other) && other.score > first.score * 0.6);
    return capital(second ? `${first.text}${andOf(language)}${second.text}` : first.text);
  }
  const [opening] = sentences;
  return opening && /\p{L}/u.test(opening.text) ? shorten(tidy(opening.text).replace(/[.।]$/u, ""), 60) : "";
};

const unique = (title: string, used: Set<string>, language: string): string => {
  let candidate = title;
  for (let number = 2; used.has(candidate); number += 1) candidate = partOf(language, title, number);
  used.add(candidate);
  return candidate;
};

/** Titles of the topics of one week: their headings, or what their text is about, under the heading they go on with unless the week has it. */
const nameTopics = (reading: Reading, units: readonly Unit[], week: string | null, course: string, commonness: Commonness): Titled[] => {
  const language = reading.source.language;
  const used = new Set<string>();
  return units.map((unit) => {
    const parent = unit.above[unit.above.length - 1];
    let title = unit.heading;
    if (title === null || (title === week && units.length > 1 && unit.words > 0 && units.some((other) => other !== unit && other.heading === null))) {
      const own = fromText(reading, unit, commonness, language);
      title = own === "" ? (title ?? parent ?? course) : parent !== undefined && parent !== week && parent !== course && unit.heading === null ? `${parent}: ${own}` : own;
    }
    return { title: unique(title, used, language), unit };
  });
};

/** Heading that all units of a week stand under, the lowest such; null when there is none or it is that of the whole course. */
const commonHeading = (units: readonly Unit[], course: string): string | null => {
  const chains = units.map((unit) => [...unit.above, ...(unit.heading === null ? [] : [unit.heading])]);
  const [first] = chains;
  const common = first?.filter((title, at) => chains.every((chain) => chain[at] === title)) ?? [];
  const found = common[common.length - 1];
  return found === undefined || found === course ? null : found;
};

/** The one or two of its highest headings that most of the week stands under, in reading order. */
const mainTitles = (topics: readonly Titled[], course: string, and: string): string => {
  const highest = Math.min(...topics.map((topic) => topic.unit.border));
  const groups: { title: string; words: number }[] = [];
  for (const { title, unit } of topics) {
    const last = groups.at(-1);
    if (last && unit.border > Math.max(highest, 1)) last.words += unit.words;
    else groups.push({ title: unit.heading ?? title, words: unit.words });
  }
  const named = groups.filter((group) => group.title !== course && group.words > 0);
  const main = [...named].sort((a, b) => b.words - a.words).slice(0, 2);
  const [first, second] = named.filter((group) => main.includes(group));
  if (!first) return course;
  const joined = second && second.title !== first.title ? `${first.title}${and}${second.title}` : first.title;
  return joined.length <= 120 && !/[?？]/u.test(first.title) ? joined : (main[0]?.title ?? course);
};

/** Weeks and topics by name; titles of weeks differ, and so do those of the topics of one week. */
export const nameWeeks = (reading: Reading, weeks: readonly (readonly Unit[])[], course: string, commonness: Commonness): { title: string; topics: Titled[] }[] => {
  const language = reading.source.language;
  const used = new Set<string>();
  return weeks.map((units) => {
    const heading = commonHeading(units, course);
    const topics = nameTopics(reading, units, heading, course, commonness);
    const title = heading ?? (weeks.length === 1 ? course : mainTitles(topics, course, andOf(language)));
    return { title: unique(title, used, language), topics };
  });
};
