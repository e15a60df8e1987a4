import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { courseSkills, skillAliases } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aCourse, aJobRole, aLevel, aProvider, aSkill } from "../support/builders.js";

let app: TestApp;
let providerId: string;
let skillId: string;

beforeAll(async () => {
  app = await startTestApp();
  for (const level of ["3.0", "4.5"]) await aLevel(app.db, level);
  const provider = await aProvider(app.db, { name: "Institute of Solar Energy", slug: "solar-institute", region: "Gujarat" });
  const skill = await aSkill(app.db, { name: "Photovoltaics", category: "technical", keywords: ["sun"] });
  [providerId, skillId] = [toGlobalId("Provider", provider.id), toGlobalId("Skill", skill.id)];
  await app.db.insert(skillAliases).values({ alias: "PV panels", skillId: skill.id });
  const solar = await aCourse(app.db, {
    courseId: "A", title: "Solar Panel Installation", providerId: provider.id, nsqfLevel: "4.5", durationMonths: 6,
    courseNumber: 41, credits: "20", notionalHours: 600, keywords: ["roof", "sun"], region: "Gujarat",
    createdAt: "2026-01-02 10:00:00.000001+00",
  });
  await app.db.insert(courseSkills).values({ courseId: solar.id, skillId: skill.id });
  await aCourse(app.db, { courseId: "B", title: "100% Web_Design", language: "hi", nsqfLevel: "3.0", durationMonths: 12, createdAt: "2026-01-03 10:00:00+00" });
  await aCourse(app.db, { courseId: "C", title: "Bakery", keywords: ["oven"], createdAt: "2026-01-04 10:00:00+00" });
  await aJobRole(app.db, { slug: "low", salaryMinMinor: 3_000_000_000, demandLevel: "low", industry: "Power" });
  await aJobRole(app.db, { slug: "high", salaryMinMinor: 100, demandLevel: "high" });
});
afterAll(() => app.close());

async function found(where: object): Promise<string> {
  const { data, errors } = await app.query<{ courses: { totalCount: number; nodes: { courseId: string }[] } }>(
    `query ($where: CourseWhere) { courses(where: $where, orderBy: {field: CREATED_AT, direction: ASC}) { totalCount nodes { courseId } } }`,
    { where },
  );
  expect(errors).toBeUndefined();
  expect(data.courses.totalCount).toBe(data.courses.nodes.length);
  return data.courses.nodes.map(({ courseId }) => courseId).join("");
}

describe("courses are found by", () => {
  test.each<[string, () => object, string]>([
    ["no condition", () => ({}), "ABC"],
    ["part of the title, in any case", () => ({ search: "PANEL" }), "A"],
    ["a word that resembles one of the title", () => ({ search: "instalation" }), "A"],
    ["a percent sign as itself", () => ({ search: "0% w" }), "B"],
    ["an underscore as itself", () => ({ search: "b_d" }), "B"],
    ["a search of spaces, which is none", () => ({ search: "   " }), "ABC"],
    ["their outside id", () => ({ courseId: { eq: "B" } }), "B"],
    ["their number", () => ({ courseNumber: { eq: 41 } }), "A"],
    ["a level in half steps", () => ({ nsqfLevel: { eq: 4.5 } }), "A"],
    ["nesting three deep", () => ({ AND: [{ OR: [{ NOT: { courseId: { eq: "A" } } }] }], language: { eq: "hi" } }), "B"],
    ["one of several levels", () => ({ nsqfLevel: { oneOf: [3, 4.5, 1e9] } }), "AB"],
    ["a level that none has, not rounded to one", () => ({ nsqfLevel: { oneOf: [4.46] } }), ""],
    ["a range with both ends included", () => ({ durationMonths: { range: { gte: 6, lte: 12 } } }), "AB"],
    ["credits and hours together", () => ({ credits: { range: { gte: 19.5 } }, notionalHours: { eq: 600 } }), "A"],
    ["language", () => ({ language: { oneOf: ["hi", "ta"] } }), "B"],
    ["region", () => ({ region: { eq: "Gujarat" } }), "A"],
    ["a keyword", () => ({ keyword: { eq: "sun" } }), "A"],
    ["one of several keywords", () => ({ keyword: { oneOf: ["sun", "oven"] } }), "AC"],
    ["an instant to the microsecond", () => ({ createdAt: { range: { lte: "2026-01-02T10:00:00.000001Z" } } }), "A"],
    ["status", () => ({ status: { oneOf: ["ARCHIVED", "DRAFT"] } }), ""],
    ["their provider", () => ({ provider: { eq: providerId } }), "A"],
    ["a skill", () => ({ skill: { oneOf: [skillId] } }), "A"],
    ["an empty list, which holds nothing", () => ({ language: { oneOf: [] } }), ""],
    ["all of several", () => ({ AND: [{ search: "solar" }, { language: { eq: "en" } }] }), "A"],
    ["any of several", () => ({ OR: [{ courseId: { eq: "A" } }, { language: { eq: "hi" } }] }), "AB"],
    ["an empty OR, which never holds", () => ({ OR: [] }), ""],
    ["what does not hold, missing values included", () => ({ NOT: { nsqfLevel: { eq: 4.5 } } }), "BC"],
    ["conditions three deep", () => ({ NOT: { OR: [{ courseId: { eq: "A" } }, { courseId: { eq: "B" } }] } }), "C"],
  ])("%s", async (_, where, expected) => {
    expect(await found(where())).toBe(expected);
  });
});

describe("a where that cannot be answered is a coded error", () => {
  test.each<[string, object, string]>([
    ["nesting four deep", { AND: [{ OR: [{ NOT: { AND: [{ courseId: { eq: "A" } }] } }] }] }, "BAD_USER_INPUT"],
    ["an id of another type", { provider: { eq: toGlobalId("Course", "0190b8a0-0000-7000-8000-000000000000") } }, "INVALID_ID"],
    ["no id at all", { skill: { oneOf: ["x"] } }, "INVALID_ID"],
    ["a list of 101 values", { courseId: { oneOf: Array.from({ length: 101 }, String) } }, "BAD_USER_INPUT"],
    ["a search of 201 characters", { search: "x".repeat(201) }, "BAD_USER_INPUT"],
    ["NUL in a search", { search: "a\0b" }, "BAD_USER_INPUT"],
    ["NUL in a text", { region: { eq: "\0" } }, "BAD_USER_INPUT"],
    ["NUL in a keyword", { keyword: { oneOf: ["\0"] } }, "BAD_USER_INPUT"],
    ["an instant that is none", { createdAt: { range: { gte: "yesterday" } } }, "BAD_USER_INPUT"],
  ])("%s", async (_, where, code) => {
    const { errors } = await app.query(`query ($where: CourseWhere) { courses(where: $where) { totalCount } }`, { where });
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});

test("skills are found by alias, category and keyword; providers by name and region", async () => {
  const { data, errors } = await app.query<Record<string, { nodes: object[] }>>(`{
    alias: skills(where: {search: "pv pan"}) { nodes { name } }
    name: skills(where: {search: "photovoltaic"}) { nodes { name } }
    category: skills(where: {category: {eq: TECHNICAL}, keyword: {eq: "sun"}}) { nodes { name } }
    none: skills(where: {category: {eq: SOFT}}) { nodes { name } }
    provider: providers(where: {search: "solar enrgy", region: {eq: "Gujarat"}, isNsqfAligned: {eq: true}}) { nodes { slug } }
    slug: providers(where: {NOT: {slug: {eq: "solar-institute"}}}) { nodes { slug } }
    levels: nsqfLevels(where: {level: {range: {gte: 3.5}}}) { nodes { level } }
  }`);
  expect(errors).toBeUndefined();
  const skill = { nodes: [{ name: "Photovoltaics" }] };
  expect(data).toEqual({
    alias: skill, name: skill, category: skill, none: { nodes: [] },
    provider: { nodes: [{ slug: "solar-institute" }] }, slug: { nodes: [] }, levels: { nodes: [{ level: 4.5 }] },
  });
});

test("job roles are found by pay beyond 32 bits, demand and industry", async () => {
  const { data, errors } = await app.query(`{
    pay: jobRoles(where: {salaryMinMinor: {range: {gte: 2500000000}}}) { nodes { slug salaryMinMinor demandLevel } }
    demand: jobRoles(where: {demandLevel: {oneOf: [HIGH, MEDIUM]}}) { nodes { slug } }
    industry: jobRoles(where: {industry: {eq: "Power"}}) { totalCount }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    pay: { nodes: [{ slug: "low", salaryMinMinor: 3_000_000_000, demandLevel: "LOW" }] },
    demand: { nodes: [{ slug: "high" }] },
    industry: { totalCount: 1 },
  });
});
