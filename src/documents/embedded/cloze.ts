import { type Figure, figuresIn, otherFigures } from "./numbers.js";
import type { Sentence } from "./reading.js";
import { hasLength, isComplete, isSelfContained } from "./sentences.js";
import { stopwordsOf } from "./stopwords.js";
import { tagged } from "./tags.js";
import { akin, fold, hash, isUnspaced, words, type Word } from "./text.js";
import { grammarAt, type Term, type Vocabulary } from "./vocabulary.js";

/** A question before it is worded: what is asked, the right answer and three wrong ones. */
export interface Draft {
  kind: "definition" | "described" | "cloze";
  /** Sentence with a gap, or what else is asked about. */
  text: string;
  plural: boolean;
  answer: string;
  /** Folded; one answer is asked for once in a week. */
  answerKey: string;
  others: string[];
  sentence: Sentence;
  /** Times that the answer stands in the course. */
  count: number;
  /** The better ones are taken first. */
  weight: number;
}

export const gap = "_____";

/** Words of a sentence that a question is made from. */
const shortest = 8;
const longest = 30;

const hindiEnd = /(?:है|हैं|था|थे|थी|थीं|गा|गे|गी|या|ए|ई)।$/u;
const unclear = /\b(?:he|she|him|her|his|hers|them|it|they|former|latter|one of them|said|asked|replied|cried|answered|above-mentioned)\b/iu;

/** Whether an English sentence has a verb in a form that states, and does not begin with one, as a command. */
const states = (text: string): boolean => {
  const [first, ...others] = tagged(text);
  return !(first?.tags.has("Verb") && !first.tags.has("Gerund")) && others.some(({ tags }) => tags.has("Verb") && !tags.has("Infinitive") && !tags.has("Gerund"));
};

/** Whether a question can be made from a sentence: whole, understood alone, with a verb, neither too short nor too long. */
export const isFit = (sentence: Sentence): boolean => {
  const { text, language } = sentence;
  if (!isComplete(text) || !isSelfContained(text, language) || !hasLength(text, shortest, longest) || isUnspaced(text)) return false;
  if (!/[.।]$/u.test(text) || (text.match(/[,;]/gu)?.length ?? 0) > 5 || /[;:]/u.test(text)) return false;
  if (language === "en") return !unclear.test(text.split(/\s+/u).slice(0, 8).join(" "));
  if (language === "hi") return hindiEnd.test(text);
  return true;
};

const withGap = (text: string, start: number, length: number): string => `${text.slice(0, start)}${gap}${text.slice(start + length)}`;

/** Where a term stands as words of its own, exactly once, with none of its words (but those in `shared`) again elsewhere; null otherwise. */
const standsOnce = (term: Term, all: readonly Word[], shared: string | undefined): { first: number; last: number } | null => {
  const size = term.keys.length;
  let found: { first: number; last: number } | null = null;
  for (let at = 0; at + size <= all.length; at += 1) {
    if (term.keys.every((key, offset) => all[at + offset]?.key === key && (offset === 0 || (all[at + offset]?.joined ?? false)))) {
      if (found) return null;
      found = { first: at, last: at + size - 1 };
    }
  }
  const place = found;
  if (!place) return null;
  const again = all.some((word, at) => (at < place.first || at > place.last) && term.keys.some((key) => key !== shared && key.length > 2 && akin(key, word.key)));
  return again ? null : place;
};

/** Whether the words around leave the gap a whole phrase: "sensor" alone is none in "sensor data". */
const isWhole = (all: readonly Word[], place: { first: number; last: number }, sentence: Sentence): boolean => {
  const next = all[place.last + 1];
  const before = all[place.first - 1];
  const joinedBefore = all[place.first]?.joined ?? false;
  // A hyphen, slash or apostrophe on either side makes it a part of another word.
  if (/[\p{L}\p{N}/’'-]$/u.test(sentence.text.slice(0, all[place.first]?.start)) || /^[/’'-]/u.test(sentence.text.slice(all[place.last]?.end))) return false;
  if (sentence.language !== "en") {
    const stop = stopwordsOf(sentence.language, fold);
    return !(next?.joined && !stop.has(next.key)) && !(before && joinedBefore && !stop.has(before.key));
  }
  const tags = tagged(sentence.text);
  const has = (word: Word | undefined, tag: string): boolean => word !== undefined && tags.some((each) => each.key === word.key && each.tags.has(tag));
  if (next?.joined && (has(next, "Noun") || has(next, "Adjective") || has(next, "Gerund"))) return false;
  return !(before && joinedBefore && (has(before, "Noun") || has(before, "Gerund")));
};

const shouts = (text: string): boolean => text === text.toUpperCase();

/** Share of words in common of the texts around two terms: things that are written about alike make the better options. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let common = 0;
  for (const stem of a) if (b.has(stem)) common += 1;
  return common / Math.max(1, Math.min(a.size, b.size));
};

const startsWithVowel = (text: string): boolean => /^(?:[aeio]|u(?!ni|se|su|ti|r[aeiou]))/iu.test(text);

/** Whether a gap for a term asks for something to know: a name, a phrase that recurs, or a word that headings name or the sentence is about. */
const worthAsking = (term: Term, first: number, { text, language }: Sentence): boolean => {
  const ahead = text.slice(0, text.toLowerCase().indexOf(term.text.toLowerCase()));
  // A title or pronoun gives away whether a man or a woman is asked for.
  if (term.kind === "person" && (/\b(?:he|she|him|her|his|hers|himself|herself)\b/iu.test(text) || /\b(?:Mr|Mrs|Miss|Ms|Lady|Lord|Sir|Madame?)\.? $/u.test(ahead))) return false;
  if (language !== "en" && language !== "hi" && ahead.trim() === "") return false;
  if (term.kind !== "term") return term.kind !== "name" || term.count > 1 || term.keys.length > 1;
  if (term.keys.length > 1) return term.count > 1 || term.named;
  return term.named ? term.count > 1 : first <= 1 && term.count >= 3;
};

const fewest = <T>(all: readonly T[]): readonly T[] | null => (all.length >= 3 ? all : null);

/** Three terms with the last word of the answer: as that word is in all four, it gives nothing away. */
export const otherSiblings = (answer: Term, plural: boolean, vocabulary: Vocabulary, avoid: string): string[] | null => {
  const hidden = ` ${words(avoid).map((word) => word.key).join(" ")} `;
  const found: Term[] = [];
  for (const term of vocabulary.terms) {
    const fits = vocabulary.siblings(answer, term) && (term.grammar === "plural" || term.grammar === "names") === plural && !hidden.includes(` ${term.key} `);
    if (fits && found.every((other) => vocabulary.siblings(other, term))) found.push(term);
  }
  return fewest(found)?.slice(0, 3).map((term) => term.text) ?? null;
};

/** Three other terms that fit the gap by grammar and kind and are no names for the same; those used about as often come first. */
export const otherTerms = (answer: Term, grammar: string, vocabulary: Vocabulary, avoid: string, article: string, block: string): string[] | null => {
  const hidden = ` ${words(avoid).map((word) => word.key).join(" ")} `;
  const fitting = vocabulary.terms.filter(
    (term) =>
      term.kind === answer.kind && term.grammar === grammar && term.key !== answer.key && !term.blocks.has(block) &&
      Math.abs(term.keys.length - answer.keys.length) <= 1 &&
      !term.keys.some((key) => key.length > 2 && hidden.includes(` ${key} `)) &&
      !(article === "a" && startsWithVowel(term.text)) && !(article === "an" && !startsWithVowel(term.text)) &&
      !vocabulary.related(term, answer),
  );
  const distance = (term: Term): number => Math.abs(Math.log(term.count / answer.count)) + Math.abs(term.keys.length - answer.keys.length) + Math.max(0, 4 - term.score) + (shouts(term.text) === shouts(answer.text) ? 0 : 1) - 4 * likeness(term.context, answer.context);
  const near = fitting.map((term) => ({ term, far: distance(term) })).sort((a, b) => a.far - b.far || (a.term.key < b.term.key ? -1 : 1)).slice(0, 9);
  near.sort((a, b) => hash(a.term.key + block) - hash(b.term.key + block));
  const found: Term[] = [];
  for (const { term } of near) if (found.length < 3 && found.every((other) => !vocabulary.related(other, term))) found.push(term);
  return found.length === 3 ? found.map((term) => term.text) : null;
};

/** Another name of the answer beside the gap would give it away. */
const besideAlias = /_____ ?\(|\(_____\)|_____, (?:or|also|called|known as|या|यानी|अर्थात|ou|c'est-à-dire)(?=\s)|(?:\bor|या) _____,/u;

const withTerms = (sentence: Sentence, vocabulary: Vocabulary, dense: number, namesOnly: boolean): Draft[] => {
  const all = words(sentence.text);
  const drafts: Draft[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < all.length; at += 1) {
    for (let size = Math.min(4, all.length - at); size > 0; size -= 1) {
      const key = all.slice(at, at + size).map((word) => word.key).join(" ");
      const term = vocabulary.byKey.get(key);
      if (!term || seen.has(key) || (namesOnly && term.kind === "term")) continue;
      seen.add(key);
      if (!worthAsking(term, at, sentence)) continue;
      const siblings = otherSiblings(term, ["plural", "names"].includes(term.grammar), vocabulary, sentence.text);
      const place = standsOnce(term, all, siblings ? term.keys.at(-1) : undefined);
      if (!place || !isWhole(all, place, sentence)) continue;
      const start = all[place.first]?.start ?? 0;
      const end = all[place.last]?.end ?? 0;
      const surface = sentence.text.slice(start, end);
      const grammar = grammarAt(surface, sentence, term.kind, start);
      const ahead = all[place.first]?.joined ? (all[place.first - 1]?.key ?? "") : "";
      const rest = withGap(sentence.text, start, end - start);
      if (besideAlias.test(rest)) continue;
      const others = siblings ?? otherTerms(term, grammar, vocabulary, rest, ahead, `${sentence.document}:${sentence.block}`);
      if (!others) continue;
      const subject = place.first <= 1 ? 1.5 : 0;
      const named = term.kind === "term" ? 0 : 0.6;
      drafts.push({
        kind: "cloze", text: rest, plural: false, answer: term.kind === "term" && start === 0 ? term.text : surface, answerKey: key, others, sentence, count: term.count,
        weight: dense + subject + named + Math.min(3, term.score / 2) + (term.keys.length > 1 ? 0.7 : 0) + (siblings ? 1.5 : 0),
      });
    }
  }
  return drafts;
};

const withFigures = (sentence: Sentence, figures: readonly Figure[], dense: number): Draft[] => {
  const own = figuresIn(sentence);
  const drafts: Draft[] = [];
  for (const figure of own) {
    if (own.some((other) => other !== figure && other.value === figure.value)) continue;
    const rest = withGap(sentence.text, figure.start, figure.text.length);
    const others = otherFigures(figure, figures, rest);
    // One to nine can be guessed.
    if (!others || rest.includes(figure.text) || (figure.kind === "count" && figure.value < 10)) continue;
    drafts.push({
      kind: "cloze", text: rest, plural: false, answer: figure.text, answerKey: figure.text, others, sentence,
      count: figures.filter((other) => other.value === figure.value && other.kind === figure.kind).length,
      weight: dense + 2.2,
    });
  }
  return drafts;
};

/** Gap questions from one fit sentence, each with options of one kind from the same course. */
export const clozes = (sentence: Sentence, vocabulary: Vocabulary, figures: readonly Figure[], namesOnly = false): Draft[] => {
  const all = words(sentence.text);
  let known = 0;
  for (const word of all) if (vocabulary.byKey.has(word.key)) known += 1;
  const dense = Math.min(2, known * 0.4) - Math.abs(all.length - 16) * 0.05;
  const drafts = [...withTerms(sentence, vocabulary, dense, namesOnly), ...withFigures(sentence, figures, dense)];
  return drafts.length > 0 && sentence.language === "en" && !states(sentence.text) ? [] : drafts;
};
