import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import * as operations from "../generated/graphql.js";
import { startTestApp, type Answer, type Session, type TestApp } from "../support/app.js";
import { aCourseOf, anEnrollment, aQuiz } from "../support/builders.js";
import { createClient, type Client } from "../support/client.js";

let app: TestApp;
let client: Client;
/** A new learner for each test. */
let asha: Session;

beforeAll(async () => {
  app = await startTestApp();
  client = createClient(app.url);
});
beforeEach(async () => {
  asha = await app.signedIn();
});
afterAll(() => app.close());

const id = (type: string, { id: key }: { id: string }) => toGlobalId(type, key);

/** Sends an operation that must succeed, at a cost that a client can afford 25 times a minute. */
async function send<Data, Variables extends Record<string, unknown>>(document: operations.TypedDocumentString<Data, Variables>, variables: Variables, as?: Session): Promise<Data> {
  const answer: Answer<Data> = await client.execute(document, variables, as);
  expect(answer.errors).toBeUndefined();
  expect((answer.extensions as { cost: { requested: number } }).cost.requested).toBeLessThanOrEqual(2_000);
  return answer.data;
}

/** The value of an answer that must be there. */
function there<Value>(value: Value | null | undefined): Value {
  if (value == null) throw new Error("The answer lacks what the test goes on with");
  return value;
}

/** A test of one file of `operations/`; operations.test.ts looks that none was forgotten. */
const operation = (name: string, what: string, run: () => Promise<void>): void => test(`${name} ${what}`, run);

describe("quizzes", () => {
  operation("FullCourse", "shows weeks, pages and quizzes to who is in the course", async () => {
    const { course: solar, weeks } = await aCourseOf(app.db, [2, 1]);
    await aQuiz(app.db, { courseId: solar.id, moduleId: there(weeks[0]).module.id, title: "Roofs" });
    await anEnrollment(app.db, { userId: asha.userId, courseId: solar.id });
    const { course } = await send(operations.FullCourseDocument, { id: id("Course", solar) }, asha);
    expect(course?.modules).toMatchObject([
      { week: 1, topics: [{ content: "Read this." }, {}], quizzes: { nodes: [{ title: "Roofs", questionCount: 1 }] } }, { week: 2, quizzes: { nodes: [] } },
    ]);
  });

  operation("StudentProgress", "shows the teacher how far each learner is, and nothing to others", async () => {
    const teacher = await app.signedIn("teacher");
    const { course, topics } = await aCourseOf(app.db, [1, 1], { createdById: teacher.userId });
    await send(operations.EnrollInCourseDocument, { input: { courseId: id("Course", course) } }, asha);
    await send(operations.RecordTopicProgressDocument, { input: { topicId: id("Topic", there(topics[0])), status: "COMPLETED" } }, asha);
    const shown = async (as: Session) => (await send(operations.StudentProgressDocument, { id: id("Course", course) }, as)).course?.enrollments;
    expect((await shown(teacher))?.nodes).toMatchObject([
      { progressPercent: 50, user: { fullName: "Asha Rao" }, progressSummary: { completedModules: 1, liveModules: 2, completedTopics: 1, liveTopics: 2 } },
    ]);
    expect(await shown(asha)).toBeNull();
  });

  const take = async () => {
    const { quiz, questions } = await aQuiz(app.db, { timeLimitMinutes: 5 });
    const { startQuizAttempt } = await send(operations.StartQuizAttemptDocument, { input: { quizId: id("Quiz", quiz) } }, asha);
    const answers = questions.map((question) => ({ questionId: id("QuizQuestion", question), answer: "A" as const }));
    return { quizId: id("Quiz", quiz), attempt: there(startQuizAttempt?.attempt), answers };
  };

  operation("StartQuizAttempt", "begins the time", async () => {
    const { attempt } = await take();
    expect(attempt).toMatchObject({ attemptNumber: 1, answers: [] });
    expect(attempt.remainingSeconds).toBeGreaterThan(240);
  });

  operation("SaveQuizAnswers", "keeps what was answered", async () => {
    const { attempt, answers } = await take();
    const { saveQuizAnswers } = await send(operations.SaveQuizAnswersDocument, { input: { attemptId: attempt.id, answers } }, asha);
    expect(saveQuizAnswers).toMatchObject({ attempt: { answers: [{ questionNumber: 1, answer: "A" }] }, errors: [] });
  });

  operation("SubmitQuizAttempt", "grades at once", async () => {
    const { attempt, answers } = await take();
    const { submitQuizAttempt } = await send(operations.SubmitQuizAttemptDocument, { input: { attemptId: attempt.id, answers } }, asha);
    expect(submitQuizAttempt).toMatchObject({ pointsEarned: 20, attempt: { score: 100, passed: true, results: [{ result: "PASSED" }] }, errors: [] });
  });

  operation("QuizPage", "hides what is right until the quiz was submitted", async () => {
    const { quizId, attempt, answers } = await take();
    const page = async () => (await send(operations.QuizPageDocument, { id: quizId }, asha)).quiz;
    expect(await page()).toMatchObject({ questions: [{ correctAnswer: null }], myOpenAttempt: { id: attempt.id } });
    await send(operations.SubmitQuizAttemptDocument, { input: { attemptId: attempt.id, answers } }, asha);
    expect(await page()).toMatchObject({ questions: [{ correctAnswer: "A" }], myOpenAttempt: null, myAttempts: { nodes: [{ score: 100 }] } });
  });
});
