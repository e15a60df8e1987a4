import { and, asc, eq, isNull, sql, type SQL } from "drizzle-orm";
import { anonymous, type Viewer } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { quizAttempts, quizzes } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { lockProgress } from "../progress/lock.js";
import type { Instant } from "../streaks/calendar.js";
import { dueAt, graceSeconds, isOver } from "./clock.js";
import { submitAttempt } from "./submission.js";

const batchSize = 200;

/** Open attempts whose time has ended, the grace included. */
const overdue = (now: Instant): SQL | undefined =>
  and(
    // An index has open ones first.
    isNull(quizAttempts.submittedAt),
    eq(quizAttempts.status, "in_progress"),
    sql`${quizAttempts.startedAt} + make_interval(mins => ${quizzes.timeLimitMinutes}, secs => ${graceSeconds}) < ${new Date(now).toISOString()}::timestamptz`,
  );

/**
 * Submits attempts whose time has ended, with what was saved in time; each in a transaction of its own, so that what
 * follows may still be refused. Gives the number that it submitted.
 */
async function submitOverdue(db: Database, viewer: Viewer, which: SQL | undefined, now: Instant): Promise<number> {
  const found = await db
    .select({ id: quizAttempts.id, userId: quizAttempts.userId })
    .from(quizAttempts)
    .innerJoin(quizzes, eq(quizzes.id, quizAttempts.quizId))
    .where(and(overdue(now), which))
    .orderBy(asc(quizAttempts.id))
    .limit(batchSize);
  let submitted = 0;
  for (const { id, userId } of found) submitted += (await submitOne(db, viewer, id, userId, now)) ? 1 : 0;
  return submitted;
}

const submitOne = (db: Database, viewer: Viewer, id: string, userId: string, now: Instant): Promise<boolean> =>
  inTransaction(db, viewer, async (work) => {
    await lockProgress(work.tx, userId);
    const [attempt] = await work.tx.select().from(quizAttempts).where(and(eq(quizAttempts.id, id), eq(quizAttempts.status, "in_progress"))).for("update");
    const [quiz] = attempt ? await work.tx.select().from(quizzes).where(eq(quizzes.id, attempt.quizId)) : [];
    const due = dueAt(attempt?.startedAt ?? null, quiz?.timeLimitMinutes ?? null);
    // Somebody else was first, or there is more time now.
    if (!attempt || !quiz || due === null || !isOver(due, now)) return false;
    await submitAttempt(work, attempt, quiz, { at: due, now, byClock: true });
    return true;
  });

/** Submits an attempt of the viewer's if its time has ended. */
export const submitIfOverdue = async (db: Database, viewer: Viewer, attemptId: string, now: Instant): Promise<void> => {
  await submitOverdue(db, viewer, and(eq(quizAttempts.id, attemptId), eq(quizAttempts.userId, viewer.id ?? sql`null`)), now);
};

/** Submits the viewer's open attempt at a quiz if its time has ended. */
export const submitOverdueAtQuiz = async (db: Database, viewer: Viewer, quizId: string, now: Instant): Promise<void> => {
  await submitOverdue(db, viewer, and(eq(quizAttempts.quizId, quizId), eq(quizAttempts.userId, viewer.id ?? sql`null`)), now);
};

/** Submits every attempt whose time has ended and that nobody came back to. Gives their number. */
export async function sweepQuizAttempts(db: Database, now: Instant = Date.now()): Promise<number> {
  for (let total = 0; ; ) {
    const submitted = await submitOverdue(db, anonymous(), undefined, now);
    total += submitted;
    if (submitted < batchSize) return total;
  }
}
