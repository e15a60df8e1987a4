import nlp from "compromise/two";
import { fold } from "./text.js";

/** A word of an English sentence with its parts of speech, in the words of `compromise`: Noun, Plural, Verb, Person, Place … */
export interface Tagged {
  key: string;
  tags: ReadonlySet<string>;
}

interface Term {
  text: string;
  tags: string[];
}

/** Sentences whose tags are kept: the same ones are asked for again and again while one part is worked on. */
const kept = 2_000;
const cache = new Map<string, Tagged[]>();

const clean = (text: string): string => fold(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, "");

/** Parts of speech of an English sentence, word by word; a pure function whose last answers are remembered. */
export const tagged = (sentence: string): Tagged[] => {
  const known = cache.get(sentence);
  if (known) return known;
  const parsed = nlp(sentence).json() as { terms: Term[] }[];
  const found = parsed
    .flatMap((part) => part.terms)
    .map((term) => ({ key: clean(term.text), tags: new Set(term.tags) }))
    .filter((term) => term.key !== "");
  if (cache.size >= kept) cache.clear();
  cache.set(sentence, found);
  return found;
};

/** The same by the words around the phrase alone: enough to tell nouns, and half the time of a long sentence. */
export const nearbyTags = (phrase: string, sentence: string): ReadonlySet<string>[] | null => {
  const at = sentence.indexOf(phrase);
  if (at < 0 || sentence.length < 90) return termTags(phrase, sentence);
  const from = at < 35 ? 0 : sentence.indexOf(" ", at - 35) + 1;
  const end = sentence.indexOf(" ", at + phrase.length + 25);
  return termTags(phrase, sentence.slice(Math.min(from, at), end < 0 ? undefined : end));
};

/** Tags of the words of a phrase where it first stands in an English sentence; null when it does not. */
export const termTags = (phrase: string, sentence: string): ReadonlySet<string>[] | null => {
  const wanted = phrase.split(/[\s'’-]+/u).map(clean).filter((word) => word !== "");
  const terms = tagged(sentence);
  for (let at = 0; at + wanted.length <= terms.length; at += 1) {
    if (wanted.every((word, offset) => terms[at + offset]?.key === word)) return terms.slice(at, at + wanted.length).map((term) => term.tags);
  }
  return null;
};
