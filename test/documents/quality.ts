import { expect } from "vitest";
import type { Block, Document } from "../../src/documents/document.js";
import { isComplete } from "../../src/documents/embedded/sentences.js";
import { fold, words } from "../../src/documents/embedded/text.js";
import { coursePlanRules, type CoursePlan, type Source, type WrittenModule, writtenModuleRules, type WrittenQuestion, writtenQuestionRules } from "../../src/documents/writer.js";

export interface Course {
  plan: CoursePlan;
  written: WrittenModule[];
  questions: WrittenQuestion[][];
}

const keys = (text: string): string => ` ${words(text).map((word) => word.key).join(" ")} `;
const optionsOf = ({ options }: WrittenQuestion): string[] => [options.A, options.B, options.C, options.D];

export const answerOf = (question: WrittenQuestion): string => question.options[question.correctAnswer];

/** What kind of thing an option is, as far as its letters tell: options of one question share it. */
const sort = (text: string): string => (/^(?:US)?[$€£₹]?\s?[\p{Nd}.,]+\s?%?$/u.test(text) ? `number${/%/u.test(text) ? "%" : ""}${/[$€£₹]/u.test(text) ? "$" : ""}` : "words");

/** The sentence quoted last in an explanation. */
export const quoted = (explanation: string): string => /: “(.+)”$/su.exec(explanation)?.[1] ?? "";

const proseOf = (documents: readonly Document[]): string =>
  documents.flatMap((document) => document.blocks.flatMap((block: Block) => (block.kind === "paragraph" || block.kind === "heading" ? [block.text] : block.kind === "list" ? block.items : []))).join(" ").replace(/\s+/gu, " ");

/** Holds one question against what a good one is. */
export const checkQuestion = (question: WrittenQuestion, prose: string): void => {
  const options = optionsOf(question);
  const answer = answerOf(question);
  const at = question.questionText;
  expect(new Set(options.map(fold)).size, `${at}: four different options`).toBe(4);
  expect(new Set(options.map(sort)).size, `${at}: options of one kind`).toBe(1);
  for (const option of options) expect(keys(at), `${at}: holds an option`).not.toContain(keys(option));
  for (const option of options) {
    for (const other of options) if (option !== other && words(option).length < 6) expect(keys(option), `${at}: one option is a part of another`).not.toContain(keys(other));
  }
  expect(/\ban? _____/iu.test(at) && new Set(options.map((option) => /^[aeiou]/iu.test(option))).size > 1, `${at}: a or an gives the answer away`).toBe(false);
  const sentence = quoted(question.explanation);
  expect(isComplete(sentence), `${at}: “${sentence}” is a whole sentence`).toBe(true);
  expect(prose, `${at}: the sentence stands in the document`).toContain(sentence);
  expect(keys(sentence), `${at}: the explanation has the answer`).toContain(keys(answer));
  expect(sentence, `${at}: begins by itself`).not.toMatch(/^(?:It|This|These|They|He|She|यह|ये|वह|वे)\s/u);
  if (words(answer).length > 5) {
    const lengths = options.map((option) => option.length);
    expect(answer.length, `${at}: the right answer is not much the longest`).toBeLessThanOrEqual(1.2 * (lengths.toSorted((a, b) => b - a)[answer.length === Math.max(...lengths) ? 1 : 0] ?? 0));
  }
};

/** Holds a written course against what a teacher would expect of it; says where it fails. */
export const checkCourse = (source: Source, { plan, written, questions }: Course): void => {
  coursePlanRules.parse(plan);
  written.forEach((module) => writtenModuleRules.parse(module));
  questions.flat().forEach((question) => writtenQuestionRules.parse(question));
  expect(written.length).toBe(plan.modules.length);
  expect(questions.length).toBe(plan.modules.length);
  const prose = proseOf(source.documents);
  const spoken = [...prose.matchAll(/\p{L}[\p{L}\p{M}\p{N}]*/gu)].map((match) => fold(match[0]));
  const known = new Set(spoken);
  const titles = [plan.title, ...plan.modules.flatMap((module) => [module.title, ...module.topics.map((topic) => topic.title)])];
  for (const title of titles) {
    expect(title, "a title is one line without markup").not.toMatch(/\n|\*\*|^#|^\d+$|^\s|\s$/u);
    const last = /(\p{L}[\p{L}\p{M}\p{N}]*)[^\p{L}\p{M}\p{N}]*$/u.exec(title)?.[1];
    if (source.title === null && last && plan.title !== title) expect(known.has(fold(last)) || /^(?:part|भाग)$/iu.test(last), `“${title}” ends with a whole word`).toBe(true);
  }
  expect(new Set(plan.modules.map((module) => module.title)).size, "weeks by different names").toBe(plan.modules.length);
  plan.modules.forEach((module, at) => {
    expect(new Set(module.topics.map((topic) => topic.title)).size, `topics of “${module.title}” by different names`).toBe(module.topics.length);
    const { topics, learningObjectives } = written[at] ?? { topics: [], learningObjectives: [] };
    expect(topics.length).toBe(module.topics.length);
    topics.forEach(({ content, estimatedMinutes }, topic) => {
      expect(content.trim(), `“${module.topics[topic]?.title}” has content`).not.toBe("");
      expect(content, "no page number stands as a paragraph").not.toMatch(/(?:^|\n\n)(?:page )?\d{1,3}(?:\s*(?:\/|of)\s*\d+)?(?:\n\n|$)/iu);
      expect(content, "no HTML").not.toMatch(/(?<!\\)<(?!!-- -->)[a-z/!]/iu);
      expect(estimatedMinutes).toBeLessThanOrEqual(1 + Math.ceil(words(content).length / 150));
    });
    expect(new Set(learningObjectives).size, `objectives of “${module.title}”, each once`).toBe(learningObjectives.length);
    for (const objective of learningObjectives) expect(objective).toMatch(/[.।?”]$/u);
  });
  for (const sentence of plan.description.split(/(?<=[.!?।]["”’]?)\s+(?=["“‘]?[\p{Lu}\p{Lo}])/u)) if (plan.description) expect(sentence, "the description is of whole sentences").toMatch(/[.!?।]["”’)]?$/u);
  questions.flat().forEach((question) => checkQuestion(question, prose));
  const sentences = questions.flat().map((question) => quoted(question.explanation));
  expect(new Set(sentences).size, "no two questions from one sentence").toBe(sentences.length);
  for (const week of questions) {
    expect(week.length).toBeLessThanOrEqual(8);
    expect(new Set(week.map((question) => fold(answerOf(question)))).size, "no two questions of a week with one answer").toBe(week.length);
  }
  const letters = questions.flat().map((question) => question.correctAnswer);
  for (let round = 0; round + 4 <= letters.length; round += 4) expect(new Set(letters.slice(round, round + 4)).size, "right answers over all letters").toBe(4);
};
