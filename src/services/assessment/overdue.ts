import { and, asc, eq, gt, isNull, sql, type SQL } from "drizzle-orm";
import { anonymous, type Viewer } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { quizAttempts, quizzes, users } from "../../db/tables/index.js";
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

const overdueAttempts = (db: Database, which: SQL | undefined, now: Instant) =>
  db
    .select({ id: quizAttempts.id, userId: quizAttempts.userId })
    .from(quizAttempts)
    .innerJoin(quizzes, eq(quizzes.id, quizAttempts.quizId))
    .where(and(overdue(now), which))
    .orderBy(asc(quizAttempts.id))
    .limit(batchSize);

/**
 * Submits attempts whose time has ended, with what was saved in time; each in a transaction of its own, so that what
 * follows may still be refused.
 */
async function submitOverdue(db: Database, viewer: Viewer, which: SQL, now: Instant): Promise<void> {
  const mine = and(which, eq(quizAttempts.userId, viewer.id ?? sql`null`));
  for (const { id, userId } of await overdueAttempts(db, mine, now)) await submitOne(db, viewer, id, userId, now);
}

const submitOne = (db: Database, viewer: Viewer, id: string, userId: string, now: Instant): Promise<boolean> =>
  inTransaction(db, viewer, async (work) => {
    await lockProgress(work.tx, userId);
    const [attempt] = await work.tx.select().from(quizAttempts).where(and(eq(quizAttempts.id, id), eq(quizAttempts.status, "in_progress"))).for("update");
    const [quiz] = attempt ? await work.tx.select().from(quizzes).where(eq(quizzes.id, attempt.quizId)) : [];
    const due = dueAt(attempt?.startedAt ?? null, quiz?.timeLimitMinutes ?? null);
    // Somebody else was first, or there is more time now.
    if (!attempt || !quiz || due === null || !isOver(due, now)) return false;
    // Who has deleted the account earns nothing any more.
    if ((await work.tx.$count(users, and(eq(users.id, userId), isNull(users.deletedAt)))) === 0) {
      await work.tx.update(quizAttempts).set({ status: "abandoned" }).where(eq(quizAttempts.id, id));
      return false;
    }
    await submitAttempt(work, attempt, quiz, { at: due, now, byClock: true });
    return true;
  });

/** Submits an attempt of the viewer's if its time has ended. */
export const submitIfOverdue = async (db: Database, viewer: Viewer, attemptId: string, now: Instant): Promise<void> => {
  await submitOverdue(db, viewer, eq(quizAttempts.id, attemptId), now);
};

/** Submits the viewer's open attempt at a quiz if its time has ended. */
export const submitOverdueAtQuiz = async (db: Database, viewer: Viewer, quizId: string, now: Instant): Promise<void> => {
  await submitOverdue(db, viewer, eq(quizAttempts.quizId, quizId), now);
};

/**
 * Submits every attempt whose time has ended and that nobody came back to; those of deleted accounts are abandoned. One
 * that fails is told to `onError` and stays for the next time; it keeps no other waiting. Gives the number submitted.
 */
export async function sweepQuizAttempts(
  db: Database,
  now: Instant = Date.now(),
  onError: (error: unknown, attemptId: string) => void = () => {},
): Promise<number> {
  let submitted = 0;
  for (let last: string | undefined; ; ) {
    const found = await overdueAttempts(db, last === undefined ? undefined : gt(quizAttempts.id, last), now);
    for (const { id, userId } of found) {
      try {
        submitted += (await submitOne(db, anonymous(), id, userId, now)) ? 1 : 0;
      } catch (error) {
        onError(error, id);
      }
    }
    last = found.at(-1)?.id;
    if (found.length < batchSize) return submitted;
  }
}
