import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "../../db/client.js";
import { assessmentResults, quizAttempts, quizQuestions, skillMastery, type quizzes } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { award, pointsTable } from "../points.js";
import { activePaths, beginMilestones, refreshMatchScores } from "../progress/milestones.js";
import type { Instant } from "../streaks/calendar.js";
import { recordStreakActivity } from "../streaks/service.js";
import { grade, type Grade } from "./grading.js";
import type { Answers } from "./options.js";

export type AttemptRow = typeof quizAttempts.$inferSelect;
export type QuizRow = typeof quizzes.$inferSelect;

/** An attempt left open for days was not worked on all the while. */
const mostMinutes = 120;

export interface Submission {
  attempt: AttemptRow;
  pointsEarned: number;
}

/**
 * Grades an open attempt by the questions as they are now, and does all that follows from it: results by skill,
 * mastery, match scores and milestones, the streak, and points for the first pass of the quiz. `at` is when it was submitted,
 * `now` the present moment, in ms since 1970. `byClock` when the learner did not submit it: without an answer it is no
 * activity then. To be called under the learner's progress lock, with the attempt locked. Locks the streak, then points.
 */
export async function submitAttempt(
  work: Work,
  attempt: AttemptRow,
  quiz: QuizRow,
  { at, now, byClock }: { at: Instant; now: Instant; byClock: boolean },
): Promise<Submission> {
  const { tx } = work;
  const { userId } = attempt;
  const answers = attempt.answers as Answers;
  const graded = grade(await keyOf(tx, quiz.id), answers, quiz.passingScore);
  const isFirstPass = graded.passed && !(await passedBefore(tx, attempt));
  const seconds = Math.max(0, Math.floor((at - Date.parse(attempt.startedAt ?? attempt.createdAt)) / 1000));
  if (!byClock || Object.keys(answers).length > 0) {
    const activity = {
      userId,
      kind: "quiz_submitted" as const,
      occurredAt: new Date(at).toISOString(),
      clientEventId: `quiz:${attempt.id}`,
      minutesSpent: Math.min(Math.floor(seconds / 60), mostMinutes),
      pointsEarned: isFirstPass ? pointsTable.earned.quiz : 0,
    };
    await recordStreakActivity(work, activity, now);
  }
  const posted = isFirstPass ? await award(work, userId, "quiz", { key: `quiz:${quiz.id}`, entityType: "quiz", entityId: quiz.id }) : null;
  const submittedAt = new Date(at).toISOString();
  const [submitted] = await tx
    .update(quizAttempts)
    .set({
      status: "submitted",
      score: graded.score,
      totalQuestions: graded.total,
      correctAnswers: graded.correct,
      passed: graded.passed,
      submittedAt,
      timeTakenSeconds: seconds,
    })
    .where(eq(quizAttempts.id, attempt.id))
    .returning();
  if (!submitted) throw new Error("The attempt is missing");
  await keepResults(tx, submitted, quiz, graded, submittedAt);
  await raiseMastery(tx, userId, graded);
  if (graded.skills.length > 0) {
    const paths = await activePaths(tx, userId);
    await refreshMatchScores(tx, paths);
    await beginMilestones(tx, paths, graded.skills.flatMap(({ skillId, passed }) => (passed ? skillId : [])));
  }
  return { attempt: submitted, pointsEarned: posted?.amount ?? 0 };
}

const keyOf = (tx: Tx, quizId: string) =>
  tx
    .select({ questionNumber: quizQuestions.questionNumber, correctAnswer: quizQuestions.correctAnswer, skillId: quizQuestions.skillId })
    .from(quizQuestions)
    .where(eq(quizQuestions.quizId, quizId))
    .orderBy(asc(quizQuestions.questionNumber));

const passedBefore = async (tx: Tx, { userId, quizId }: AttemptRow): Promise<boolean> =>
  (await tx.$count(quizAttempts, and(eq(quizAttempts.userId, userId), eq(quizAttempts.quizId, quizId), eq(quizAttempts.passed, true)))) > 0;

/** One result of each skill; one of the quiz as a whole when its questions name none. */
async function keepResults(tx: Tx, attempt: AttemptRow, quiz: QuizRow, graded: Grade, assessedAt: string): Promise<void> {
  const shown = graded.skills.length > 0 ? graded.skills : [{ ...graded, skillId: null }];
  await tx.insert(assessmentResults).values(
    shown.map(({ skillId, score, passed }) => ({
      userId: attempt.userId,
      quizAttemptId: attempt.id,
      courseId: quiz.courseId,
      skillId,
      title: quiz.title,
      score: String(score),
      result: passed ? ("passed" as const) : ("failed" as const),
      assessedAt,
    })),
  );
}

/** Mastery rises to the score of its skill, and never falls. */
async function raiseMastery(tx: Tx, userId: string, { skills }: Grade): Promise<void> {
  // In one order for everybody, so that two submissions do not wait for each other.
  const shown = skills.toSorted((a, b) => (a.skillId < b.skillId ? -1 : 1));
  if (shown.length === 0) return;
  await tx
    .insert(skillMastery)
    .values(shown.map(({ skillId, score }) => ({ userId, skillId, level: score, source: "assessment" as const })))
    .onConflictDoUpdate({
      target: [skillMastery.userId, skillMastery.skillId],
      set: { level: sql`excluded.level`, source: sql`excluded.source`, lastUpdatedAt: sql`now()`, updatedAt: sql`now()` },
      setWhere: sql`excluded.level > ${skillMastery.level}`,
    });
}
