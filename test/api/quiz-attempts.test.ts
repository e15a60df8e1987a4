import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous, type SignedIn } from "../../src/auth/viewer.js";
import {
  assessmentResults, enrollments, learnerCareerPaths, milestoneCompletions, pathMilestoneSkills, pointsTransactions, quizAttempts, quizzes,
  skillMastery, streakActivities, streakEvents, users,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { saveQuizAnswers, startQuizAttempt, submitQuizAttempt, type GivenAnswer } from "../../src/services/assessment/attempts.js";
import { sweepQuizAttempts } from "../../src/services/assessment/overdue.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourseOf, aMilestone, anEnrollment, aQuiz, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let learner: Session;
beforeAll(async () => {
  app = await startTestApp();
  learner = await app.signedIn();
});
afterAll(() => app.close());

const as = ({ userId }: Session): SignedIn => ({ ...anonymous(), id: userId, role: "student" });
const idOf = (type: string, { id }: { id: string }) => toGlobalId(type, id);
const keyed = (row: { id: string }, answer: string | null) => ({ questionId: idOf("QuizQuestion", row), answer }) as GivenAnswer;
const attemptRow = async (id: string) => (await app.db.select().from(quizAttempts).where(eq(quizAttempts.id, id)))[0];
const attemptsOf = ({ userId }: Session, quizId: string) =>
  app.db.select().from(quizAttempts).where(and(eq(quizAttempts.userId, userId), eq(quizAttempts.quizId, quizId))).orderBy(asc(quizAttempts.attemptNumber));
const minute = 60_000;
const fields = "id status attemptNumber score totalQuestions correctAnswers passed answers { questionNumber answer } dueAt remainingSeconds timeTakenSeconds";

interface Shown {
  id: string;
  attemptNumber: number;
  status: string;
  answers: { questionNumber: number; answer: string }[];
  dueAt: string | null;
  remainingSeconds: number | null;
}
const start = (quiz: { id: string }, as: Session, input: object = {}) =>
  mutate<{ attempt: Shown | null }>(app, "startQuizAttempt", { quizId: idOf("Quiz", quiz), ...input }, `attempt { ${fields} }`, as);
const save = (attemptId: string, answers: object[], as: Session) =>
  mutate<{ attempt: Shown | null }>(app, "saveQuizAnswers", { attemptId, answers }, `attempt { ${fields} }`, as);
const submit = (attemptId: string, as: Session, input: object = {}) =>
  mutate<{ attempt: Shown | null; pointsEarned: number | null }>(app, "submitQuizAttempt", { attemptId, ...input }, `pointsEarned attempt { ${fields} }`, as);

const started = async (quiz: { id: string }, by: Session): Promise<string> => (await start(quiz, by)).attempt?.id ?? "";

describe("startQuizAttempt", () => {
  test("starts an attempt, and takes the open one up again", async () => {
    const { quiz } = await aQuiz(app.db, { timeLimitMinutes: 10 });
    const first = await start(quiz, learner);
    expect(first).toMatchObject({ attempt: { status: "IN_PROGRESS", attemptNumber: 1, score: null, answers: [] }, errors: [] });
    const row = (await attemptsOf(learner, quiz.id))[0];
    expect(first.attempt?.dueAt).toBe(new Date(Date.parse(row?.startedAt ?? "") + 10 * minute).toISOString());
    expect(first.attempt?.remainingSeconds).toBeGreaterThan(570);
    expect((await start(quiz, learner)).attempt?.id).toBe(first.attempt?.id);
    const { data } = await app.query<{ quiz: object }>(
      `query ($id: ID!) { quiz(id: $id) { questionCount myOpenAttempt { id } myAttempts { totalCount nodes { id } } } }`, { id: idOf("Quiz", quiz) }, learner,
    );
    expect(data.quiz).toEqual({ questionCount: 1, myOpenAttempt: { id: first.attempt?.id }, myAttempts: { totalCount: 1, nodes: [{ id: first.attempt?.id }] } });
    expect(await attemptsOf(learner, quiz.id)).toHaveLength(1);
  });

  test("a key that comes again starts no other", async () => {
    const { quiz } = await aQuiz(app.db);
    const idempotencyKey = "6f0f4a6e-91a6-4f5e-8f0e-7d1c3a2b1c01";
    const first = await start(quiz, learner, { idempotencyKey });
    await submit(first.attempt?.id ?? "", learner);
    // As it is now.
    expect((await start(quiz, learner, { idempotencyKey })).attempt).toMatchObject({ id: first.attempt?.id, status: "SUBMITTED", score: 0 });
    expect(await attemptsOf(learner, quiz.id)).toHaveLength(1);
  });

  test("the limit counts starts, and never forbids to go on", async () => {
    const { quiz } = await aQuiz(app.db, { maxAttempts: 2 });
    await submit(await started(quiz, learner), learner);
    const second = await start(quiz, learner);
    expect(second.attempt?.attemptNumber).toBe(2);
    expect((await start(quiz, learner)).attempt?.id).toBe(second.attempt?.id);
    await submit(second.attempt?.id ?? "", learner);
    expect(failures(await start(quiz, learner))).toEqual(["LIMIT_REACHED at input.quizId"]);
    expect(await attemptsOf(learner, quiz.id)).toHaveLength(2);
  });

  test("two starts at once make one attempt", async () => {
    const { quiz } = await aQuiz(app.db);
    const both = await Promise.all([start(quiz, learner), start(quiz, learner)]);
    expect(both[0].attempt?.id).toBe(both[1].attempt?.id);
    expect(await attemptsOf(learner, quiz.id)).toHaveLength(1);
  });

  test("is refused without questions, without an enrollment, when archived and with a strange id", async () => {
    const { course, weeks } = await aCourseOf(app.db, [1]);
    const { quiz } = await aQuiz(app.db, { courseId: course.id, moduleId: weeks[0]?.module.id ?? null });
    expect(failures(await start(quiz, learner))).toEqual(["NOT_FOUND at input.quizId"]);
    const enrollment = await anEnrollment(app.db, { userId: learner.userId, courseId: course.id });
    expect((await start(quiz, learner)).errors).toEqual([]);
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, enrollment.id));
    expect(failures(await start(quiz, learner))).toEqual(["NOT_FOUND at input.quizId"]);
    const { quiz: closed } = await aQuiz(app.db, { archivedAt: new Date().toISOString() });
    expect(failures(await start(closed, learner))).toEqual(["NOT_FOUND at input.quizId"]);
    const { quiz: empty } = await aQuiz(app.db, {}, []);
    expect(failures(await start(empty, learner))).toEqual(["CONFLICT at input.quizId"]);
    expect(failures(await mutate(app, "startQuizAttempt", { quizId: idOf("Course", course) }, "attempt { id }", learner))).toEqual(["INVALID_ID at input.quizId"]);
    expect(await attemptsOf(learner, empty.id)).toEqual([]);
  });

  test("an attempt at a quiz that is archived meanwhile can be finished, and not begun again", async () => {
    const { quiz, questions } = await aQuiz(app.db);
    const id = await started(quiz, learner);
    await app.db.update(quizzes).set({ archivedAt: new Date().toISOString() }).where(eq(quizzes.id, quiz.id));
    expect((await start(quiz, learner)).attempt?.id).toBe(id);
    expect(await submit(id, learner, { answers: questions.map((row) => keyed(row, "A")) })).toMatchObject({ attempt: { score: 100 }, errors: [] });
    expect(failures(await start(quiz, learner))).toEqual(["NOT_FOUND at input.quizId"]);
  });
});

describe("saveQuizAnswers", () => {
  test("merges, changes and takes back", async () => {
    const { quiz, questions } = await aQuiz(app.db, {}, [{}, {}, {}]);
    const [one, two, three] = questions;
    if (!one || !two || !three) throw new Error("no questions");
    const id = await started(quiz, learner);
    await save(id, [keyed(one, "A"), keyed(two, "B")], learner);
    await save(id, [keyed(two, "A"), keyed(three, "B")], learner);
    const { attempt } = await save(id, [keyed(one, null)], learner);
    expect(attempt?.answers).toEqual([{ questionNumber: 2, answer: "A" }, { questionNumber: 3, answer: "B" }]);
    expect((await attemptsOf(learner, quiz.id))[0]?.answers).toEqual({ 2: "A", 3: "B" });
  });

  test("reports all that is wrong with its path, and saves nothing", async () => {
    const { quiz, questions } = await aQuiz(app.db);
    const other = await aQuiz(app.db);
    const [mine, foreign] = [questions[0], other.questions[0]];
    if (!mine || !foreign) throw new Error("no questions");
    const id = await started(quiz, learner);
    expect(failures(await save(id, [keyed(mine, "D"), keyed(foreign, "A")], learner))).toEqual([
      "INVALID at input.answers.0.answer", "NOT_FOUND at input.answers.1.questionId",
    ]);
    expect(failures(await save(id, [keyed(mine, "A"), keyed(mine, "B")], learner))).toEqual(["INVALID at input.answers.1.questionId"]);
    expect((await attemptsOf(learner, quiz.id))[0]?.answers).toEqual({});
  });

  test("is for the learner alone, and not after submitting", async () => {
    const { quiz, questions } = await aQuiz(app.db);
    const answers = questions.map((row) => keyed(row, "A"));
    const id = await started(quiz, learner);
    for (const role of ["student", "teacher", "admin"] as const) {
      expect(failures(await save(id, answers, await app.signedIn(role)))).toEqual(["NOT_FOUND at input.attemptId"]);
    }
    await submit(id, learner);
    expect(failures(await save(id, answers, learner))).toEqual(["CONFLICT at input.attemptId"]);
    expect((await attemptsOf(learner, quiz.id))[0]?.answers).toEqual({});
  });

  test("rests while the course is dropped", async () => {
    const { course } = await aCourseOf(app.db, [1]);
    const { quiz, questions } = await aQuiz(app.db, { courseId: course.id });
    const enrollment = await anEnrollment(app.db, { userId: learner.userId, courseId: course.id });
    const id = await started(quiz, learner);
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, enrollment.id));
    expect(failures(await save(id, questions.map((row) => keyed(row, "A")), learner))).toEqual(["NOT_FOUND at input.attemptId"]);
    expect(failures(await submit(id, learner))).toEqual(["NOT_FOUND at input.attemptId"]);
    expect((await attemptsOf(learner, quiz.id))[0]).toMatchObject({ status: "in_progress", answers: {} });
  });
});

describe("the time of an attempt", () => {
  const at = Date.parse("2026-10-01T10:00:00.000Z");
  const begin = async (somebody: Session) => {
    const { quiz, questions } = await aQuiz(app.db, { timeLimitMinutes: 10 }, [{}, {}]);
    const attempt = await startQuizAttempt(as(somebody), app.db, { quizId: idOf("Quiz", quiz) }, at);
    const answer = (place: number, letter: string, now: number) => {
      const question = questions[place];
      if (!question) throw new Error("no question");
      return saveQuizAnswers(as(somebody), app.db, { attemptId: idOf("QuizAttempt", attempt), answers: [keyed(question, letter)] }, now);
    };
    return { quiz, questions, attempt, answer, attemptId: idOf("QuizAttempt", attempt) };
  };

  test("answers arrive up to the end and 10 seconds past it; then what was saved is graded", async () => {
    const { answer, attempt, attemptId } = await begin(learner);
    await answer(0, "A", at + 10 * minute + 10_000);
    await expect(answer(1, "A", at + 10 * minute + 10_001)).rejects.toMatchObject({ problems: [{ code: "TOO_LATE", path: ["input", "answers"] }] });
    expect(await attemptRow(attempt.id)).toMatchObject({
      status: "submitted", answers: { 1: "A" }, score: 50, correctAnswers: 1, totalQuestions: 2, passed: false, timeTakenSeconds: 600,
    });
    expect(Date.parse((await attemptRow(attempt.id))?.submittedAt ?? "")).toBe(at + 10 * minute);
    const again = await submitQuizAttempt(as(learner), app.db, { attemptId }, at + 20 * minute);
    expect(again).toMatchObject({ attempt: { score: 50 }, errors: [] });
  });

  test("answers sent along with a late submission are not counted, and said so beside the result", async () => {
    const { answer, attempt, attemptId, questions } = await begin(learner);
    await answer(0, "A", at + minute);
    const late = await submitQuizAttempt(as(learner), app.db, { attemptId, answers: questions.map((row) => keyed(row, "A")) }, at + 11 * minute);
    expect(late).toMatchObject({ attempt: { score: 50, status: "submitted" }, errors: [{ code: "TOO_LATE", path: ["input", "answers"] }] });
    expect((await attemptRow(attempt.id))?.answers).toEqual({ 1: "A" });
  });

  test("the sweep submits what nobody came back to, once, and a new start follows it", async () => {
    const [somebody, absent] = [await app.signedIn(), await app.signedIn()];
    const { answer, attempt, quiz } = await begin(somebody);
    const { attempt: blank } = await begin(absent);
    await answer(0, "A", at + minute);
    expect(await sweepQuizAttempts(app.db, at + 10 * minute)).toBe(0);
    expect(await sweepQuizAttempts(app.db, at + 11 * minute)).toBe(2);
    expect(await sweepQuizAttempts(app.db, at + 11 * minute)).toBe(0);
    expect(await attemptRow(attempt.id)).toMatchObject({ status: "submitted", score: 50 });
    expect(await attemptRow(blank.id)).toMatchObject({ status: "submitted", score: 0 });
    const next = await startQuizAttempt(as(somebody), app.db, { quizId: idOf("Quiz", quiz) }, at + 12 * minute);
    expect(next.attemptNumber).toBe(2);
    // Learning counts for the day; leaving an attempt alone does not.
    const events = ({ userId }: Session) => app.db.$count(streakEvents, eq(streakEvents.userId, userId));
    expect([await events(somebody), await events(absent)]).toEqual([1, 0]);
  });

  test("one that cannot be submitted is told and keeps no other waiting; who deleted the account earns nothing", async () => {
    const [broken, gone, next] = [await app.signedIn(), await app.signedIn(), await app.signedIn()];
    const [{ attempt: first }, { attempt: second, answer }] = [await begin(broken), await begin(gone)];
    const { attempt: third } = await begin(next);
    await answer(0, "A", at + minute);
    await app.db.update(quizAttempts).set({ answers: sql`'null'::jsonb` }).where(eq(quizAttempts.id, first.id));
    await app.db.update(users).set({ deletedAt: new Date().toISOString() }).where(eq(users.id, gone.userId));
    const failed: string[] = [];
    expect(await sweepQuizAttempts(app.db, at + 11 * minute, (_, id) => void failed.push(id))).toBe(1);
    expect(failed).toEqual([first.id]);
    expect((await Promise.all([first, second, third].map(({ id }) => attemptRow(id)))).map((row) => [row?.status, row?.score])).toEqual([
      ["in_progress", null], ["abandoned", null], ["submitted", 0],
    ]);
    expect(await app.db.$count(assessmentResults, eq(assessmentResults.userId, gone.userId))).toBe(0);
    await app.db.delete(quizAttempts).where(eq(quizAttempts.id, first.id));
  });

  test("who submits within the 10 seconds has submitted at the end", async () => {
    const { attempt, attemptId, answer } = await begin(learner);
    await submitQuizAttempt(as(learner), app.db, { attemptId }, at + 10 * minute + 9_000);
    const row = await attemptRow(attempt.id);
    expect([Date.parse(row?.submittedAt ?? ""), row?.timeTakenSeconds]).toEqual([at + 10 * minute, 600]);
    await expect(answer(0, "A", at + 10 * minute + 9_500)).rejects.toMatchObject({ problems: [{ code: "CONFLICT", path: ["input", "attemptId"] }] });
  });

  test("who has submitted early is never too late afterwards, but done", async () => {
    const { attemptId, answer, questions } = await begin(learner);
    await submitQuizAttempt(as(learner), app.db, { attemptId }, at + minute);
    await expect(answer(0, "A", at + 30 * minute)).rejects.toMatchObject({ problems: [{ code: "CONFLICT", path: ["input", "attemptId"] }] });
    const again = await submitQuizAttempt(as(learner), app.db, { attemptId, answers: questions.map((row) => keyed(row, "A")) }, at + 30 * minute);
    expect(again).toMatchObject({ attempt: { score: 0 }, errors: [] });
  });

  test("a start finds the old attempt over, grades it and begins the next", async () => {
    const somebody = await app.signedIn();
    const { attempt, quiz } = await begin(somebody);
    const next = await startQuizAttempt(as(somebody), app.db, { quizId: idOf("Quiz", quiz) }, at + 30 * minute);
    expect(next).toMatchObject({ attemptNumber: 2, status: "in_progress" });
    expect(await attemptRow(attempt.id)).toMatchObject({ status: "submitted", timeTakenSeconds: 600 });
  });
});

describe("submitQuizAttempt", () => {
  /** Gives a learner these milestones ahead, and how they stand later. */
  const stepsOf = async (own: typeof learnerCareerPaths.$inferSelect | undefined, given: { pathMilestone: { id: string }; skill?: { id: string }; status?: "completed" }[]) => {
    const { id = "", userId = "" } = own ?? {};
    for (const { pathMilestone, skill, status } of given) {
      if (skill) await app.db.insert(pathMilestoneSkills).values({ pathMilestoneId: pathMilestone.id, skillId: skill.id });
      const done = status && { status, completedAt: new Date().toISOString() };
      await app.db.insert(milestoneCompletions).values({ userId, learnerCareerPathId: id, pathMilestoneId: pathMilestone.id, ...done });
    }
    return async () => {
      const rows = await app.db.select().from(milestoneCompletions).where(eq(milestoneCompletions.learnerCareerPathId, id)).orderBy(asc(milestoneCompletions.id));
      return rows.map(({ status }) => status);
    };
  };

  /**
   * Five questions: three of wiring, of which A, B and nothing are answered (1 of 3 right: 33), and two of safety, both
   * right (100). In all 3 of 5, which is 60 and passes at 60.
   */
  test("an attempt graded as worked by hand, and all that follows", async () => {
    const somebody = await app.signedIn();
    const { userId } = somebody;
    const [wiring, safety] = [await aSkill(app.db), await aSkill(app.db)];
    const { course } = await aCourseOf(app.db, [2]);
    await anEnrollment(app.db, { userId, courseId: course.id });
    const path = await aCareerPath(app.db);
    const milestone = await aMilestone(app.db, { careerPathId: path.id, type: "course", courseId: course.id });
    await app.db.insert(pathMilestoneSkills).values([wiring, safety].map(({ id }) => ({ pathMilestoneId: milestone.id, skillId: id })));
    const [own] = await app.db.insert(learnerCareerPaths).values({ userId, careerPathId: path.id, jobRoleId: path.jobRoleId }).returning();
    const steps = await stepsOf(own, [
      { pathMilestone: milestone },
      { pathMilestone: await aMilestone(app.db, { careerPathId: path.id, sequence: 2, type: "internship" }), skill: wiring },
      { pathMilestone: await aMilestone(app.db, { careerPathId: path.id, sequence: 3, type: "internship" }), skill: safety },
      { pathMilestone: await aMilestone(app.db, { careerPathId: path.id, sequence: 4, type: "internship" }), skill: safety, status: "completed" },
      { pathMilestone: await aMilestone(app.db, { careerPathId: path.id, sequence: 5, type: "internship" }) },
    ]);
    const resting = await aCareerPath(app.db);
    const [paused] = await app.db.insert(learnerCareerPaths).values({ userId, careerPathId: resting.id, status: "paused" }).returning();
    const restingSteps = await stepsOf(paused, [{ pathMilestone: await aMilestone(app.db, { careerPathId: resting.id, type: "internship" }), skill: safety }]);
    await app.db.insert(skillMastery).values({ userId, skillId: wiring.id, level: 50, source: "course" });
    const { quiz, questions } = await aQuiz(app.db, { courseId: course.id, passingScore: 60 }, [
      { skillId: wiring.id }, { skillId: wiring.id }, { skillId: wiring.id }, { skillId: safety.id }, { skillId: safety.id, correctAnswer: "B" },
    ]);
    const given = ["A", "B", null, "A", "B"];
    const id = await started(quiz, somebody);
    const payload = await submit(id, somebody, { answers: questions.map((row, at) => keyed(row, given[at] ?? null)) });
    expect(payload).toMatchObject({
      pointsEarned: 20, errors: [],
      attempt: { status: "SUBMITTED", score: 60, totalQuestions: 5, correctAnswers: 3, passed: true, remainingSeconds: null },
    });

    const results = await app.db.select().from(assessmentResults).where(eq(assessmentResults.userId, userId)).orderBy(asc(assessmentResults.id));
    expect(results.map(({ skillId, score, result, courseId, title }) => ({ skillId, score, result, courseId, title }))).toEqual([
      { skillId: wiring.id, score: "33.00", result: "failed", courseId: course.id, title: quiz.title },
      { skillId: safety.id, score: "100.00", result: "passed", courseId: course.id, title: quiz.title },
    ]);
    const mastery = await app.db.select().from(skillMastery).where(eq(skillMastery.userId, userId));
    expect(Object.fromEntries(mastery.map(({ skillId, level, source }) => [skillId, `${level} ${source}`]))).toEqual({
      [wiring.id]: "50 course", [safety.id]: "100 assessment",
    });
    const [posted] = await app.db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, userId));
    expect(posted).toMatchObject({ amount: 20, reason: "quiz", entityType: "quiz", entityId: quiz.id, balanceAfter: 20 });
    const [day] = await app.db.select().from(streakActivities).where(eq(streakActivities.userId, userId));
    expect(day).toMatchObject({ kind: "active", activityCount: 1, pointsEarned: 20 });
    // Readiness: wiring shows 33 of 70, as the assessment is newer and more trusted than the course; safety is met. (33/70 + 1) / 2 = 73.57 %.
    const [taken] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.id, own?.id ?? ""));
    expect(taken?.matchScore).toBe("73.57");
    // Safety was passed and wiring was not: its milestone begins, where it is still ahead, no course stands for it and the path is active.
    expect(await steps()).toEqual(["upcoming", "upcoming", "in_progress", "completed", "upcoming"]);
    expect(await restingSteps()).toEqual(["upcoming"]);
    // Progress is of topics alone.
    const [enrollment] = await app.db.select().from(enrollments).where(eq(enrollments.userId, userId));
    expect(enrollment).toMatchObject({ status: "enrolled", progressPercent: 0 });
  });

  test("again, by key or without, and twice at once, answers with the one result", async () => {
    const somebody = await app.signedIn();
    const { quiz, questions } = await aQuiz(app.db);
    const id = await started(quiz, somebody);
    const answers = questions.map((row) => keyed(row, "A"));
    const both = await Promise.all([submit(id, somebody, { answers }), submit(id, somebody, { answers })]);
    const again = await submit(id, somebody, { answers: questions.map((row) => keyed(row, "B")) });
    expect([...both, again].map(({ attempt, errors }) => ({ attempt, errors }))).toEqual([again, again, again].map(({ attempt }) => ({ attempt, errors: [] })));
    expect(both.map(({ pointsEarned }) => pointsEarned).toSorted()).toEqual([0, 20]);
    expect(await app.db.$count(assessmentResults, eq(assessmentResults.userId, somebody.userId))).toBe(1);
    expect(await app.db.$count(streakEvents, eq(streakEvents.userId, somebody.userId))).toBe(1);
  });

  test("points are for the first pass alone; mastery never falls; a quiz without skills has one result as a whole", async () => {
    const somebody = await app.signedIn();
    const skill = await aSkill(app.db);
    const { quiz, questions } = await aQuiz(app.db, {}, [{ skillId: skill.id }]);
    const take = async (letter: string) => submit(await started(quiz, somebody), somebody, { answers: questions.map((row) => keyed(row, letter)) });
    expect([(await take("B")).pointsEarned, (await take("A")).pointsEarned, (await take("A")).pointsEarned, (await take("B")).pointsEarned]).toEqual([0, 20, 0, 0]);
    const [mastery] = await app.db.select().from(skillMastery).where(eq(skillMastery.userId, somebody.userId));
    expect(mastery?.level).toBe(100);
    const plain = await aQuiz(app.db);
    const id = await started(plain.quiz, somebody);
    await submit(id, somebody);
    const { data } = await app.query<{ node: object }>(
      "query ($id: ID!) { node(id: $id) { ... on QuizAttempt { score results { score maxScore result assessedBy skill { id } attempt { id } user { id } } } } }", { id }, somebody,
    );
    const user = { id: toGlobalId("User", somebody.userId) };
    expect(data.node).toEqual({ score: 0, results: [{ score: 0, maxScore: 100, result: "FAILED", assessedBy: "AUTO", skill: null, attempt: { id }, user }] });
  });

  test("is for the learner alone, and says what is wrong", async () => {
    const { quiz, questions } = await aQuiz(app.db);
    const id = await started(quiz, learner);
    for (const role of ["student", "teacher", "admin"] as const) {
      expect(failures(await submit(id, await app.signedIn(role)))).toEqual(["NOT_FOUND at input.attemptId"]);
    }
    expect(failures(await submit(id, learner, { answers: questions.map((row) => keyed(row, "C")) }))).toEqual(["INVALID at input.answers.0.answer"]);
    expect((await attemptsOf(learner, quiz.id))[0]).toMatchObject({ status: "in_progress", answers: {}, score: null });
  });
});
