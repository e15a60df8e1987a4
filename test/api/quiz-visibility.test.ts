import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { courses, enrollments, modules, quizAttempts, quizzes, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourseOf, anEnrollment, aQuiz } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
let people: Record<"learner" | "classmate" | "stranger" | "teacher" | "otherTeacher" | "admin", Session>;
let world: Awaited<ReturnType<typeof build>>;

beforeAll(async () => {
  app = await startTestApp(anyCost);
  people = {
    learner: await app.signedIn(), classmate: await app.signedIn(), stranger: await app.signedIn(),
    teacher: await app.signedIn("teacher"), otherTeacher: await app.signedIn("teacher"), admin: await app.signedIn("admin"),
  };
});
beforeEach(async () => void (world = await build()));
afterAll(() => app.close());

/** A quiz of the teacher's course, in which the learner and the classmate are. */
async function build() {
  const { course, weeks } = await aCourseOf(app.db, [1], { createdById: people.teacher.userId });
  const moduleId = weeks[0]?.module.id ?? "";
  const { quiz, questions } = await aQuiz(app.db, { courseId: course.id, moduleId }, [{ explanation: "Because.", sourcePage: 3 }]);
  const enrollment = await anEnrollment(app.db, { userId: people.learner.userId, courseId: course.id });
  await anEnrollment(app.db, { userId: people.classmate.userId, courseId: course.id });
  return { course, moduleId, quiz, enrollment, question: questions[0] ?? { id: "" } };
}

type Who = keyof typeof people | "anonymous";
const everyone = (): Who[] => [...(Object.keys(people) as Who[]), "anonymous"];
const session = (who: Who): Session | undefined => (who === "anonymous" ? undefined : people[who]);

const attempt = async (who: keyof typeof people, status: "in_progress" | "submitted" = "submitted", quizId = world.quiz.id) => {
  const graded = status === "submitted" ? { score: 100, passed: true, totalQuestions: 1, correctAnswers: 1, submittedAt: new Date().toISOString() } : {};
  const attemptNumber = 1 + (await app.db.$count(quizAttempts, eq(quizAttempts.userId, people[who].userId)));
  const [row] = await app.db.insert(quizAttempts).values({ quizId, userId: people[who].userId, status, attemptNumber, answers: { 1: "A" }, startedAt: new Date().toISOString(), ...graded }).returning();
  return row ?? { id: "" };
};

const question = "id correctAnswer explanation";
/** Every way to a question: by its id, from the quiz, from lists of quizzes, and from an attempt. */
const ways = `query ($question: ID!, $quiz: ID!, $course: ID!, $module: ID!) {
  byId: node(id: $question) { ... on QuizQuestion { ${question} } }
  byIds: nodes(ids: [$question]) { ... on QuizQuestion { ${question} } }
  quiz(id: $quiz) { questions { ${question} } myAttempts { nodes { answers { question { ${question} } } } } attempts { nodes { answers { question { ${question} } } quiz { questions { ${question} } } } } }
  course(id: $course) { quizzes { nodes { questions { ${question} } } } modules { quizzes { nodes { questions { ${question} } } } } }
  quizzes(first: 100, where: { module: { eq: $module } }) { nodes { questions { ${question} } } edges { node { questions { ${question} } } } }
}`;

/** What somebody learns of the question over all ways: nothing, the question, or the right answer too. */
async function knows(who: Who): Promise<"nothing" | "question" | "key"> {
  const { quiz, course, moduleId, question: { id } } = world;
  const variables = { question: toGlobalId("QuizQuestion", id), quiz: toGlobalId("Quiz", quiz.id), course: toGlobalId("Course", course.id), module: toGlobalId("Module", moduleId) };
  const { data, errors } = await app.query<Record<string, unknown>>(ways, variables, session(who));
  expect(errors).toBeUndefined();
  const text = JSON.stringify(data);
  const told = new RegExp(`"id":"${variables.question}","correctAnswer":("A"|null),"explanation":("Because."|null)`, "g");
  const seen = [...text.matchAll(told)].map(([, letter, why]) => `${letter} ${why}`);
  if (seen.length === 0) return "nothing";
  // All ways tell the same.
  expect(new Set(seen).size).toBe(1);
  return seen[0]?.startsWith('"A"') ? "key" : "question";
}
const all = async () => Object.fromEntries(await Promise.all(everyone().map(async (who) => [who, await knows(who)] as const)));
const before = { learner: "question", classmate: "question", stranger: "nothing", teacher: "key", otherTeacher: "nothing", admin: "key", anonymous: "nothing" };

describe("the right answer", () => {
  test("before, during and after an attempt: for who has submitted, course staff and admins", async () => {
    expect(await all()).toEqual(before);
    const open = await attempt("learner", "in_progress");
    expect(await all()).toEqual(before);
    await app.db.update(quizAttempts).set({ status: "submitted", submittedAt: new Date().toISOString() }).where(eq(quizAttempts.id, open.id));
    // Another's submission opens it for nobody else.
    expect(await all()).toEqual({ ...before, learner: "key" });
  });

  test("is hidden again in the midst of a second attempt, and after dropping the course", async () => {
    await attempt("learner");
    expect(await knows("learner")).toBe("key");
    const again = await attempt("learner", "in_progress");
    expect(await knows("learner")).toBe("question");
    await app.db.update(quizAttempts).set({ status: "submitted", submittedAt: new Date().toISOString() }).where(eq(quizAttempts.id, again.id));
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, world.enrollment.id));
    expect(await knows("learner")).toBe("nothing");
  });

  test("is not for who submitted another quiz, nor for an author who teaches no more", async () => {
    await attempt("learner", "submitted", (await aQuiz(app.db, { courseId: world.course.id })).quiz.id);
    expect(await knows("learner")).toBe("question");
    await app.db.update(courses).set({ createdById: people.stranger.userId }).where(eq(courses.id, world.course.id));
    // As with the content of topics, who wrote the course reads it; staff are teachers and admins.
    expect(await all()).toEqual({ ...before, teacher: "nothing", stranger: "question" });
  });

  test("of a practice quiz: the question is for everyone signed in, the answer after submitting", async () => {
    const { quiz, questions } = await aQuiz(app.db, {}, [{ explanation: "Because." }]);
    world = { ...world, quiz, question: questions[0] ?? { id: "" } };
    await attempt("stranger");
    const expected = { learner: "question", classmate: "question", stranger: "key", teacher: "question", otherTeacher: "question", admin: "key", anonymous: "nothing" };
    expect(await all()).toEqual(expected);
  });

  test("can be asked for by no filter and no order", async () => {
    const { data } = await app.query<{ __type: { inputFields?: { name: string }[] } | null; other: { enumValues: { name: string }[] } }>(
      `{ __type(name: "QuizWhere") { inputFields { name } } other: __type(name: "QuizOrderField") { enumValues { name } } }`,
    );
    expect(data.__type?.inputFields?.map(({ name }) => name)).not.toContain("correctAnswer");
    expect(data.other.enumValues.map(({ name }) => name)).toEqual(["CREATED_AT"]);
  });
});

test("the page of the source is for staff", async () => {
  const id = toGlobalId("QuizQuestion", world.question.id);
  const pageFor = async (who: Who) => (await app.query<{ node: { sourcePage: number } | null }>("query ($id: ID!) { node(id: $id) { ... on QuizQuestion { sourcePage } } }", { id }, session(who))).data.node?.sourcePage;
  expect([await pageFor("teacher"), await pageFor("admin"), await pageFor("learner")]).toEqual([3, 3, null]);
});

describe("a quiz is visible with its course", () => {
  const sees = async (): Promise<string[]> => {
    const id = toGlobalId("Quiz", world.quiz.id);
    const found = await Promise.all(
      everyone().map(async (who) => {
        const document = `query ($id: ID!, $course: ID!) { quiz(id: $id) { id } quizzes(first: 100, where: { course: { eq: $course } }) { nodes { id } } }`;
        const { data } = await app.query<{ quiz: object | null; quizzes: { nodes: object[] } }>(document, { id, course: toGlobalId("Course", world.course.id) }, session(who));
        return [...(data.quiz ? [`${who} by id`] : []), ...(data.quizzes.nodes.length > 0 ? [`${who} in lists`] : [])];
      }),
    );
    return found.flat();
  };
  const both = (...names: string[]) => names.flatMap((name) => [`${name} by id`, `${name} in lists`]);
  const set = (status: "draft" | "archived") => app.db.update(courses).set({ status }).where(eq(courses.id, world.course.id));

  test("of an active course for everyone, of a draft for author and admins, of an archived one for the enrolled too", async () => {
    expect(await sees()).toEqual(both(...everyone()));
    await set("draft");
    expect(await sees()).toEqual(both("teacher", "admin"));
    await set("archived");
    expect(await sees()).toEqual(both("learner", "classmate", "teacher", "admin"));
  });

  test.each(["quiz", "module"])("an archived %s takes it out of lists; by id it stays for who took it and for staff", async (what) => {
    await attempt("learner");
    const archivedAt = new Date().toISOString();
    if (what === "quiz") await app.db.update(quizzes).set({ archivedAt }).where(eq(quizzes.id, world.quiz.id));
    else await app.db.update(modules).set({ archivedAt }).where(eq(modules.id, world.moduleId));
    expect(await sees()).toEqual(["learner by id", "teacher by id", "admin by id"]);
  });
});

describe("attempts and results", () => {
  const visible = async (ids: string[], who: Who) => {
    const { data } = await app.query<{ nodes: ({ answers: object[] | null } | null)[] }>("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on QuizAttempt { score answers { answer } } } }", { ids }, session(who));
    return data.nodes.map((node) => (node === null ? "hidden" : node.answers === null ? "without answers" : "with answers"));
  };

  test("are for the learner, admins, and the course's teacher while the learner is in the course; answers are the learner's", async () => {
    const row = await attempt("learner");
    const ids = [toGlobalId("QuizAttempt", row.id)];
    const seen = async () => Object.fromEntries(await Promise.all(everyone().map(async (who) => [who, (await visible(ids, who))[0]] as const)));
    const nobody = { classmate: "hidden", stranger: "hidden", otherTeacher: "hidden", anonymous: "hidden" };
    expect(await seen()).toEqual({ ...nobody, learner: "with answers", teacher: "without answers", admin: "with answers" });
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, world.enrollment.id));
    expect(await seen()).toEqual({ ...nobody, learner: "with answers", teacher: "hidden", admin: "with answers" });
  });

  test("of a deleted account are for admins alone", async () => {
    const gone = await app.signedIn();
    await anEnrollment(app.db, { userId: gone.userId, courseId: world.course.id });
    const [row] = await app.db.insert(quizAttempts).values({ quizId: world.quiz.id, userId: gone.userId, startedAt: new Date().toISOString() }).returning();
    await app.db.update(users).set({ deletedAt: new Date().toISOString() }).where(eq(users.id, gone.userId));
    const ids = [toGlobalId("QuizAttempt", row?.id ?? "")];
    expect([await visible(ids, "teacher"), await visible(ids, "admin")]).toEqual([["hidden"], ["with answers"]]);
  });
});

describe("Quiz.itemAnalysis", () => {
  /**
   * Five learners, three questions, the right answer always A. Rows are learners, 1 is right:
   *   P 1 1 1 | Q 1 1 0 | R 0 1 0 | S 0 1 (none) | T 0 1 0
   * Question 1: p = 2/5. Rest scores 2 1 1 1 1, of P Q R S T: M1 = 1.5, M0 = 1, mean 1.2, s = sqrt(0.16) = 0.4;
   *   r = 0.5 / 0.4 x sqrt(0.24) = 0.6124.
   * Question 2: everybody was right: p = 1, r is not defined.
   * Question 3: p = 1/5. Rest scores 2 2 1 1 1: M1 = 2, M0 = 1.25, s = sqrt(0.24); r = 0.75 / sqrt(0.24) x sqrt(0.16) = 0.6124.
   * A second attempt, and one that is open, do not count, nor do those of people who are no learners of the course.
   */
  test("p, discrimination and options of a vector worked by hand, in a constant number of statements", async () => {
    const { quiz } = await aQuiz(app.db, { courseId: world.course.id }, [{}, {}, { options: { A: "a", B: "b", C: "c" } }]);
    const answers = [{ 1: "A", 2: "A", 3: "A" }, { 1: "A", 2: "A", 3: "C" }, { 1: "B", 2: "A", 3: "B" }, { 1: "B", 2: "A" }, { 1: "B", 2: "A", 3: "B" }];
    const submitted = { status: "submitted" as const, submittedAt: new Date().toISOString() };
    for (const given of answers) {
      const { userId } = await app.signedIn();
      await anEnrollment(app.db, { userId, courseId: world.course.id });
      await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId, answers: given, ...submitted });
      await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId, attemptNumber: 2, answers: { 1: "A", 2: "B", 3: "A" }, ...submitted });
    }
    await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId: people.learner.userId, answers: { 2: "B" } });
    const [gone, dropped] = [await app.signedIn(), await app.signedIn()];
    for (const { userId } of [gone, dropped, people.teacher, people.admin]) {
      await anEnrollment(app.db, { userId, courseId: world.course.id, status: userId === dropped.userId ? "dropped" : "enrolled" });
    }
    await app.db.update(users).set({ deletedAt: submitted.submittedAt }).where(eq(users.id, gone.userId));
    for (const { userId } of [gone, dropped, people.teacher, people.admin, people.stranger]) {
      await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId, answers: { 1: "B", 2: "B", 3: "C" }, ...submitted });
    }
    const document = `query ($id: ID!) { quiz(id: $id) { itemAnalysis { sampleSize items {
      questionNumber pValue discrimination unanswered optionCounts { letter count } question { questionText } } } } }`;
    const ask = (who: Who) => app.query<{ quiz: { itemAnalysis: { sampleSize: number; items: { discrimination: number }[] } | null } }>(document, { id: toGlobalId("Quiz", quiz.id) }, session(who));
    const { data } = await ask("teacher");
    const counts = (...numbers: number[]) => numbers.map((count, at) => ({ letter: "ABC"[at], count }));
    const item = (questionNumber: number, pValue: number, discrimination: unknown, unanswered: number, optionCounts: object[]) =>
      ({ questionNumber, pValue, discrimination, unanswered, optionCounts, question: { questionText: `Question ${questionNumber}?` } });
    expect(data.quiz.itemAnalysis).toEqual({
      sampleSize: 5,
      items: [
        item(1, 0.4, expect.closeTo(0.6124, 4), 0, counts(2, 3)),
        item(2, 1, null, 0, counts(5, 0)),
        item(3, 0.2, expect.closeTo(0.6124, 4), 1, counts(1, 2, 1)),
      ],
    });
    for (const who of ["learner", "stranger", "otherTeacher", "anonymous"] as const) expect((await ask(who)).data.quiz.itemAnalysis).toBeNull();
  });

  test("tells nothing but the number below five learners, not to admins either; in practice those whose account is there count", async () => {
    const { quiz } = await aQuiz(app.db);
    const submitted = { status: "submitted" as const, submittedAt: new Date().toISOString() };
    const take = async ({ userId }: Session) => void (await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId, answers: { 1: "A" }, ...submitted }));
    const gone = await app.signedIn();
    for (const who of [people.learner, people.classmate, people.stranger, people.teacher, people.admin, gone]) await take(who);
    await app.db.update(users).set({ deletedAt: submitted.submittedAt }).where(eq(users.id, gone.userId));
    const ask = async () => {
      const document = "query ($id: ID!) { quiz(id: $id) { itemAnalysis { sampleSize items { pValue discrimination unanswered optionCounts { letter count } } } } }";
      return (await app.query<{ quiz: { itemAnalysis: object } }>(document, { id: toGlobalId("Quiz", quiz.id) }, people.admin)).data.quiz.itemAnalysis;
    };
    expect(await ask()).toEqual({ sampleSize: 4, items: [{ pValue: null, discrimination: null, unanswered: null, optionCounts: [] }] });
    await take(people.otherTeacher);
    const counts = [{ letter: "A", count: 5 }, { letter: "B", count: 0 }];
    expect(await ask()).toEqual({ sampleSize: 5, items: [{ pValue: 1, discrimination: null, unanswered: 0, optionCounts: counts }] });
  });

  test("is empty before anybody has submitted, and asks once for many quizzes", async () => {
    for (let i = 0; i < 4; i++) await aQuiz(app.db, { courseId: world.course.id });
    const ask = (first: number) =>
      countStatements(app.engine, () =>
        app.query<{ course: { quizzes: { nodes: { itemAnalysis: object }[] } } }>(
          `query ($id: ID!) { course(id: $id) { quizzes(first: ${first}) { nodes { itemAnalysis { sampleSize items { pValue discrimination unanswered } } } } } }`,
          { id: toGlobalId("Course", world.course.id) }, people.teacher,
        ),
      );
    const [one, five] = [await ask(1), await ask(5)];
    expect(five.result.data.course.quizzes.nodes).toHaveLength(5);
    expect(five.result.data.course.quizzes.nodes[4]?.itemAnalysis).toEqual({ sampleSize: 0, items: [{ pValue: null, discrimination: null, unanswered: null }] });
    expect(five.statements.length).toBe(one.statements.length);
  });
});
