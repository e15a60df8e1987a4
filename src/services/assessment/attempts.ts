import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { quizLive, quizTaken, quizVisible, quizWithCourse } from "../../auth/visibility.js";
import { anyOf, asViewer, type Database, type Tx } from "../../db/client.js";
import { quizAttempts, quizQuestions, quizzes } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { lockProgress } from "../progress/lock.js";
import type { Instant } from "../streaks/calendar.js";
import { dueAt, isOver } from "./clock.js";
import { letters, optionsOf, type Answers, type Letter } from "./options.js";
import { submitIfOverdue, submitOverdueAtQuiz } from "./overdue.js";
import { submitAttempt, type AttemptRow, type QuizRow, type Submission } from "./submission.js";

export interface GivenAnswer {
  questionId: string;
  /** Null takes the answer back. */
  answer?: Letter | null;
}

const startRules = z.object({ quizId: nodeId("Quiz") });

const answerRules = z
  .array(z.object({ questionId: nodeId("QuizQuestion"), answer: z.enum(letters).nullish() }))
  .max(bounds.quizQuestions)
  .superRefine((answers, context) => {
    answers.forEach(({ questionId }, at) => {
      if (answers.findIndex((other) => other.questionId === questionId) === at) return;
      context.addIssue({ code: "custom", path: [at, "questionId"], message: "A question may come once." });
    });
  });

type Checked = z.output<typeof answerRules>;

const saveRules = z.object({ attemptId: nodeId("QuizAttempt"), answers: answerRules });
const submitRules = z.object({ attemptId: nodeId("QuizAttempt"), answers: answerRules.nullish() });

/**
 * Starts an attempt of the viewer's, or takes the open one up again. `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} NOT_FOUND unless the quiz is open and the viewer takes part in it, CONFLICT when it has no
 * questions, LIMIT_REACHED when all attempts that it allows were started.
 */
export async function startQuizAttempt(viewer: SignedIn, db: Database, input: { quizId: string } & Keyed, now: Instant = Date.now()): Promise<AttemptRow> {
  const { quizId } = check(startRules, input);
  await submitOverdueAtQuiz(db, viewer, quizId, now);
  const started = await once(db, viewer, "startQuizAttempt", input, async ({ tx }) => {
    // Two starts at once would otherwise both find no open attempt.
    await lockProgress(tx, viewer.id);
    // Authors change questions under a lock that waits for this one.
    const [quiz] = await tx.select().from(quizzes).where(and(eq(quizzes.id, quizId), quizVisible(viewer), quizTaken(viewer))).for("key share");
    if (!quiz) throw missing("quizId", "quiz that you may take");
    const mine = and(eq(quizAttempts.quizId, quizId), eq(quizAttempts.userId, viewer.id));
    const [open] = await tx.select().from(quizAttempts).where(and(mine, eq(quizAttempts.status, "in_progress")));
    if (open) return open;
    if ((await tx.$count(quizzes, and(eq(quizzes.id, quizId), quizLive))) === 0) throw missing("quizId", "quiz that you may take");
    if ((await tx.$count(quizQuestions, eq(quizQuestions.quizId, quizId))) === 0) throw reject("CONFLICT", "quizId", "This quiz has no questions yet.");
    const [counted] = await tx
      .select({ started: sql<number>`count(*)::int`, last: sql<number>`coalesce(max(attempt_number), 0)` })
      .from(quizAttempts)
      .where(mine);
    const { started, last } = counted ?? { started: 0, last: 0 };
    if (quiz.maxAttempts !== null && started >= quiz.maxAttempts) {
      throw reject("LIMIT_REACHED", "quizId", `This quiz may be started ${quiz.maxAttempts === 1 ? "once" : `${quiz.maxAttempts} times`}.`);
    }
    const startedAt = new Date(now).toISOString();
    const [attempt] = await tx.insert(quizAttempts).values({ quizId, userId: viewer.id, attemptNumber: last + 1, startedAt }).returning();
    if (!attempt) throw new Error("The attempt that was just made is missing");
    return attempt;
  });
  if (input.idempotencyKey == null) return started;
  // What the key kept is the attempt as it was at the start.
  const [current] = await asViewer(db, viewer, (scoped) => scoped.select().from(quizAttempts).where(eq(quizAttempts.id, started.id)));
  return current ?? started;
}

/**
 * Saves answers of the viewer's open attempt; earlier ones stay. `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} NOT_FOUND, INVALID for a letter that the question does not have, CONFLICT when it was submitted,
 * TOO_LATE when its time ended before that: then it is graded with what was saved before.
 */
export async function saveQuizAnswers(
  viewer: SignedIn,
  db: Database,
  input: { attemptId: string; answers: GivenAnswer[] },
  now: Instant = Date.now(),
): Promise<AttemptRow> {
  const { attemptId, answers } = check(saveRules, input);
  await submitIfOverdue(db, viewer, attemptId, now);
  return inTransaction(db, viewer, async ({ tx }) => {
    const { attempt, quiz } = await ownAttempt(tx, viewer, attemptId);
    if (endedByTime(attempt, quiz, now)) throw tooLate("The time of this attempt has ended; it is graded with what was saved in time.");
    if (attempt.status !== "in_progress") throw reject("CONFLICT", "attemptId", "This attempt was submitted already.");
    return keepAnswers(tx, attempt, await numbered(tx, quiz.id, answers));
  });
}

export interface SubmitAnswer extends Submission {
  errors: Problem[];
}

/**
 * Submits the viewer's attempt after saving last answers, and grades it. Again, and from two places at once, it answers
 * with the same result. Answers that came after the end are not counted: TOO_LATE stands beside the attempt then.
 * `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} NOT_FOUND, INVALID for a letter that the question does not have.
 */
export async function submitQuizAttempt(
  viewer: SignedIn,
  db: Database,
  input: { attemptId: string; answers?: GivenAnswer[] | null } & Keyed,
  now: Instant = Date.now(),
): Promise<SubmitAnswer> {
  const { attemptId, answers } = check(submitRules, input);
  await submitIfOverdue(db, viewer, attemptId, now);
  return once(db, viewer, "submitQuizAttempt", input, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const { attempt, quiz } = await ownAttempt(tx, viewer, attemptId);
    const given = await numbered(tx, quiz.id, answers ?? []);
    if (attempt.status === "in_progress") {
      const kept = given.size > 0 ? await keepAnswers(tx, attempt, given) : attempt;
      // Answers may arrive a little later than the end; the attempt never lasts longer.
      const at = Math.min(now, dueAt(attempt.startedAt, quiz.timeLimitMinutes) ?? now);
      return { ...(await submitAttempt(work, kept, quiz, { at, now, byClock: false })), errors: [] };
    }
    if (attempt.status === "abandoned") throw reject("CONFLICT", "attemptId", "This attempt was given up.");
    const stored = attempt.answers as Answers;
    const isMissing = [...given].some(([number, letter]) => (stored[number] ?? null) !== letter);
    const isLate = isMissing && endedByTime(attempt, quiz, now);
    return { attempt, pointsEarned: 0, errors: isLate ? [...tooLate("These answers came after the end and are not counted.").problems] : [] };
  });
}

/** Has the time of an attempt ended before the learner submitted it? */
function endedByTime({ startedAt, submittedAt, status }: AttemptRow, { timeLimitMinutes }: QuizRow, now: Instant): boolean {
  const due = dueAt(startedAt, timeLimitMinutes);
  if (due === null || !isOver(due, now)) return false;
  return status === "in_progress" || (submittedAt !== null && Date.parse(submittedAt) >= due);
}

const tooLate = (message: string): Rejection => reject("TOO_LATE", "answers", message);

/** Locks an attempt of the viewer's; an open one only while they take part in its quiz. */
async function ownAttempt(tx: Tx, viewer: SignedIn, id: string): Promise<{ attempt: AttemptRow; quiz: QuizRow }> {
  const [attempt] = await tx.select().from(quizAttempts).where(and(eq(quizAttempts.id, id), eq(quizAttempts.userId, viewer.id))).for("update");
  const takesPart = attempt?.status === "in_progress" ? and(quizWithCourse(viewer), quizTaken(viewer)) : undefined;
  const [quiz] = attempt ? await tx.select().from(quizzes).where(and(eq(quizzes.id, attempt.quizId), takesPart)) : [];
  if (!attempt || !quiz) throw missing("attemptId", "attempt of a quiz that you may take");
  return { attempt, quiz };
}

/** Answers by number of the question; null for those taken back. */
async function numbered(tx: Tx, quizId: string, answers: Checked): Promise<Map<number, Letter | null>> {
  if (answers.length === 0) return new Map();
  const rows = await tx
    .select({ id: quizQuestions.id, questionNumber: quizQuestions.questionNumber, options: quizQuestions.options })
    .from(quizQuestions)
    .where(and(eq(quizQuestions.quizId, quizId), anyOf(quizQuestions.id, answers.map(({ questionId }) => questionId), "uuid")));
  const questions = new Map(rows.map((row) => [row.id, row]));
  const problems: Problem[] = [];
  const given = new Map<number, Letter | null>();
  answers.forEach(({ questionId, answer }, at) => {
    const question = questions.get(questionId);
    const place = ["answers", String(at)];
    if (!question) problems.push(...missing([...place, "questionId"], "question in this quiz").problems);
    else if (answer != null && !optionsOf(question.options).some(({ letter }) => letter === answer)) {
      problems.push(...reject("INVALID", [...place, "answer"], `Question ${question.questionNumber} has no option ${answer}.`).problems);
    } else given.set(question.questionNumber, answer ?? null);
  });
  if (problems.length > 0) throw new Rejection(problems);
  return given;
}

async function keepAnswers(tx: Tx, attempt: AttemptRow, given: ReadonlyMap<number, Letter | null>): Promise<AttemptRow> {
  const merged = new Map<string, Letter | null>(Object.entries(attempt.answers as Answers));
  for (const [number, letter] of given) merged.set(String(number), letter);
  const answers = Object.fromEntries([...merged].filter(([, letter]) => letter !== null));
  const [row] = await tx.update(quizAttempts).set({ answers }).where(eq(quizAttempts.id, attempt.id)).returning();
  return row ?? attempt;
}
