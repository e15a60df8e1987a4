import { keyPhrases, type Phrase } from "./phrases.js";
import type { Sentence } from "./reading.js";
import { stems } from "./summary.js";
import { termTags } from "./tags.js";
import { akin, fold, words } from "./text.js";

export type TermKind = "person" | "place" | "organisation" | "name" | "term" | "latin";

/** A key phrase with what decides beside which others it can stand as an option. */
export interface Term {
  key: string;
  text: string;
  keys: readonly string[];
  kind: TermKind;
  count: number;
  score: number;
  /** Whether a heading has it. */
  named: boolean;
  /** Stems of the sentences that it is known from. */
  context: ReadonlySet<string>;
  /** Its grammar where it stands: number in English, else the ending and the words around it. Only terms of one grammar are options together. */
  grammar: string;
  /** Blocks that it is known to stand in, as "document:block". */
  blocks: ReadonlySet<string>;
}

const before = (sentence: string, at: number): string => fold(/(\p{L}[\p{L}\p{M}’']*)\s+$/u.exec(sentence.slice(0, at))?.[1] ?? "");

/** English nouns after a determiner are counted, bare singulars are not: "a sensor" but "electricity". */
const determiners = new Set(["a", "an", "the", "each", "every", "any", "this", "that", "one", "another", "no", "its", "their", "his", "her"]);

const place = (text: string, sample: Sentence): number => {
  const at = sample.text.indexOf(text);
  return at >= 0 ? at : sample.text.toLowerCase().indexOf(text.toLowerCase());
};

const kindOf = (phrase: Phrase, tags: readonly ReadonlySet<string>[] | null): TermKind => {
  if (phrase.inner > 0 && phrase.capitals < phrase.inner) return "term";
  const all = (tag: string): boolean => tags?.some((each) => each.has(tag)) ?? false;
  if (all("Person") || all("FirstName") || all("LastName") || all("Honorific")) return "person";
  if (all("Place") || all("City") || all("Country") || all("Region")) return "place";
  if (all("Organization") || all("Company")) return "organisation";
  return phrase.inner > 0 || (phrase.size > 1 && phrase.text.split(" ").every((word) => /^\p{Lu}/u.test(word))) ? "name" : "term";
};

/** Whether a capital of a word may be that of a name, or only of the sentences that it always begins: nobody can tell in English. */
const isUnclear = (phrase: Phrase): boolean => phrase.inner === 0 && phrase.size === 1 && phrase.samples[0]?.language === "en" && !phrase.key.endsWith("s") && !phrase.named;

/** Words after a Hindi noun that change its form; other words leave it in its first form. */
const oblique = /^\s+(?:का|के|की|को|में|से|पर|ने|तक|द्वारा)(?=[\s,।])/u;
const endings = /(?:ों|ें|ियाँ|ियां|ी|ा|े|ू|ु|ि|ो)$/u;

/** Grammar of a term in the place where it stands: see `Term.grammar`. */
export const grammarAt = (text: string, sentence: Sentence, kind: TermKind, at = place(text, sentence)): string => {
  if (sentence.language === "en") {
    const tags = termTags(text, sentence.text);
    const plural = tags?.[tags.length - 1]?.has("Plural") ?? false;
    if (kind !== "term") return plural ? "names" : "name";
    return plural ? "plural" : determiners.has(before(sentence.text, at)) ? "counted" : "bare";
  }
  if (sentence.language === "hi") {
    if (kind === "latin") return "latin";
    return `${endings.exec(text)?.[0] ?? "-"} ${oblique.test(sentence.text.slice(at + text.length)) ? "oblique" : "direct"}`;
  }
  return `${before(sentence.text, at)} ${/[sx]$/u.test(text) ? "s" : "-"}`;
};

const toTerm = (phrase: Phrase): Term => {
  const [sample] = phrase.samples;
  const language = sample?.language ?? "";
  const kind =
    language === "en" ? kindOf(phrase, sample ? termTags(phrase.text, sample.text) : null)
    : language === "hi" && /^[\p{Script=Latin}\s.+#-]+$/u.test(phrase.text) ? "latin"
    : phrase.inner > 0 && phrase.capitals === phrase.inner ? "name"
    : "term";
  const grammars = phrase.samples.map((each) => grammarAt(phrase.text, each, kind));
  const counted = grammars.find((grammar) => grammar === "counted");
  return {
    key: phrase.key,
    text: kind === "term" && language === "en" && !/\p{Lu}.*\p{Lu}/u.test(phrase.text) ? lowerFirst(phrase) : phrase.text,
    keys: words(phrase.text).map((word) => word.key),
    kind,
    count: phrase.count,
    score: phrase.score,
    named: phrase.named,
    context: new Set(phrase.samples.flatMap((each) => [...stems(each.text, each.language)])),
    grammar: counted ?? grammars[0] ?? "",
    blocks: new Set(phrase.samples.map((each) => `${each.document}:${each.block}`)),
  };
};

const lowerFirst = (phrase: Phrase): string => (phrase.capitals < phrase.inner || phrase.inner === 0 ? phrase.text.charAt(0).toLowerCase() + phrase.text.slice(1) : phrase.text);

/** Terms of a course and the forms that name one thing. */
export interface Vocabulary {
  terms: readonly Term[];
  byKey: ReadonlyMap<string, Term>;
  isName: (key: string) => boolean;
  /** Whether two terms share a word, are forms or an acronym of each other, or the text sets one in brackets after the other. */
  related: (a: Pick<Term, "key" | "keys">, b: Pick<Term, "key" | "keys">) => boolean;
  /** Whether two terms name different things of one sort: the same last word after different ones, as "consumer goods" and "industrial goods". */
  siblings: (a: Pick<Term, "keys">, b: Pick<Term, "keys">) => boolean;
}

const initials = (keys: readonly string[]): string => keys.filter((key) => key !== "of" && key !== "and").map((key) => key.charAt(0)).join("");

/** What stands in brackets, by the five words before them: "a microcontroller (MCU)". */
const aliases = (sentences: readonly Sentence[]): { before: string; inside: string }[] => {
  const found: { before: string; inside: string }[] = [];
  for (const { text } of sentences) {
    for (const match of text.matchAll(/\(([^()]{2,80})\)/gu)) {
      const ahead = words(text.slice(Math.max(0, match.index - 120), match.index)).slice(-5).map((word) => word.key).join(" ");
      found.push({ before: ` ${ahead} `, inside: ` ${words(match[1] ?? "").map((word) => word.key).join(" ")} ` });
    }
    if (!/, (?:or|also) /u.test(text)) continue;
    for (const match of text.matchAll(/([\p{L} -]{3,40}), (?:or|also (?:called|known as)) ([\p{L} -]{2,40}),/gu)) {
      found.push({ before: ` ${words(match[1] ?? "").map((word) => word.key).join(" ")} `, inside: ` ${words(match[2] ?? "").map((word) => word.key).join(" ")} ` });
    }
    if (found.length > 2_000) break;
  }
  return found;
};

export const vocabularyOf = (sentences: readonly Sentence[], headings: readonly string[]): Vocabulary => {
  const terms = keyPhrases(sentences, headings, 250).filter((phrase) => !isUnclear(phrase)).map(toTerm);
  const byKey = new Map(terms.map((term) => [term.key, term]));
  const pairs = aliases(sentences);
  const named = (key: string): boolean => (byKey.get(key)?.kind ?? "term") !== "term";
  return {
    terms,
    byKey,
    isName: named,
    siblings: (a, b) =>
      a.keys.length === b.keys.length && a.keys.length > 1 && a.keys.at(-1) === b.keys.at(-1) &&
      !a.keys.slice(0, -1).some((key) => b.keys.slice(0, -1).some((other) => akin(key, other))),
    related: (a, b) =>
      a.keys.some((key) => b.keys.some((other) => akin(key, other))) ||
      a.key.includes(b.key) || b.key.includes(a.key) ||
      initials(a.keys) === b.key || initials(b.keys) === a.key ||
      pairs.some(({ before, inside }) => (before.includes(` ${a.key} `) && inside.includes(` ${b.key} `)) || (before.includes(` ${b.key} `) && inside.includes(` ${a.key} `))),
  };
};
