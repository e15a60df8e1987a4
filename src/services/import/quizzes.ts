import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { JobRun } from "../../jobs/run.js";
import { bounds } from "../../graphql/bounds.js";
import { lettered, letters, type Letter } from "../assessment/options.js";
import { storable } from "../input.js";
import type { ImportCounts, ImportOptions } from "./courses.js";
import { UnusableFile } from "./records.js";
import { writeQuizzes } from "./write-quizzes.js";

/** A question of a bank that can be asked. */
export interface BankQuestion {
  /** Its place in the file, from 1. */
  place: number;
  id: string;
  questionText: string;
  options: Record<string, string>;
  correctAnswer: Letter;
}

/** A quiz for practice: questions of one category and language, at most 100. */
export interface BankQuiz {
  quizId: string;
  title: string;
  description: string;
  questions: BankQuestion[];
}

const largestFile = 50 * 1024 * 1024;
/** Quizzes of one transaction. */
const batchSize = 20;

/** Options that a bank may give a question; those beyond the letters that there are, none of them right, are left out. */
const mostGiven = 26;

/** Text that the database and JSON can hold: without NUL, and without halves of characters. */
const text = z.string().trim().min(1).refine((value) => storable(value) && value.isWellFormed());
const entry = z.object({
  id: text.max(200),
  category: text.max(200),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  question: text.max(2_000),
  options: z.array(text.max(1_000)).min(2).max(mostGiven),
  answer_index: z.int().min(0),
});

const reasons: Readonly<Record<string, string>> = {
  id: "has no id of at most 200 characters",
  category: "has no category of at most 200 characters",
  language: "is not a language tag such as en or hi",
  question: "has no question of at most 2000 characters",
  options: `does not have two to ${mostGiven} options of at most 1000 characters`,
  answer_index: "has no right answer",
};

const unstorable = "has the character NUL or half of a character, which cannot be stored";

/**
 * Reads a bank of questions: a JSON list of objects with id, category, language, question, options and answer_index.
 * @throws {UnusableFile} when it cannot be read, is larger than 50 MB, no UTF-8, no JSON or no list of objects.
 */
export async function openQuizFile(path: string): Promise<Record<string, unknown>[]> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UnusableFile(`The file cannot be read: ${error.message}`);
  });
  if (bytes.length > largestFile) throw new UnusableFile("The file is larger than 50 MB; split it.");
  try {
    const found: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const list = z.array(z.record(z.string(), z.unknown())).safeParse(found);
    if (list.success) return list.data;
  } catch {
    throw new UnusableFile("The file is not JSON in UTF-8.");
  }
  throw new UnusableFile("The file is of no known format: a list of questions is needed, each an object.");
}

/**
 * Loads a bank as quizzes for practice, by category and language, in portions of at most 100 questions in the order of
 * the file. Repeating it changes nothing; questions that break a rule are refused one by one and the others load.
 */
export async function importQuizzes(run: JobRun, entries: readonly Record<string, unknown>[], options: ImportOptions): Promise<ImportCounts> {
  const counts: ImportCounts = { read: entries.length, inserted: 0, updated: 0, unchanged: 0, refused: 0 };
  const refuse = (line: number, field: string, reason: string): void => {
    counts.refused += 1;
    options.onRefusal({ line, field, reason });
  };
  const quizzes = quizzesOf(entries, refuse);
  for (let at = 0; at < quizzes.length; at += batchSize) {
    const batch = quizzes.slice(at, at + batchSize);
    const written = await run.effect(({ tx }) => writeQuizzes(tx, batch));
    counts.inserted += written.inserted;
    counts.updated += written.updated;
    counts.unchanged += written.unchanged;
    for (const { question, reason } of written.refused) refuse(question.place, "", reason);
    const percent = Math.min(99, Math.floor((100 * (at + batch.length)) / quizzes.length));
    await run.progress(percent, `${at + batch.length} of ${quizzes.length} quizzes: ${counts.inserted} questions added, ${counts.refused} refused.`);
    options.onProgress(percent, counts);
  }
  options.onProgress(100, counts);
  return counts;
}

type Refuse = (place: number, field: string, reason: string) => void;

/** The quizzes of a bank; what cannot be asked is refused. */
export function quizzesOf(entries: readonly Record<string, unknown>[], refuse: Refuse): BankQuiz[] {
  const [ids, asked] = [new Map<string, number>(), new Map<string, number>()];
  const groups = new Map<string, { category: string; language: string; questions: BankQuestion[] }>();
  entries.forEach((values, index) => {
    const place = index + 1;
    const parsed = entry.safeParse(values);
    if (!parsed.success) {
      const field = String(parsed.error.issues[0]?.path[0] ?? "");
      const cannotBeStored = parsed.error.issues[0]?.code === "custom";
      return refuse(place, field, cannotBeStored ? unstorable : (reasons[field] ?? "breaks a rule"));
    }
    const { id, category, language, question, options, answer_index: answer } = parsed.data;
    const right = options[answer];
    if (right === undefined) return refuse(place, "answer_index", `has no option ${answer}`);
    if (new Set(options).size < options.length) return refuse(place, "options", "has two options that are the same");
    const sameId = ids.get(id);
    if (sameId !== undefined) return refuse(place, "id", `${id} was used before, by question ${sameId}`);
    ids.set(id, place);
    const content = JSON.stringify([language, category, question, options]);
    const same = asked.get(content);
    if (same !== undefined) return refuse(place, "question", `is the same as question ${same}`);
    asked.set(content, place);
    const group = groups.get(`${language} ${category}`) ?? { category, language, questions: [] };
    groups.set(`${language} ${category}`, group);
    group.questions.push({ place, id, questionText: question, ...choices(options, right) });
  });
  return [...groups.values()].flatMap(portions);
}

/** As many options as there are letters, in their order: the right one and the first of the others. */
function choices(given: readonly string[], right: string): Pick<BankQuestion, "options" | "correctAnswer"> {
  const others = given.filter((option) => option !== right).slice(0, letters.length - 1);
  const kept = given.filter((option) => option === right || others.includes(option));
  const correctAnswer = letters[kept.indexOf(right)];
  if (correctAnswer === undefined) throw new Error("The right option was left out");
  return { options: lettered(kept), correctAnswer };
}

function portions({ category, language, questions }: { category: string; language: string; questions: BankQuestion[] }): BankQuiz[] {
  const size = bounds.quizQuestions;
  const count = Math.ceil(questions.length / size);
  return Array.from({ length: count }, (_, at) => ({
    quizId: `practice-${language}-${stable(category)}-${at + 1}`,
    title: count === 1 ? category : `${category} (${at + 1}/${count})`,
    description: `Practice: ${category}, language ${language}.`,
    questions: questions.slice(at * size, (at + 1) * size),
  }));
}

/** A short name for a category in any script, the same on every run. */
const stable = (category: string): string => createHash("sha256").update(category).digest("hex").slice(0, 16);
