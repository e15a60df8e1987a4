import type { CoursePlan, Source, WrittenQuestion } from "../writer.js";
import { clozes, type Draft, isFit } from "./cloze.js";
import { defined } from "./defined.js";
import { type Definition, definitionIn } from "./definitions.js";
import { type Figure, figuresIn } from "./numbers.js";
import { Reading, type Sentence } from "./reading.js";
import { skillMatcher, type SkillMatcher } from "./skills.js";
import { stems } from "./summary.js";
import { clozeOf, sourceOf, templatesOf } from "./templates.js";
import { countWords, fold, hash, shorten, words } from "./text.js";
import { vocabularyOf } from "./vocabulary.js";

/** Questions of a week: one for each so many words, 3 to 8 of them, fewer where the text has no more good ones. */
const questions = { least: 3, most: 8, words: 120 };
/** Sentences of a week that gaps are tried in, evenly spread, and at least five of each topic. */
const triedPerWeek = 80;
const letters = ["A", "B", "C", "D"] as const;

const evenly = <T>(all: readonly T[], most: number): readonly T[] => {
  const step = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, at) => at % step === 0);
};

/** Letter of the right answer of the n-th question: each letter once in four, in an order that no one can guess from the ones before. */
const letterOf = (course: string, number: number): (typeof letters)[number] => {
  const round = Math.floor(number / 4);
  const order = [...letters].sort((a, b) => hash(`${course}${round}${a}`) - hash(`${course}${round}${b}`));
  return order[number % 4] ?? "A";
};

const arrange = (draft: Draft, letter: (typeof letters)[number]): WrittenQuestion["options"] => {
  const others = [...draft.others].sort((a, b) => hash(a + draft.text) - hash(b + draft.text));
  const take = (each: (typeof letters)[number]): string => (each === letter ? draft.answer : (others.pop() ?? ""));
  return { A: take("A"), B: take("B"), C: take("C"), D: take("D") };
};

/** Easy: what the text defines. Medium: a gap for what it names at least three times. Hard: a gap for what it names once or twice. */
const difficultyOf = (draft: Draft): WrittenQuestion["difficulty"] => (draft.kind !== "cloze" ? "easy" : draft.count >= 3 ? "medium" : "hard");

const wording = (draft: Draft, language: string): string => {
  const templates = templatesOf(language);
  if (draft.kind === "cloze" || !templates) return clozeOf(language, draft.text);
  return draft.kind === "definition" ? templates.definition(draft.text, draft.plural) : templates.described(draft.text);
};

/** Whether one question tells the answer of the other: it holds that answer, or is about the same words. */
const tells = (a: Draft, b: Draft): boolean => {
  const holds = (one: Draft, other: Draft): boolean => ` ${words(one.text).map((word) => word.key).join(" ")} `.includes(` ${other.answerKey} `);
  const [left, right] = [stems(a.sentence.text, a.sentence.language), stems(b.sentence.text, b.sentence.language)];
  let common = 0;
  for (const stem of left) if (right.has(stem)) common += 1;
  return common >= 5 || common * 2 > Math.min(left.size, right.size) || ((holds(a, b) || holds(b, a)) && common >= 2);
};

/** Whether a text tells a story: much of it is speech or told by an "I". Of a story one asks for names, places and numbers alone. */
const isStory = (all: readonly Sentence[]): boolean => {
  const told = all.filter(({ text }) => /[“”"«»]|[‘’](?:\s|$)|\b(?:I|my|me|said)\b/u.test(text)).length;
  return told > all.length * 0.35;
};

interface Taken {
  sentences: Set<string>;
  answers: Map<string, number>;
}

/** The best drafts of a week, from all of its topics in turn, none telling another's answer. */
const choose = (byTopic: readonly Draft[][], most: number, taken: Taken): Draft[] => {
  const queues = byTopic.map((drafts) => [...drafts].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1)));
  const kept: { draft: Draft; topic: number }[] = [];
  for (let left = true; left && kept.length < most; ) {
    left = false;
    // Topics with the best questions come first: there may be more topics than questions.
    const order = [...queues.entries()].sort((a, b) => (b[1][0]?.weight ?? 0) - (a[1][0]?.weight ?? 0) || a[0] - b[0]);
    for (const [topic, queue] of order) {
      if (kept.length >= most) break;
      for (let draft = queue.shift(); draft; draft = queue.shift()) {
        const candidate = draft;
        const used = taken.answers.get(candidate.answerKey) ?? 0;
        const again = taken.sentences.has(candidate.sentence.text) || used >= 2 || kept.some((each) => each.draft.answerKey === candidate.answerKey || tells(each.draft, candidate));
        // Both ways to ask about definitions take turns; with one way alone the last answer would be the one left over.
        const other = candidate.kind === "definition" && queue.some((each) => each.kind === "described" && each.sentence === candidate.sentence);
        const surplus = kept.filter((each) => each.draft.kind === "definition").length - kept.filter((each) => each.draft.kind === "described").length;
        if (again || (surplus > 0 && other)) continue;
        kept.push({ draft: candidate, topic });
        taken.sentences.add(candidate.sentence.text);
        taken.answers.set(candidate.answerKey, used + 1);
        left = true;
        break;
      }
    }
  }
  return kept.sort((a, b) => a.topic - b.topic).map((each) => each.draft);
};

const skillOf = (match: SkillMatcher, text: string, skillIds: readonly string[]): string | null => {
  const { counts } = match(text);
  return skillIds.find((skill) => counts.has(skill)) ?? null;
};

/** Asks about each week of the plan; see `CourseWriter.quiz`. Sentences that make no good question make none. */
export const quiz = (source: Source, plan: CoursePlan): WrittenQuestion[][] => {
  const reading = new Reading(source);
  const weeks = plan.modules.map((module) => module.topics.map((topic) => [...reading.prose(topic.spans)]));
  const all = weeks.flat(2);
  const vocabulary = vocabularyOf(all, plan.modules.flatMap((module) => module.topics.map((topic) => topic.title)));
  const figures: Figure[] = all.flatMap((sentence) => figuresIn(sentence));
  const definitions = new Map<Sentence, Definition>();
  for (const sentence of all) {
    const definition = definitionIn(sentence, vocabulary.isName);
    if (definition) definitions.set(sentence, definition);
  }
  const everyDefinition = [...definitions.values()];
  const story = isStory(all);
  const match = skillMatcher(source.skills);
  const taken: Taken = { sentences: new Set(), answers: new Map() };
  const course = `${plan.title}${source.filenames.join()}`;
  let number = 0;

  const draftsOf = (sentences: readonly Sentence[], tried: number): Draft[] => {
    const definitional = sentences.flatMap((sentence) => definitions.get(sentence) ?? []).flatMap((definition) => defined(definition, everyDefinition, vocabulary, source.language));
    const fit = evenly(sentences.filter((sentence) => sentence.text.length < 400), tried * 4).filter(isFit);
    return [...definitional, ...evenly(fit, tried).flatMap((sentence) => clozes(sentence, vocabulary, figures, story))];
  };

  return weeks.map((topics) => {
    const size = topics.flat().reduce((sum, sentence) => sum + countWords(sentence.text), 0);
    const most = Math.min(questions.most, Math.max(questions.least, Math.round(size / questions.words)));
    return choose(topics.map((sentences) => draftsOf(sentences, Math.max(5, Math.ceil(triedPerWeek / topics.length)))), most, taken).map((draft) => {
      const letter = letterOf(course, number);
      number += 1;
      const { sentence } = draft;
      return {
        questionText: wording(draft, source.language),
        options: arrange(draft, letter),
        correctAnswer: letter,
        explanation: shorten(sourceOf(source.language, source.filenames[sentence.document] ?? "", sentence.page, sentence.text), 2_000),
        difficulty: difficultyOf(draft),
        document: sentence.document,
        page: sentence.page,
        skillId: skillOf(match, sentence.text, plan.skillIds),
      };
    });
  });
};

/** Folded options of a question; equal ones would make two answers right. */
export const optionKeys = (question: WrittenQuestion): string[] => letters.map((letter) => fold(question.options[letter]));
