import { type Draft, otherTerms } from "./cloze.js";
import type { Definition } from "./definitions.js";
import { stems } from "./summary.js";
import { templatesOf } from "./templates.js";
import { countWords, fold, hash, words } from "./text.js";
import type { Term, Vocabulary } from "./vocabulary.js";

const keysOf = (text: string): string[] => words(text).map((word) => word.key);

const asTerm = (definition: Definition, vocabulary: Vocabulary): Term => {
  const keys = keysOf(definition.term);
  const key = keys.join(" ");
  const grammar = definition.sentence.language === "en" ? (definition.plural ? "plural" : definition.named === definition.term ? "bare" : "counted") : "";
  return vocabulary.byKey.get(key) ?? { key, text: definition.term, keys, kind: "term", count: 1, score: 2, grammar, named: false, context: stems(definition.sentence.text, definition.sentence.language), blocks: new Set() };
};

const near = (a: number, b: number): boolean => a <= b * 1.8 && b <= a * 1.8;

/** Descriptions of three other things, of like length and form, of which none speaks of this one; one of them is at least as long as the answer, or nearly. */
const otherDescriptions = (definition: Definition, all: readonly Definition[], vocabulary: Vocabulary): string[] | null => {
  const own = asTerm(definition, vocabulary);
  const size = countWords(definition.description);
  const fit = all.filter((other) => {
    const term = asTerm(other, vocabulary);
    return (
      other.form === definition.form && other.plural === definition.plural && !other.circular && other.sentence.language === definition.sentence.language &&
      near(countWords(other.description), size) && !vocabulary.related(own, term) && fold(other.description) !== fold(definition.description) &&
      !` ${keysOf(other.description).join(" ")} `.includes(` ${own.key} `)
    );
  });
  const ordered = [...fit].sort((a, b) => hash(a.description + own.key) - hash(b.description + own.key));
  const chosen: Definition[] = [];
  for (const other of ordered) {
    if (chosen.length < 3 && chosen.every((each) => !vocabulary.related(asTerm(each, vocabulary), asTerm(other, vocabulary)))) chosen.push(other);
  }
  if (chosen.length < 3 || chosen.every((other) => other.description.length < definition.description.length * 0.85)) return null;
  return chosen.map((other) => other.description);
};

/** Other things that could be described: first those that the text defines too, then its key phrases of the same grammar. */
const otherThings = (definition: Definition, all: readonly Definition[], vocabulary: Vocabulary): string[] | null => {
  const own = asTerm(definition, vocabulary);
  const hidden = ` ${keysOf(definition.description).join(" ")} `;
  const chosen: Term[] = [];
  for (const other of all) {
    const term = { ...asTerm(other, vocabulary), text: other.term };
    const fits = other.plural === definition.plural && other.sentence.language === definition.sentence.language && !hidden.includes(` ${term.key} `);
    if (chosen.length < 3 && fits && [own, ...chosen].every((each) => !vocabulary.related(each, term))) chosen.push(term);
  }
  if (chosen.length === 3) return chosen.map((term) => term.text);
  const { document, block } = definition.sentence;
  // What others are said to be may hold for this one too: a siphon is a device.
  const kinds = all.map((other) => words(other.description).slice(0, 4).map((word) => word.text).join(" ")).join(" ");
  return otherTerms(own, own.grammar, vocabulary, `${definition.sentence.text} ${kinds}`, "", `${document}:${block}`);
};

/** Questions from a definition: what is X, or which X is described; none where the description has a word of the term, or words for asking are missing. */
export const defined = (definition: Definition, all: readonly Definition[], vocabulary: Vocabulary, language: string): Draft[] => {
  if (definition.circular || !templatesOf(language) || definition.named.length > 80) return [];
  const key = keysOf(definition.term).join(" ");
  const count = vocabulary.byKey.get(key)?.count ?? 1;
  const base = { plural: definition.plural, sentence: definition.sentence, count, answerKey: key };
  const descriptions = otherDescriptions(definition, all, vocabulary);
  const things = countWords(definition.description) >= 6 ? otherThings(definition, all, vocabulary) : null;
  return [
    ...(descriptions ? [{ ...base, kind: "definition" as const, text: definition.named, answer: definition.description, others: descriptions, weight: 8 }] : []),
    ...(things ? [{ ...base, kind: "described" as const, text: definition.description, answer: definition.term, others: things, weight: 7.5 }] : []),
  ];
};
