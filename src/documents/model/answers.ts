import { z } from "zod";
import { difficulties } from "../../db/value-sets.js";
import { wellFormed } from "../document.js";
import { writtenModuleRules, writtenQuestionRules, type CoursePlan, type SkillTerm, type Source, type WrittenQuestion } from "../writer.js";
import type { Passage } from "./passages.js";

const range = z.object({ from: z.number(), to: z.number() });

export const planShape = z.object({
  title: z.string(),
  description: z.string(),
  keywords: z.array(z.string()),
  skills: z.array(z.number()),
  modules: z.array(z.object({ title: z.string(), topics: z.array(z.object({ title: z.string(), passages: z.array(range) })) })),
});

/** The plan in terms of blocks. Passages, skills and weeks that are not there are problems, with words for the model. */
export const planRules = (source: Source, passages: readonly Passage[], skills: readonly SkillTerm[]) => {
  const passage = z.int().min(1).max(passages.length);
  const spans = z
    .array(z.object({ from: passage, to: passage }).refine(({ from, to }) => from <= to, "A range of passages goes upwards."))
    .min(1)
    .transform((ranges) => ranges.flatMap(({ from, to }) => spansOf(passages.slice(from - 1, to))));
  const topic = z.object({ title: wellFormed.trim().min(1).max(300), passages: spans }).transform(({ title, passages: made }) => ({ title, spans: made }));
  const week = z.object({ title: wellFormed.trim().min(1).max(300), topics: z.array(topic).min(1).max(20) });
  return z
    .object({
      title: wellFormed.trim().min(1).max(300),
      description: wellFormed.trim().max(5_000),
      keywords: z.array(wellFormed.trim().min(1).max(100)).max(20),
      skills: z.array(z.number()).transform((numbers) => [...new Set(numbers)].flatMap((number) => skills[number - 1]?.id ?? []).slice(0, 12)),
      modules: source.weeks === null ? z.array(week).min(1).max(30) : z.array(week).length(source.weeks),
    })
    .transform(({ skills: skillIds, ...plan }): CoursePlan => ({ ...plan, title: source.title ?? plan.title, skillIds }));
};

/** Runs of blocks: passages that follow one another in a document are one. */
function spansOf(passages: readonly Passage[]) {
  const spans: { document: number; from: number; to: number }[] = [];
  for (const { document, from, to } of passages) {
    const last = spans.at(-1);
    if (last?.document === document && last.to === from) last.to = to;
    else spans.push({ document, from, to });
  }
  return spans;
}

export const weekShape = z.object({
  description: z.string(),
  learningObjectives: z.array(z.string()),
  topics: z.array(z.object({ content: z.string(), estimatedMinutes: z.number() })),
});

/** A week with exactly so many topics. */
export const weekRules = (topics: number) =>
  writtenModuleRules.extend({
    topics: z.array(z.object({ content: wellFormed.trim().min(1).max(30_000), estimatedMinutes: z.number().transform(minutes) })).length(topics),
  });

const minutes = (value: number): number => Math.max(1, Math.min(600, Math.round(value)));

const optionsShape = z.object({ A: z.string(), B: z.string(), C: z.string(), D: z.string() });

export const quizShape = z.object({
  questions: z.array(
    z.object({
      questionText: z.string(),
      options: optionsShape,
      correctAnswer: z.enum(["A", "B", "C", "D"]),
      explanation: z.string(),
      difficulty: z.enum(difficulties),
      passage: z.number(),
      skill: z.number().nullable(),
    }),
  ),
});

type Asked = z.output<typeof quizShape>["questions"][number];

const mostQuestions = 10;

/**
 * Questions with their place in the documents, which the passage tells and not the model. Those with equal options
 * or of a passage that was not shown are dropped; one must be left.
 */
export const quizRules = (source: Source, passages: readonly Passage[], skills: readonly SkillTerm[]) =>
  z
    .object({ questions: z.array(z.custom<Asked>()) })
    .transform(({ questions }) => questions.flatMap((question) => placed(source, passages, skills, question)).slice(0, mostQuestions))
    .refine((questions) => questions.length > 0, "No question has four different options and the number of a passage above.");

function placed(source: Source, passages: readonly Passage[], skills: readonly SkillTerm[], asked: Asked): WrittenQuestion[] {
  const { passage: number, skill, ...question } = asked;
  const passage = passages.find((candidate) => candidate.number === number);
  const different = new Set(Object.values(question.options).map((option) => option.trim().toLowerCase())).size === 4;
  if (!passage || !different) return [];
  const place = `“${source.filenames[passage.document] ?? ""}”${passage.page === null ? "" : `, p. ${passage.page}`}`;
  const parsed = writtenQuestionRules.safeParse({
    ...question,
    explanation: `${shortened(question.explanation.trim())} (${place})`,
    document: passage.document,
    page: passage.page,
    skillId: skill === null ? null : (skills[skill - 1]?.id ?? null),
  });
  return parsed.success ? [parsed.data] : [];
}

/** The beginning of an explanation, without half a character at its end. */
const shortened = (text: string): string => text.slice(0, 1_500).replace(/[\uD800-\uDBFF]$/, "");
