import type { Sentence } from "./reading.js";
import { commonNounsOf } from "./common-nouns.js";
import { stopwordsOf } from "./stopwords.js";
import { fold, words, type Word } from "./text.js";
import { nearbyTags } from "./tags.js";

/** A key phrase of a text, as counted. */
export interface Phrase {
  /** Folded words, single spaces. */
  key: string;
  /** As it mostly stands within sentences. */
  text: string;
  size: number;
  count: number;
  /** The first sentences that hold it. */
  samples: Sentence[];
  /** How often a capital begins it although no sentence does, and how often it stands within sentences at all. */
  capitals: number;
  inner: number;
  /** Whether a heading has it. */
  named: boolean;
  score: number;
}

interface Counted extends Omit<Phrase, "text" | "score" | "named"> {
  forms: Map<string, number>;
}

/** Words counted per stage at most; of more, every n-th sentence is read. Keeps time and memory within bounds for whole libraries. */
const budget = 250_000;
const longest = 4;
/** Of phrases by their number of words: two or three say most. */
const weights = [1, 1, 1.7, 1.8, 1.6];

const everyNth = (sentences: readonly Sentence[]): readonly Sentence[] => {
  let characters = 0;
  for (const sentence of sentences) characters += sentence.text.length;
  const step = Math.ceil(characters / 6 / budget);
  return step <= 1 ? sentences : sentences.filter((_, at) => at % step === 0);
};

/** Runs of words that carry a subject: between stopwords, marks and numbers; names joined by "of" stay whole. */
export const contentRuns = (all: readonly Word[], stop: ReadonlySet<string>): Word[][] => {
  const runs: Word[][] = [];
  let run: Word[] = [];
  const end = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  const capital = (word: Word | undefined): boolean => word !== undefined && /^\p{Lu}/u.test(word.text);
  all.forEach((word, at) => {
    if (!word.joined) end();
    const next = all[at + 1];
    if (word.key === "of" && run.length > 0 && capital(run[run.length - 1]) && capital(next) && next?.joined) run.push(word);
    else if (stop.has(word.key) || /^\p{N}/u.test(word.text) || (word.key.length < 2 && !/\p{Script=Han}/u.test(word.key))) end();
    else run.push(word);
  });
  end();
  return runs;
};

const count = (sentences: readonly Sentence[], stopFor: (language: string) => ReadonlySet<string>): Map<string, Counted> => {
  const counted = new Map<string, Counted>();
  for (const sentence of everyNth(sentences)) {
    for (const run of contentRuns(words(sentence.text), stopFor(sentence.language))) {
      for (let from = 0; from < run.length; from += 1) {
        for (let size = 1; size <= longest && from + size <= run.length; size += 1) {
          const first = run[from];
          const last = run[from + size - 1];
          if (!first || !last || first.key === "of" || last.key === "of") continue;
          const text = sentence.text.slice(first.start, last.end);
          const key = run.slice(from, from + size).map((word) => word.key).join(" ");
          let entry = counted.get(key);
          if (!entry) counted.set(key, (entry = { key, size, count: 0, samples: [], capitals: 0, inner: 0, forms: new Map() }));
          entry.count += 1;
          const inner = sentence.text.slice(0, first.start).replace(/["“‘«(\s]/gu, "") !== "";
          if (inner) {
            entry.inner += 1;
            if (/^\p{Lu}/u.test(first.text)) entry.capitals += 1;
          }
          if (entry.samples.length < 4) entry.samples.push(sentence);
          entry.forms.set(text, (entry.forms.get(text) ?? 0) + (inner ? 1 : 0.1));
        }
      }
    }
  }
  return counted;
};

/** The form most used; one written in capitals for emphasis only where there is no other. */
const mostUsed = (forms: Map<string, number>): string => {
  let best = "";
  let most = -1;
  for (const [text, number] of forms) {
    const weight = text.length > 2 && forms.size > 1 && text === text.toUpperCase() && text !== text.toLowerCase() ? number * 0.01 : number;
    if (weight > most) [best, most] = [text, weight];
  }
  return best;
};

/** Words that serve a grammar rather than a subject, guessed from a text whose language has no list: the short and most frequent. */
const guessedStopwords = (sentences: readonly Sentence[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  let total = 0;
  for (const sentence of everyNth(sentences)) {
    for (const word of words(sentence.text)) {
      counts.set(word.key, (counts.get(word.key) ?? 0) + 1);
      total += 1;
    }
  }
  return new Set([...counts].filter(([word, number]) => number > total * 0.004 && number > 2 && word.length < 8).map(([word]) => word));
};

export const stopwordsFor = (sentences: readonly Sentence[]): ((language: string) => ReadonlySet<string>) => {
  let guessed: ReadonlySet<string> | undefined;
  return (language) => {
    const known = stopwordsOf(language, fold);
    return known.size > 0 ? known : (guessed ??= guessedStopwords(sentences));
  };
};

/** How often each phrase stands in the sentences, by its folded words; only those that recur. */
export const phraseCounts = (sentences: readonly Sentence[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [key, entry] of count(sentences, stopwordsFor(sentences))) if (entry.count > 1) counts.set(key, entry.count);
  return counts;
};

/** Signs of verbs at the end of a Hindi phrase, and words before which a noun stands there. */
const hindiVerb = /(?:ने|ते|कर|ाएं|ेंगे|ेगा|ेगी|िए|ाया|ाई|ाए|ें)$/u;
const hindiAfter = /^\s*(?:का|के|की|को|में|से|पर|ने|तक|और|या|है|हैं)(?=[\s,।])/u;

const hindiNoun = (phrase: Counted): boolean =>
  !hindiVerb.test(phrase.key) &&
  phrase.samples.some((sample) => {
    const at = fold(sample.text).indexOf(phrase.key);
    return at >= 0 && hindiAfter.test(fold(sample.text).slice(at + phrase.key.length));
  });

/** The word that a space parts from a phrase where it first stands, whatever its capital. */
const followerOf = (sentence: string, phrase: string): string | undefined => {
  const at = sentence.toLowerCase().indexOf(phrase.toLowerCase());
  return at < 0 ? undefined : /^ (\p{L}[\p{L}\p{M}\p{N}-]*)/u.exec(sentence.slice(at + phrase.length))?.[1];
};

/** A phrase that only ever begins sentences, without the capital of the beginning where its other words have none. */
const settle = (text: string, inner: number): string =>
  inner === 0 && /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** Whether the text never has the phrase by itself, but always within a longer one: "single-board" before "computer", "Hello" before "World". */
const isPartial = (phrase: Counted, text: string): boolean => {
  const followers = phrase.samples.map((sample) => fold(followerOf(sample.text, text) ?? ""));
  const [first] = followers;
  const { language } = phrase.samples[0] ?? {};
  if (followers.length > 1 && first && followers.every((word) => word === first) && language !== undefined && !stopwordsOf(language, fold).has(first) && language === "en") return true;
  return phrase.samples.every((sample) => {
    const at = sample.text.indexOf(text);
    if (at < 0) return false;
    const next = followerOf(sample.text, text);
    const before = /(?<=[^.!?।] |^)([\p{L}][\p{L}\p{M}\p{N}-]*) $/u.exec(sample.text.slice(0, at))?.[1];
    const name = /^\p{Lu}/u.test(text);
    const stop = stopwordsOf(sample.language, fold);
    const goesOn = (word: string | undefined): boolean => word !== undefined && !stop.has(fold(word)) && name && /^\p{Lu}/u.test(word);
    if (goesOn(next) || goesOn(before)) return true;
    return sample.language === "en" && next !== undefined && (nearbyTags(`${text} ${next}`, sample.text)?.at(-1)?.has("Noun") ?? false);
  });
};

const isNounPhrase = (phrase: Counted, text: string): boolean => {
  const [sample] = phrase.samples;
  if (!sample || isPartial(phrase, text)) return false;
  if (phrase.size === 1 && commonNounsOf(sample.language, fold).has(phrase.key)) return false;
  if (sample.language === "hi" && /\p{Script=Devanagari}$/u.test(phrase.key)) return hindiNoun(phrase);
  if (sample.language !== "en") return phrase.key.length > 3;
  return phrase.samples.slice(0, 2).every((each) => {
    const tags = nearbyTags(text, each.text);
    if (!tags) return false;
    const last = tags[tags.length - 1];
    return (
      last !== undefined && last.has("Noun") && !last.has("Pronoun") && !last.has("Possessive") && !last.has("Date") && !last.has("Verb") &&
      tags.every((tag) => tag.has("Noun") || tag.has("Adjective") || tag.has("Gerund") || tag.has("Preposition")) &&
      tags.every((tag) => !tag.has("Pronoun") && !tag.has("Comparative") && !tag.has("Superlative") && !tag.has("Value") && !tag.has("Date"))
    );
  });
};

/**
 * Key phrases of the sentences, best first: runs between stopwords, weighed by how often they stand there, how many words they have and
 * whether a heading names them; English ones are noun phrases by their parts of speech, Hindi ones by what follows them. Forms of one phrase appear once.
 * @param once whether phrases that stand there a single time count too; in short texts most do
 */
export const keyPhrases = (sentences: readonly Sentence[], headings: readonly string[], most: number, once = sentences.length < 40): Phrase[] => {
  const counted = count(sentences, stopwordsFor(sentences));
  const titles = headings.map((heading) => words(heading).map((word) => word.key));
  const whole = new Set(titles.map((title) => title.join(" ")));
  const inTitles = new Set(titles.flatMap((title) => title.flatMap((_, at) => Array.from({ length: longest }, (__, size) => title.slice(at, at + size + 1).join(" ")))));
  // Singular and plural of a phrase count together when a longer phrase is held against its parts.
  const together = new Map<string, number>();
  for (const entry of counted.values()) together.set(singular(entry.key), (together.get(singular(entry.key)) ?? 0) + entry.count);
  const summed = (entry: { key: string }): { key: string; count: number } => ({ key: entry.key, count: together.get(singular(entry.key)) ?? 0 });
  const weighed = [...counted.values()]
    .filter((entry) => (entry.count > 1 || once || inTitles.has(entry.key)) && (entry.size > 1 || entry.key.length > 2))
    .map((entry) => {
      const named = inTitles.has(entry.key);
      return { entry, named, score: (1 + Math.log2(entry.count)) * (weights[entry.size] ?? 1) * (named ? 1.6 : 1) * (entry.count > 1 ? 1 : 0.6) };
    })
    .sort((a, b) => b.score - a.score || (a.entry.key < b.entry.key ? -1 : 1));
  const kept: Phrase[] = [];
  for (const { entry, named, score } of weighed.slice(0, most * 8)) {
    if (kept.length >= most) break;
    const text = mostUsed(entry.forms);
    // What a heading says as a whole is a phrase by that.
    if (!whole.has(entry.key) && !isNounPhrase(entry, text)) continue;
    const same = kept.some((other) => overlaps(summed(other), summed(entry)));
    if (!same) kept.push({ key: entry.key, text: settle(text, entry.inner), size: entry.size, count: entry.count, samples: entry.samples, capitals: entry.capitals, inner: entry.inner, named, score });
  }
  return kept;
};

const singular = (key: string): string => key.replace(/(?:ies|y|es|e|s|ों|ें|ियाँ|ियां|ियों)$/u, "");

/** Whether two phrases are forms of one, or one is a part of the other that hardly stands alone. */
const overlaps = (kept: { key: string; count: number }, other: { key: string; count: number }): boolean => {
  if (singular(kept.key) === singular(other.key)) return true;
  if (` ${kept.key} `.includes(` ${other.key} `)) return other.count < kept.count * 2;
  if (` ${other.key} `.includes(` ${kept.key} `)) return other.count * 3 < kept.count * 2;
  return false;
};
