import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { careerPaths, learnerCareerPaths, milestoneCompletions, pathMilestones, pathMilestoneSkills, skillMastery } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { administration, stale, type Administration } from "../support/administration.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aMilestone, anEnrollment, aProvider, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let admin: Session;
let lastAudit: Administration["lastAudit"];
let readUpdatedAt: Administration["updatedAt"];
let forbidden: Administration["forbidden"];
beforeAll(async () => {
  app = await startTestApp();
  ({ admin, lastAudit, updatedAt: readUpdatedAt, forbidden } = await administration(app));
});
afterAll(() => app.close());

type Row = { id: string };
const gid = (type: string, { id }: Row) => toGlobalId(type, id);
const nobody = (type: string) => toGlobalId(type, randomUUID());
const row = async ({ id }: Row) => (await app.db.select().from(pathMilestones).where(eq(pathMilestones.id, id)))[0];
const pathRow = async ({ id }: Row) => (await app.db.select().from(careerPaths).where(eq(careerPaths.id, id)))[0];

/** The steps of a path as `1 First`, in order. */
const steps = async ({ id }: Row) =>
  (await app.db.select().from(pathMilestones).where(eq(pathMilestones.careerPathId, id)).orderBy(asc(pathMilestones.sequence))).map(
    ({ sequence, title }) => `${sequence} ${title}`,
  );

/** A path with a milestone of each title. */
async function aPathOf(...titles: string[]) {
  const path = await aCareerPath(app.db);
  const milestones: (typeof pathMilestones.$inferSelect)[] = [];
  for (const [at, title] of titles.entries()) milestones.push(await aMilestone(app.db, { careerPathId: path.id, sequence: at + 1, title }));
  const byTitle = (title: string) => {
    const found = milestones.find((each) => each.title === title);
    if (!found) throw new Error(`There is no milestone ${title}`);
    return found;
  };
  return { path, milestones, byTitle };
}

/** A learner who took the path up, as learners do. */
async function aFollower(path: Row) {
  const learner = await app.signedIn();
  const started = await mutate<{ learnerCareerPath: { id: string } }>(app, "startCareerPath", { careerPathId: gid("CareerPath", path) }, "learnerCareerPath { id }", learner);
  const { id } = started.learnerCareerPath;
  const read = async () => {
    const { data } = await app.query<{ node: { status: string; completedAt: string; matchScore: number; milestones: { id: string; status: string; milestone: { title: string } }[] } }>(
      `query ($id: ID!) { node(id: $id) { ... on LearnerCareerPath { status completedAt matchScore milestones { id status milestone { title } } } } }`, { id }, learner,
    );
    return data.node;
  };
  const completionOf = async (title: string) => (await read()).milestones.find(({ milestone }) => milestone.title === title)?.id;
  const finishById = (milestoneCompletionId: string | undefined) =>
    mutate(app, "completeMilestone", { milestoneCompletionId }, "milestoneCompletion { status }", learner);
  return {
    ...learner,
    read,
    completionOf,
    finishById,
    seen: async () => (await read()).milestones.map(({ status, milestone }) => `${milestone.title} ${status}`),
    finish: async (title: string) => finishById(await completionOf(title)),
    pause: () => mutate(app, "pauseCareerPath", { learnerCareerPathId: id }, "learnerCareerPath { status }", learner),
    resume: () => mutate(app, "resumeCareerPath", { learnerCareerPathId: id }, "learnerCareerPath { status }", learner),
  };
}

describe("createMilestone", () => {
  const selection = `milestone { id sequence title type description durationWeeks level resources nextSteps salaryInfo companies
    provider { id } course { id } careerPath { milestones { title } } }`;
  const create = (path: Row, input: object) =>
    mutate<{ milestone: { id: string } }>(app, "createMilestone", { careerPathId: gid("CareerPath", path), type: "ONBOARDING", ...input }, selection, admin);

  test("adds a step of every kind at the end or between others, once for a key", async () => {
    const [{ path }, provider, course] = [await aPathOf("First", "Second"), await aProvider(app.db), await aCourse(app.db)];
    const before = (await pathRow(path))?.updatedAt;
    const study = {
      title: "Learn", type: "COURSE", description: "About it", durationWeeks: 8, providerId: gid("Provider", provider), courseId: gid("Course", course),
      level: "NSQF 4", resources: "A ladder", nextSteps: ["Apply"], sequence: 2, idempotencyKey: randomUUID(),
    };
    const first = await create(path, study);
    const { providerId, courseId, idempotencyKey: _, ...shown } = study;
    expect(first).toMatchObject({
      milestone: { ...shown, provider: { id: providerId }, course: { id: courseId }, careerPath: { milestones: [{ title: "First" }, { title: "Learn" }, { title: "Second" }] } }, errors: [],
    });
    expect(await create(path, study)).toEqual(first);
    const work = await create(path, { title: "Work", type: "JOB", salaryInfo: "₹20,000 a month", companies: ["Surya", "surya"] });
    expect(work).toMatchObject({ milestone: { sequence: 4, salaryInfo: "₹20,000 a month", companies: ["Surya"], nextSteps: [] }, errors: [] });
    expect(await steps(path)).toEqual(["1 First", "2 Learn", "3 Second", "4 Work"]);
    const [stored] = await app.db.select().from(pathMilestones).where(and(eq(pathMilestones.careerPathId, path.id), eq(pathMilestones.sequence, 2)));
    expect(stored).toMatchObject({ type: "course", providerId: provider.id, courseId: course.id, nextSteps: ["Apply"], companies: null });
    expect(await lastAudit(stored?.id ?? "")).toMatchObject({
      action: "pathways.milestone_created", userId: admin.userId, newValues: { title: "Learn", sequence: 2, careerPathId: path.id, courseId: course.id },
    });
    expect((await pathRow(path))?.updatedAt).not.toBe(before);
  });

  test("reports all failures together and adds nothing", async () => {
    const { path } = await aPathOf("First");
    const bad = { title: "", durationWeeks: -1, providerId: nobody("Provider"), courseId: nobody("Course"), salaryInfo: "a lot", companies: ["A"], sequence: 3 };
    expect(failures(await create(path, bad))).toEqual([
      "TOO_SHORT at input.title", "OUT_OF_RANGE at input.durationWeeks", "OUT_OF_RANGE at input.sequence", "INVALID at input.courseId",
      "INVALID at input.salaryInfo", "INVALID at input.companies", "NOT_FOUND at input.providerId", "NOT_FOUND at input.courseId",
    ]);
    expect(failures(await create(path, { title: "x", type: "COURSE" }))).toEqual(["REQUIRED at input.courseId"]);
    for (const status of ["draft", "archived"] as const) {
      const courseId = gid("Course", await aCourse(app.db, { status }));
      expect(failures(await create(path, { title: "x", type: "COURSE", courseId }))).toEqual(["CONFLICT at input.courseId"]);
    }
    expect(failures(await create({ id: randomUUID() }, { title: "x" }))).toEqual(["NOT_FOUND at input.careerPathId"]);
    await forbidden("createMilestone", { careerPathId: gid("CareerPath", path), title: "Mine", type: "ONBOARDING" });
    expect(await steps(path)).toEqual(["1 First"]);
  });

  test("adds no thirteenth, also of two at once", async () => {
    const { path } = await aPathOf(...Array.from({ length: 11 }, (_, at) => `Step ${at}`));
    const both = await Promise.all(["One", "Two"].map((title) => create(path, { title, sequence: 1 })));
    expect(both.flatMap(failures)).toEqual(["LIMIT_REACHED at input.careerPathId"]);
    expect(await steps(path)).toHaveLength(12);
  });

  test("gives it to learners under way; whoever completed the path has completed it", async () => {
    const { path } = await aPathOf("First");
    const [done, active, paused, knowing] = [await aFollower(path), await aFollower(path), await aFollower(path), await aFollower(path)];
    await done.finish("First");
    await paused.pause();
    const course = await aCourse(app.db);
    await anEnrollment(app.db, { userId: knowing.userId, courseId: course.id, status: "completed", progressPercent: 100, completedAt: "2026-01-02T03:04:05Z" });
    const completed = await done.read();
    expect(completed).toMatchObject({ status: "COMPLETED", completedAt: expect.any(String) });

    expect((await create(path, { title: "Learn", type: "COURSE", courseId: gid("Course", course) })).errors).toEqual([]);
    expect(await done.read()).toEqual(completed);
    expect(await active.seen()).toEqual(["First IN_PROGRESS", "Learn UPCOMING"]);
    expect(await knowing.seen()).toEqual(["First IN_PROGRESS", "Learn COMPLETED"]);
    expect(await paused.seen()).toEqual(["First IN_PROGRESS"]);
    await paused.resume();
    expect(await paused.seen()).toEqual(["First IN_PROGRESS", "Learn UPCOMING"]);
    await active.finish("First");
    expect(await active.read()).toMatchObject({ status: "ACTIVE" });
    await knowing.finish("First");
    expect(await knowing.read()).toMatchObject({ status: "COMPLETED" });
  });
});

describe("updateMilestone", () => {
  const selection = "milestone { title type course { id } salaryInfo companies }";
  const update = async (milestone: Row, input: object) => {
    const id = gid("PathMilestone", milestone);
    return mutate(app, "updateMilestone", { id, expectedUpdatedAt: await readUpdatedAt(id), ...input }, selection, admin);
  };

  test("changes what is given; another kind of step loses what it does not have", async () => {
    const { path, byTitle } = await aPathOf("First");
    const first = byTitle("First");
    expect(await update(first, { title: "Work", type: "JOB", salaryInfo: "a lot", companies: ["Surya"] })).toMatchObject({ milestone: { type: "JOB" }, errors: [] });
    expect(failures(await update(first, { type: "INTERNSHIP" }))).toEqual(["INVALID at input.salaryInfo", "INVALID at input.companies"]);
    expect(failures(await update(first, { type: "INTERNSHIP", salaryInfo: null, companies: null }))).toEqual([]);
    expect(await row(first)).toMatchObject({ title: "Work", type: "internship", salaryInfo: null, companies: null, careerPathId: path.id, sequence: 1 });
    expect(await lastAudit(first.id)).toEqual({
      action: "pathways.milestone_updated", userId: admin.userId,
      oldValues: { type: "job", salaryInfo: "a lot", companies: ["Surya"] }, newValues: { type: "internship", salaryInfo: null, companies: null },
    });
  });

  test("leaves completed what learners completed, and counts another course for the others", async () => {
    const [old, other] = [await aCourse(app.db), await aCourse(app.db)];
    const path = await aCareerPath(app.db);
    const learn = await aMilestone(app.db, { careerPathId: path.id, title: "Learn", type: "course", courseId: old.id });
    await aMilestone(app.db, { careerPathId: path.id, title: "Work", sequence: 2, type: "job" });
    const completed = { status: "completed" as const, progressPercent: 100, completedAt: "2026-01-02T03:04:05Z" };
    const [done, next] = [await app.signedIn(), await app.signedIn()];
    await anEnrollment(app.db, { userId: done.userId, courseId: old.id, ...completed });
    await anEnrollment(app.db, { userId: next.userId, courseId: other.id, ...completed });
    const start = (as: Session) => mutate(app, "startCareerPath", { careerPathId: gid("CareerPath", path) }, "learnerCareerPath { id }", as);
    await start(done);
    await start(next);
    expect(failures(await update(learn, { courseId: gid("Course", other) }))).toEqual([]);
    const statuses = await app.db.select({ userId: milestoneCompletions.userId, status: milestoneCompletions.status }).from(milestoneCompletions).where(eq(milestoneCompletions.pathMilestoneId, learn.id));
    expect(statuses).toHaveLength(2);
    expect(statuses).toEqual(expect.arrayContaining([{ userId: done.userId, status: "completed" }, { userId: next.userId, status: "completed" }]));
  });

  test("reports all failures together and changes nothing", async () => {
    const { byTitle } = await aPathOf("First");
    const first = byTitle("First");
    const bad = { expectedUpdatedAt: stale, title: null, type: "COURSE", providerId: nobody("Provider"), nextSteps: ["x".repeat(501)] };
    expect(failures(await update(first, bad))).toEqual([
      "REQUIRED at input.title", "TOO_LONG at input.nextSteps.0", "CONFLICT at input.expectedUpdatedAt", "REQUIRED at input.courseId", "NOT_FOUND at input.providerId",
    ]);
    const absent = { id: nobody("PathMilestone"), expectedUpdatedAt: stale };
    expect(failures(await mutate(app, "updateMilestone", absent, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateMilestone", { id: gid("PathMilestone", first), expectedUpdatedAt: stale, title: "Mine" });
    expect(await row(first)).toEqual(first);
  });
});

describe("removeMilestone", () => {
  const selection = "removedId careerPath { milestones { sequence title } }";
  const iso = (updatedAt: string) => updatedAt.replace(" ", "T").replace("+00", "Z");
  const remove = (milestone: Row & { updatedAt: string }, expectedUpdatedAt = iso(milestone.updatedAt)) =>
    mutate(app, "removeMilestone", { id: gid("PathMilestone", milestone), expectedUpdatedAt }, selection, admin);

  test("removes a step that nobody has begun, also from learners under way; the others move up", async () => {
    const { path, byTitle } = await aPathOf("First", "Second", "Third");
    const learner = await aFollower(path);
    expect(await remove(byTitle("Second"))).toEqual({
      removedId: gid("PathMilestone", byTitle("Second")), careerPath: { milestones: [{ sequence: 1, title: "First" }, { sequence: 2, title: "Third" }] }, errors: [],
    });
    expect(await steps(path)).toEqual(["1 First", "2 Third"]);
    expect(await learner.seen()).toEqual(["First IN_PROGRESS", "Third UPCOMING"]);
    expect(await lastAudit(byTitle("Second").id)).toEqual({
      action: "pathways.milestone_removed", userId: admin.userId, oldValues: { careerPathId: path.id, title: "Second", type: "onboarding", sequence: 2 }, newValues: null,
    });
    expect((await pathRow(path))?.updatedAt).not.toBe(path.updatedAt);
  });

  test("never takes away what a learner has under way or completed, nor is it for others than admins", async () => {
    const { path, byTitle } = await aPathOf("First", "Second");
    const learner = await aFollower(path);
    expect(failures(await remove(byTitle("First")))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await remove(byTitle("Second"), stale))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    await learner.finish("First");
    await learner.finish("Second");
    for (const title of ["First", "Second"]) expect(failures(await remove(byTitle(title)))).toEqual(["CONFLICT at input.id"]);
    expect(await learner.seen()).toEqual(["First COMPLETED", "Second COMPLETED"]);
    expect(failures(await remove({ id: randomUUID(), updatedAt: stale }))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await mutate(app, "removeMilestone", { id: gid("CareerPath", path), expectedUpdatedAt: stale }, selection, admin))).toEqual(["INVALID_ID at input.id"]);
    await forbidden("removeMilestone", { id: gid("PathMilestone", byTitle("First")), expectedUpdatedAt: stale });
    expect(await steps(path)).toEqual(["1 First", "2 Second"]);
  });

  test("and completing it at the same time: either is refused, and nothing completed is lost", async () => {
    for (let round = 0; round < 5; round++) {
      const { path, byTitle } = await aPathOf("First", "Second");
      const learner = await aFollower(path);
      const second = await learner.completionOf("Second");
      const [removed, finished] = await Promise.all([remove(byTitle("Second")), learner.finishById(second)]);
      const outcome = `${failures(removed).join()} / ${failures(finished).join()}`;
      expect(["CONFLICT at input.id / ", " / NOT_FOUND at input.milestoneCompletionId"]).toContain(outcome);
      expect(await learner.seen()).toEqual(outcome.startsWith("CONFLICT") ? ["First IN_PROGRESS", "Second COMPLETED"] : ["First IN_PROGRESS"]);
    }
  });
});

describe("reorderMilestones", () => {
  const selection = "careerPath { updatedAt milestones { title } }";
  const reorder = (path: Row, input: object) => mutate<{ careerPath: { updatedAt: string } }>(app, "reorderMilestones", { careerPathId: gid("CareerPath", path), ...input }, selection, admin);
  const ids = (milestones: Row[]) => milestones.map((each) => gid("PathMilestone", each));

  test("puts them into any order, and refuses who saw another one", async () => {
    const { path, milestones } = await aPathOf("A", "B", "C", "D");
    const [a, b, c, d] = milestones.map(({ id }) => id);
    const expectedUpdatedAt = await readUpdatedAt(gid("CareerPath", path));
    const turned = await reorder(path, { expectedUpdatedAt, milestoneIds: ids(milestones.toReversed()) });
    expect(turned).toMatchObject({ careerPath: { milestones: [{ title: "D" }, { title: "C" }, { title: "B" }, { title: "A" }] }, errors: [] });
    expect(await steps(path)).toEqual(["1 D", "2 C", "3 B", "4 A"]);
    expect(await lastAudit(path.id)).toEqual({
      action: "pathways.milestones_reordered", userId: admin.userId, oldValues: { milestoneIds: [a, b, c, d] }, newValues: { milestoneIds: [d, c, b, a] },
    });
    expect(failures(await reorder(path, { expectedUpdatedAt, milestoneIds: ids(milestones) }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    const again = await reorder(path, { expectedUpdatedAt: turned.careerPath.updatedAt, milestoneIds: ids(milestones.toReversed()) });
    expect(again.careerPath.updatedAt).toBe(turned.careerPath.updatedAt);
    const rotated = milestones.toReversed().toSpliced(0, 1).concat(milestones.slice(-1));
    expect(failures(await reorder(path, { expectedUpdatedAt: turned.careerPath.updatedAt, milestoneIds: ids(rotated) }))).toEqual([]);
    expect(await steps(path)).toEqual(["1 C", "2 B", "3 A", "4 D"]);
  });

  test("leaves begun what is begun, and begins what is first now", async () => {
    const { path, milestones } = await aPathOf("A", "B");
    const learner = await aFollower(path);
    await reorder(path, { expectedUpdatedAt: await readUpdatedAt(gid("CareerPath", path)), milestoneIds: ids(milestones.toReversed()) });
    expect(await learner.seen()).toEqual(["B IN_PROGRESS", "A IN_PROGRESS"]);
  });

  test("needs each milestone of the path once, and an admin", async () => {
    const [{ path, milestones }, other] = [await aPathOf("A", "B", "C"), await aPathOf("X")];
    const [a, b] = ids(milestones);
    const wrong = await reorder(path, { expectedUpdatedAt: stale, milestoneIds: [a, ...ids(other.milestones), b, a] });
    expect(failures(wrong)).toEqual([
      "CONFLICT at input.expectedUpdatedAt", "NOT_FOUND at input.milestoneIds.1", "INVALID at input.milestoneIds.3", "REQUIRED at input.milestoneIds",
    ]);
    expect(failures(await reorder({ id: randomUUID() }, { expectedUpdatedAt: stale, milestoneIds: ["x"] }))).toEqual([
      "INVALID_ID at input.milestoneIds.0", "NOT_FOUND at input.careerPathId",
    ]);
    await forbidden("reorderMilestones", { careerPathId: gid("CareerPath", path), expectedUpdatedAt: stale, milestoneIds: ids(milestones.toReversed()) });
    expect(await steps(path)).toEqual(["1 A", "2 B", "3 C"]);
    expect(await pathRow(path)).toEqual(path);
  });
});

describe("setMilestoneSkills", () => {
  const selection = "milestone { updatedAt skills { id } }";
  const stored = async ({ id }: Row) => (await app.db.select().from(pathMilestoneSkills).where(eq(pathMilestoneSkills.pathMilestoneId, id))).map(({ skillId }) => skillId);

  test("replaces them, and matches the learners on the path anew", async () => {
    const { path, byTitle } = await aPathOf("First");
    const [gone, added] = [await aSkill(app.db), await aSkill(app.db)];
    await app.db.insert(pathMilestoneSkills).values({ pathMilestoneId: byTitle("First").id, skillId: gone.id });
    const learner = await aFollower(path);
    await app.db.insert(skillMastery).values({ userId: learner.userId, skillId: added.id, level: 35, source: "assessment" });
    expect((await learner.read()).matchScore).toBe(0);
    const milestoneId = gid("PathMilestone", byTitle("First"));
    const input = { milestoneId, expectedUpdatedAt: await readUpdatedAt(milestoneId), skillIds: [gid("Skill", added)] };
    expect(await mutate(app, "setMilestoneSkills", input, selection, admin)).toMatchObject({ milestone: { skills: [{ id: gid("Skill", added) }] }, errors: [] });
    expect(await stored(byTitle("First"))).toEqual([added.id]);
    expect((await learner.read()).matchScore).toBe(50);
    expect(await lastAudit(byTitle("First").id)).toMatchObject({ action: "pathways.milestone_skills_set", oldValues: { skillIds: [gone.id] }, newValues: { skillIds: [added.id] } });
    expect(failures(await mutate(app, "setMilestoneSkills", input, selection, admin))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    const [same] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.userId));
    expect(same?.matchScore).toBe("50.00");
  });

  test("is refused for what is not there, comes twice or is too much", async () => {
    const { byTitle } = await aPathOf("First");
    const milestoneId = gid("PathMilestone", byTitle("First"));
    const known = gid("Skill", await aSkill(app.db));
    const set = async (skillIds: string[], more: object = {}) =>
      failures(await mutate(app, "setMilestoneSkills", { milestoneId, expectedUpdatedAt: stale, skillIds, ...more }, selection, admin));
    expect(await set([known, nobody("Skill"), known])).toEqual(["CONFLICT at input.expectedUpdatedAt", "NOT_FOUND at input.skillIds.1", "INVALID at input.skillIds.2"]);
    expect(await set(Array.from({ length: 13 }, () => known))).toEqual(["TOO_LONG at input.skillIds", "CONFLICT at input.expectedUpdatedAt"]);
    expect(await set([], { milestoneId: nobody("PathMilestone") })).toEqual(["NOT_FOUND at input.milestoneId"]);
    await forbidden("setMilestoneSkills", { milestoneId, expectedUpdatedAt: stale, skillIds: [known] });
    expect(await stored(byTitle("First"))).toEqual([]);
    expect(await row(byTitle("First"))).toEqual(byTitle("First"));
  });
});
