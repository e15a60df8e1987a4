import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { anyOf, rowsOf, type Tx } from "../../db/client.js";
import { quizAttempts, quizQuestions, quizzes } from "../../db/tables/index.js";
import { later } from "../concurrency.js";
import type { BankQuestion, BankQuiz } from "./quizzes.js";

export interface WrittenQuizzes {
  /** Questions, all of them. */
  inserted: number;
  updated: number;
  unchanged: number;
  refused: { question: BankQuestion; reason: string }[];
}

interface Stored {
  id: string;
  quizId: string;
  title: string;
  isOurs: boolean;
  wasStarted: boolean;
  questions: { questionText: string; options: Record<string, string>; correctAnswer: string }[];
}

/**
 * Writes quizzes of a bank, in a constant number of statements. One that is there keeps its questions once somebody has
 * started it; a quiz of a course is never touched. Questions are known by their place in the quiz.
 */
export async function writeQuizzes(tx: Tx, batch: readonly BankQuiz[]): Promise<WrittenQuizzes> {
  const result: WrittenQuizzes = { inserted: 0, updated: 0, unchanged: 0, refused: [] };
  const stored = await storedQuizzes(tx, batch);
  const made = batch.map((quiz) => ({ id: stored.get(quiz.quizId)?.id ?? uuidv7(), ...quiz }));
  const isNew = made.filter(({ quizId }) => !stored.has(quizId));
  if (isNew.length > 0) {
    await tx.insert(quizzes).values(isNew.map(({ id, quizId, title, description }) => ({ id, quizId, title, description, quizType: "practice" as const })));
  }
  const rows: object[] = [];
  const changed = new Set<string>();
  for (const { id, quizId, questions } of made) {
    const known = stored.get(quizId);
    questions.forEach((question, at) => {
      const before = known?.questions[at];
      const isSame = before !== undefined && sameQuestion(before, question);
      if (known && !known.isOurs) result.refused.push({ question, reason: `${quizId} is a quiz of a course` });
      else if (isSame) result.unchanged += 1;
      else if (known?.wasStarted) result.refused.push({ question, reason: "its quiz was started, and its questions stay as they are" });
      else {
        rows.push({ id: uuidv7(), quizId: id, questionNumber: at + 1, questionText: question.questionText, options: question.options, correctAnswer: question.correctAnswer });
        result[before ? "updated" : "inserted"] += 1;
        if (known) changed.add(id);
      }
    });
  }
  if (rows.length > 0) await writeQuestions(tx, rows);
  const shortened = await removeFurther(tx, made.filter(({ quizId }) => stored.get(quizId)?.isOurs && !stored.get(quizId)?.wasStarted));
  for (const id of shortened) changed.add(id);
  await rename(tx, made.filter(({ quizId, title }) => isOutgrown(stored.get(quizId), title)));
  if (changed.size > 0) await tx.update(quizzes).set({ updatedAt: later(quizzes.updatedAt) }).where(anyOf(quizzes.id, [...changed], "uuid"));
  return result;
}

/** Removes what the bank has no more, at the end of quizzes that nobody has started. Gives the quizzes that lost questions. */
async function removeFurther(tx: Tx, shorter: readonly (BankQuiz & { id: string })[]): Promise<string[]> {
  if (shorter.length === 0) return [];
  const sizes = JSON.stringify(shorter.map(({ id, questions }) => ({ id, size: questions.length })));
  const removed = await rowsOf<{ quizId: string }>(
    tx,
    sql`delete from ${quizQuestions} q using jsonb_to_recordset(${sizes}::text::jsonb) as r(id uuid, size int)
        where q.quiz_id = r.id and q.question_number > r.size
        returning q.quiz_id as "quizId"`,
  );
  return removed.map(({ quizId }) => quizId);
}

/** Is the stored title one that an import gave when the category had another number of portions? A title of somebody's own stays. */
const isOutgrown = (known: Stored | undefined, title: string): boolean =>
  known !== undefined && known.isOurs && known.title !== title && category(known.title) === category(title);

const category = (title: string): string => title.replace(/ \(\d+\/\d+\)$/, "");

async function rename(tx: Tx, renamed: readonly { id: string; title: string }[]): Promise<void> {
  if (renamed.length === 0) return;
  const titles = JSON.stringify(renamed.map(({ id, title }) => ({ id, title })));
  await tx.execute(
    sql`update ${quizzes} set title = r.title, updated_at = ${later(quizzes.updatedAt)}
        from jsonb_to_recordset(${titles}::text::jsonb) as r(id uuid, title text) where ${quizzes.id} = r.id`,
  );
}

const sameQuestion = (before: Stored["questions"][number], { questionText, options, correctAnswer }: BankQuestion): boolean =>
  before.questionText === questionText &&
  before.correctAnswer === correctAnswer &&
  JSON.stringify(Object.entries(before.options).toSorted()) === JSON.stringify(Object.entries(options).toSorted());

/** Those that are there already, locked so that nobody starts them meanwhile, in the order of their ids. */
async function storedQuizzes(tx: Tx, batch: readonly BankQuiz[]): Promise<Map<string, Stored>> {
  const locked = await tx
    .select({ id: quizzes.id })
    .from(quizzes)
    .where(anyOf(quizzes.quizId, batch.map(({ quizId }) => quizId), "text"))
    .orderBy(quizzes.id)
    .for("update");
  const rows = await rowsOf<Stored>(
    tx,
    sql`select z.id, z.quiz_id as "quizId", z.title, z.course_id is null as "isOurs",
               exists (select 1 from ${quizAttempts} a where a.quiz_id = z.id) as "wasStarted",
               coalesce((select jsonb_agg(jsonb_build_object('questionText', q.question_text, 'options', q.options, 'correctAnswer', q.correct_answer) order by q.question_number)
                         from ${quizQuestions} q where q.quiz_id = z.id), '[]') as questions
        from ${quizzes} z where ${anyOf(sql`z.id`, locked.map(({ id }) => id), "uuid")}`,
  );
  return new Map(rows.map((row) => [row.quizId, row]));
}

/** What was said about the question that stood in a place before is not true of the one that stands there now. */
const writeQuestions = async (tx: Tx, rows: readonly object[]): Promise<void> => {
  await tx.execute(
    sql`insert into ${quizQuestions} (id, quiz_id, question_number, question_text, options, correct_answer)
        select r.id, r."quizId", r."questionNumber", r."questionText", r.options, r."correctAnswer"
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(
          id uuid, "quizId" uuid, "questionNumber" int, "questionText" text, options jsonb, "correctAnswer" char(1))
        on conflict (quiz_id, question_number) do update set
          question_text = excluded.question_text, options = excluded.options, correct_answer = excluded.correct_answer,
          explanation = null, difficulty = null, skill_id = null, source_file_id = null, source_page = null, updated_at = now()`,
  );
};
