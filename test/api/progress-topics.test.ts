import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  contentProgress, courseSkills, enrollments, eventOutbox, learnerCareerPaths, milestoneCompletions, modules,
  pointsTransactions, progressMetrics, skillMastery, streakActivities, topics, userPoints,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourseOf, aMilestone, anEnrollment, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Recorded {
  contentProgress: { status: string; progressPercent: number; completedAt: string | null } | null;
  enrollment: { status: string; progressPercent: number; completedAt: string | null } | null;
  pointsEarned: number | null;
}

const selection = `contentProgress { status progressPercent completedAt topic { title } }
  enrollment { status progressPercent startedAt completedAt } pointsEarned`;

const record = (as: Session, topic: { id: string }, input: object = { status: "COMPLETED" }) =>
  mutate<Recorded>(app, "recordTopicProgress", { topicId: toGlobalId("Topic", topic.id), ...input }, selection, as);

/** A learner who is in a course of modules of the given sizes. */
async function learning(sizes: number[]) {
  const learner = await app.signedIn();
  const built = await aCourseOf(app.db, sizes);
  const enrollment = await anEnrollment(app.db, { userId: learner.userId, courseId: built.course.id });
  return { learner, enrollment, ...built };
}

const grains = (userId: string) =>
  app.db
    .select({ percent: contentProgress.progressPercent, status: contentProgress.status, moduleId: contentProgress.moduleId, topicId: contentProgress.topicId })
    .from(contentProgress)
    .where(eq(contentProgress.userId, userId));

const points = async (userId: string) => (await app.db.select().from(userPoints).where(eq(userPoints.userId, userId)))[0];
const ledger = async (userId: string) =>
  (await app.db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, userId)).orderBy(pointsTransactions.createdAt, pointsTransactions.id)).map(
    ({ reason, amount }) => `${reason} ${amount}`,
  );

describe("recording progress of a topic", () => {
  test("rolls up to module, course and enrollment, rounded down", async () => {
    const { learner, topics: [first], weeks } = await learning([1, 2]);
    if (!first) throw new Error("no topic");
    const payload = await record(learner, first, { status: "COMPLETED", minutesSpent: 30 });
    expect(payload).toMatchObject({
      errors: [],
      contentProgress: { status: "COMPLETED", progressPercent: 100 },
      enrollment: { status: "IN_PROGRESS", progressPercent: 33, completedAt: null },
      pointsEarned: 35,
    });
    const rows = await grains(learner.userId);
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({ percent: 100, status: "completed", moduleId: weeks[0]?.module.id, topicId: null });
    expect(rows).toContainEqual({ percent: 33, status: "in_progress", moduleId: null, topicId: null });
    const [enrollment] = await app.db.select().from(enrollments).where(eq(enrollments.userId, learner.userId));
    expect(enrollment).toMatchObject({ status: "in_progress", progressPercent: 33, startedAt: expect.any(String), completedAt: null });
    const [metric] = await app.db.select().from(progressMetrics).where(eq(progressMetrics.userId, learner.userId));
    expect(metric).toMatchObject({ metricType: "time_spent", metricValue: 1800, metricData: { topicId: toGlobalId("Topic", first.id) } });
    const [day] = await app.db.select().from(streakActivities).where(eq(streakActivities.userId, learner.userId));
    expect(day).toMatchObject({ kind: "active", minutesSpent: 30, pointsEarned: 35 });
  });

  test("completes the course with the last topic: mastery, milestone, path, points and event in one go", async () => {
    const { learner, course, topics: both } = await learning([2]);
    const [main, side, known] = [await aSkill(app.db), await aSkill(app.db), await aSkill(app.db)];
    await app.db.insert(courseSkills).values([
      { courseId: course.id, skillId: main.id, isPrimary: true },
      { courseId: course.id, skillId: side.id },
      { courseId: course.id, skillId: known.id },
    ]);
    await app.db.insert(skillMastery).values({ userId: learner.userId, skillId: known.id, level: 90, source: "assessment" });
    const path = await aCareerPath(app.db);
    await aMilestone(app.db, { careerPathId: path.id, type: "course", courseId: course.id });
    const started = await mutate<{ learnerCareerPath: { status: string } }>(
      app, "startCareerPath", { careerPathId: toGlobalId("CareerPath", path.id) }, "learnerCareerPath { status }", learner,
    );
    expect(started.learnerCareerPath.status).toBe("ACTIVE");

    const [one, two] = both;
    if (!one || !two) throw new Error("no topics");
    expect(await record(learner, one)).toMatchObject({ pointsEarned: 10, enrollment: { progressPercent: 50 } });
    const [half] = await app.db.select().from(milestoneCompletions).where(eq(milestoneCompletions.userId, learner.userId));
    expect(half).toMatchObject({ status: "in_progress", progressPercent: 50 });

    expect(await record(learner, two)).toMatchObject({
      pointsEarned: 135,
      enrollment: { status: "COMPLETED", progressPercent: 100, completedAt: expect.any(String) },
    });
    const mastery = await app.db.select().from(skillMastery).where(eq(skillMastery.userId, learner.userId));
    const levels = new Map(mastery.map(({ skillId, level, source }) => [skillId, `${level} ${source}`]));
    expect(levels).toEqual(new Map([[main.id, "70 course"], [side.id, "50 course"], [known.id, "90 assessment"]]));
    const [milestone] = await app.db.select().from(milestoneCompletions).where(eq(milestoneCompletions.userId, learner.userId));
    expect(milestone).toMatchObject({ status: "completed", progressPercent: 100, completedAt: expect.any(String) });
    const [own] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.userId));
    expect(own).toMatchObject({ status: "completed", completedAt: expect.any(String) });
    expect(await ledger(learner.userId)).toEqual(["topic 10", "topic 10", "module 25", "course 100"]);
    expect(await points(learner.userId)).toMatchObject({ xpPoints: 145, level: 2, weeklyPoints: 145 });
    const events = await app.db.select().from(eventOutbox).where(eq(eventOutbox.topic, `enrollments:${learner.userId}`)).orderBy(eventOutbox.seq);
    expect(events.map(({ payload }) => (payload as { enrollment: { status: string } }).enrollment.status)).toEqual(["in_progress", "completed"]);
  });

  test("twice earns once, and a lower percent takes nothing away", async () => {
    const { learner, topics: [topic] } = await learning([2]);
    if (!topic) throw new Error("no topic");
    expect((await record(learner, topic)).pointsEarned).toBe(10);
    expect((await record(learner, topic)).pointsEarned).toBe(0);
    const lower = await record(learner, topic, { status: "IN_PROGRESS", progressPercent: 20 });
    expect(lower).toMatchObject({ pointsEarned: 0, contentProgress: { status: "COMPLETED", progressPercent: 100 }, enrollment: { progressPercent: 50 } });
    expect(await ledger(learner.userId)).toEqual(["topic 10"]);
  });

  test("in progress keeps the greatest percent, and 100 percent completes", async () => {
    const { learner, topics: [topic] } = await learning([2]);
    if (!topic) throw new Error("no topic");
    expect(await record(learner, topic, { progressPercent: 60 })).toMatchObject({ pointsEarned: 0, contentProgress: { status: "IN_PROGRESS", progressPercent: 60 }, enrollment: { status: "IN_PROGRESS", progressPercent: 0 } });
    expect((await record(learner, topic, { status: "IN_PROGRESS" })).contentProgress?.progressPercent).toBe(60);
    expect(await record(learner, topic, { progressPercent: 100 })).toMatchObject({ pointsEarned: 10, contentProgress: { status: "COMPLETED" } });
  });

  test("never turns back: topics archived or added later take nothing away", async () => {
    const { learner, course, weeks, topics: [one, two, three] } = await learning([3]);
    if (!one || !two || !three) throw new Error("no topics");
    await record(learner, one);
    expect((await record(learner, two)).enrollment?.progressPercent).toBe(66);
    await app.db.update(topics).set({ archivedAt: new Date().toISOString() }).where(eq(topics.id, two.id));
    const more = await app.db.insert(topics).values([1, 2].map((n) => ({ moduleId: weeks[0]?.module.id ?? "", title: `New ${n}`, content: "Read." }))).returning();
    expect((await record(learner, three)).enrollment).toMatchObject({ status: "IN_PROGRESS", progressPercent: 66 });
    for (const topic of more) await record(learner, topic);
    const added = await app.db.insert(topics).values({ moduleId: weeks[0]?.module.id ?? "", title: "Newest", content: "Read." }).returning();
    const [enrollment] = await app.db.select().from(enrollments).where(eq(enrollments.courseId, course.id));
    expect(enrollment).toMatchObject({ status: "completed", progressPercent: 100 });
    expect(await record(learner, added[0] ?? one, { progressPercent: 5 })).toMatchObject({ enrollment: { status: "COMPLETED", progressPercent: 100 } });
    const [whole] = await app.db.select().from(contentProgress).where(and(eq(contentProgress.userId, learner.userId), isNull(contentProgress.moduleId)));
    expect(whole).toMatchObject({ status: "completed", progressPercent: 100 });
    expect((await ledger(learner.userId)).filter((entry) => entry === "course 100")).toHaveLength(1);
  });

  test("of the last two topics at once completes the course exactly once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { learner, topics: all } = await learning([2, 2]);
      const answers = await Promise.all(all.map((topic) => record(learner, topic)));
      expect(answers.flatMap(failures)).toEqual([]);
      expect(answers.filter(({ enrollment }) => enrollment?.status === "COMPLETED")).toHaveLength(1);
      const [enrollment] = await app.db.select().from(enrollments).where(eq(enrollments.userId, learner.userId));
      expect(enrollment).toMatchObject({ status: "completed", progressPercent: 100 });
      expect((await ledger(learner.userId)).sort()).toEqual(["course 100", "module 25", "module 25", "topic 10", "topic 10", "topic 10", "topic 10"]);
      expect((await points(learner.userId))?.xpPoints).toBe(190);
    }
  });

  test("of two courses at once adds up all points", async () => {
    const { learner, topics: [first] } = await learning([1]);
    const other = await aCourseOf(app.db, [1]);
    await anEnrollment(app.db, { userId: learner.userId, courseId: other.course.id });
    const answers = await Promise.all([first, ...other.topics].flatMap((topic) => (topic ? [record(learner, topic)] : [])));
    expect(answers.map(({ pointsEarned }) => pointsEarned)).toEqual([135, 135]);
    expect((await points(learner.userId))?.xpPoints).toBe(270);
  });

  test("with the same key has one effect, and the key belongs to its input", async () => {
    const { learner, topics: [one, two] } = await learning([2]);
    if (!one || !two) throw new Error("no topics");
    const key = crypto.randomUUID();
    const first = await record(learner, one, { status: "COMPLETED", minutesSpent: 5, idempotencyKey: key });
    const again = await record(learner, one, { status: "COMPLETED", minutesSpent: 5, idempotencyKey: key });
    expect(again).toEqual(first);
    const metrics = await app.db.select().from(progressMetrics).where(eq(progressMetrics.userId, learner.userId));
    expect(metrics).toHaveLength(1);
    expect(failures(await record(learner, two, { status: "COMPLETED", minutesSpent: 5, idempotencyKey: key }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
    expect(await grains(learner.userId)).toHaveLength(3);
  });

  test("reports all failures of an input together", async () => {
    const { learner, topics: [topic] } = await learning([1]);
    if (!topic) throw new Error("no topic");
    const wrong = await record(learner, topic, { topicId: toGlobalId("Course", topic.id), progressPercent: 101, minutesSpent: -1 });
    expect(failures(wrong)).toEqual(["INVALID_ID at input.topicId", "OUT_OF_RANGE at input.progressPercent", "OUT_OF_RANGE at input.minutesSpent"]);
    expect(failures(await record(learner, topic, {}))).toEqual(["REQUIRED at input.status"]);
    expect(failures(await record(learner, topic, { status: "COMPLETED", progressPercent: 50 }))).toEqual(["INVALID at input.progressPercent"]);
    expect(failures(await record(learner, topic, { status: "IN_PROGRESS", progressPercent: 100 }))).toEqual(["INVALID at input.progressPercent"]);
    expect(await grains(learner.userId)).toEqual([]);
  });

  test("is for learners in the course and for live topics; anything else is not found", async () => {
    const { enrollment, learner, weeks, topics: [topic, gone] } = await learning([2]);
    if (!topic || !gone) throw new Error("no topics");
    const stranger = await app.signedIn();
    expect(failures(await record(stranger, topic))).toEqual(["NOT_FOUND at input.topicId"]);
    expect(failures(await record(await app.signedIn("admin"), topic))).toEqual(["NOT_FOUND at input.topicId"]);
    await app.db.update(topics).set({ archivedAt: new Date().toISOString() }).where(eq(topics.id, gone.id));
    expect(failures(await record(learner, gone))).toEqual(["NOT_FOUND at input.topicId"]);
    await app.db.update(modules).set({ archivedAt: new Date().toISOString() }).where(eq(modules.id, weeks[0]?.module.id ?? ""));
    expect(failures(await record(learner, topic))).toEqual(["NOT_FOUND at input.topicId"]);
    await app.db.update(modules).set({ archivedAt: null }).where(eq(modules.id, weeks[0]?.module.id ?? ""));
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, enrollment.id));
    expect(failures(await record(learner, topic))).toEqual(["NOT_FOUND at input.topicId"]);
    expect(await grains(learner.userId)).toEqual([]);
    const anonymous = await app.query(`mutation { recordTopicProgress(input: {topicId: "x"}) { errors { code } } }`);
    expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("takes as many statements in a course of 2 topics as in one of 60", async () => {
    const counts: number[] = [];
    for (const sizes of [[2], [20, 20, 20]]) {
      const { learner, topics: [topic] } = await learning(sizes);
      if (!topic) throw new Error("no topic");
      const { statements } = await countStatements(app.engine, () => record(learner, topic));
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
    // Those of the transaction are among them.
    expect(counts[0]).toBeGreaterThan(10);
  });

  test("goes on in an archived course", async () => {
    const learner = await app.signedIn();
    const { course, topics: [topic] } = await aCourseOf(app.db, [1], { status: "archived" });
    await anEnrollment(app.db, { userId: learner.userId, courseId: course.id });
    if (!topic) throw new Error("no topic");
    expect((await record(learner, topic)).enrollment?.status).toBe("COMPLETED");
  });
});
