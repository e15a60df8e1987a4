import type { SkillTerm } from "../writer.js";
import { stopwordsOf } from "./stopwords.js";
import { fold } from "./text.js";

interface Token {
  key: string;
  text: string;
  /** Whether it begins a text or follows the end of a sentence: a capital says nothing there. */
  first: boolean;
}

const tokenPattern = /\.?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[.'’][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*[+#]*/gu;

/** Names of skills that are also everyday words: they count only where a capital within a sentence makes them a name. */
const everyday = new Set(
  `access word excel go swift teams outlook slack project office express spring react rust ruby scheme processing basic flash shell unity oracle
  chef puppet ant cloud design art writing speaking reading listening sales service law history data learning planning training management science
  engineering research testing security quality leadership visio publisher vision power time energy food water media music english monitoring`.split(/\s+/u),
);

const tokenise = (text: string): Token[] => {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const gap = text.slice(last, match.index);
    tokens.push({ key: fold(match[0]), text: match[0], first: tokens.length === 0 || /[.!?।:"“]\s*$/u.test(gap) });
    last = match.index + match[0].length;
  }
  return tokens;
};

interface Entry {
  skill: string;
  text: string;
  size: number;
}

export interface Matches {
  /** Times that a skill is named. */
  counts: Map<string, number>;
  /** Those named by a single everyday word or another lower-case word only. */
  weak: Set<string>;
}

export type SkillMatcher = (text: string) => Matches;

const plain = (key: string): string => (key.length > 4 && /[^s]s$/u.test(key) ? key.slice(0, -1) : key);

/** Forms of several words match with and without the plural of their last word. */
const join = (tokens: readonly Token[]): string =>
  tokens.length === 1 ? (tokens[0]?.key ?? "") : tokens.map((token, at) => (at === tokens.length - 1 ? plain(token.key) : token.key)).join(" ");

const isName = (token: Token, term: string): boolean => !token.first && /[\p{Lu}\p{N}+#]/u.test(token.text) && /[\p{Lu}\p{N}+#]/u.test(term);

/** Whether a term can be looked for at all: no lone letter, stopword or number; two letters only as an acronym. */
const usable = (tokens: readonly Token[]): boolean => {
  const [only] = tokens;
  if (!only) return false;
  if (tokens.length > 1) return true;
  if (/^\p{N}+$/u.test(only.key) || (only.key.length < 2 && !/[+#]/u.test(only.text))) return false;
  return ["en", "hi"].every((language) => !stopwordsOf(language, fold).has(only.key)) || everyday.has(only.key);
};

/** Looks for names and terms of skills in texts: at borders of words, case and accents apart, the longest at each place. */
export const skillMatcher = (skills: readonly SkillTerm[]): SkillMatcher => {
  const entries = new Map<string, Entry>();
  let longest = 0;
  for (const skill of skills) {
    for (const text of [skill.name, ...skill.terms]) {
      const tokens = tokenise(text);
      const key = join(tokens);
      if (!usable(tokens) || entries.has(key)) continue;
      entries.set(key, { skill: skill.id, text, size: tokens.length });
      longest = Math.max(longest, Math.min(8, tokens.length));
    }
  }
  return (text) => {
    const counts = new Map<string, number>();
    const strong = new Set<string>();
    const tokens = longest === 0 ? [] : tokenise(text);
    for (let at = 0; at < tokens.length; ) {
      let taken = 1;
      for (let size = Math.min(longest, tokens.length - at); size > 0; size -= 1) {
        const found = tokens.slice(at, at + size);
        const entry = entries.get(join(found));
        const [first] = found;
        if (!entry || entry.size !== size || !first) continue;
        const short = size === 1 && (first.key.length < 3 || everyday.has(first.key));
        if (short && !(first.key.length < 3 ? first.text === entry.text : isName(first, entry.text))) continue;
        counts.set(entry.skill, (counts.get(entry.skill) ?? 0) + 1);
        if (size > 1 || isName(first, entry.text)) strong.add(entry.skill);
        taken = size;
        break;
      }
      at += taken;
    }
    return { counts, weak: new Set([...counts.keys()].filter((skill) => !strong.has(skill))) };
  };
};

/** Skills of a course, at most 12: by how often they are named, a heading counting five and the title ten times. A single lower-case word counts from the third time. */
export const rankSkills = (match: SkillMatcher, title: string, headings: readonly string[], texts: Iterable<string>): string[] => {
  const scores = new Map<string, number>();
  const sure = new Set<string>();
  const add = (text: string, weight: number): void => {
    const { counts, weak } = match(text);
    for (const [skill, count] of counts) {
      scores.set(skill, (scores.get(skill) ?? 0) + count * weight);
      if (weight > 1 || !weak.has(skill)) sure.add(skill);
    }
  };
  for (const text of texts) add(text, 1);
  for (const heading of headings) add(heading, 5);
  add(title, 10);
  return [...scores]
    .filter(([skill, score]) => sure.has(skill) || score >= 3)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 12)
    .map(([skill]) => skill);
};
