import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  contentProgress, courses, courseSkills, courseVersions, enrollments, jobQueue, learnerCareerPaths, milestoneCompletions, modules,
  pointsTransactions, skillMastery, topics, userPoints, users, userStreaks,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { settledAtOnce } from "../../src/services/progress/removal.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourseOf, aMilestone, anEnrollment, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let teacher: Session;
beforeAll(async () => {
  app = await startTestApp();
  teacher = await app.signedIn("teacher");
});
afterAll(() => app.close());

type Made = Awaited<ReturnType<typeof mine>>;
const mine = (sizes: number[]) => aCourseOf(app.db, sizes, { createdById: teacher.userId });
const tables = { Course: courses, Module: modules, Topic: topics };
const keyOf = (row: { id: string } | undefined) => row?.id ?? "";

/** Changes something of the teacher's as it is now. */
async function change(name: string, type: keyof typeof tables, row: { id: string } | undefined, input: object = {}) {
  const table = tables[type];
  const [found] = await app.db.select({ updatedAt: table.updatedAt }).from(table).where(eq(table.id, keyOf(row)));
  const expectedUpdatedAt = found?.updatedAt.replace(" ", "T").replace("+00", "Z");
  const { errors } = await mutate(app, name, { id: toGlobalId(type, keyOf(row)), expectedUpdatedAt, ...input }, "__typename", teacher);
  expect(errors).toEqual([]);
}

const enrol = (as: Session, { course }: Pick<Made, "course">) =>
  mutate<{ enrollment: { id: string; courseVersion: number; status: string } | null }>(app, "enrollInCourse", { courseId: toGlobalId("Course", course.id) }, "enrollment { id courseVersion status }", as);
const record = (as: Session, topic: { id: string } | undefined, status = "COMPLETED") =>
  mutate<{ pointsEarned: number }>(app, "recordTopicProgress", { topicId: toGlobalId("Topic", keyOf(topic)), status }, "pointsEarned", as);
const enrollment = async (as: Session, { course }: Pick<Made, "course">) =>
  (await app.db.select().from(enrollments).where(and(eq(enrollments.userId, as.userId), eq(enrollments.courseId, course.id))))[0];
const grain = async (as: Session, { course }: Pick<Made, "course">, module?: { id: string }) => {
  const of = module ? eq(contentProgress.moduleId, module.id) : isNull(contentProgress.moduleId);
  const where = and(eq(contentProgress.userId, as.userId), eq(contentProgress.courseId, course.id), isNull(contentProgress.topicId), of);
  const [row] = await app.db.select({ status: contentProgress.status, percent: contentProgress.progressPercent }).from(contentProgress).where(where);
  return row;
};
const points = async (as: Session) =>
  (await app.db.select({ reason: pointsTransactions.reason }).from(pointsTransactions).where(eq(pointsTransactions.userId, as.userId)).orderBy(asc(pointsTransactions.createdAt), asc(pointsTransactions.id))).map(({ reason }) => reason);

/** A learner who has completed the first topics of the course. */
async function learnerWith(made: Made, completed: number): Promise<Session> {
  const learner = await app.signedIn();
  expect((await enrol(learner, made)).errors).toEqual([]);
  for (const topic of made.topics.slice(0, completed)) await record(learner, topic);
  return learner;
}

describe("archiving a topic", () => {
  test("completes the course for whom nothing else was left, with all that follows, and moves nobody back", async () => {
    const made = await mine([1, 2]);
    const [skill, path] = [await aSkill(app.db), await aCareerPath(app.db)];
    await app.db.insert(courseSkills).values({ courseId: made.course.id, skillId: skill.id, isPrimary: true });
    const milestone = await aMilestone(app.db, { careerPathId: path.id, type: "course", courseId: made.course.id });
    const [done, half, fresh, dropped] = [await learnerWith(made, 2), await learnerWith(made, 1), await learnerWith(made, 0), await learnerWith(made, 2)];
    await mutate(app, "startCareerPath", { careerPathId: toGlobalId("CareerPath", path.id) }, "learnerCareerPath { id }", done);
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.userId, dropped.userId));
    const [streak] = await app.db.select().from(userStreaks).where(eq(userStreaks.userId, done.userId));
    const accessed = await app.db.select({ at: contentProgress.lastAccessedAt }).from(contentProgress).where(eq(contentProgress.userId, done.userId));

    await change("archiveTopic", "Topic", made.topics[2]);

    expect(await enrollment(done, made)).toMatchObject({ status: "completed", progressPercent: 100, completedAt: expect.any(String) });
    expect(await grain(done, made)).toEqual({ status: "completed", percent: 100 });
    expect(await grain(done, made, made.weeks[1]?.module)).toEqual({ status: "completed", percent: 100 });
    expect((await points(done)).toSorted()).toEqual(["course", "module", "module", "topic", "topic"]);
    const [balance] = await app.db.select().from(userPoints).where(eq(userPoints.userId, done.userId));
    expect(balance?.xpPoints).toBe(2 * 10 + 2 * 25 + 100);
    expect(await app.db.select().from(skillMastery).where(eq(skillMastery.userId, done.userId))).toMatchObject([{ skillId: skill.id, level: 70, source: "course" }]);
    expect(await app.db.select().from(milestoneCompletions).where(eq(milestoneCompletions.userId, done.userId))).toMatchObject([{ pathMilestoneId: milestone.id, status: "completed", progressPercent: 100 }]);
    expect(await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, done.userId))).toMatchObject([{ status: "completed" }]);
    expect((await app.db.select().from(userStreaks).where(eq(userStreaks.userId, done.userId)))[0]).toEqual(streak);
    expect(await app.db.select({ at: contentProgress.lastAccessedAt }).from(contentProgress).where(eq(contentProgress.userId, done.userId))).toEqual(accessed);

    expect(await enrollment(half, made)).toMatchObject({ status: "in_progress", progressPercent: 50 });
    expect(await enrollment(fresh, made)).toMatchObject({ status: "enrolled", progressPercent: 0, startedAt: null });
    expect(await enrollment(dropped, made)).toMatchObject({ status: "dropped", progressPercent: 66 });
    expect(await points(fresh)).toEqual([]);

    // Whoever left comes back to a course in which nothing is left to do.
    expect(await enrol(dropped, made)).toMatchObject({ errors: [], enrollment: { status: "COMPLETED" } });
    // And what is restored or added takes nothing away.
    await change("restoreTopic", "Topic", made.topics[2]);
    await mutate(app, "createTopic", { moduleId: toGlobalId("Module", keyOf(made.weeks[0]?.module)), title: "More" }, "topic { id }", teacher);
    expect(await enrollment(done, made)).toMatchObject({ status: "completed", progressPercent: 100 });
    expect(await enrollment(half, made)).toMatchObject({ status: "in_progress", progressPercent: 50 });
    expect(await grain(done, made, made.weeks[1]?.module)).toEqual({ status: "completed", percent: 100 });
    // The points came once and do not come again.
    await record(done, made.topics[2]);
    expect((await points(done)).toSorted()).toEqual(["course", "module", "module", "topic", "topic", "topic"]);
  });

  test("leaves the learner's word where no topic is left at all", async () => {
    const made = await mine([1]);
    const learner = await learnerWith(made, 0);
    await record(learner, made.topics[0], "IN_PROGRESS");
    await change("archiveTopic", "Topic", made.topics[0]);
    const before = await enrollment(learner, made);
    expect(before).toMatchObject({ status: "in_progress", progressPercent: 0 });
    const said = await mutate<{ enrollment: { status: string } }>(app, "completeEnrollment", { enrollmentId: toGlobalId("Enrollment", keyOf(before)) }, "enrollment { status }", learner);
    expect(said).toMatchObject({ errors: [], enrollment: { status: "COMPLETED" } });
  });

  test("and completing the topic before at the same time leave nobody with nothing to do", async () => {
    for (let round = 0; round < 5; round += 1) {
      const made = await mine([2]);
      const learner = await learnerWith(made, 0);
      await Promise.all([record(learner, made.topics[0]), change("archiveTopic", "Topic", made.topics[1])]);
      expect(await enrollment(learner, made)).toMatchObject({ status: "completed", progressPercent: 100 });
      expect((await points(learner)).toSorted()).toEqual(["course", "module", "topic"]);
    }
  });

  test("of a course with many learners leaves them to a job that says how far it is", async () => {
    const made = await mine([1, 1]);
    const [first, second] = made.topics;
    const many = await app.db.insert(users).values(Array.from({ length: settledAtOnce }, (_, at) => ({ username: `many_${at}`, email: `many_${at}@disha.example`, fullName: "Asha Rao" }))).returning();
    await app.db.insert(enrollments).values(many.map(({ id: userId }) => ({ userId, courseId: made.course.id, status: "in_progress" as const, progressPercent: 50 })));
    await app.db.insert(contentProgress).values(many.slice(10).flatMap(({ id: userId }) => {
      const of = { userId, courseId: made.course.id, status: "completed" as const, progressPercent: 100 };
      return [{ ...of, moduleId: keyOf(made.weeks[0]?.module), topicId: keyOf(first) }, { ...of, moduleId: keyOf(made.weeks[0]?.module) }, { ...of, status: "in_progress" as const, progressPercent: 50 }];
    }));
    const learner = await learnerWith(made, 1);
    await change("archiveTopic", "Topic", second);
    await vi.waitFor(async () => {
      const [job] = await app.db.select().from(jobQueue).where(eq(jobQueue.courseId, made.course.id));
      expect(job).toMatchObject({ jobType: "rollup", status: "completed", createdById: teacher.userId, progress: 100, result: { learners: settledAtOnce + 1, enrollmentsChanged: settledAtOnce - 9 } });
    }, { timeout: 60_000, interval: 200 });
    expect(await enrollment(learner, made)).toMatchObject({ status: "completed" });
    const [counted] = await app.db.select({ done: sql<number>`count(*) filter (where status = 'completed')::int`, open: sql<number>`count(*) filter (where status = 'in_progress')::int` }).from(enrollments).where(eq(enrollments.courseId, made.course.id));
    expect(counted).toEqual({ done: settledAtOnce - 9, open: 10 });
    expect(await app.db.$count(pointsTransactions, eq(pointsTransactions.entityId, made.course.id))).toBe(settledAtOnce - 9);
  }, 90_000);
});

test("archiving a module takes its topics out of the count, and with them what was left", async () => {
  const made = await mine([1, 2]);
  const [done, none] = [await learnerWith(made, 1), await learnerWith(made, 0)];
  await change("archiveModule", "Module", made.weeks[1]?.module);
  expect(await enrollment(done, made)).toMatchObject({ status: "completed", progressPercent: 100 });
  expect((await points(done)).toSorted()).toEqual(["course", "module", "topic"]);
  expect(await enrollment(none, made)).toMatchObject({ status: "enrolled" });
  await change("restoreModule", "Module", made.weeks[1]?.module);
  expect(await enrollment(done, made)).toMatchObject({ status: "completed", progressPercent: 100 });
});

test("moving a topic takes along what learners did in it", async () => {
  const made = await mine([2, 1]);
  const learner = await learnerWith(made, 1);
  const [from, to] = made.weeks.map(({ module }) => module);
  await change("moveTopic", "Topic", made.topics[1], { moduleId: toGlobalId("Module", keyOf(to)) });
  // Nothing is left to do in the first module.
  expect(await grain(learner, made, from)).toEqual({ status: "completed", percent: 100 });
  expect((await points(learner)).toSorted()).toEqual(["module", "topic"]);
  await change("moveTopic", "Topic", made.topics[0], { moduleId: toGlobalId("Module", keyOf(to)) });
  const where = and(eq(contentProgress.userId, learner.userId), eq(contentProgress.topicId, keyOf(made.topics[0])));
  expect(await app.db.select().from(contentProgress).where(where)).toMatchObject([{ moduleId: keyOf(to), status: "completed" }]);
  expect(await grain(learner, made, to)).toEqual({ status: "in_progress", percent: 33 });
  expect((await record(learner, made.topics[0])).pointsEarned).toBe(0);
  expect(await app.db.select().from(contentProgress).where(where)).toHaveLength(1);
  expect(await enrollment(learner, made)).toMatchObject({ progressPercent: 33 });
});

describe("the version that an enrollment is on", () => {
  const changes = async (as: Session | undefined, { course }: Made, args: string) =>
    app.query<{ course: { changesSince: object[] | null } | null }>(`query ($id: ID!) { course(id: $id) { changesSince${args} { kind item after } } }`, { id: toGlobalId("Course", course.id) }, as);
  const upgrade = (as: Session, id: string) => mutate<{ enrollment: { courseVersion: number } | null }>(app, "upgradeEnrollment", { id }, "enrollment { courseVersion }", as);

  test("is pinned on enrolling, compared with the latest, and taken over on demand", async () => {
    const made = await mine([1]);
    await change("publishCourse", "Course", made.course);
    const learner = await learnerWith(made, 1);
    const id = toGlobalId("Enrollment", keyOf(await enrollment(learner, made)));
    expect(await enrollment(learner, made)).toMatchObject({ courseVersion: 2, status: "completed" });
    await mutate(app, "createTopic", { moduleId: toGlobalId("Module", keyOf(made.weeks[0]?.module)), title: "Fresh" }, "topic { id }", teacher);
    await change("publishCourse", "Course", made.course);
    const news = { course: { changesSince: [{ kind: "ADDED", item: "TOPIC", after: "Fresh" }] } };
    for (const as of [learner, teacher, await app.signedIn("admin")]) expect((await changes(as, made, `(enrollment: "${id}")`)).data).toEqual(news);
    expect((await changes(undefined, made, "(version: 2)")).data).toEqual(news);
    for (const as of [undefined, await app.signedIn(), await app.signedIn("teacher")]) {
      expect((await changes(as, made, `(enrollment: "${id}")`)).data).toEqual({ course: { changesSince: null } });
    }
    expect((await changes(learner, await mine([]), `(enrollment: "${id}")`)).data).toEqual({ course: { changesSince: null } });

    const newcomer = await app.signedIn();
    expect((await enrol(newcomer, made)).enrollment?.courseVersion).toBe(3);
    expect(await upgrade(learner, id)).toEqual({ errors: [], enrollment: { courseVersion: 3 } });
    expect(await upgrade(learner, id)).toEqual({ errors: [], enrollment: { courseVersion: 3 } });
    expect(await enrollment(learner, made)).toMatchObject({ courseVersion: 3, status: "completed", progressPercent: 100 });
    expect((await changes(learner, made, `(enrollment: "${id}")`)).data).toEqual({ course: { changesSince: [] } });
    expect(await app.db.$count(courseVersions, eq(courseVersions.courseId, made.course.id))).toBe(2);
  });

  test("is the learner's own to change, and not of a dropped enrollment", async () => {
    const made = await mine([1]);
    const learner = await app.signedIn();
    const row = await anEnrollment(app.db, { userId: learner.userId, courseId: made.course.id });
    await app.db.update(courses).set({ version: 2 }).where(eq(courses.id, made.course.id));
    const id = toGlobalId("Enrollment", row.id);
    for (const as of [teacher, await app.signedIn(), await app.signedIn("admin")]) expect(failures(await upgrade(as, id))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await upgrade(learner, "x"))).toEqual(["INVALID_ID at input.id"]);
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, row.id));
    expect(failures(await upgrade(learner, id))).toEqual(["CONFLICT at input.id"]);
    expect(await enrollment(learner, made)).toMatchObject({ courseVersion: 1 });
    const { errors } = await app.query(`mutation { upgradeEnrollment(input: {id: "x"}) { errors { code } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });

  test("is asked for by one argument, neither none nor both", async () => {
    const made = await mine([]);
    for (const args of ["", `(version: 1, enrollment: "x")`, "(version: null)"]) {
      const { errors } = await changes(teacher, made, args);
      expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([["Give either version or enrollment.", "BAD_USER_INPUT"]]);
    }
    const { errors } = await changes(teacher, made, `(enrollment: "${toGlobalId("Course", made.course.id)}")`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["INVALID_ID"]);
  });
});
