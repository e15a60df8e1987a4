import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  contentProgress, coursePrerequisites, courseSkills, enrollments, learnerCareerPaths, pointsTransactions,
  skillMastery, topics,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aCourseOf, anEnrollment, aSkill } from "../support/builders.js";
import { failures, mutate, type Failure } from "../support/mutate.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Payload {
  enrollment: { id: string; status: string; source: string; progressPercent: number; courseVersion: number } | null;
}

const selection = "enrollment { id status source progressPercent courseVersion }";
const enroll = (as: Session, courseId: string, input: object = {}) =>
  mutate<Payload>(app, "enrollInCourse", { courseId: toGlobalId("Course", courseId), ...input }, selection, as);
const drop = (as: Session, enrollmentId: string) => mutate<Payload>(app, "dropEnrollment", { enrollmentId }, selection, as);
const complete = (as: Session, enrollmentId: string, input: object = {}) =>
  mutate<Payload>(app, "completeEnrollment", { enrollmentId, ...input }, selection, as);
const record = (as: Session, topicId: string) =>
  mutate(app, "recordTopicProgress", { topicId: toGlobalId("Topic", topicId), status: "COMPLETED" }, "pointsEarned", as);

const rowsOf = (userId: string) => app.db.select().from(enrollments).where(eq(enrollments.userId, userId)).orderBy(enrollments.id);
const idOf = (payload: Payload) => payload.enrollment?.id ?? "";

describe("enrolling in a course", () => {
  test("writes the enrollment with the outline's version and where it came from", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db, { version: 3 });
    const payload = await enroll(learner, course.id, { source: "RECOMMENDATION" });
    expect(payload).toMatchObject({ errors: [], enrollment: { status: "ENROLLED", source: "RECOMMENDATION", progressPercent: 0, courseVersion: 3 } });
    expect(await rowsOf(learner.userId)).toMatchObject([{ courseId: course.id, status: "enrolled", source: "recommendation", courseVersion: 3, startedAt: null }]);
  });

  test("for a career path of one's own says so", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const path = await aCareerPath(app.db);
    const [own] = await app.db.insert(learnerCareerPaths).values({ userId: learner.userId, careerPathId: path.id }).returning();
    const payload = await enroll(learner, course.id, { learnerCareerPathId: toGlobalId("LearnerCareerPath", own?.id ?? "") });
    expect(payload.enrollment?.source).toBe("CAREER_PATH");
    expect(await rowsOf(learner.userId)).toMatchObject([{ learnerCareerPathId: own?.id, source: "career_path" }]);
  });

  test("reports all failures together", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const wrong = await enroll(learner, course.id, { courseId: "x", learnerCareerPathId: toGlobalId("Course", course.id) });
    expect(failures(wrong)).toEqual(["INVALID_ID at input.courseId", "INVALID_ID at input.learnerCareerPathId"]);
  });

  test("finds neither drafts nor the paths of others", async () => {
    const [learner, other] = [await app.signedIn(), await app.signedIn()];
    const draft = await aCourse(app.db, { status: "draft" });
    const path = await aCareerPath(app.db);
    const [foreign] = await app.db.insert(learnerCareerPaths).values({ userId: other.userId, careerPathId: path.id }).returning();
    const payload = await enroll(learner, draft.id, { learnerCareerPathId: toGlobalId("LearnerCareerPath", foreign?.id ?? "") });
    expect(failures(payload)).toEqual(["NOT_FOUND at input.courseId", "NOT_FOUND at input.learnerCareerPathId"]);
    expect(failures(await enroll(learner, crypto.randomUUID()))).toEqual(["NOT_FOUND at input.courseId"]);
    expect(await rowsOf(learner.userId)).toEqual([]);
  });

  test("needs an active course, even of its author", async () => {
    const teacher = await app.signedIn("teacher");
    const draft = await aCourse(app.db, { status: "draft", createdById: teacher.userId });
    expect(failures(await enroll(teacher, draft.id))).toEqual(["CONFLICT at input.courseId"]);
  });

  test("names each open prerequisite that is unmet", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const [first, second, closed] = [await aCourse(app.db), await aCourse(app.db), await aCourse(app.db, { status: "archived" })];
    await app.db.insert(coursePrerequisites).values([first, second, closed].map(({ id }) => ({ courseId: course.id, prerequisiteId: id })));
    expect(failures(await enroll(learner, course.id))).toEqual(Array(2).fill("PREREQUISITE_UNMET at input.courseId"));
    const at = new Date().toISOString();
    await anEnrollment(app.db, { userId: learner.userId, courseId: first.id, status: "completed", completedAt: at });
    await anEnrollment(app.db, { userId: learner.userId, courseId: second.id, status: "in_progress" });
    expect(failures(await enroll(learner, course.id))).toEqual(["PREREQUISITE_UNMET at input.courseId"]);
    await app.db.update(enrollments).set({ status: "completed", completedAt: at }).where(eq(enrollments.courseId, second.id));
    expect(failures(await enroll(learner, course.id))).toEqual([]);
  });

  test("twice is a conflict, also at the same time", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const answers = await Promise.all([1, 2, 3, 4].map(() => enroll(learner, course.id)));
    expect(answers.map(failures).sort()).toEqual([[], ...Array(3).fill(["CONFLICT at input.courseId"])]);
    expect(await rowsOf(learner.userId)).toHaveLength(1);
  });

  test("with the same key answers the same, and the key belongs to its input", async () => {
    const learner = await app.signedIn();
    const [course, other] = [await aCourse(app.db), await aCourse(app.db)];
    const idempotencyKey = crypto.randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => enroll(learner, course.id, { idempotencyKey })));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(failures(await enroll(learner, other.id, { idempotencyKey }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
    expect(await rowsOf(learner.userId)).toHaveLength(1);
  });

  test("after dropping goes on where the learner was, in a new enrollment", async () => {
    const learner = await app.signedIn();
    const { course, topics: [one, two] } = await aCourseOf(app.db, [2]);
    const first = await enroll(learner, course.id);
    await record(learner, one?.id ?? "");
    expect((await drop(learner, idOf(first))).enrollment?.status).toBe("DROPPED");
    const second = await enroll(learner, course.id);
    expect(second.enrollment).toMatchObject({ status: "IN_PROGRESS", progressPercent: 50 });
    expect(idOf(second)).not.toBe(idOf(first));
    await record(learner, two?.id ?? "");
    expect(await rowsOf(learner.userId)).toMatchObject([{ status: "dropped", progressPercent: 50 }, { status: "completed", progressPercent: 100 }]);
  });
});

describe("dropping an enrollment", () => {
  test("keeps what was reached, and twice changes nothing", async () => {
    const learner = await app.signedIn();
    const { course, topics: [one] } = await aCourseOf(app.db, [2]);
    const id = idOf(await enroll(learner, course.id));
    await record(learner, one?.id ?? "");
    await drop(learner, id);
    expect(await drop(learner, id)).toMatchObject({ errors: [], enrollment: { status: "DROPPED", progressPercent: 50 } });
    expect(await app.db.$count(contentProgress, eq(contentProgress.userId, learner.userId))).toBe(3);
  });

  test("is refused once the course is completed", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const row = await anEnrollment(app.db, { userId: learner.userId, courseId: course.id, status: "completed", completedAt: new Date().toISOString() });
    expect(failures(await drop(learner, toGlobalId("Enrollment", row.id)))).toEqual(["CONFLICT at input.enrollmentId"]);
    expect(await rowsOf(learner.userId)).toMatchObject([{ status: "completed" }]);
  });

  test("of another learner finds nothing, whoever asks", async () => {
    const [owner, stranger, admin, teacher] = [await app.signedIn(), await app.signedIn(), await app.signedIn("admin"), await app.signedIn("teacher")];
    const course = await aCourse(app.db, { createdById: teacher.userId });
    const id = toGlobalId("Enrollment", (await anEnrollment(app.db, { userId: owner.userId, courseId: course.id })).id);
    for (const viewer of [stranger, admin, teacher]) {
      expect(failures(await drop(viewer, id))).toEqual(["NOT_FOUND at input.enrollmentId"]);
      expect(failures(await complete(viewer, id))).toEqual(["NOT_FOUND at input.enrollmentId"]);
    }
    expect(failures(await drop(owner, "nothing"))).toEqual(["INVALID_ID at input.enrollmentId"]);
    expect(await rowsOf(owner.userId)).toMatchObject([{ status: "enrolled" }]);
  });
});

describe("completing an enrollment", () => {
  test("by word completes a course without topics: mastery and points, once", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const skill = await aSkill(app.db);
    await app.db.insert(courseSkills).values({ courseId: course.id, skillId: skill.id, isPrimary: true });
    const id = idOf(await enroll(learner, course.id));
    const idempotencyKey = crypto.randomUUID();
    expect(await complete(learner, id, { idempotencyKey })).toMatchObject({ errors: [], enrollment: { status: "COMPLETED", progressPercent: 100 } });
    expect((await complete(learner, id, { idempotencyKey })).enrollment?.status).toBe("COMPLETED");
    expect((await complete(learner, id)).enrollment?.status).toBe("COMPLETED");
    expect(await rowsOf(learner.userId)).toMatchObject([{ status: "completed", completedAt: expect.any(String), startedAt: expect.any(String) }]);
    const ledger = await app.db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, learner.userId));
    expect(ledger).toMatchObject([{ reason: "course", amount: 100, balanceAfter: 100, entityType: "course", entityId: course.id }]);
    const mastery = await app.db.select().from(skillMastery).where(eq(skillMastery.userId, learner.userId));
    expect(mastery).toMatchObject([{ skillId: skill.id, level: 70, source: "course" }]);
    const other = idOf(await enroll(learner, (await aCourse(app.db)).id));
    expect(failures(await complete(learner, other, { idempotencyKey }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
  });

  test("is refused with the reason while topics are open, and after dropping", async () => {
    const learner = await app.signedIn();
    const { course } = await aCourseOf(app.db, [1, 2]);
    const id = idOf(await enroll(learner, course.id));
    const { data } = await app.query<{ completeEnrollment: { errors: (Failure & { message: string })[] } }>(
      `mutation ($id: ID!) { completeEnrollment(input: {enrollmentId: $id}) { errors { code path message } } }`, { id }, learner,
    );
    expect(data.completeEnrollment.errors).toEqual([
      { code: "CONFLICT", path: ["input", "enrollmentId"], message: "3 of 3 topics are left (“Week 1”: 1, “Week 2”: 2)." },
    ]);
    await drop(learner, id);
    expect(failures(await complete(learner, id))).toEqual(["CONFLICT at input.enrollmentId"]);
    expect(failures(await complete(learner, toGlobalId("User", learner.userId)))).toEqual(["INVALID_ID at input.enrollmentId"]);
  });

  test("is possible once the last open topic was archived", async () => {
    const learner = await app.signedIn();
    const { course, topics: [one, two] } = await aCourseOf(app.db, [2]);
    const id = idOf(await enroll(learner, course.id));
    await record(learner, one?.id ?? "");
    await app.db.update(topics).set({ archivedAt: new Date().toISOString() }).where(eq(topics.id, two?.id ?? ""));
    expect((await complete(learner, id)).enrollment).toMatchObject({ status: "COMPLETED", progressPercent: 100 });
  });
});

describe("why an enrollment is not completed", () => {
  const document = `query ($id: ID!) { node(id: $id) { ... on Enrollment {
    progressSummary { completedTopics liveTopics completedModules liveModules }
    whyIncomplete { code message openTopics module { title } topics { title } } } } }`;
  const ask = async (id: string, as: Session) =>
    (await app.query<{ node: { progressSummary: object; whyIncomplete: object[] | null } }>(document, { id }, as)).data.node;

  test("names the open topics by module, and nothing once it is", async () => {
    const learner = await app.signedIn();
    const { course, topics: all } = await aCourseOf(app.db, [1, 2, 0]);
    const id = idOf(await enroll(learner, course.id));
    await record(learner, all[0]?.id ?? "");
    await record(learner, all[1]?.id ?? "");
    expect(await ask(id, learner)).toEqual({
      progressSummary: { completedTopics: 2, liveTopics: 3, completedModules: 1, liveModules: 2 },
      whyIncomplete: [
        { code: "TOPICS_OPEN", message: "“Week 2”: 1 of 2 topics left.", openTopics: 1, module: { title: "Week 2" }, topics: [{ title: "Topic 2.2" }] },
      ],
    });
    await record(learner, all[2]?.id ?? "");
    expect((await ask(id, learner)).whyIncomplete).toBeNull();
  });

  test("asks for the learner's word where there are no topics, and says when it was dropped", async () => {
    const learner = await app.signedIn();
    const course = await aCourse(app.db);
    const id = idOf(await enroll(learner, course.id));
    expect((await ask(id, learner)).whyIncomplete).toMatchObject([{ code: "AWAITING_CONFIRMATION", openTopics: 0, module: null, topics: [] }]);
    await drop(learner, id);
    expect((await ask(id, learner)).whyIncomplete).toMatchObject([{ code: "DROPPED" }]);
  });
});
