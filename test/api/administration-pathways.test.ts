import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { careerPaths, jobRoles, jobRoleSkills, learnerCareerPaths, skillMastery } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { administration, stale, type Administration } from "../support/administration.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aJobRole, aSkill } from "../support/builders.js";
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

const gid = (type: string, { id }: { id: string }) => toGlobalId(type, id);
const nobody = (type: string) => toGlobalId(type, randomUUID());
const unique = () => randomUUID().slice(0, 8);
const roleRow = async ({ id }: { id: string }) => (await app.db.select().from(jobRoles).where(eq(jobRoles.id, id)))[0];
const pathRow = async ({ id }: { id: string }) => (await app.db.select().from(careerPaths).where(eq(careerPaths.id, id)))[0];

/** A learner on a path, and how well it matches. */
async function follows(careerPathId: string, values: Partial<typeof learnerCareerPaths.$inferInsert> = {}) {
  const { userId } = await app.signedIn();
  const [row] = await app.db.insert(learnerCareerPaths).values({ userId, careerPathId, ...values }).returning();
  const id = row?.id ?? "";
  return { userId, score: async () => (await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.id, id)))[0]?.matchScore };
}

describe("job roles", () => {
  const selection = "jobRole { id title slug salaryMinMinor salaryMaxMinor salaryCurrency salaryPeriod industry demandLevel updatedAt }";

  test("are added once for a key", async () => {
    const word = unique();
    const input = {
      title: `Solar Fitter ${word}`, description: "Fits.", typicalSalaryRange: "2 to 3 lakh", salaryMinMinor: 20_000_000, salaryMaxMinor: 30_000_000,
      industry: "Energy", demandLevel: "HIGH", idempotencyKey: randomUUID(),
    };
    const first = await mutate<{ jobRole: { id: string } }>(app, "createJobRole", input, selection, admin);
    expect(first).toMatchObject({ jobRole: { slug: `solar-fitter-${word}`, salaryCurrency: "INR", salaryPeriod: "YEAR", demandLevel: "HIGH" }, errors: [] });
    expect(await mutate(app, "createJobRole", input, selection, admin)).toEqual(first);
    const [stored] = await app.db.select().from(jobRoles).where(eq(jobRoles.slug, `solar-fitter-${word}`));
    expect(stored).toMatchObject({ description: "Fits.", salaryMinMinor: 20_000_000, salaryMaxMinor: 30_000_000, industry: "Energy", demandLevel: "high" });
    expect(await lastAudit(stored?.id ?? "")).toMatchObject({ action: "pathways.job_role_created", userId: admin.userId, newValues: { title: input.title } });
  });

  test("are refused with all failures together", async () => {
    const { slug } = await aJobRole(app.db);
    const before = await app.db.$count(jobRoles);
    const bad = { title: "", slug, salaryMinMinor: 2, salaryMaxMinor: 1, salaryCurrency: "RUPEE", industry: "x".repeat(101) };
    expect(failures(await mutate(app, "createJobRole", bad, selection, admin))).toEqual([
      "TOO_SHORT at input.title", "INVALID at input.salaryCurrency", "TOO_LONG at input.industry", "TAKEN at input.slug", "OUT_OF_RANGE at input.salaryMaxMinor",
    ]);
    expect(failures(await mutate(app, "createJobRole", { title: "x", salaryMinMinor: -1 }, selection, admin))).toEqual(["OUT_OF_RANGE at input.salaryMinMinor"]);
    await forbidden("createJobRole", { title: "Mine" });
    expect(await app.db.$count(jobRoles)).toBe(before);
  });

  test("change by what is given", async () => {
    const role = await aJobRole(app.db, { salaryMinMinor: 100, salaryMaxMinor: 200, industry: "Energy" });
    const id = gid("JobRole", role);
    const input = { id, expectedUpdatedAt: await readUpdatedAt(id), salaryMaxMinor: 300, salaryCurrency: "USD", salaryPeriod: "MONTH", industry: null };
    expect(await mutate(app, "updateJobRole", input, selection, admin)).toMatchObject({ jobRole: { title: role.title, salaryMaxMinor: 300, industry: null }, errors: [] });
    expect(await roleRow(role)).toMatchObject({ salaryMinMinor: 100, salaryMaxMinor: 300, salaryCurrency: "USD", salaryPeriod: "month", industry: null });
    expect(await lastAudit(role.id)).toEqual({
      action: "pathways.job_role_updated", userId: admin.userId,
      oldValues: { salaryMaxMinor: 200, salaryCurrency: "INR", salaryPeriod: "year", industry: "Energy" },
      newValues: { salaryMaxMinor: 300, salaryCurrency: "USD", salaryPeriod: "month", industry: null },
    });
  });

  test("do not change when they are stale, out of range or taken, or by others than admins", async () => {
    const [role, other] = [await aJobRole(app.db, { salaryMinMinor: 100, salaryMaxMinor: 200 }), await aJobRole(app.db)];
    const bad = { id: gid("JobRole", role), expectedUpdatedAt: stale, title: null, slug: other.slug, salaryMaxMinor: 99 };
    expect(failures(await mutate(app, "updateJobRole", bad, selection, admin))).toEqual([
      "REQUIRED at input.title", "CONFLICT at input.expectedUpdatedAt", "TAKEN at input.slug", "OUT_OF_RANGE at input.salaryMaxMinor",
    ]);
    expect(failures(await mutate(app, "updateJobRole", { id: nobody("JobRole"), expectedUpdatedAt: stale }, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateJobRole", { id: gid("JobRole", role), expectedUpdatedAt: stale, title: "Mine" });
    expect(await roleRow(role)).toEqual(role);
  });
});

describe("setJobRoleSkills", () => {
  const selection = "jobRole { updatedAt skills { requiredLevel weight skill { id } } }";
  const stored = async ({ id }: { id: string }) =>
    (await app.db.select().from(jobRoleSkills).where(eq(jobRoleSkills.jobRoleId, id)).orderBy(asc(jobRoleSkills.skillId))).map(
      ({ skillId, requiredLevel, weight }) => ({ skillId, requiredLevel, weight }),
    );

  test("replaces them, says what changed, and matches the learners on their way anew", async () => {
    const [role, kept, gone, added] = [await aJobRole(app.db), await aSkill(app.db), await aSkill(app.db), await aSkill(app.db)];
    await app.db.insert(jobRoleSkills).values([{ jobRoleId: role.id, skillId: kept.id }, { jobRoleId: role.id, skillId: gone.id }]);
    const path = await aCareerPath(app.db, { jobRoleId: role.id });
    const [own, chosen] = [await follows(path.id), await follows((await aCareerPath(app.db)).id, { jobRoleId: role.id })];
    const elsewhere = await follows(path.id, { jobRoleId: (await aJobRole(app.db)).id });
    const paused = await follows(path.id, { status: "paused", matchScore: "1" });
    for (const { userId } of [own, chosen, elsewhere]) await app.db.insert(skillMastery).values({ userId, skillId: added.id, level: 40, source: "assessment" });
    const jobRoleId = gid("JobRole", role);
    const skills = [{ skillId: gid("Skill", kept) }, { skillId: gid("Skill", added), requiredLevel: 80.5, weight: 3 }];
    const input = { jobRoleId, expectedUpdatedAt: await readUpdatedAt(jobRoleId), skills };
    const payload = await mutate<{ jobRole: { updatedAt: string; skills: object[] } }>(app, "setJobRoleSkills", input, selection, admin);
    expect(payload.errors).toEqual([]);
    expect(payload.jobRole.skills).toEqual([
      { requiredLevel: 70, weight: 1, skill: { id: gid("Skill", kept) } }, { requiredLevel: 80.5, weight: 3, skill: { id: gid("Skill", added) } },
    ]);
    expect(await stored(role)).toEqual([
      { skillId: kept.id, requiredLevel: "70.00", weight: "1.00" }, { skillId: added.id, requiredLevel: "80.50", weight: "3.00" },
    ]);
    expect(await lastAudit(role.id)).toEqual({
      action: "pathways.job_role_skills_set", userId: admin.userId,
      oldValues: { skills: [{ skillId: gone.id, requiredLevel: "70.00", weight: "1.00" }] },
      newValues: { skills: [{ skillId: added.id, requiredLevel: "80.50", weight: "3.00" }] },
    });
    // 3 × 40 of 80.5, and nothing of the other, which counts once.
    expect([await own.score(), await chosen.score(), await elsewhere.score(), await paused.score()]).toEqual(["37.27", "37.27", null, "1.00"]);
    expect(payload.jobRole.updatedAt).not.toBe(input.expectedUpdatedAt);
    expect(failures(await mutate(app, "setJobRoleSkills", { ...input, skills: [] }, selection, admin))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    const same = await mutate<{ jobRole: { updatedAt: string } }>(app, "setJobRoleSkills", { ...input, expectedUpdatedAt: payload.jobRole.updatedAt }, selection, admin);
    expect(same.jobRole.updatedAt).toBe(payload.jobRole.updatedAt);
  });

  test("leaves the scores to the nightly rollup when more than 500 learners follow", async () => {
    const [role, skill] = [await aJobRole(app.db), await aSkill(app.db)];
    const path = await aCareerPath(app.db, { jobRoleId: role.id });
    const { userId, score } = await follows(path.id);
    await app.db.insert(skillMastery).values({ userId, skillId: skill.id, level: 35, source: "assessment" });
    const jobRoleId = gid("JobRole", role);
    const ask = async (requiredLevel: number) =>
      mutate(app, "setJobRoleSkills", { jobRoleId, expectedUpdatedAt: await readUpdatedAt(jobRoleId), skills: [{ skillId: gid("Skill", skill), requiredLevel }] }, selection, admin);
    await ask(70);
    expect(await score()).toBe("50.00");
    // As many more tries of one learner, of which only those under way count.
    const paths = await app.db.insert(careerPaths).values(Array.from({ length: 500 }, () => ({ jobRoleId: role.id, title: "Another way" }))).returning({ id: careerPaths.id });
    await app.db.insert(learnerCareerPaths).values(paths.map(({ id }) => ({ userId, careerPathId: id })));
    expect((await ask(35)).errors).toEqual([]);
    expect(await score()).toBe("50.00");
  });

  test("is refused for what is not there, comes twice, lies outside the range or is too much", async () => {
    const [role, skill] = [await aJobRole(app.db), await aSkill(app.db)];
    const jobRoleId = gid("JobRole", role);
    const [known, unknown] = [gid("Skill", skill), nobody("Skill")];
    const set = async (skills: object[], more: object = {}) => failures(await mutate(app, "setJobRoleSkills", { jobRoleId, expectedUpdatedAt: stale, skills, ...more }, selection, admin));
    expect(await set([{ skillId: known }, { skillId: unknown }, { skillId: known }])).toEqual([
      "CONFLICT at input.expectedUpdatedAt", "NOT_FOUND at input.skills.1.skillId", "INVALID at input.skills.2.skillId",
    ]);
    expect(await set([{ skillId: known, requiredLevel: 100.01, weight: 0.99 }, { skillId: "x", requiredLevel: -1, weight: 3.01 }])).toEqual([
      "OUT_OF_RANGE at input.skills.0.requiredLevel", "OUT_OF_RANGE at input.skills.0.weight", "INVALID_ID at input.skills.1.skillId",
      "OUT_OF_RANGE at input.skills.1.requiredLevel", "OUT_OF_RANGE at input.skills.1.weight", "CONFLICT at input.expectedUpdatedAt",
    ]);
    expect(await set(Array.from({ length: 26 }, () => ({ skillId: known })))).toEqual(["TOO_LONG at input.skills", "CONFLICT at input.expectedUpdatedAt"]);
    expect(await set([], { jobRoleId: nobody("JobRole") })).toEqual(["NOT_FOUND at input.jobRoleId"]);
    await forbidden("setJobRoleSkills", { jobRoleId, expectedUpdatedAt: stale, skills: [{ skillId: known }] });
    expect(await stored(role)).toEqual([]);
    expect(await roleRow(role)).toEqual(role);
  });
});

describe("career paths", () => {
  const selection = "careerPath { id title durationMonthsMin durationMonthsMax levelStart isTemplate updatedAt jobRole { id } milestones { id } }";

  test("are added once for a key", async () => {
    const role = await aJobRole(app.db);
    const input = { jobRoleId: gid("JobRole", role), title: "To the roofs", durationMonthsMin: 6, durationMonthsMax: 6, levelStart: "NSQF 3", idempotencyKey: randomUUID() };
    const first = await mutate<{ careerPath: { id: string } }>(app, "createCareerPath", input, selection, admin);
    expect(first).toMatchObject({ careerPath: { title: "To the roofs", isTemplate: true, jobRole: { id: input.jobRoleId }, milestones: [] }, errors: [] });
    expect(await mutate(app, "createCareerPath", input, selection, admin)).toEqual(first);
    const rows = await app.db.select().from(careerPaths).where(eq(careerPaths.jobRoleId, role.id));
    expect(rows).toMatchObject([{ title: "To the roofs", durationMonthsMin: 6, durationMonthsMax: 6, levelStart: "NSQF 3", levelEnd: null, isTemplate: true }]);
    expect(await lastAudit(rows[0]?.id ?? "")).toMatchObject({ action: "pathways.career_path_created", newValues: { jobRoleId: role.id, title: "To the roofs" } });
  });

  test("are refused with all failures together", async () => {
    const before = await app.db.$count(careerPaths);
    const bad = { jobRoleId: nobody("JobRole"), title: "x".repeat(256), durationMonthsMin: 7, durationMonthsMax: 6 };
    expect(failures(await mutate(app, "createCareerPath", bad, selection, admin))).toEqual([
      "TOO_LONG at input.title", "NOT_FOUND at input.jobRoleId", "OUT_OF_RANGE at input.durationMonthsMax",
    ]);
    expect(failures(await mutate(app, "createCareerPath", { ...bad, jobRoleId: "x", title: "x", durationMonthsMin: -1 }, selection, admin))).toEqual([
      "INVALID_ID at input.jobRoleId", "OUT_OF_RANGE at input.durationMonthsMin",
    ]);
    await forbidden("createCareerPath", { jobRoleId: gid("JobRole", await aJobRole(app.db)), title: "Mine" });
    expect(await app.db.$count(careerPaths)).toBe(before);
  });

  test("change by what is given; another role is another match", async () => {
    const [path, role, skill] = [await aCareerPath(app.db, { durationMonthsMin: 6 }), await aJobRole(app.db), await aSkill(app.db)];
    await app.db.insert(jobRoleSkills).values({ jobRoleId: role.id, skillId: skill.id });
    const { userId, score } = await follows(path.id);
    await app.db.insert(skillMastery).values({ userId, skillId: skill.id, level: 35, source: "assessment" });
    const id = gid("CareerPath", path);
    const input = { id, expectedUpdatedAt: await readUpdatedAt(id), jobRoleId: gid("JobRole", role), durationMonthsMin: null, isTemplate: false };
    expect(await mutate(app, "updateCareerPath", input, selection, admin)).toMatchObject({ careerPath: { jobRole: { id: input.jobRoleId }, isTemplate: false }, errors: [] });
    expect(await pathRow(path)).toMatchObject({ jobRoleId: role.id, durationMonthsMin: null, isTemplate: false, title: path.title });
    expect(await score()).toBe("50.00");
    expect(await lastAudit(path.id)).toEqual({
      action: "pathways.career_path_updated", userId: admin.userId,
      oldValues: { jobRoleId: path.jobRoleId, durationMonthsMin: 6, isTemplate: true }, newValues: { jobRoleId: role.id, durationMonthsMin: null, isTemplate: false },
    });
  });

  test("do not change when they are stale or wrong, or by others than admins", async () => {
    const path = await aCareerPath(app.db, { durationMonthsMin: 6, durationMonthsMax: 9 });
    const bad = { id: gid("CareerPath", path), expectedUpdatedAt: stale, title: null, jobRoleId: nobody("JobRole"), durationMonthsMax: 5 };
    expect(failures(await mutate(app, "updateCareerPath", bad, selection, admin))).toEqual([
      "REQUIRED at input.title", "CONFLICT at input.expectedUpdatedAt", "NOT_FOUND at input.jobRoleId", "OUT_OF_RANGE at input.durationMonthsMax",
    ]);
    expect(failures(await mutate(app, "updateCareerPath", { id: nobody("CareerPath"), expectedUpdatedAt: stale }, selection, admin))).toEqual(["NOT_FOUND at input.id"]);
    await forbidden("updateCareerPath", { id: gid("CareerPath", path), expectedUpdatedAt: stale, title: "Mine" });
    expect(await pathRow(path)).toEqual(path);
  });
});
