import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogs, goals, goalSkills, interests, skillAliases, skillProficiencies } from "../../src/db/tables/index.js";
import { bounds } from "../../src/graphql/bounds.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aJobRole, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let learner: Session;
let other: Session;
let python: Awaited<ReturnType<typeof aSkill>>;
let welding: Awaited<ReturnType<typeof aSkill>>;

beforeAll(async () => {
  app = await startTestApp();
  learner = await app.signedIn();
  other = await app.signedIn();
  python = await aSkill(app.db, { name: "Python Programming" });
  welding = await aSkill(app.db, { name: "Welding" });
  await app.db.insert(skillAliases).values({ alias: "Python", skillId: python.id });
});
afterAll(() => app.close());

describe("goals", () => {
  const selection = `goal { id goalType value priority desiredRole targetSkillsNote careerMotivation targetTimeline targetDate
    progressPercent lastReviewedAt desiredJobRole { title } targetSkills { name } learner { id } } unmatchedSkills`;
  interface Written {
    goal: { id: string; lastReviewedAt: string | null; targetSkills: { name: string }[] };
    unmatchedSkills: string[];
  }
  const row = async (id: string) => (await app.db.select().from(goals).where(eq(goals.id, id)))[0];
  const linked = async (goalId: string) => (await app.db.select().from(goalSkills).where(eq(goalSkills.goalId, goalId))).length;

  async function aGoal({ userId }: Session) {
    const [goal] = await app.db.insert(goals).values({ userId, goalType: "learning", value: "Learn to weld" }).returning();
    const key = goal?.id ?? "";
    return { id: toGlobalId("LearnerGoal", key), key, row: goal };
  }

  test("are added once for a key, with skills by id and by name", async () => {
    const somebody = await app.signedIn();
    const role = await aJobRole(app.db, { title: "Welder" });
    const input = {
      goalType: "CAREER",
      priority: 2,
      desiredJobRoleId: toGlobalId("JobRole", role.id),
      targetSkillIds: [toGlobalId("Skill", welding.id)],
      targetSkillsNote: "python, Kite  making; WELDING\nkite making",
      careerMotivation: "My uncle does it",
      targetTimeline: "One year",
      targetDate: "2027-12-31",
      progressPercent: 12.5,
      idempotencyKey: randomUUID(),
    };
    const first = await mutate<Written>(app, "addGoal", input, selection, somebody);
    const { targetSkillIds: _ids, desiredJobRoleId: _role, idempotencyKey: _key, ...shown } = input;
    expect(first).toEqual({
      goal: {
        ...shown,
        id: first.goal.id,
        value: null,
        desiredRole: "Welder",
        lastReviewedAt: null,
        desiredJobRole: { title: "Welder" },
        targetSkills: [{ name: "Python Programming" }, { name: "Welding" }],
        learner: { id: toGlobalId("User", somebody.userId) },
      },
      unmatchedSkills: ["kite making"],
      errors: [],
    });
    expect(await mutate<Written>(app, "addGoal", input, selection, somebody)).toEqual(first);
    const rows = await app.db.select().from(goals).where(eq(goals.userId, somebody.userId));
    expect(rows).toMatchObject([{ goalType: "career", priority: 2, desiredRole: "Welder", desiredJobRoleId: role.id, progressPercent: "12.50" }]);
    expect(await linked(rows[0]?.id ?? "")).toBe(2);
  });

  test("are refused with all failures together", async () => {
    const somebody = await app.signedIn();
    const bad = { goalType: "LEARNING", priority: 3, progressPercent: -1, targetSkillIds: ["x"], targetSkillsNote: "a,".repeat(51) };
    expect(failures(await mutate(app, "addGoal", bad, selection, somebody))).toEqual([
      "OUT_OF_RANGE at input.priority",
      "INVALID_ID at input.targetSkillIds.0",
      "TOO_LONG at input.targetSkillsNote",
      "OUT_OF_RANGE at input.progressPercent",
      "REQUIRED at input.value",
    ]);
    const unknown = {
      goalType: "LEARNING",
      value: "Something",
      desiredJobRoleId: toGlobalId("JobRole", randomUUID()),
      targetSkillIds: [python.id, randomUUID()].map((id) => toGlobalId("Skill", id)),
    };
    expect(failures(await mutate(app, "addGoal", unknown, selection, somebody))).toEqual([
      "NOT_FOUND at input.desiredJobRoleId",
      "NOT_FOUND at input.targetSkillIds.1",
    ]);
    expect(await app.db.$count(goals, eq(goals.userId, somebody.userId))).toBe(0);
  });

  test("change field by field, and their skills follow the ids and the note", async () => {
    const { id, key, row: before } = await aGoal(learner);
    const noted = await mutate<Written>(app, "updateGoal", { id, targetSkillsNote: "Welding, Origami" }, selection, learner);
    expect(noted).toMatchObject({ goal: { targetSkills: [{ name: "Welding" }] }, unmatchedSkills: ["Origami"] });
    expect(noted.goal.lastReviewedAt).toEqual(expect.any(String));
    const added = await mutate<Written>(app, "updateGoal", { id, targetSkillIds: [toGlobalId("Skill", python.id)] }, selection, learner);
    expect(added.goal.targetSkills).toEqual([{ name: "Python Programming" }, { name: "Welding" }]);
    const cleared = await mutate<Written>(app, "updateGoal", { id, targetSkillsNote: null, priority: null, targetDate: "2027-01-01" }, selection, learner);
    expect(cleared).toMatchObject({ goal: { targetSkills: [], targetSkillsNote: null, priority: 1 }, unmatchedSkills: [] });
    expect(await linked(key)).toBe(0);
    expect(await row(key)).toMatchObject({ value: before?.value, targetDate: "2027-01-01", targetSkillsNote: null });
    const bad = await mutate(app, "updateGoal", { id, goalType: null, progressPercent: 101 }, selection, learner);
    expect(failures(bad)).toEqual(["REQUIRED at input.goalType", "OUT_OF_RANGE at input.progressPercent"]);
    expect(failures(await mutate(app, "updateGoal", { id, value: null }, selection, learner))).toEqual(["REQUIRED at input.value"]);
    expect((await row(key))?.value).toBe(before?.value);
  });

  test("are removed with their links and a line in the audit log", async () => {
    const { id, key } = await aGoal(learner);
    await app.db.insert(goalSkills).values({ goalId: key, skillId: python.id, userId: learner.userId });
    expect(await mutate(app, "removeGoal", { id }, "removedId", learner)).toEqual({ removedId: id, errors: [] });
    expect(await row(key)).toBeUndefined();
    expect(await linked(key)).toBe(0);
    expect(await app.db.$count(auditLogs, eq(auditLogs.entityId, key))).toBe(1);
    expect(failures(await mutate(app, "removeGoal", { id: "?" }, "removedId", learner))).toEqual(["INVALID_ID at input.id"]);
  });

  test("of another learner read as missing", async () => {
    const { id, key, row: before } = await aGoal(other);
    expect(failures(await mutate(app, "updateGoal", { id, value: "Mine" }, selection, learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await mutate(app, "removeGoal", { id }, "removedId", learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(await row(key)).toEqual(before);
  });

  test("stop at their bound, also when two arrive at once", async () => {
    const somebody = await app.signedIn();
    const { userId } = somebody;
    await app.db
      .insert(goals)
      .values(Array.from({ length: bounds.goals - 1 }, (_, at) => ({ userId, goalType: "learning" as const, value: `Goal ${at}` })));
    const input = { goalType: "LEARNING", value: "One more" };
    const both = await Promise.all([1, 2].map(() => mutate(app, "addGoal", input, selection, somebody)));
    expect(both.flatMap(failures)).toEqual(["CONFLICT at input.value"]);
    expect(await app.db.$count(goals, eq(goals.userId, userId))).toBe(bounds.goals);
  });
});

describe("interests", () => {
  const selection = "interest { id interest learner { id } }";
  interface Added {
    interest: { id: string; interest: string };
  }
  const rowsOf = (userId: string) => app.db.select().from(interests).where(eq(interests.userId, userId));

  test("are added once, whatever the case", async () => {
    const somebody = await app.signedIn();
    const first = await mutate<Added>(app, "addInterest", { interest: " Solar   power " }, selection, somebody);
    expect(first.interest).toMatchObject({ interest: "Solar power", learner: { id: toGlobalId("User", somebody.userId) } });
    const keyed = { interest: "SOLAR POWER", idempotencyKey: randomUUID() };
    expect(await mutate<Added>(app, "addInterest", keyed, selection, somebody)).toEqual(first);
    expect(await mutate<Added>(app, "addInterest", keyed, selection, somebody)).toEqual(first);
    expect(await rowsOf(somebody.userId)).toMatchObject([{ interest: "Solar power" }]);
  });

  test("are refused when empty or too long", async () => {
    const somebody = await app.signedIn();
    expect(failures(await mutate(app, "addInterest", { interest: "  " }, selection, somebody))).toEqual(["TOO_SHORT at input.interest"]);
    expect(failures(await mutate(app, "addInterest", { interest: "x".repeat(256) }, selection, somebody))).toEqual(["TOO_LONG at input.interest"]);
    expect(await rowsOf(somebody.userId)).toEqual([]);
  });

  test("are removed by their learner alone", async () => {
    const [row] = await app.db.insert(interests).values({ userId: other.userId, interest: "Chess" }).returning();
    const id = toGlobalId("LearnerInterest", row?.id ?? "");
    expect(failures(await mutate(app, "removeInterest", { id }, "removedId", learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(await rowsOf(other.userId)).toEqual([row]);
    expect(await mutate(app, "removeInterest", { id }, "removedId", other)).toEqual({ removedId: id, errors: [] });
    expect(await rowsOf(other.userId)).toEqual([]);
  });

  test("need somebody signed in", async () => {
    const { errors } = await app.query(`mutation { addInterest(input: {interest: "Chess"}) { errors { code } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("skills", () => {
  const selection = `skillProficiency { id skillName proficiencyLevel skillLevel proficiencyScore source skill { name } learner { id } }`;
  interface Written {
    skillProficiency: { id: string };
  }
  const rowsOf = (userId: string) =>
    app.db.select().from(skillProficiencies).where(eq(skillProficiencies.userId, userId)).orderBy(asc(skillProficiencies.skillName));

  test("are added under the catalogue's name, once for a key", async () => {
    const somebody = await app.signedIn();
    const input = { skillName: "pYTHON", proficiencyLevel: 4, skillLevel: "ADVANCED", proficiencyScore: 70, idempotencyKey: randomUUID() };
    const first = await mutate<Written>(app, "addSkill", input, selection, somebody);
    expect(first).toEqual({
      skillProficiency: {
        id: first.skillProficiency.id,
        skillName: "Python Programming",
        proficiencyLevel: 4,
        skillLevel: "ADVANCED",
        proficiencyScore: 70,
        source: "MANUAL",
        skill: { name: "Python Programming" },
        learner: { id: toGlobalId("User", somebody.userId) },
      },
      errors: [],
    });
    expect(await mutate<Written>(app, "addSkill", input, selection, somebody)).toEqual(first);
    const again = await mutate(app, "addSkill", { skillName: "python programming" }, selection, somebody);
    expect(failures(again)).toEqual(["TAKEN at input.skillName"]);
    const unknown = await mutate(app, "addSkill", { skillName: "Kite making" }, selection, somebody);
    expect(unknown).toMatchObject({ skillProficiency: { skillName: "Kite making", skill: null, skillLevel: "BEGINNER", proficiencyScore: 0 } });
    expect(await rowsOf(somebody.userId)).toMatchObject([
      { skillName: "Kite making", skillId: null, source: "manual" },
      { skillName: "Python Programming", skillId: python.id, source: "manual" },
    ]);
  });

  test("are refused with all failures together", async () => {
    const somebody = await app.signedIn();
    const bad = { skillName: " ", proficiencyLevel: 6, proficiencyScore: 101 };
    expect(failures(await mutate(app, "addSkill", bad, selection, somebody)).toSorted()).toEqual([
      "OUT_OF_RANGE at input.proficiencyLevel",
      "OUT_OF_RANGE at input.proficiencyScore",
      "TOO_SHORT at input.skillName",
    ]);
    expect(await rowsOf(somebody.userId)).toEqual([]);
  });

  test("that were declared change, those that were measured do not", async () => {
    const somebody = await app.signedIn();
    const { userId } = somebody;
    const [declared, measured] = await app.db
      .insert(skillProficiencies)
      .values([
        { userId, skillName: "Kite making", proficiencyLevel: 2, source: "onboarding" },
        { userId, skillName: "Welding", skillId: welding.id, proficiencyScore: "55", source: "assessment" },
      ])
      .returning();
    const id = toGlobalId("SkillProficiency", declared?.id ?? "");
    const payload = await mutate(app, "updateSkill", { id, proficiencyLevel: null, skillLevel: "EXPERT" }, selection, somebody);
    expect(payload).toMatchObject({ skillProficiency: { proficiencyLevel: null, skillLevel: "EXPERT", source: "MANUAL" } });
    expect(failures(await mutate(app, "updateSkill", { id, proficiencyLevel: 0 }, selection, somebody))).toEqual(["OUT_OF_RANGE at input.proficiencyLevel"]);
    const fixed = { id: toGlobalId("SkillProficiency", measured?.id ?? ""), proficiencyScore: 99 };
    expect(failures(await mutate(app, "updateSkill", fixed, selection, somebody))).toEqual(["CONFLICT at input.id"]);
    expect(await rowsOf(userId)).toMatchObject([
      { proficiencyLevel: null, skillLevel: "expert", source: "manual" },
      { proficiencyScore: "55.00", source: "assessment" },
    ]);
  });

  test("are changed and removed by their learner alone", async () => {
    const [row] = await app.db.insert(skillProficiencies).values({ userId: other.userId, skillName: "Drawing" }).returning();
    const id = toGlobalId("SkillProficiency", row?.id ?? "");
    expect(failures(await mutate(app, "updateSkill", { id, proficiencyLevel: 1 }, selection, learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await mutate(app, "removeSkill", { id }, "removedId", learner))).toEqual(["NOT_FOUND at input.id"]);
    expect(await rowsOf(other.userId)).toEqual([row]);
    expect(await mutate(app, "removeSkill", { id }, "removedId", other)).toEqual({ removedId: id, errors: [] });
    expect(await rowsOf(other.userId)).toEqual([]);
  });
});
