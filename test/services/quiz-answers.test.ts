import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anonymous, type SignedIn } from "../../src/auth/viewer.js";
import { quizAttempts } from "../../src/db/tables/index.js";
import { Rejection } from "../../src/graphql/errors.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { saveQuizAnswers, startQuizAttempt, submitQuizAttempt } from "../../src/services/assessment/attempts.js";
import { sweepQuizAttempts } from "../../src/services/assessment/overdue.js";
import { aQuiz, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
beforeAll(async () => void (engine = await openTestEngine()));
afterAll(() => engine.close());

const limit = 10 * 60_000;
const end = limit + 10_000;

/** Seconds that pass, and then what happens. */
type Step =
  | { wait: number; what: "save" | "submit"; answers: (readonly [question: number, letter: "A" | "B" | null])[] }
  | { wait: number; what: "sweep" };

const answers = fc.uniqueArray(fc.tuple(fc.nat(2), fc.constantFrom("A" as const, "B" as const, null)), { maxLength: 3, selector: ([question]) => question });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 250 }), what: fc.constant("save" as const), answers }) },
  { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 250 }), what: fc.constant("submit" as const), answers }) },
  { weight: 1, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 250 }), what: fc.constant("sweep" as const) }) },
);

/** What must be stored after the steps so far: the last letter of each question that was saved while the attempt was open. */
class Expected {
  readonly answers = new Map<number, "A" | "B">();
  isOpen = true;
  /** By the learner, before the end of the time. */
  isSubmittedEarly = false;

  take(given: readonly (readonly [number, "A" | "B" | null])[]): void {
    for (const [question, letter] of given) {
      if (letter === null) this.answers.delete(question + 1);
      else this.answers.set(question + 1, letter);
    }
  }
}

test("no sequence of saving, submitting and running out of time loses an answer that was saved in time", async () => {
  const { user } = await aUser(engine.db);
  const viewer: SignedIn = { ...anonymous(), id: user.id, role: "student" };
  const begin = Date.parse("2026-10-01T10:00:00Z");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { quiz, questions } = await aQuiz(engine.db, { timeLimitMinutes: limit / 60_000 }, [{}, {}, {}]);
      const attempt = await startQuizAttempt(viewer, engine.db, { quizId: toGlobalId("Quiz", quiz.id) }, begin);
      const attemptId = toGlobalId("QuizAttempt", attempt.id);
      const expected = new Expected();
      let now = begin;
      for (const one of steps) {
        now += one.wait * 1_000;
        const inTime = now - begin <= end;
        if (one.what === "sweep") {
          await sweepQuizAttempts(engine.db, now);
        } else {
          const given = one.answers.map(([question, answer]) => ({ questionId: toGlobalId("QuizQuestion", questions[question]?.id ?? ""), answer }));
          const accepted = expected.isOpen && inTime;
          if (one.what === "save") {
            const outcome = await saveQuizAnswers(viewer, engine.db, { attemptId, answers: given }, now).catch((error: unknown) => error);
            const code = outcome instanceof Rejection ? outcome.problems[0]?.code : "SAVED";
            expect(code).toBe(accepted ? "SAVED" : inTime || expected.isSubmittedEarly ? "CONFLICT" : "TOO_LATE");
          } else {
            await submitQuizAttempt(viewer, engine.db, { attemptId, answers: given }, now);
          }
          if (accepted) expected.take(one.answers);
          if (one.what === "submit" && expected.isOpen && now - begin < limit) expected.isSubmittedEarly = true;
          if (one.what === "submit") expected.isOpen = false;
        }
        if (!inTime) expected.isOpen = false;
        const [row] = await engine.db.select().from(quizAttempts).where(eq(quizAttempts.id, attempt.id));
        expect(row?.answers).toEqual(Object.fromEntries(expected.answers));
        const right = [...expected.answers.values()].filter((letter) => letter === "A").length;
        expect(row).toMatchObject(expected.isOpen ? { status: "in_progress", score: null } : { status: "submitted", score: Math.round((100 * right) / 3) });
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
