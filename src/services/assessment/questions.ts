import { asc, eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { anyOf, rowsOf, type Database, type Tx } from "../../db/client.js";
import { quizAttempts, quizQuestions, quizzes, skills } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { difficulties } from "../../db/value-sets.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { written } from "../administration/changes.js";
import { audit } from "../audit.js";
import { later, unchanged } from "../concurrency.js";
import { check, line } from "../input.js";
import { lockedQuiz } from "./authoring.js";
import { lettered, letters, optionsOf } from "./options.js";
import type { QuizRow } from "./submission.js";

type QuestionRow = typeof quizQuestions.$inferSelect;

/** A question as its author writes it: two to four different options from A on, the right one among them. */
export const questionFields = z.object({
  questionText: line(2_000),
  options: z.array(line(1_000)).min(2).max(bounds.questionOptions),
  correctAnswer: z.enum(letters),
  explanation: line(5_000).nullish(),
  difficulty: z.enum(difficulties).nullish(),
});

const question = questionFields
  .extend({ id: nodeId("QuizQuestion").nullish(), skillId: nodeId("Skill").nullish() })
  .superRefine(({ options, correctAnswer }, context) => {
    options.forEach((text, at) => {
      if (options.indexOf(text) < at) context.addIssue({ code: "custom", path: ["options", at], message: "Each option must be different." });
    });
    if (letters.indexOf(correctAnswer) >= options.length) {
      context.addIssue({ code: "custom", path: ["correctAnswer"], message: `There is no option ${correctAnswer}.` });
    }
  });

const rules = z.object({
  quizId: nodeId("Quiz"),
  expectedUpdatedAt: z.string(),
  questions: z
    .array(question)
    .max(bounds.quizQuestions)
    .superRefine((given, context) => {
      given.forEach(({ id }, at) => {
        if (id != null && given.findIndex((other) => other.id === id) < at) {
          context.addIssue({ code: "custom", path: [at, "id"], message: "A question may come once." });
        }
      });
    }),
});

type Question = z.output<typeof question>;

/**
 * Gives a quiz these questions in this order, for its staff: those with an `id` stay and change, those without are new,
 * those left out go. Once somebody has started the quiz, what is asked and what is right stay as they are, because open
 * attempts hold answers to them and submitted ones are graded by them; explanation, difficulty and skill may still change.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since it was read, is archived, or was started.
 */
export function setQuizQuestions(viewer: SignedIn, db: Database, input: z.input<typeof rules>): Promise<QuizRow> {
  const { quizId, expectedUpdatedAt, questions } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const quiz = await lockedQuiz(tx, viewer, quizId);
    if (!quiz) throw missing("quizId", "quiz");
    unchanged(quiz, expectedUpdatedAt);
    if (quiz.archivedAt !== null) throw reject("CONFLICT", "quizId", "This quiz is archived.");
    const before = await tx.select().from(quizQuestions).where(eq(quizQuestions.quizId, quizId)).orderBy(asc(quizQuestions.questionNumber));
    const wasStarted = (await tx.$count(quizAttempts, eq(quizAttempts.quizId, quizId))) > 0;
    const problems = [...(await referenceProblems(tx, before, questions)), ...(wasStarted ? fixedProblems(before, questions) : [])];
    if (problems.length > 0) throw new Rejection(problems);
    await write(tx, quizId, questions);
    const changed = written(await tx.update(quizzes).set({ updatedAt: later(quizzes.updatedAt) }).where(eq(quizzes.id, quizId)).returning(), "quiz");
    await audit(work, {
      action: "assessment.questions_set",
      entityType: "quiz",
      entityId: quizId,
      oldValues: { questions: before.length },
      newValues: { questions: questions.length },
    });
    return changed;
  });
}

const at = (index: number, ...field: string[]): string[] => ["questions", String(index), ...field];

async function referenceProblems(tx: Tx, before: readonly QuestionRow[], questions: readonly Question[]): Promise<Problem[]> {
  const wanted = [...new Set(questions.flatMap(({ skillId }) => skillId ?? []))];
  const found = await tx.select({ id: skills.id }).from(skills).where(anyOf(skills.id, wanted, "uuid"));
  return questions.flatMap(({ id, skillId }, index) => [
    ...(id != null && !before.some((row) => row.id === id) ? missing(at(index, "id"), "question in this quiz").problems : []),
    ...(skillId != null && !found.some((skill) => skill.id === skillId) ? missing(at(index, "skillId"), "skill").problems : []),
  ]);
}

/** What a quiz that was started does not let be changed. */
function fixedProblems(before: readonly QuestionRow[], questions: readonly Question[]): Problem[] {
  const conflict = (place: string[], message: string) => reject("CONFLICT", place, message).problems;
  if (questions.length !== before.length) return [...conflict(["questions"], "This quiz was started; questions can be neither added nor removed.")];
  return questions.flatMap((given, index) => {
    const row = before[index];
    if (given.id !== row?.id) return conflict(at(index, "id"), "This quiz was started; its questions keep their order.");
    const isSame =
      given.questionText === row?.questionText &&
      given.correctAnswer === row.correctAnswer &&
      given.options.join("\0") === optionsOf(row.options).map(({ text }) => text).join("\0");
    return isSame ? [] : conflict(at(index), "This quiz was started; only explanation, difficulty and skill can be changed.");
  });
}

/** Three statements, however many questions. */
async function write(tx: Tx, quizId: string, questions: readonly Question[]): Promise<void> {
  const rows = questions.map(({ id, options, ...rest }, index) => ({ ...rest, id: id ?? uuidv7(), options: lettered(options), questionNumber: index + 1 }));
  const kept = rows.map(({ id }) => id);
  await tx.delete(quizQuestions).where(sql`${quizQuestions.quizId} = ${quizId} and not ${anyOf(quizQuestions.id, kept, "uuid")}`);
  // Out of the way of the new numbers, which are unique in every moment.
  const parked = { questionNumber: sql`${quizQuestions.questionNumber} + ${bounds.quizQuestions}`, updatedAt: sql`${quizQuestions.updatedAt}` };
  await tx.update(quizQuestions).set(parked).where(eq(quizQuestions.quizId, quizId));
  await rowsOf(
    tx,
    sql`insert into ${quizQuestions} as q (id, quiz_id, question_number, question_text, options, correct_answer, explanation, difficulty, skill_id)
        select r.id, ${quizId}, r."questionNumber", r."questionText", r.options, r."correctAnswer", r.explanation, r.difficulty, r."skillId"
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(
          id uuid, "questionNumber" int, "questionText" text, options jsonb, "correctAnswer" char(1), explanation text, difficulty text, "skillId" uuid)
        on conflict (id) do update set
          question_number = excluded.question_number, question_text = excluded.question_text, options = excluded.options,
          correct_answer = excluded.correct_answer, explanation = excluded.explanation, difficulty = excluded.difficulty,
          skill_id = excluded.skill_id,
          updated_at = case when (q.question_number - ${bounds.quizQuestions}, q.question_text, q.options, q.correct_answer, q.explanation, q.difficulty, q.skill_id)
              is distinct from (excluded.question_number, excluded.question_text, excluded.options, excluded.correct_answer, excluded.explanation, excluded.difficulty, excluded.skill_id)
            then greatest(now(), q.updated_at + interval '1 microsecond') else q.updated_at end`,
  );
}
