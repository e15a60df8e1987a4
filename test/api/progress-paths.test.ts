import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  jobRoleSkills, learnerCareerPaths, milestoneCompletions, pathMilestones, skillMastery,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aCourseOf, aJobRole, aMilestone, anEnrollment, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Milestone {
  id: string;
  status: string;
  progressPercent: number;
  milestone: { title: string };
}

interface Payload {
  learnerCareerPath: { id: string; status: string; matchScore: number | null; jobRole: { id: string }; milestones: Milestone[] } | null;
}

const path = "id status matchScore jobRole { id } milestones { id status progressPercent milestone { title } }";
const start = (as: Session, careerPathId: string, input: object = {}) =>
  mutate<Payload>(app, "startCareerPath", { careerPathId: toGlobalId("CareerPath", careerPathId), ...input }, `learnerCareerPath { ${path} }`, as);
const pause = (as: Session, id: string) => mutate<Payload>(app, "pauseCareerPath", { learnerCareerPathId: id }, `learnerCareerPath { ${path} }`, as);
const resume = (as: Session, id: string) => mutate<Payload>(app, "resumeCareerPath", { learnerCareerPathId: id }, `learnerCareerPath { ${path} }`, as);
const finish = (as: Session, id: string, input: object = {}) =>
  mutate<Payload & { milestoneCompletion: Milestone | null }>(app, "completeMilestone", { milestoneCompletionId: id, ...input }, `milestoneCompletion { status progressPercent completedAt } learnerCareerPath { ${path} }`, as);

const statuses = ({ learnerCareerPath }: Payload) => learnerCareerPath?.milestones.map(({ milestone, status }) => `${milestone.title} ${status}`);
const idOf = ({ learnerCareerPath }: Payload) => learnerCareerPath?.id ?? "";
const milestoneId = ({ learnerCareerPath }: Payload, index: number) => learnerCareerPath?.milestones[index]?.id ?? "";
const done = { status: "completed" as const, progressPercent: 100, completedAt: "2026-01-02T03:04:05Z" };

/** A path of a first step, a course and a job. */
async function aPath() {
  const careerPath = await aCareerPath(app.db);
  const course = await aCourse(app.db);
  await aMilestone(app.db, { careerPathId: careerPath.id, title: "Start" });
  await aMilestone(app.db, { careerPathId: careerPath.id, sequence: 2, title: "Learn", type: "course", courseId: course.id });
  await aMilestone(app.db, { careerPathId: careerPath.id, sequence: 3, title: "Work", type: "job" });
  return { careerPath, course };
}

describe("starting a career path", () => {
  test("makes its milestones, the first of them under way, and tells how well it matches", async () => {
    const learner = await app.signedIn();
    const { careerPath } = await aPath();
    const [known, unknown] = [await aSkill(app.db), await aSkill(app.db)];
    await app.db.insert(jobRoleSkills).values([
      { jobRoleId: careerPath.jobRoleId, skillId: known.id, weight: "2" },
      { jobRoleId: careerPath.jobRoleId, skillId: unknown.id },
    ]);
    await app.db.insert(skillMastery).values({ userId: learner.userId, skillId: known.id, level: 70, source: "course" });
    const payload = await start(learner, careerPath.id, { targetCompletionAt: "2099-01-01T00:00:00Z" });
    expect(payload).toMatchObject({ errors: [], learnerCareerPath: { status: "ACTIVE", matchScore: 66.67, jobRole: { id: toGlobalId("JobRole", careerPath.jobRoleId) } } });
    expect(statuses(payload)).toEqual(["Start IN_PROGRESS", "Learn UPCOMING", "Work UPCOMING"]);
    const [row] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.userId));
    expect(row).toMatchObject({ status: "active", matchScore: "66.67", startedAt: expect.any(String), targetCompletionAt: "2099-01-01 00:00:00+00" });
  });

  test("counts what was completed before, and shows how far other courses are", async () => {
    const learner = await app.signedIn();
    const { careerPath, course } = await aPath();
    const other = await aCourse(app.db);
    await aMilestone(app.db, { careerPathId: careerPath.id, sequence: 4, title: "Deepen", type: "course", courseId: other.id });
    await anEnrollment(app.db, { userId: learner.userId, courseId: course.id, ...done });
    await anEnrollment(app.db, { userId: learner.userId, courseId: other.id, status: "in_progress", progressPercent: 40 });
    const payload = await start(learner, careerPath.id);
    expect(statuses(payload)).toEqual(["Start IN_PROGRESS", "Learn COMPLETED", "Work UPCOMING", "Deepen IN_PROGRESS"]);
    expect(payload.learnerCareerPath?.milestones.map(({ progressPercent }) => progressPercent)).toEqual([0, 100, 0, 40]);
    expect(payload.learnerCareerPath?.matchScore).toBeNull();
  });

  test("of courses that were all completed before completes it at once", async () => {
    const learner = await app.signedIn();
    const careerPath = await aCareerPath(app.db);
    const course = await aCourse(app.db);
    await aMilestone(app.db, { careerPathId: careerPath.id, type: "course", courseId: course.id });
    await anEnrollment(app.db, { userId: learner.userId, courseId: course.id, ...done });
    expect((await start(learner, careerPath.id)).learnerCareerPath?.status).toBe("COMPLETED");
    expect(failures(await start(learner, careerPath.id))).toEqual([]);
    expect(await app.db.$count(learnerCareerPaths, eq(learnerCareerPaths.userId, learner.userId))).toBe(2);
  });

  test("reports all failures together", async () => {
    const learner = await app.signedIn();
    const wrong = await start(learner, "", { jobRoleId: toGlobalId("CareerPath", crypto.randomUUID()), targetCompletionAt: "2020-01-01T00:00:00Z" });
    expect(failures(wrong)).toEqual(["INVALID_ID at input.careerPathId", "INVALID_ID at input.jobRoleId", "OUT_OF_RANGE at input.targetCompletionAt"]);
    const absent = await start(learner, crypto.randomUUID(), { jobRoleId: toGlobalId("JobRole", crypto.randomUUID()) });
    expect(failures(absent)).toEqual(["NOT_FOUND at input.careerPathId", "NOT_FOUND at input.jobRoleId"]);
  });

  test("twice is a conflict, also at the same time; with the same key it is one", async () => {
    const learner = await app.signedIn();
    const { careerPath } = await aPath();
    const idempotencyKey = crypto.randomUUID();
    const role = toGlobalId("JobRole", (await aJobRole(app.db)).id);
    const answers = await Promise.all([1, 2, 3].map(() => start(learner, careerPath.id, { idempotencyKey, jobRoleId: role })));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(answers[0]?.learnerCareerPath?.jobRole.id).toBe(role);
    expect(failures(await start(learner, careerPath.id, { idempotencyKey }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
    expect(failures(await start(learner, careerPath.id))).toEqual(["CONFLICT at input.careerPathId"]);
    expect(await app.db.$count(milestoneCompletions, eq(milestoneCompletions.userId, learner.userId))).toBe(3);
  });
});

describe("completing milestones", () => {
  test("moves on to the next, and the last completes the path", async () => {
    const learner = await app.signedIn();
    const { careerPath, course } = await aPath();
    const started = await start(learner, careerPath.id);
    const first = await finish(learner, milestoneId(started, 0));
    expect(first).toMatchObject({ errors: [], milestoneCompletion: { status: "COMPLETED", progressPercent: 100, completedAt: expect.any(String) } });
    expect(statuses(first)).toEqual(["Start COMPLETED", "Learn IN_PROGRESS", "Work UPCOMING"]);

    const { enrollment } = await mutate<{ enrollment: { id: string } }>(app, "enrollInCourse", { courseId: toGlobalId("Course", course.id) }, "enrollment { id }", learner);
    await mutate(app, "completeEnrollment", { enrollmentId: enrollment.id }, "enrollment { status }", learner);
    const last = await finish(learner, milestoneId(started, 2));
    expect(last.learnerCareerPath?.status).toBe("COMPLETED");
    expect(statuses(last)).toEqual(["Start COMPLETED", "Learn COMPLETED", "Work COMPLETED"]);
    expect(statuses(await finish(learner, milestoneId(started, 2)))).toEqual(statuses(last));
    const [row] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.userId));
    expect(row).toMatchObject({ status: "completed", completedAt: expect.any(String) });
  });

  test("that a course stands for is refused; without a course it is the learner's to complete", async () => {
    const learner = await app.signedIn();
    const { careerPath } = await aPath();
    const started = await start(learner, careerPath.id);
    expect(failures(await finish(learner, milestoneId(started, 1)))).toEqual(["CONFLICT at input.milestoneCompletionId"]);
    await app.db.update(pathMilestones).set({ courseId: null }).where(eq(pathMilestones.careerPathId, careerPath.id));
    expect((await finish(learner, milestoneId(started, 1))).milestoneCompletion?.status).toBe("COMPLETED");
  });

  test("waits while the path is paused", async () => {
    const learner = await app.signedIn();
    const started = await start(learner, (await aPath()).careerPath.id);
    await pause(learner, idOf(started));
    expect(failures(await finish(learner, milestoneId(started, 0)))).toEqual(["CONFLICT at input.milestoneCompletionId"]);
    await resume(learner, idOf(started));
    expect(failures(await finish(learner, milestoneId(started, 0)))).toEqual([]);
  });

  test("with the same key answers the same", async () => {
    const learner = await app.signedIn();
    const started = await start(learner, (await aPath()).careerPath.id);
    const idempotencyKey = crypto.randomUUID();
    const [one, two] = [await finish(learner, milestoneId(started, 0), { idempotencyKey }), await finish(learner, milestoneId(started, 0), { idempotencyKey })];
    expect(two.milestoneCompletion).toEqual(one.milestoneCompletion);
    expect(failures(await finish(learner, milestoneId(started, 2), { idempotencyKey }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
    const left = await app.db.select().from(milestoneCompletions).where(eq(milestoneCompletions.userId, learner.userId));
    expect(left.filter(({ status }) => status === "completed")).toHaveLength(1);
  });

  test("of another learner finds nothing, whoever asks", async () => {
    const owner = await app.signedIn();
    const started = await start(owner, (await aPath()).careerPath.id);
    for (const viewer of [await app.signedIn(), await app.signedIn("admin")]) {
      expect(failures(await finish(viewer, milestoneId(started, 0)))).toEqual(["NOT_FOUND at input.milestoneCompletionId"]);
      expect(failures(await pause(viewer, idOf(started)))).toEqual(["NOT_FOUND at input.learnerCareerPathId"]);
      expect(failures(await resume(viewer, idOf(started)))).toEqual(["NOT_FOUND at input.learnerCareerPathId"]);
    }
    expect(failures(await finish(owner, idOf(started)))).toEqual(["INVALID_ID at input.milestoneCompletionId"]);
    const [row] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, owner.userId));
    expect(row?.status).toBe("active");
  });
});

describe("pausing and resuming", () => {
  test("a paused path stands still, and catches up when it is resumed", async () => {
    const learner = await app.signedIn();
    const careerPath = await aCareerPath(app.db);
    const { course, topics: [topic] } = await aCourseOf(app.db, [1]);
    await aMilestone(app.db, { careerPathId: careerPath.id, title: "Learn", type: "course", courseId: course.id });
    const id = idOf(await start(learner, careerPath.id));
    expect((await pause(learner, id)).learnerCareerPath?.status).toBe("PAUSED");
    expect((await pause(learner, id)).learnerCareerPath?.status).toBe("PAUSED");
    await anEnrollment(app.db, { userId: learner.userId, courseId: course.id });
    await mutate(app, "recordTopicProgress", { topicId: toGlobalId("Topic", topic?.id ?? ""), status: "COMPLETED" }, "pointsEarned", learner);
    const [still] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.userId));
    expect(still?.status).toBe("paused");
    const resumed = await resume(learner, id);
    expect(resumed.learnerCareerPath?.status).toBe("COMPLETED");
    expect(statuses(resumed)).toEqual(["Learn COMPLETED"]);
    expect(failures(await pause(learner, id))).toEqual(["CONFLICT at input.learnerCareerPathId"]);
    expect(failures(await resume(learner, id))).toEqual(["CONFLICT at input.learnerCareerPathId"]);
  });

  test("a milestone that joins the path later has to be completed too", async () => {
    const learner = await app.signedIn();
    const careerPath = await aCareerPath(app.db);
    await aMilestone(app.db, { careerPathId: careerPath.id, title: "Start" });
    const started = await start(learner, careerPath.id);
    await aMilestone(app.db, { careerPathId: careerPath.id, sequence: 2, title: "Later", type: "internship" });
    const after = await finish(learner, milestoneId(started, 0));
    expect(after.learnerCareerPath?.status).toBe("ACTIVE");
    expect(statuses(after)).toEqual(["Start COMPLETED", "Later IN_PROGRESS"]);
  });
});
