import type { Sentence } from "./reading.js";
import { isComplete, isSelfContained } from "./sentences.js";
import { stopwordsOf } from "./stopwords.js";
import { termTags } from "./tags.js";
import { akin, countWords, fold, words } from "./text.js";

/** A sentence that says what something is. */
export interface Definition {
  /** The thing as it stands within a sentence, without article. */
  term: string;
  /** The thing with its article: "a sensor", "sensors". */
  named: string;
  plural: boolean;
  /** What it is, as a part of the sentence, word for word. */
  description: string;
  /** Descriptions of one form can stand side by side as options. */
  form: "noun" | "clause";
  /** Whether the description uses a word of the term, and so gives it away. */
  circular: boolean;
  sentence: Sentence;
}

interface Parts {
  article: string;
  term: string;
  plural: boolean;
  description: string;
  form: Definition["form"];
}

const term = "(?<term>[\\p{L}\\p{N}][^,;:()“”\"]{1,60}?)";
const english = [
  new RegExp(`^(?:(?<article>An?|The term|The)\\s+)?['‘]?${term}['’]?(?:\\s*\\([^()]{1,80}\\))?,?\\s+(?<verb>is|are|refers? to|means?|is defined as|are defined as)\\s+(?<description>.+)\\.$`, "u"),
  new RegExp(`^(?<description>(?:An?|The|Any)\\s.{15,200}?)\\s+(?<verb>is|are)\\s+(?:called|known as|referred to as|termed)\\s+(?<article>an?\\s+)?['‘]?${term}['’]?\\.$`, "u"),
];

const opensNoun = /^(?:an?|the|any|one of)\s/iu;
const vague =
  /^(?:the (?:same|first|second|best|most|key|only|result|case|reason|one|ones|next|last|main|future|way|time|point)|an? (?:good|great|lot|bit|few|matter|must|problem|result|example|little|better|bad|common|popular|fast|very|similar|real|big|huge|nice|kind|sort|number|strange|most|little|man|woman|person who)|any of|one of the (?:most|best|main|few|first|great)|not|also|now)\b/iu;
const notTerms = /^(?:one|there|what|each|every|any|all|some|another|here|today|now|who|which|if|when|where|how|why|no|nothing|everything|something|people|things?|part|most|many|few|two|three|and|or|but|in|on|at|by|for|from|with|to|of|as|after|before|because|while|an? |the |my|your|our|his|her|their|its|answer|result|purpose|aim|goal|reason|difference|example|advantage|problem|question|first|last|next|only|main|end|fact|truth|key|idea|case)\b/iu;

const englishParts = (text: string): Parts | null => {
  for (const [at, pattern] of english.entries()) {
    const found = pattern.exec(text)?.groups;
    const { term: thing, description, verb } = found ?? {};
    if (!thing || !description || !verb) continue;
    const plural = /^(?:are|refer to|mean|are defined as)$/u.test(verb);
    const lower = description.charAt(0).toLowerCase() + description.slice(1);
    const article = (found?.article ?? "").trim().toLowerCase().replace("the term", "");
    if (vague.test(lower) || notTerms.test(thing) || /^(?:it|they|that|called|known|\p{L}+ing)\b/iu.test(lower)) continue;
    if ((at === 1 || /^(?:is|means?|refers? to|is defined as)$/u.test(verb)) && !opensNoun.test(lower)) continue;
    if (at === 0 && /\b(?:is|are|was|were|has|have|can|which|that|who)\b/u.test(thing)) continue;
    return { article, term: thing.trim(), plural, description: at === 1 ? lower : description, form: "noun" };
  }
  return null;
};

/** English parts that are what they look like: a noun phrase, and after "are" the nouns that it consists in. */
const speaksEnglish = (parts: Parts, text: string): boolean => {
  const tags = termTags(parts.term, text);
  const last = tags?.[tags.length - 1];
  if (!tags || !last || tags.length > 6) return false;
  if (!(last.has("Noun") || last.has("Gerund")) || last.has("Pronoun") || last.has("Date")) return false;
  // Of people one asks who, and what a sentence says about them is rarely what they are.
  if (tags.some((tag) => tag.has("Person") || tag.has("FirstName") || tag.has("LastName"))) return false;
  if (tags.some((tag) => tag.has("Pronoun") || tag.has("Possessive") || tag.has("Conjunction") || (tag.has("Verb") && !tag.has("Gerund")) || tag.has("Value"))) return false;
  if (parts.plural !== last.has("Plural") && !last.has("ProperNoun") && !last.has("Acronym")) return false;
  if (!opensNoun.test(parts.description)) {
    const begin = termTags(words(parts.description).slice(0, 3).map((word) => word.text).join(" "), text);
    const noun = begin?.findIndex((tag) => tag.has("Plural")) ?? -1;
    if (!begin || noun < 0 || !begin.slice(0, noun).every((tag) => tag.has("Adjective") || tag.has("Noun"))) return false;
  }
  return true;
};

const hindiTerm = "(?<term>[\\p{L}\\p{N}][^,;:()“”\"।]{1,50}?)";
const hindi: readonly (readonly [RegExp, Definition["form"]])[] = [
  [new RegExp(`^${hindiTerm}(?:\\s*\\([^()]{1,60}\\))?\\s+का\\s+(?:मतलब|अर्थ|आशय|तात्पर्य)\\s+(?:है|होता है)?[,:]?\\s*(?<description>.+?)(?:\\s+(?:से )?(?:है|हैं|होता है))?।$`, "u"), "noun"],
  [new RegExp(`^(?<description>.{12,220}?)(?:,\\s*(?:उसे|उन्हें)|\\s+को)\\s+${hindiTerm}\\s+(?:कहते हैं|कहा जाता है|कहा जाता हैं|कहलाता है|कहलाती है)।$`, "u"), "noun"],
  [new RegExp(`^${hindiTerm}(?:\\s*\\([^()]{1,80}\\))?\\s+(?<description>(?:एक|ऐसा|ऐसी|ऐसे|वह|वे)\\s.+\\s(?:है|हैं)(?:\\s.*)?)।$`, "u"), "clause"],
];
const hindiVague = /^(?:एक|ऐसा|ऐसी)\s+(?:तेजी|तेज़ी|अच्छा|अच्छी|बड़ा|बड़ी|बहुत|समस्या|उदाहरण|ही|दिन|बार|साथ|आवश्यक|बेहतर|प्रकार|तरह|तरीका|महत्वपूर्ण)(?=\s)/u;

const hindiParts = (text: string): Parts | null => {
  const stop = stopwordsOf("hi", fold);
  for (const [pattern, form] of hindi) {
    const found = pattern.exec(text)?.groups;
    const { term: thing, description } = found ?? {};
    if (!thing || !description || hindiVague.test(description)) continue;
    const inside = words(thing);
    if (inside.length === 0 || inside.length > 4 || inside.some((word) => stop.has(word.key))) continue;
    const plural = /^(?:वे|ऐसे)\s/u.test(description) || (form === "noun" && /^जो\s.*हैं$/u.test(description));
    return { article: "", term: thing.trim(), plural, description, form };
  }
  return null;
};

/** A term as it stands within a sentence: the capital of a beginning goes unless it belongs to a name or an acronym. */
export const withinSentence = (text: string, isName: boolean): string => {
  const [first = "", ...others] = text.split(" ");
  if (isName || /\p{Lu}.*\p{Lu}|\p{N}/u.test(first) || (others.length > 0 && others.every((word) => /^\p{Lu}/u.test(word)))) return text;
  return text.charAt(0).toLowerCase() + text.slice(1);
};

/**
 * What an English or Hindi sentence defines; null when it defines nothing, leans on other sentences, or the definition says too little.
 * @param isName whether a folded term is always written with a capital in the text
 */
export const definitionIn = (sentence: Sentence, isName: (key: string) => boolean): Definition | null => {
  const { text, language } = sentence;
  if ((language !== "en" && language !== "hi") || !isComplete(text) || text.length > 400) return null;
  const begun = text.replace(/^The term /u, "");
  if (!isSelfContained(begun, language)) return null;
  const parts = language === "en" ? englishParts(text) : hindiParts(text);
  if (!parts) return null;
  const size = countWords(parts.description);
  if (size < 4 || size > 32 || (language === "en" && !speaksEnglish(parts, text))) return null;
  // A "the" before it may point at any thing; then only a term of the text is defined.
  if (parts.article === "the" && !isName(fold(parts.term)) && !/\s/u.test(parts.term)) return null;
  const thing = withinSentence(parts.term, isName(fold(parts.term)));
  const keys = words(parts.term).filter((word) => word.key.length > 2);
  const circular = words(parts.description).some((word) => keys.some((key) => akin(key.key, word.key)));
  return { term: thing, named: parts.article === "" ? thing : `${parts.article} ${thing}`, plural: parts.plural, description: parts.description, form: parts.form, circular, sentence };
};
