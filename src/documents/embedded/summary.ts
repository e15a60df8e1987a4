import type { Sentence } from "./reading.js";
import { stopwordsOf } from "./stopwords.js";
import { beginsAlone, isComplete } from "./sentences.js";
import { countWords, fold, words } from "./text.js";

/** Sentences weighed at most; of more, evenly spread ones. */
const most = 150;

/** Words that carry the subject of a sentence, as stems of six letters. */
export const stems = (text: string, language: string): Set<string> => {
  const stop = stopwordsOf(language, fold);
  const found = new Set<string>();
  for (const word of words(text)) if (word.key.length > 2 && !stop.has(word.key)) found.add(word.key.slice(0, 6));
  return found;
};

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return common / Math.max(1, Math.min(a.size, b.size));
};

/**
 * The sentences that stand for a text, in reading order: complete ones that begin by themselves, weighed by how common their words are
 * in the text and by how early they stand, none much like another. Fewer than `count` when there are no more.
 */
export const summarise = (sentences: readonly Sentence[], count: number, characters = 320): Sentence[] => {
  const fit = sentences.filter(({ text, language }) => text.length <= characters && isComplete(text) && beginsAlone(text, language) && countWords(text) >= 7);
  const step = Math.max(1, Math.ceil(fit.length / most));
  const candidates = fit.filter((_, at) => at % step === 0).map((sentence, at) => ({ sentence, at, stems: stems(sentence.text, sentence.language) }));
  const frequency = new Map<string, number>();
  for (const each of candidates) for (const stem of each.stems) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  const weigh = (each: (typeof candidates)[number]): number => {
    let sum = 0;
    for (const stem of each.stems) sum += Math.log2(1 + (frequency.get(stem) ?? 0));
    const personal = /["“”«]|[‘’](?:\s|$)/u.test(each.sentence.text) ? 0.35 : /\b(?:I|you|your|my|me|we|our)\b|आप|मैं|!$/u.test(each.sentence.text) ? 0.6 : 1;
    return (sum / Math.sqrt(4 + each.stems.size)) * (1 + 0.5 / (1 + each.at)) * personal;
  };
  const ranked = candidates.map((each) => ({ ...each, weight: weigh(each) })).sort((a, b) => b.weight - a.weight || a.at - b.at);
  const kept: typeof ranked = [];
  for (const each of ranked) {
    if (kept.length >= count) break;
    if (kept.every((other) => overlap(other.stems, each.stems) < 0.6)) kept.push(each);
  }
  return kept.sort((a, b) => a.at - b.at).map((each) => each.sentence);
};
