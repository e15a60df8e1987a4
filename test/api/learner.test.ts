import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  certifications, educationRecords, goals, goalSkills, interests, profiles, psychographics, skillProficiencies, users,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { bounds } from "../../src/graphql/bounds.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { aJobRole, aSkill } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(anyCost);
});
afterAll(() => app.close());

const profileFields = `id user { fullName } education { institution learner { id } } skills { skillName skill { name } learner { id } }
  goals { value targetSkills { name } desiredJobRole { title } learner { id } } interests { interest learner { id } }
  certifications { name learner { id } } psychographics { engagementType learner { id } }`;

/** One row of every kind for each user; answers with the global ids of all of them. */
async function aFullProfile(userIds: string[]): Promise<Record<string, string[]>> {
  const { db } = app;
  const skill = await aSkill(db);
  const role = await aJobRole(db);
  const profileRows = await db.insert(profiles).values(userIds.map((userId) => ({ userId, headline: "Here" }))).returning();
  const education = await db.insert(educationRecords).values(userIds.map((userId) => ({ userId, institution: "School" }))).returning();
  const proficiencies = await db
    .insert(skillProficiencies)
    .values(userIds.map((userId) => ({ userId, skillName: skill.name, skillId: skill.id })))
    .returning();
  const wanted = await db
    .insert(goals)
    .values(userIds.map((userId) => ({ userId, goalType: "career" as const, value: "Work", desiredJobRoleId: role.id })))
    .returning();
  await db.insert(goalSkills).values(wanted.map(({ id, userId }) => ({ goalId: id, userId, skillId: skill.id })));
  const liked = await db.insert(interests).values(userIds.map((userId) => ({ userId, interest: "Chess" }))).returning();
  const held = await db.insert(certifications).values(userIds.map((userId) => ({ userId, name: "First aid" }))).returning();
  const personas = await db.insert(psychographics).values(userIds.map((userId) => ({ userId, engagementType: "Daily" }))).returning();
  const all = {
    LearnerProfile: profileRows,
    EducationRecord: education,
    SkillProficiency: proficiencies,
    LearnerGoal: wanted,
    LearnerInterest: liked,
    Certification: held,
    Psychographics: personas,
  };
  return Object.fromEntries(Object.entries(all).map(([type, rows]) => [type, rows.map(({ id }) => toGlobalId(type, id))]));
}

const someUsers = async (count: number): Promise<string[]> => {
  const names = Array.from({ length: count }, () => `learner_${randomUUID().slice(0, 13)}`);
  const rows = await app.db
    .insert(users)
    .values(names.map((username) => ({ username, email: `${username}@disha.example`, fullName: username })))
    .returning();
  return rows.map(({ id }) => id);
};

describe("a profile", () => {
  let learner: Session;
  let ids: Record<string, string[]>;

  beforeAll(async () => {
    learner = await app.signedIn();
    ids = await aFullProfile([learner.userId]);
  });

  test("shows its learner everything in it, from the viewer down", async () => {
    const { data, errors } = await app.query<{ viewer: object }>(`{ viewer { profile { ${profileFields} } } }`, {}, learner);
    expect(errors).toBeUndefined();
    const self = { id: toGlobalId("User", learner.userId) };
    expect(data.viewer).toMatchObject({
      profile: {
        id: ids["LearnerProfile"]?.[0],
        user: { fullName: "Asha Rao" },
        education: [{ institution: "School", learner: self }],
        skills: [{ skill: { name: expect.any(String) }, learner: self }],
        goals: [{ value: "Work", targetSkills: [{ name: expect.any(String) }], desiredJobRole: { title: "Solar Technician" }, learner: self }],
        interests: [{ interest: "Chess", learner: self }],
        certifications: [{ name: "First aid", learner: self }],
        psychographics: { engagementType: "Daily", learner: self },
      },
    });
  });

  test("is null until something was told", async () => {
    const { data } = await app.query(`{ viewer { profile { id } } }`, {}, await app.signedIn());
    expect(data).toEqual({ viewer: { profile: null } });
  });

  test("is hidden from other learners, teachers and strangers, by edge and by id, and open to admins", async () => {
    const document = `query ($user: ID!, $ids: [ID!]!) { user(id: $user) { username profile { id } } nodes(ids: $ids) { __typename id } }`;
    const wanted = Object.values(ids).flat();
    const variables = { user: toGlobalId("User", learner.userId), ids: wanted };
    for (const role of ["student", "teacher"] as const) {
      const { data } = await app.query<{ user: object; nodes: null[] }>(document, variables, await app.signedIn(role));
      expect(data.user).toEqual({ username: expect.any(String), profile: null });
      expect(data.nodes).toEqual(wanted.map(() => null));
    }
    const stranger = await app.query(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: wanted });
    expect(stranger.data).toEqual({ nodes: wanted.map(() => null) });
    for (const session of [learner, await app.signedIn("admin")]) {
      const { data } = await app.query(document, variables, session);
      expect(data).toMatchObject({
        user: { profile: { id: ids["LearnerProfile"]?.[0] } },
        nodes: Object.keys(ids).map((type, at) => ({ __typename: type, id: wanted[at] })),
      });
    }
  });
});

test("profiles show all their lists in a constant number of statements", async () => {
  const admin = await app.signedIn("admin");
  const counts: number[] = [];
  const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on LearnerProfile {
    user { fullName } education { learner { id } } skills { skill { name } learner { id } } certifications { learner { id } }
    goals { desiredJobRole { title } learner { id } targetSkills { name } } interests { learner { id } } psychographics { learner { id } } } } }`;
  for (const size of [1, 10, 100]) {
    const ids = (await aFullProfile(await someUsers(size)))["LearnerProfile"];
    const { result, statements } = await countStatements(app.engine, () => app.query<{ nodes: Record<string, unknown>[] }>(document, { ids }, admin));
    expect(result.errors).toBeUndefined();
    expect(result.data.nodes.flatMap((profile) => Object.values(profile)).every((shown) => Array.isArray(shown) ? shown.length === 1 : shown !== null)).toBe(true);
    counts.push(statements.length);
  }
  expect(new Set(counts).size).toBe(1);
});

test("a profile with long lists needs no more statements than one with short lists", async () => {
  const counts: number[] = [];
  for (const size of [1, 10, bounds.goals]) {
    const learner = await app.signedIn();
    const { userId } = learner;
    const each = <Row>(make: (at: number) => Row) => Array.from({ length: size }, (_, at) => make(at));
    await app.db.insert(profiles).values({ userId });
    await app.db.insert(educationRecords).values(each((at) => ({ userId, institution: `School ${at}` })));
    await app.db.insert(certifications).values(each((at) => ({ userId, name: `Paper ${at}` })));
    await app.db.insert(interests).values(each((at) => ({ userId, interest: `Interest ${at}` })));
    const wanted = await app.db.insert(goals).values(each((at) => ({ userId, goalType: "learning" as const, value: `Goal ${at}` }))).returning();
    for (const goal of wanted) {
      const skill = await aSkill(app.db);
      await app.db.insert(skillProficiencies).values({ userId, skillName: skill.name, skillId: skill.id });
      await app.db.insert(goalSkills).values({ userId, goalId: goal.id, skillId: skill.id });
    }
    const document = `{ viewer { profile { education { institution } certifications { name } interests { interest }
      skills { skill { name } } goals { targetSkills { name } } } } }`;
    type Data = { viewer: { profile: Record<string, object[]> } };
    const { result, statements } = await countStatements(app.engine, () => app.query<Data>(document, {}, learner));
    expect(result.errors).toBeUndefined();
    expect(Object.values(result.data.viewer.profile).map((list) => list.length)).toEqual([size, size, size, size, size]);
    counts.push(statements.length);
  }
  expect(new Set(counts).size).toBe(1);
});
