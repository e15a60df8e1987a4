import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogs, quizAttempts, quizQuestions, quizzes } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourseOf, aQuiz, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let teacher: Session;
let otherTeacher: Session;
let admin: Session;
let student: Session;
let place: Awaited<ReturnType<typeof aCourseOf>>;
beforeAll(async () => {
  app = await startTestApp();
  [teacher, otherTeacher, admin, student] = [await app.signedIn("teacher"), await app.signedIn("teacher"), await app.signedIn("admin"), await app.signedIn()];
  place = await aCourseOf(app.db, [1], { createdById: teacher.userId });
});
afterAll(() => app.close());

const gid = (type: string, { id }: { id: string }) => toGlobalId(type, id);
const quizRow = async (quizId: string) => (await app.db.select().from(quizzes).where(eq(quizzes.id, quizId)))[0];
const questionRows = (quizId: string) => app.db.select().from(quizQuestions).where(eq(quizQuestions.quizId, quizId)).orderBy(asc(quizQuestions.questionNumber));
const selection = "quiz { id title quizType passingScore timeLimitMinutes maxAttempts updatedAt archivedAt course { id } module { id } questions { id questionNumber questionText options { letter text } correctAnswer explanation difficulty skill { id } } }";
interface Shown {
  quiz: { id: string; updatedAt: string; archivedAt: string | null; questions: { id: string; questionNumber: number }[] } | null;
}
/** Moments of rows, as the graph writes them. */
const iso = (value: unknown): unknown => (typeof value === "string" && /^\d{4}-\d\d-\d\d \d/.test(value) ? value.replace(" ", "T").replace("+00", "Z") : value);
const call = (name: string, input: object, as?: Session) =>
  mutate<Shown>(app, name, Object.fromEntries(Object.entries(input).map(([field, value]) => [field, iso(value)])), selection, as);
const forbidden = async (name: string, input: object) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { errors } = await app.query(`mutation ($input: ${type}!) { ${name}(input: $input) { quiz { id } } }`, { input: { ...input, ...("expectedUpdatedAt" in input && { expectedUpdatedAt: iso(input.expectedUpdatedAt) }) } }, student);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
};
const ours = () => aQuiz(app.db, { courseId: place.course.id }, [{ explanation: "Because." }, {}]);
const audited = (id: string) => app.db.$count(auditLogs, eq(auditLogs.entityId, id));

describe("createQuiz", () => {
  test("adds one to a module, a course, or, for admins, without a course", async () => {
    const module = place.weeks[0]?.module ?? { id: "" };
    const input = { title: " Week one ", moduleId: gid("Module", module), passingScore: 60, timeLimitMinutes: 15, maxAttempts: 2 };
    const made = await call("createQuiz", input, teacher);
    expect(made).toMatchObject({
      errors: [],
      quiz: { title: "Week one", quizType: "MODULE", passingScore: 60, timeLimitMinutes: 15, maxAttempts: 2, course: { id: gid("Course", place.course) }, module: { id: input.moduleId }, questions: [] },
    });
    expect((await call("createQuiz", { title: "Whole", courseId: gid("Course", place.course) }, teacher)).quiz).toMatchObject({ quizType: "COURSE", passingScore: 70, module: null });
    expect((await call("createQuiz", { title: "Free" }, admin)).quiz).toMatchObject({ quizType: "PRACTICE", course: null });
  });

  test("a key that comes again adds no other", async () => {
    const input = { title: "Once", courseId: gid("Course", place.course), idempotencyKey: "6f0f4a6e-91a6-4f5e-8f0e-7d1c3a2b1c02" };
    expect((await call("createQuiz", input, teacher)).quiz?.id).toBe((await call("createQuiz", input, teacher)).quiz?.id);
  });

  test("reports what is wrong, all together", async () => {
    const bad = { title: " ", passingScore: 101, timeLimitMinutes: 0, maxAttempts: 0, quizType: "MODULE" };
    expect(failures(await call("createQuiz", bad, teacher))).toEqual([
      "TOO_SHORT at input.title", "OUT_OF_RANGE at input.passingScore", "OUT_OF_RANGE at input.timeLimitMinutes",
      "OUT_OF_RANGE at input.maxAttempts", "REQUIRED at input.moduleId",
    ]);
    const other = await aCourseOf(app.db, [1], { createdById: teacher.userId });
    const mixed = { title: "Mixed", courseId: gid("Course", place.course), moduleId: gid("Module", other.weeks[0]?.module ?? { id: "" }) };
    expect(failures(await call("createQuiz", mixed, teacher))).toEqual(["INVALID at input.moduleId"]);
    expect(failures(await call("createQuiz", { title: "Free" }, teacher))).toEqual(["REQUIRED at input.courseId"]);
  });

  test("is for staff of the course", async () => {
    const input = { title: "Theirs", courseId: gid("Course", place.course), moduleId: gid("Module", place.weeks[0]?.module ?? { id: "" }) };
    expect(failures(await call("createQuiz", input, otherTeacher))).toEqual(["NOT_FOUND at input.courseId", "NOT_FOUND at input.moduleId"]);
    await forbidden("createQuiz", input);
    expect(await app.db.$count(quizzes, eq(quizzes.title, "Theirs"))).toBe(0);
  });
});

describe("updateQuiz", () => {
  test("changes what is given, clears with null, and leaves the rest", async () => {
    const { quiz } = await aQuiz(app.db, { courseId: place.course.id, description: "Old", maxAttempts: 3 });
    const payload = await call("updateQuiz", { id: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt, title: "New", description: null }, teacher);
    expect(payload.errors).toEqual([]);
    expect(await quizRow(quiz.id)).toMatchObject({ title: "New", description: null, maxAttempts: 3 });
    expect(await audited(quiz.id)).toBe(1);
    const stale = await call("updateQuiz", { id: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt, title: "Late" }, teacher);
    expect(failures(stale)).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect((await quizRow(quiz.id))?.title).toBe("New");
  });

  test("takes no time from who is in the midst of it", async () => {
    const { quiz } = await aQuiz(app.db, { courseId: place.course.id, timeLimitMinutes: 20 });
    await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId: student.userId, startedAt: new Date().toISOString() });
    const change = (timeLimitMinutes: number | null, expectedUpdatedAt: string) => call("updateQuiz", { id: gid("Quiz", quiz), expectedUpdatedAt, timeLimitMinutes }, teacher);
    expect(failures(await change(10, quiz.updatedAt))).toEqual(["CONFLICT at input.timeLimitMinutes"]);
    const longer = await change(30, quiz.updatedAt);
    expect(longer.errors).toEqual([]);
    expect((await change(null, longer.quiz?.updatedAt ?? "")).errors).toEqual([]);
    expect((await quizRow(quiz.id))?.timeLimitMinutes).toBeNull();
  });

  test("reports what is wrong, and is for staff of the course", async () => {
    const { quiz } = await ours();
    const input = { id: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt, title: "Theirs" };
    expect(failures(await call("updateQuiz", { ...input, title: null, passingScore: -1 }, teacher))).toEqual(["REQUIRED at input.title", "OUT_OF_RANGE at input.passingScore"]);
    expect(failures(await call("updateQuiz", input, otherTeacher))).toEqual(["NOT_FOUND at input.id"]);
    const { quiz: free } = await aQuiz(app.db);
    expect(failures(await call("updateQuiz", { ...input, id: gid("Quiz", free), expectedUpdatedAt: free.updatedAt }, teacher))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateQuiz", input);
    expect(await quizRow(quiz.id)).toEqual(quiz);
  });
});

describe("archiveQuiz and restoreQuiz", () => {
  const set = (name: "archiveQuiz" | "restoreQuiz", { id, updatedAt }: { id: string; updatedAt: string }, as = teacher) =>
    call(name, { id: gid("Quiz", { id }), expectedUpdatedAt: updatedAt }, as);

  test("close a quiz, and open it again", async () => {
    const { quiz } = await ours();
    const closed = await set("archiveQuiz", quiz);
    expect([closed.errors, (await quizRow(quiz.id))?.archivedAt]).toEqual([[], expect.any(String)]);
    const again = { id: quiz.id, updatedAt: closed.quiz?.updatedAt ?? "" };
    expect(failures(await set("archiveQuiz", again))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await set("restoreQuiz", quiz))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    const open = await set("restoreQuiz", again);
    expect(open).toMatchObject({ errors: [], quiz: { id: gid("Quiz", quiz), archivedAt: null } });
    expect((await quizRow(quiz.id))?.archivedAt).toBeNull();
    expect(failures(await set("restoreQuiz", { id: quiz.id, updatedAt: open.quiz?.updatedAt ?? "" }))).toEqual(["CONFLICT at input.id"]);
    const actions = await app.db.select({ action: auditLogs.action }).from(auditLogs).where(eq(auditLogs.entityId, quiz.id)).orderBy(asc(auditLogs.id));
    expect(actions.map(({ action }) => action)).toEqual(["assessment.quiz_archived", "assessment.quiz_restored"]);
  });

  test.each(["archiveQuiz", "restoreQuiz"] as const)("%s needs a quiz of the viewer's course, as it was read", async (name) => {
    const { quiz } = await aQuiz(app.db, { courseId: place.course.id, ...(name === "restoreQuiz" && { archivedAt: new Date().toISOString() }) });
    const { updatedAt } = quiz;
    expect(failures(await call(name, { id: gid("Course", place.course), expectedUpdatedAt: updatedAt }, teacher))).toEqual(["INVALID_ID at input.id"]);
    expect(failures(await set(name, { id: quiz.id, updatedAt: "2026-01-01T00:00:00Z" }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(failures(await set(name, quiz, otherTeacher))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden(name, { id: gid("Quiz", quiz), expectedUpdatedAt: updatedAt });
    expect(await quizRow(quiz.id)).toEqual(quiz);
  });
});

describe("setQuizQuestions", () => {
  const question = (values: object = {}) => ({ questionText: "Why?", options: ["One", "Two", "Three"], correctAnswer: "B", ...values });
  const set = (quiz: { id: string; updatedAt: string }, questions: object[], as = teacher) =>
    call("setQuizQuestions", { quizId: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt, questions }, as);

  test("adds, changes, removes and orders in one go", async () => {
    const skill = await aSkill(app.db);
    const { quiz, questions } = await aQuiz(app.db, { courseId: place.course.id }, [{}, {}, { sourcePage: 4 }]);
    const [first, , third] = questions;
    const payload = await set(quiz, [
      question({ id: gid("QuizQuestion", third ?? { id: "" }), skillId: gid("Skill", skill), difficulty: "HARD" }),
      question({ questionText: "New?", explanation: "So." }),
      question({ id: gid("QuizQuestion", first ?? { id: "" }), options: ["Ja", "Nein"], correctAnswer: "A" }),
    ]);
    expect(payload.errors).toEqual([]);
    expect(payload.quiz?.questions).toMatchObject([
      { id: gid("QuizQuestion", third ?? { id: "" }), questionNumber: 1, correctAnswer: "B", difficulty: "HARD", skill: { id: gid("Skill", skill) } },
      { questionNumber: 2, questionText: "New?", explanation: "So.", options: [{ letter: "A", text: "One" }, { letter: "B", text: "Two" }, { letter: "C", text: "Three" }] },
      { id: gid("QuizQuestion", first ?? { id: "" }), questionNumber: 3, options: [{ letter: "A", text: "Ja" }, { letter: "B", text: "Nein" }] },
    ]);
    const rows = await questionRows(quiz.id);
    expect(rows.map(({ sourcePage }) => sourcePage)).toEqual([4, null, null]);
    expect(failures(await set(quiz, []))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await questionRows(quiz.id)).toEqual(rows);
  });

  test("moves updatedAt of what changed alone", async () => {
    const { quiz, questions } = await aQuiz(app.db, { courseId: place.course.id }, [{}, {}, {}]);
    const same = questions.map((row) => ({ id: gid("QuizQuestion", row), questionText: row.questionText, options: ["Yes", "No"], correctAnswer: "A" }));
    const [one, two, three] = same;
    if (!one || !two || !three) throw new Error("no questions");
    const first = await set(quiz, [one, { ...two, explanation: "So." }, three]);
    const after = await questionRows(quiz.id);
    expect(after.map(({ updatedAt }, at) => updatedAt === questions[at]?.updatedAt)).toEqual([true, false, true]);
    await set({ ...quiz, updatedAt: first.quiz?.updatedAt ?? "" }, [one, three, { ...two, explanation: "So." }]);
    expect((await questionRows(quiz.id)).map(({ id, updatedAt }) => after.some((row) => row.id === id && row.updatedAt === updatedAt))).toEqual([true, false, false]);
  });

  test("reports all that is wrong with its path, and changes nothing", async () => {
    const { quiz } = await ours();
    const before = await questionRows(quiz.id);
    const bad = [
      question({ questionText: " " }), question({ options: ["One"], correctAnswer: "A" }), question({ options: ["Same", "Same "] }),
      question({ correctAnswer: "D" }), question({ options: ["1", "2", "3", "4", "5"] }),
    ];
    expect(failures(await set(quiz, bad))).toEqual([
      "TOO_SHORT at input.questions.0.questionText", "TOO_SHORT at input.questions.1.options", "INVALID at input.questions.2.options.1",
      "INVALID at input.questions.3.correctAnswer", "TOO_LONG at input.questions.4.options",
    ]);
    const foreign = await ours();
    const strange = [question({ id: gid("QuizQuestion", foreign.questions[0] ?? { id: "" }) }), question({ skillId: gid("Skill", quiz) })];
    expect(failures(await set(quiz, strange))).toEqual(["NOT_FOUND at input.questions.0.id", "NOT_FOUND at input.questions.1.skillId"]);
    expect(failures(await set(quiz, Array.from({ length: 101 }, () => question())))).toEqual(["TOO_LONG at input.questions"]);
    expect(await questionRows(quiz.id)).toEqual(before);
  });

  test("leaves what is asked and what is right as it is once somebody has started, and lets it be explained better", async () => {
    const skill = await aSkill(app.db);
    const { quiz, questions } = await ours();
    await app.db.insert(quizAttempts).values({ quizId: quiz.id, userId: student.userId });
    const same = questions.map((row) => ({ id: gid("QuizQuestion", row), questionText: row.questionText, options: ["Yes", "No"], correctAnswer: "A" }));
    const [one, two] = same;
    if (!one || !two) throw new Error("no questions");
    expect(failures(await set(quiz, [{ ...one, correctAnswer: "B" }, two]))).toEqual(["CONFLICT at input.questions.0"]);
    expect(failures(await set(quiz, [one, { ...two, options: ["No", "Yes"] }]))).toEqual(["CONFLICT at input.questions.1"]);
    expect(failures(await set(quiz, [two, one]))).toEqual(["CONFLICT at input.questions.0.id", "CONFLICT at input.questions.1.id"]);
    expect(failures(await set(quiz, [one]))).toEqual(["CONFLICT at input.questions"]);
    expect(failures(await set(quiz, [one, two, question()]))).toEqual(["CONFLICT at input.questions"]);
    const better = await set(quiz, [{ ...one, explanation: "Look closer.", difficulty: "EASY", skillId: gid("Skill", skill) }, two]);
    expect(better.errors).toEqual([]);
    expect(await questionRows(quiz.id)).toMatchObject([{ explanation: "Look closer.", difficulty: "easy", skillId: skill.id, correctAnswer: "A" }, {}]);
  });

  test("is for staff of the course, and not for archived quizzes", async () => {
    const { quiz } = await ours();
    expect(failures(await set(quiz, [question()], otherTeacher))).toEqual(["NOT_FOUND at input.quizId"]);
    await forbidden("setQuizQuestions", { quizId: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt, questions: [] });
    const archived = await call("archiveQuiz", { id: gid("Quiz", quiz), expectedUpdatedAt: quiz.updatedAt }, teacher);
    expect(failures(await set({ ...quiz, updatedAt: archived.quiz?.updatedAt ?? "" }, []))).toEqual(["CONFLICT at input.quizId"]);
    expect(await questionRows(quiz.id)).toHaveLength(2);
  });
});
