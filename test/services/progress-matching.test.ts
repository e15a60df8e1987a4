import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  assessmentResults, courseSkills, jobRoleSkills, learnerCareerPaths, pathMilestoneSkills, skillMastery,
  skillProficiencies,
} from "../../src/db/tables/index.js";
import { masteryOf, matchScores, readiness, type Evidence, type Need } from "../../src/services/matching.js";
import { aCareerPath, aCourse, aMilestone, aSkill, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { countStatements } from "../support/statements.js";

const need = (skillId: string, weight: number, required = 70): Need => ({ skillId, weight: String(weight), required: String(required) });
const item = (values: Partial<Evidence>): Evidence => ({ skillId: "sql", kind: "course", level: "70", at: "2026-01-01", id: "a", ...values });

describe("readiness", () => {
  test("of SQL mastered, Python half way and Docker not begun is 66.67; with Python closed 83.33", () => {
    const needs = [need("sql", 3), need("python", 2), need("docker", 1)];
    expect(readiness(needs, new Map([["sql", "70"], ["python", "35"]]))).toBe("66.67");
    expect(readiness(needs, new Map([["sql", "70"], ["python", "70"]]))).toBe("83.33");
  });

  test("is unknown when nothing is needed, and complete when what is needed is nothing", () => {
    expect(readiness([], new Map())).toBeNull();
    expect(readiness([need("sql", 1, 0)], new Map())).toBe("100.00");
  });

  test("rounds half up, once, at the end", () => {
    expect(readiness([need("a", 1, 80)], new Map([["a", "0.1"]]))).toBe("0.13");
    const thirds = [need("a", 1), need("b", 1), need("c", 1)];
    expect(readiness(thirds, new Map([["a", "70"]]))).toBe("33.33");
    expect(readiness(thirds, new Map([["a", "70"], ["b", "99"]]))).toBe("66.67");
  });

  test("lies between 0 and 100 and never falls when a mastery rises", () => {
    const skill = fc.record({ weight: fc.integer({ min: 1, max: 3 }), required: fc.integer({ min: 0, max: 100 }), level: fc.integer({ min: 0, max: 100 }) });
    fc.assert(
      fc.property(fc.array(skill, { minLength: 1, maxLength: 40 }), fc.nat(), fc.integer({ min: 0, max: 100 }), (skills, which, by) => {
        const needs = skills.map(({ weight, required }, index) => need(String(index), weight, required));
        const at = (rise: number) => new Map(skills.map(({ level }, index) => [String(index), String(Math.min(100, level + (index === which % skills.length ? rise : 0)))]));
        const [before, after] = [Number(readiness(needs, at(0))), Number(readiness(needs, at(by)))];
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(100);
        expect(after).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe("mastery", () => {
  test("is the most trusted item, not the highest", () => {
    const all = [item({ kind: "assessed", level: "20" }), item({ level: "70" }), item({ kind: "peer", level: "90" }), item({ kind: "inferred", level: "95" })];
    expect(masteryOf(all).get("sql")).toBe("20");
    expect(masteryOf(all.slice(1)).get("sql")).toBe("70");
    expect(masteryOf(all.slice(2)).get("sql")).toBe("90");
  });

  test("is the newest of equally trusted items, then the one with the greater id", () => {
    expect(masteryOf([item({ level: "10", at: "2026-02-01" }), item({ level: "90" })]).get("sql")).toBe("10");
    expect(masteryOf([item({ level: "10", id: "b" }), item({ level: "90" })]).get("sql")).toBe("10");
  });

  test("that learners declare themselves counts up to 60", () => {
    expect(masteryOf([item({ kind: "declared", level: "100" })]).get("sql")).toBe("60");
    expect(masteryOf([item({ kind: "declared", level: "40" })]).get("sql")).toBe("40");
  });
});

describe("match scores from the database", () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await openTestEngine();
  });
  afterAll(() => engine.close());

  test("weigh skills by milestones and courses, and take the required level from the role", async () => {
    const { db } = engine;
    const { user } = await aUser(db);
    const [sql, python, docker] = [await aSkill(db), await aSkill(db), await aSkill(db)];
    const path = await aCareerPath(db);
    const course = await aCourse(db);
    await db.insert(courseSkills).values([
      { courseId: course.id, skillId: sql.id, isPrimary: true },
      { courseId: course.id, skillId: python.id },
    ]);
    const first = await aMilestone(db, { careerPathId: path.id, type: "course", courseId: course.id });
    const second = await aMilestone(db, { careerPathId: path.id, sequence: 2 });
    await db.insert(pathMilestoneSkills).values([
      { pathMilestoneId: first.id, skillId: sql.id },
      { pathMilestoneId: second.id, skillId: sql.id },
      { pathMilestoneId: first.id, skillId: python.id },
      { pathMilestoneId: second.id, skillId: python.id },
      { pathMilestoneId: second.id, skillId: docker.id },
    ]);
    await db.insert(skillMastery).values([
      { userId: user.id, skillId: sql.id, level: 70, source: "course" },
      { userId: user.id, skillId: python.id, level: 99, source: "inferred" },
    ]);
    await db.insert(assessmentResults).values([
      { userId: user.id, skillId: python.id, title: "Python", score: "35", result: "failed" },
      { userId: user.id, skillId: docker.id, title: "Docker", score: "90", result: "pending" },
    ]);
    const [own] = await db.insert(learnerCareerPaths).values({ userId: user.id, careerPathId: path.id }).returning();
    const scores = await matchScores(db, [own?.id ?? ""]);
    expect(scores.get(own?.id ?? "")).toBe("66.67");

    await db.insert(jobRoleSkills).values({ jobRoleId: path.jobRoleId, skillId: python.id, requiredLevel: "35" });
    expect((await matchScores(db, [own?.id ?? ""])).get(own?.id ?? "")).toBe("83.33");
  });

  test("fall back to the profile of the role, and are left out where nothing is asked for", async () => {
    const { db } = engine;
    const { user } = await aUser(db);
    const [profiled, empty] = [await aCareerPath(db), await aCareerPath(db)];
    const [declared, levelled] = [await aSkill(db), await aSkill(db)];
    await db.insert(jobRoleSkills).values([
      { jobRoleId: profiled.jobRoleId, skillId: declared.id, weight: "1.5" },
      { jobRoleId: profiled.jobRoleId, skillId: levelled.id, weight: "1.5", requiredLevel: "80" },
    ]);
    await db.insert(skillProficiencies).values([
      { userId: user.id, skillId: declared.id, skillName: "Wiring", proficiencyScore: "95", source: "onboarding" },
      { userId: user.id, skillId: levelled.id, skillName: "Safety", proficiencyLevel: 2, source: "manual" },
    ]);
    const own = await db
      .insert(learnerCareerPaths)
      .values([profiled, empty].map(({ id }) => ({ userId: user.id, careerPathId: id })))
      .returning();
    const scores = await matchScores(db, own.map(({ id }) => id));
    // (60/70 + 40/80) / 2
    expect([...scores]).toEqual([[own[0]?.id, "67.86"]]);
  });

  test("take three statements for 1, 10 and 100 learners", async () => {
    const { db } = engine;
    const path = await aCareerPath(db);
    const skill = await aSkill(db);
    await db.insert(jobRoleSkills).values({ jobRoleId: path.jobRoleId, skillId: skill.id });
    for (const size of [1, 10, 100]) {
      const ids: string[] = [];
      for (let index = 0; index < size; index += 1) {
        const { user } = await aUser(db);
        const [row] = await db.insert(learnerCareerPaths).values({ userId: user.id, careerPathId: path.id }).returning();
        if (row) ids.push(row.id);
      }
      const { result, statements } = await countStatements(engine, () => matchScores(db, ids));
      expect(result.size).toBe(size);
      expect(statements).toHaveLength(3);
    }
  });
});
