import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  coursePrerequisites, courses, courseSkills, courseVersions, modules, skillAliases, topics,
} from "../../src/db/tables/index.js";
import { bounds } from "../../src/graphql/bounds.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aCourse, aLevel, aModule, anEnrollment, aProvider, aSkill, aTopic } from "../support/builders.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  for (const level of ["3.0", "4.0", "4.5"]) await aLevel(app.db, level);
});
afterAll(() => app.close());

const id = (type: string, row: { id: string }): string => toGlobalId(type, row.id);

test("a course shows every column and its edges, and they lead back to it", async () => {
  const provider = await aProvider(app.db, { region: "Kerala", websiteUrl: "https://provider.example" });
  const author = await app.signedIn("teacher");
  const course = await aCourse(app.db, {
    courseNumber: 7, description: "Panels", nsqfLevel: "4.5", credits: "12.50", notionalHours: 300, durationMonths: 3,
    language: "hi", region: "Kerala", providerId: provider.id, createdById: author.userId, keywords: ["solar"],
    enrollmentCount: 4, completionRate: "62.50", metadata: { sector: "Power" },
  });
  const skill = await aSkill(app.db, { category: "technical", keywords: ["volt"] });
  const besides = await aSkill(app.db);
  await app.db.insert(courseSkills).values([
    { courseId: course.id, skillId: besides.id },
    { courseId: course.id, skillId: skill.id, isPrimary: true },
  ]);
  const before = await aCourse(app.db, { title: "Before" });
  await app.db.insert(coursePrerequisites).values({ courseId: course.id, prerequisiteId: before.id });
  const { data, errors } = await app.query<{ course: Record<string, unknown> }>(
    `query ($id: ID!) { course(id: $id) {
      id courseId courseNumber title description credits notionalHours durationMonths language region status version
      keywords enrollmentCount completionRate metadata createdAt updatedAt
      provider { name region websiteUrl isNsqfAligned courses { nodes { courseId } } }
      nsqfLevel { id level description courses { nodes { courseId } } }
      createdBy { username createdCourses { nodes { courseId } } }
      skills { isPrimary course { courseId } skill { name category keywords courses { nodes { courseId } } } }
      prerequisites { nodes { title prerequisiteOf { nodes { courseId } } } } } }`,
    { id: id("Course", course) },
    author,
  );
  expect(errors).toBeUndefined();
  const back = { courses: { nodes: [{ courseId: course.courseId }] } };
  expect(data.course).toMatchObject({
    id: id("Course", course), courseId: course.courseId, courseNumber: 7, title: course.title, description: "Panels",
    credits: 12.5, notionalHours: 300, durationMonths: 3, language: "hi", region: "Kerala", status: "ACTIVE", version: 1,
    keywords: ["solar"], enrollmentCount: 4, completionRate: 62.5, metadata: { sector: "Power" },
    createdAt: course.createdAt.replace(" ", "T").replace("+00", "Z"),
    provider: { name: provider.name, region: "Kerala", websiteUrl: "https://provider.example", isNsqfAligned: true, ...back },
    nsqfLevel: { id: toGlobalId("NsqfLevel", "4.5"), level: 4.5, description: "Level 4.5", ...back },
    createdBy: { createdCourses: back.courses },
    skills: [
      { isPrimary: true, course: { courseId: course.courseId }, skill: { name: skill.name, category: "TECHNICAL", keywords: ["volt"], ...back } },
      { isPrimary: false, skill: { category: null } },
    ],
    prerequisites: { nodes: [{ title: "Before", prerequisiteOf: back.courses }] },
  });
});

test("modules and topics come in the order of the course, archived ones left out", async () => {
  const course = await aCourse(app.db);
  const week2 = await aModule(app.db, { courseId: course.id, week: 2, title: "Second", learningObjectives: ["wire a panel"] });
  const week1 = await aModule(app.db, { courseId: course.id, week: 1, title: "First" });
  const gone = await aModule(app.db, { courseId: course.id, week: 3, title: "Gone", archivedAt: "2026-01-01T00:00:00Z" });
  await aTopic(app.db, { moduleId: week1.id, title: "b", orderIndex: 2 });
  await aTopic(app.db, { moduleId: week1.id, title: "a", orderIndex: 1, estimatedMinutes: 25 });
  await aTopic(app.db, { moduleId: week1.id, title: "archived", orderIndex: 3, archivedAt: "2026-01-01T00:00:00Z" });
  await aTopic(app.db, { moduleId: week2.id, title: "c", orderIndex: 1 });
  const hidden = await aTopic(app.db, { moduleId: gone.id, title: "in an archived module" });
  const { data } = await app.query<{ course: object; nodes: unknown[] }>(
    `query ($id: ID!, $ids: [ID!]!) {
      course(id: $id) {
        modules { week title description learningObjectives orderIndex course { id } topics { title orderIndex estimatedMinutes module { title } } }
        topics(first: 2) { totalCount nodes { title } pageInfo { hasNextPage } }
        short: topics(where: {estimatedMinutes: {range: {lte: 30}}}) { totalCount }
        completionRule { kind liveTopics description } }
      nodes(ids: $ids) { id } }`,
    { id: id("Course", course), ids: [id("Module", gone), id("Topic", hidden)] },
    await app.signedIn("admin"),
  );
  expect(data.course).toMatchObject({
    modules: [
      { week: 1, title: "First", course: { id: id("Course", course) }, topics: [{ title: "a", estimatedMinutes: 25 }, { title: "b", module: { title: "First" } }] },
      { week: 2, title: "Second", learningObjectives: ["wire a panel"], topics: [{ title: "c" }] },
    ],
    topics: { totalCount: 3, nodes: [{ title: "a" }, { title: "b" }], pageInfo: { hasNextPage: true } },
    short: { totalCount: 1 },
    completionRule: { kind: "TOPICS", liveTopics: 3, description: "Complete all 3 topics." },
  });
  expect(data.nodes).toEqual([null, null]);
});

test("a course's topics page across its modules", async () => {
  const course = await aCourse(app.db);
  for (const week of [1, 2, 3]) {
    const module = await aModule(app.db, { courseId: course.id, week, orderIndex: week === 1 ? null : 5 });
    for (const orderIndex of [0, 1, 1]) await aTopic(app.db, { moduleId: module.id, title: `${week}.${orderIndex}`, orderIndex });
  }
  const document = `query ($id: ID!, $after: String) { course(id: $id) { topics(first: 2, after: $after) {
    nodes { title } pageInfo { hasNextPage endCursor } } } }`;
  type Data = { course: { topics: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } };
  const titles: string[] = [];
  const variables: { id: string; after: string | null } = { id: id("Course", course), after: null };
  for (let more = true; more; ) {
    const { data, errors } = await app.query<Data>(document, variables);
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.course.topics;
    titles.push(...nodes.map(({ title }) => title));
    variables.after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  expect(titles).toEqual(["2.0", "2.1", "2.1", "3.0", "3.1", "3.1", "1.0", "1.1", "1.1"]);
});

test("a course without topics is completed by the learner's word", async () => {
  const course = await aCourse(app.db);
  const { data } = await app.query<{ course: object }>(
    `query ($id: ID!) { course(id: $id) { completionRule { kind liveTopics } topics { totalCount } } }`,
    { id: id("Course", course) },
  );
  expect(data.course).toEqual({ completionRule: { kind: "LEARNER_CONFIRMS", liveTopics: 0 }, topics: { totalCount: 0 } });
});

test("topic content is for enrolled learners, the author and admins", async () => {
  const author = await app.signedIn("teacher");
  const course = await aCourse(app.db, { createdById: author.userId });
  const module = await aModule(app.db, { courseId: course.id });
  const topic = await aTopic(app.db, { moduleId: module.id, content: "# Safety first" });
  const [enrolled, done, dropped, stranger] = [await app.signedIn(), await app.signedIn(), await app.signedIn(), await app.signedIn()];
  await anEnrollment(app.db, { userId: enrolled.userId, courseId: course.id });
  await anEnrollment(app.db, { userId: done.userId, courseId: course.id, status: "completed", completedAt: "2026-01-01T00:00:00Z" });
  await anEnrollment(app.db, { userId: dropped.userId, courseId: course.id, status: "dropped" });
  const read = async (as?: Awaited<ReturnType<TestApp["signedIn"]>>) =>
    (await app.query<{ node: unknown }>(`query ($id: ID!) { node(id: $id) { ... on Topic { title content contentHtml } } }`, { id: id("Topic", topic) }, as)).data.node;
  const shown = { title: topic.title, content: "# Safety first", contentHtml: "<h1>Safety first</h1>\n" };
  for (const reader of [enrolled, done, author, await app.signedIn("admin")]) expect(await read(reader)).toEqual(shown);
  const withheld = { title: topic.title, content: null, contentHtml: null };
  for (const other of [dropped, stranger, await app.signedIn("teacher"), undefined]) expect(await read(other)).toEqual(withheld);
});

test("published outlines are listed, latest first, and compared by id", async () => {
  const course = await aCourse(app.db, { version: 2 });
  const [kept, renamed, removed, added] = [
    "0190b8a0-0000-7000-8000-000000000001", "0190b8a0-0000-7000-8000-000000000002",
    "0190b8a0-0000-7000-8000-000000000003", "0190b8a0-0000-7000-8000-000000000004",
  ] as const;
  const outline = (...items: { id: string; title: string }[]) => ({ modules: [{ id: kept, title: "Kept", topics: items }] });
  await app.db.insert(courseVersions).values([
    { courseId: course.id, version: 1, outline: outline({ id: renamed, title: "Old" }, { id: removed, title: "Away" }) },
    { courseId: course.id, version: 2, outline: outline({ id: added, title: "Fresh" }, { id: renamed, title: "New" }) },
  ]);
  const { data, errors } = await app.query<{ course: object }>(
    `query ($id: ID!) { course(id: $id) {
      versions { nodes { version outline course { id } publishedAt } }
      changesSince(version: 1) { kind item itemId before after }
      nothing: changesSince(version: 2) { kind }
      missing: changesSince(version: 9) { kind } } }`,
    { id: id("Course", course) },
  );
  expect(errors).toBeUndefined();
  expect(data.course).toMatchObject({
    versions: { nodes: [{ version: 2, course: { id: id("Course", course) } }, { version: 1 }] },
    changesSince: [
      { kind: "RENAMED", item: "TOPIC", itemId: toGlobalId("Topic", renamed), before: "Old", after: "New" },
      { kind: "REMOVED", item: "TOPIC", itemId: toGlobalId("Topic", removed), before: "Away", after: null },
      { kind: "ADDED", item: "TOPIC", itemId: toGlobalId("Topic", added), before: null, after: "Fresh" },
    ],
    nothing: [],
    missing: null,
  });
});

test("a skill knows its other spellings", async () => {
  const skill = await aSkill(app.db, { name: "Spreadsheet modelling" });
  await app.db.insert(skillAliases).values([
    { alias: "Excel models", skillId: skill.id },
    { alias: "Calc", skillId: skill.id },
  ]);
  const { data } = await app.query<{ skill: object }>(`query ($id: ID!) { skill(id: $id) { name aliases } }`, { id: id("Skill", skill) });
  expect(data.skill).toEqual({ name: "Spreadsheet modelling", aliases: ["Calc", "Excel models"] });
});

test("a plain list stops at its bound, a connection counts them all", async () => {
  const course = await aCourse(app.db);
  const module = await aModule(app.db, { courseId: course.id });
  await app.db.insert(topics).values(Array.from({ length: 105 }, (_, i) => ({ moduleId: module.id, title: `t${i}`, content: "", orderIndex: i })));
  const { data } = await app.query<{ course: { modules: { topics: object[] }[]; topics: { totalCount: number } } }>(
    `query ($id: ID!) { course(id: $id) { modules { topics { title } } topics { totalCount } } }`,
    { id: id("Course", course) },
  );
  expect(data.course.modules[0]?.topics).toHaveLength(bounds.moduleTopics);
  expect(data.course.topics.totalCount).toBe(105);
});

test("rows that go away read as missing", async () => {
  const course = await aCourse(app.db);
  await app.db.delete(modules).where(eq(modules.courseId, course.id));
  await app.db.delete(courses).where(eq(courses.id, course.id));
  const { data, errors } = await app.query(`query ($id: ID!) { course(id: $id) { id } }`, { id: id("Course", course) });
  expect({ data, errors }).toEqual({ data: { course: null }, errors: undefined });
});

test("an id of another type is INVALID_ID", async () => {
  const { errors } = await app.query(`query ($id: ID!) { course(id: $id) { id } }`, { id: toGlobalId("NsqfLevel", "4.5") });
  expect(errors?.[0]?.extensions.code).toBe("INVALID_ID");
});
