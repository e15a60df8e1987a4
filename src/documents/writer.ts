import { z } from "zod";
import { difficulties } from "../db/value-sets.js";
import { wellFormed, type Document } from "./document.js";

/** The longest content of a topic, in characters. */
export const maxContent = 200_000;

/** A skill of the catalogue that texts may be about. */
export interface SkillTerm {
  id: string;
  name: string;
  /** Other spellings and keywords. */
  terms: readonly string[];
}

/** What a course is made from, and how it was wished. Plain JSON: it travels to other processes. */
export interface Source {
  documents: readonly Document[];
  /** Names of the files, in the order of `documents`. */
  filenames: readonly string[];
  /** Title that the teacher gave; null leaves it to the writer. */
  title: string | null;
  /** Level of the national framework such as "4.0"; null when it has none. */
  nsqfLevel: string | null;
  /** ISO 639-1 code of the language that the course is written in. */
  language: string;
  /** Weeks wished, 1 to 30; null leaves it to the writer. */
  weeks: number | null;
  skills: readonly SkillTerm[];
}

/** A run of blocks of one document: from `from` up to but not including `to`. */
const spanRules = z.object({ document: z.int().min(0), from: z.int().min(0), to: z.int().min(1) });

/** The course as a plan: at most 30 weeks of at most 20 topics; each topic knows the passages that it is made from. */
export const coursePlanRules = z.object({
  title: wellFormed.min(1).max(300),
  description: wellFormed.max(5_000),
  keywords: z.array(wellFormed.min(1).max(100)).max(20),
  /** Keys of skills of the catalogue, the main ones first. */
  skillIds: z.array(wellFormed).max(12),
  modules: z
    .array(
      z.object({
        title: wellFormed.min(1).max(300),
        topics: z.array(z.object({ title: wellFormed.min(1).max(300), spans: z.array(spanRules).min(1) })).min(1).max(20),
      }),
    )
    .min(1)
    .max(30),
});

export type CoursePlan = z.output<typeof coursePlanRules>;

/** A written week, in the order of the plan. */
export const writtenModuleRules = z.object({
  description: wellFormed.max(5_000),
  learningObjectives: z.array(wellFormed.min(1).max(500)).max(10),
  topics: z.array(
    z.object({
      /** Markdown. */
      content: wellFormed.min(1).max(maxContent),
      estimatedMinutes: z.int().min(1).max(600),
    }),
  ),
});

export type WrittenModule = z.output<typeof writtenModuleRules>;

const letters = ["A", "B", "C", "D"] as const;

export const writtenQuestionRules = z.object({
  questionText: wellFormed.min(1).max(2_000),
  options: z.object({ A: wellFormed.min(1), B: wellFormed.min(1), C: wellFormed.min(1), D: wellFormed.min(1) }),
  correctAnswer: z.enum(letters),
  /** Why it is right; cites where it stands. */
  explanation: wellFormed.min(1).max(2_000),
  difficulty: z.enum(difficulties),
  /** Index of the document that it comes from, and the page when it has pages. */
  document: z.int().min(0),
  page: z.int().min(1).nullable(),
  /** Key of the skill that it tests; null when none of the catalogue fits. */
  skillId: wellFormed.nullable(),
});

export type WrittenQuestion = z.output<typeof writtenQuestionRules>;

/** What one use of a language model took; absent for the embedded writer. */
export interface TokenUse {
  inputTokens: number;
  outputTokens: number;
}

/** How far one stage is, 0 to 1, with a sentence for people. */
export type Report = (share: number, message: string) => Promise<void>;

export interface WriterStage {
  report: Report;
  /** Aborted when the job was cancelled or the server stops. */
  signal: AbortSignal;
}

/** Turns documents into a course, stage by stage; each stage needs only what the ones before answered. */
export interface CourseWriter {
  /** `embedded`, or the name of the model. */
  readonly name: string;
  structure(source: Source, stage: WriterStage): Promise<CoursePlan>;
  write(source: Source, plan: CoursePlan, stage: WriterStage): Promise<WrittenModule[]>;
  /** Questions for each module of the plan, in its order; a module that yields none has an empty list. */
  quiz(source: Source, plan: CoursePlan, written: readonly WrittenModule[], stage: WriterStage): Promise<WrittenQuestion[][]>;
  /** Tokens used so far by this writer. */
  readonly used?: TokenUse;
}
