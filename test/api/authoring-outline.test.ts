import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogs, courses, modules, topics } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourseOf, aModule, type aCourse } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let teacher: Session;
let colleague: Session;
let admin: Session;
let learner: Session;

beforeAll(async () => {
  app = await startTestApp();
  teacher = await app.signedIn("teacher");
  colleague = await app.signedIn("teacher");
  admin = await app.signedIn("admin");
  learner = await app.signedIn();
});
afterAll(() => app.close());

type Entity = { id: string; updatedAt: string; title: string; week?: number; orderIndex?: number | null };
type Payload = { module?: Entity | null; topic?: Entity | null; course?: { updatedAt: string; modules: { title: string; week: number }[] } | null };

const selections: Record<string, string> = {
  Module: "module { id updatedAt title week orderIndex course { updatedAt } }",
  Topic: "topic { id updatedAt title orderIndex module { id updatedAt } }",
  reorderModules: "course { updatedAt modules { title week } }",
  reorderTopics: "module { id updatedAt topics { title orderIndex } }",
};
const call = (name: string, input: object, as = teacher) =>
  mutate<Payload>(app, name, input, selections[name] ?? selections[name.endsWith("Module") ? "Module" : "Topic"] ?? "", as);
const forbidden = async (name: string, input: object) =>
  (await app.query(`mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code } } }`, { input }, learner)).errors?.map(({ extensions }) => extensions.code);

const iso = (instant: string) => instant.replace(" ", "T").replace("+00", "Z");
const tables = { Course: courses, Module: modules, Topic: topics };
const keyOf = (row: { id: string } | undefined) => row?.id ?? "";
const at = (type: keyof typeof tables, row: { id: string } | undefined) => toGlobalId(type, keyOf(row));
async function changedAt(type: keyof typeof tables, row: { id: string } | undefined): Promise<string> {
  const table = tables[type];
  const [found] = await app.db.select({ updatedAt: table.updatedAt }).from(table).where(eq(table.id, keyOf(row)));
  return found?.updatedAt ?? "";
}
/** The row as it is now, to be changed next. */
const now = async (type: keyof typeof tables, row: { id: string } | undefined) => ({ id: at(type, row), expectedUpdatedAt: iso(await changedAt(type, row)) });
/** Was the row changed after it looked like this? In the database's texts `+00` comes before any further digit, so that they sort as instants do. */
const isChanged = async (type: keyof typeof tables, row: { id: string; updatedAt: string } | undefined) => row !== undefined && (await changedAt(type, row)) > row.updatedAt;
const moduleRows = (courseId: string) => app.db.select().from(modules).where(eq(modules.courseId, courseId)).orderBy(asc(modules.orderIndex), asc(modules.week));
const topicRow = async (row: { id: string } | undefined) => (await app.db.select().from(topics).where(eq(topics.id, keyOf(row))))[0];
const moduleRow = async (row: { id: string } | undefined) => (await app.db.select().from(modules).where(eq(modules.id, keyOf(row))))[0];
const actionsOn = async (key: string) => (await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, key)).orderBy(asc(auditLogs.id))).map(({ action }) => action);

/** A course of the teacher's with a module for each number, of as many topics. */
const mine = (sizes: number[], values: Parameters<typeof aCourse>[1] = {}) => aCourseOf(app.db, sizes, { status: "draft", createdById: teacher.userId, ...values });

describe("createModule", () => {
  const input = { title: "Safety", description: "Helmets first.", learningObjectives: ["wear a helmet", "Wear a helmet"] };

  test("adds a week at the end, once for a key, and changes the course", async () => {
    const { course } = await mine([1, 0]);
    const keyed = { ...input, courseId: at("Course", course), idempotencyKey: randomUUID() };
    const first = await call("createModule", keyed);
    expect(first).toMatchObject({ errors: [], module: { title: "Safety", week: 3, orderIndex: 2 } });
    expect(await call("createModule", keyed)).toEqual(first);
    expect((await moduleRows(course.id)).at(-1)).toMatchObject({ week: 3, title: "Safety", description: "Helmets first.", learningObjectives: input.learningObjectives });
    expect(await isChanged("Course", course)).toBe(true);
  });

  test("goes by week where the others do, and makes room where an archived module is in the way", async () => {
    const { course } = await mine([]);
    await aModule(app.db, { courseId: course.id, week: 1, title: "One" });
    const gone = await aModule(app.db, { courseId: course.id, week: 2, title: "Gone", archivedAt: "2026-01-01T00:00:00Z" });
    expect((await call("createModule", { courseId: at("Course", course), title: "Two" })).module).toMatchObject({ week: 2, orderIndex: null });
    expect(await moduleRow(gone)).toMatchObject({ week: 3, updatedAt: gone.updatedAt });
    expect((await call("restoreModule", await now("Module", gone))).errors).toEqual([]);
    expect((await moduleRows(course.id)).map(({ title }) => title)).toEqual(["One", "Two", "Gone"]);
  });

  test("takes 30 at most, also of many at once", async () => {
    const { course } = await mine(Array.from({ length: 28 }, () => 0));
    const answers = await Promise.all(Array.from({ length: 5 }, (_, place) => call("createModule", { courseId: at("Course", course), title: `More ${place}` })));
    expect(answers.flatMap(failures)).toEqual(Array.from({ length: 3 }, () => "LIMIT_REACHED at input.courseId"));
    expect((await moduleRows(course.id)).map(({ week }) => week).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, week) => week + 1));
  });

  test("reports failures, and finds no course of others", async () => {
    const { course } = await mine([]);
    const bad = { courseId: at("Course", course), title: "x".repeat(301), description: "", learningObjectives: Array.from({ length: 11 }, () => "x") };
    expect(failures(await call("createModule", bad))).toEqual(["TOO_LONG at input.title", "TOO_SHORT at input.description", "TOO_LONG at input.learningObjectives"]);
    expect(failures(await call("createModule", { courseId: at("Course", course), title: "Mine" }, colleague))).toEqual(["NOT_FOUND at input.courseId"]);
    expect(await forbidden("createModule", { courseId: at("Course", course), title: "Mine" })).toEqual(["FORBIDDEN"]);
    expect(await moduleRows(course.id)).toEqual([]);
  });
});

describe("updateModule", () => {
  test("changes what is given; a new title changes the course too", async () => {
    const { course, weeks } = await mine([0]);
    const module = weeks[0]?.module;
    expect((await call("updateModule", { ...(await now("Module", module)), learningObjectives: ["wire a panel"] })).errors).toEqual([]);
    expect(await changedAt("Course", course)).toBe(course.updatedAt);
    expect((await call("updateModule", { ...(await now("Module", module)), title: "Wires", description: null }, admin)).errors).toEqual([]);
    expect(await changedAt("Course", course)).not.toBe(course.updatedAt);
    expect(await moduleRow(module)).toMatchObject({ title: "Wires", learningObjectives: ["wire a panel"], week: 1 });
    expect(await actionsOn(keyOf(module))).toEqual(["course.module_updated"]);
  });

  test("refuses what changed meanwhile, archived modules, wrong values and those of others", async () => {
    const { weeks } = await mine([0]);
    const module = weeks[0]?.module;
    const old = await now("Module", module);
    expect((await call("updateModule", { ...old, title: "First" })).errors).toEqual([]);
    expect(failures(await call("updateModule", { ...old, title: "Second" }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(failures(await call("updateModule", { ...(await now("Module", module)), title: null, learningObjectives: [" "] }))).toEqual(["REQUIRED at input.title", "TOO_SHORT at input.learningObjectives.0"]);
    expect(failures(await call("updateModule", { ...(await now("Module", module)), title: "Mine" }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await forbidden("updateModule", old)).toEqual(["FORBIDDEN"]);
    await call("archiveModule", await now("Module", module));
    expect(failures(await call("updateModule", { ...(await now("Module", module)), title: "Third" }))).toEqual(["CONFLICT at input.id"]);
    expect(await moduleRow(module)).toMatchObject({ title: "First" });
  });
});

describe("archiveModule and restoreModule", () => {
  test("take a module out and put it back where it was", async () => {
    const { course, weeks } = await mine([1, 1, 1], { status: "active" });
    const module = weeks[1]?.module;
    const shown = async () => (await app.query<{ course: { modules: { title: string }[]; topics: { totalCount: number } } }>(`query ($id: ID!) { course(id: $id) { modules { title } topics { totalCount } } }`, { id: at("Course", course) })).data.course;
    expect((await call("archiveModule", await now("Module", module))).errors).toEqual([]);
    expect(await shown()).toEqual({ modules: [{ title: "Week 1" }, { title: "Week 3" }], topics: { totalCount: 2 } });
    expect(failures(await call("archiveModule", await now("Module", module)))).toEqual(["CONFLICT at input.id"]);
    expect((await call("createModule", { courseId: at("Course", course), title: "Week 4" })).module?.week).toBe(4);
    expect(failures(await call("restoreModule", await now("Module", module), colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect((await call("restoreModule", await now("Module", module))).errors).toEqual([]);
    expect((await shown()).modules.map(({ title }) => title)).toEqual(["Week 1", "Week 2", "Week 3", "Week 4"]);
    expect(failures(await call("restoreModule", await now("Module", module)))).toEqual(["CONFLICT at input.id"]);
    expect(await actionsOn(keyOf(module))).toEqual(["course.module_archived", "course.module_restored"]);
  });

  test("refuse what changed meanwhile, a full course, and everyone who may not", async () => {
    const { course, weeks } = await mine([0, 0]);
    const [first, second] = weeks.map(({ module }) => module);
    const old = await now("Module", first);
    await call("updateModule", { ...old, description: "New" });
    expect(failures(await call("archiveModule", old))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(failures(await call("archiveModule", await now("Module", first), colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect([await forbidden("archiveModule", old), await forbidden("restoreModule", old)]).toEqual([["FORBIDDEN"], ["FORBIDDEN"]]);
    await call("archiveModule", await now("Module", second));
    await app.db.insert(modules).values(Array.from({ length: 29 }, (_, place) => ({ courseId: course.id, week: place + 3, title: "More" })));
    expect(failures(await call("restoreModule", await now("Module", second)))).toEqual(["LIMIT_REACHED at input.id"]);
    expect((await moduleRow(second))?.archivedAt).not.toBeNull();
  });
});

describe("reorderModules", () => {
  test("gives the weeks to the new order, past an archived module", async () => {
    const { course, weeks } = await mine([0, 0, 0, 0]);
    const [a, b, c, d] = weeks.map(({ module }) => module);
    await call("archiveModule", await now("Module", b));
    const moved = await call("reorderModules", { ...(await now("Course", course)), moduleIds: [d, a, c].map((each) => at("Module", each)) });
    expect(moved.errors).toEqual([]);
    expect(moved.course?.modules).toEqual([{ title: "Week 4", week: 1 }, { title: "Week 1", week: 3 }, { title: "Week 3", week: 4 }]);
    expect((await moduleRows(course.id)).map(({ title, week, archivedAt }) => [title, week, archivedAt === null])).toEqual([
      ["Week 4", 1, true], ["Week 2", 2, false], ["Week 1", 3, true], ["Week 3", 4, true],
    ]);
    const again = await call("reorderModules", { ...(await now("Course", course)), moduleIds: [a, c, d].map((each) => at("Module", each)) });
    expect(again.course?.modules.map(({ title }) => title)).toEqual(["Week 1", "Week 3", "Week 4"]);
  });

  test("wants exactly the live ones, of a course that has not changed, by its author", async () => {
    const { course, weeks } = await mine([0, 0]);
    const [a, b] = weeks.map(({ module }) => at("Module", module));
    const foreign = at("Module", (await mine([0])).weeks[0]?.module);
    const before = await moduleRows(course.id);
    for (const moduleIds of [[a], [a, a], [a, b, foreign], [a, foreign], []]) {
      expect(failures(await call("reorderModules", { ...(await now("Course", course)), moduleIds }))).toEqual(["INVALID at input.moduleIds"]);
    }
    const old = await now("Course", course);
    expect(failures(await call("reorderModules", { ...old, moduleIds: [b, a] }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await forbidden("reorderModules", { ...old, moduleIds: [b, a] })).toEqual(["FORBIDDEN"]);
    expect(await moduleRows(course.id)).toEqual(before);
    await call("createModule", { courseId: at("Course", course), title: "New" });
    expect(failures(await call("reorderModules", { ...old, moduleIds: [b, a] }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
  });
});

describe("createTopic and updateTopic", () => {
  test("write a page at the end of a module, once for a key, and change it", async () => {
    const { course, weeks } = await mine([1]);
    const module = weeks[0]?.module;
    const keyed = { moduleId: at("Module", module), title: "Helmets", content: "# Helmets\n", estimatedMinutes: 15, idempotencyKey: randomUUID() };
    const first = await call("createTopic", keyed);
    expect(first).toMatchObject({ errors: [], topic: { title: "Helmets", orderIndex: 1 } });
    expect(await call("createTopic", keyed)).toEqual(first);
    const made = (await app.db.select().from(topics).where(eq(topics.title, "Helmets")))[0];
    expect(made).toMatchObject({ content: "# Helmets\n", estimatedMinutes: 15, moduleId: keyOf(module) });
    const ofCourse = await changedAt("Course", course);
    expect([await isChanged("Course", course), await isChanged("Module", module)]).toEqual([true, true]);
    expect((await call("updateTopic", { ...(await now("Topic", made)), content: "# Hats\n\n<script>x</script>", estimatedMinutes: null })).errors).toEqual([]);
    expect(await topicRow(made)).toMatchObject({ title: "Helmets", content: "# Hats\n\n<script>x</script>", estimatedMinutes: null });
    // The content is no part of the outline; the title is.
    expect(await changedAt("Course", course)).toBe(ofCourse);
    expect((await call("updateTopic", { ...(await now("Topic", made)), title: "Hats" }, admin)).errors).toEqual([]);
    expect(await changedAt("Course", course)).not.toBe(ofCourse);
    expect(await actionsOn(keyOf(made))).toEqual(["course.topic_updated"]);
  });

  test("report failures, and find nothing of others", async () => {
    const { weeks, topics: [topic] } = await mine([1]);
    const moduleId = at("Module", weeks[0]?.module);
    const bad = { title: "", content: "x".repeat(200_001), estimatedMinutes: 601 };
    const wrong = ["TOO_SHORT at input.title", "TOO_LONG at input.content", "OUT_OF_RANGE at input.estimatedMinutes"];
    expect(failures(await call("createTopic", { moduleId, ...bad }))).toEqual(wrong);
    expect(failures(await call("updateTopic", { ...(await now("Topic", topic)), ...bad })).toSorted()).toEqual(wrong.toSorted());
    expect(failures(await call("createTopic", { moduleId, title: "NUL", content: "a\0" }))).toEqual(["INVALID at input.content"]);
    expect(failures(await call("createTopic", { moduleId, title: "Mine" }, colleague))).toEqual(["NOT_FOUND at input.moduleId"]);
    expect(failures(await call("updateTopic", { ...(await now("Topic", topic)), title: "Mine" }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect([await forbidden("createTopic", { moduleId, title: "Mine" }), await forbidden("updateTopic", await now("Topic", topic))]).toEqual([["FORBIDDEN"], ["FORBIDDEN"]]);
    const old = await now("Topic", topic);
    await call("updateTopic", { ...old, title: "First" });
    expect(failures(await call("updateTopic", { ...old, title: "Second" }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await topicRow(topic)).toMatchObject({ title: "First" });
  });

  test("take 20 at most, also of many at once", async () => {
    const { weeks } = await mine([18]);
    const moduleId = at("Module", weeks[0]?.module);
    const answers = await Promise.all(Array.from({ length: 4 }, (_, place) => call("createTopic", { moduleId, title: `More ${place}` })));
    expect(answers.flatMap(failures)).toEqual(["LIMIT_REACHED at input.moduleId", "LIMIT_REACHED at input.moduleId"]);
    expect(await app.db.$count(topics, eq(topics.moduleId, keyOf(weeks[0]?.module)))).toBe(20);
  });
});

describe("archiveTopic, restoreTopic and reorderTopics", () => {
  const titles = async (module: { id: string } | undefined) =>
    (await app.query<{ node: { topics: { title: string }[] } }>(`query ($id: ID!) { node(id: $id) { ... on Module { topics { title } } } }`, { id: at("Module", module) }, teacher)).data.node.topics.map(({ title }) => title);

  test("take a topic out, put the others in order, and put it back", async () => {
    const { weeks } = await mine([3]);
    const [module, within] = [weeks[0]?.module, weeks[0]?.topics ?? []];
    const [a, b, c] = within;
    expect((await call("archiveTopic", await now("Topic", b))).errors).toEqual([]);
    expect((await topicRow(b))?.archivedAt).not.toBeNull();
    expect(failures(await call("archiveTopic", await now("Topic", b)))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await call("updateTopic", { ...(await now("Topic", b)), title: "Gone" }))).toEqual(["CONFLICT at input.id"]);
    expect((await call("reorderTopics", { ...(await now("Module", module)), topicIds: [at("Topic", c), at("Topic", a)] })).errors).toEqual([]);
    expect(await titles(module)).toEqual(["Topic 1.3", "Topic 1.1"]);
    expect((await call("restoreTopic", await now("Topic", b))).errors).toEqual([]);
    expect(await titles(module)).toEqual(["Topic 1.3", "Topic 1.1", "Topic 1.2"]);
    expect(failures(await call("restoreTopic", await now("Topic", b)))).toEqual(["CONFLICT at input.id"]);
    expect(await actionsOn(keyOf(b))).toEqual(["course.topic_archived", "course.topic_restored"]);
  });

  test("refuse what changed meanwhile, full and archived modules, wrong lists, and everyone who may not", async () => {
    const { weeks } = await mine([2, 1]);
    const [module, [a, b] = []] = [weeks[0]?.module, weeks[0]?.topics];
    const ids = [at("Topic", b), at("Topic", a)];
    const old = await now("Module", module);
    for (const topicIds of [[ids[0]], [ids[0], ids[0]], [...ids, at("Topic", weeks[1]?.topics[0])]]) {
      expect(failures(await call("reorderTopics", { ...old, topicIds }))).toEqual(["INVALID at input.topicIds"]);
    }
    expect(failures(await call("reorderTopics", { ...old, topicIds: ids }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    const stale = await now("Topic", a);
    for (const name of ["archiveTopic", "restoreTopic"]) {
      expect(failures(await call(name, stale, colleague))).toEqual(["NOT_FOUND at input.id"]);
      expect(failures(await call(name, { ...stale, expectedUpdatedAt: "2026-01-01T00:00:00Z" }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
      expect(await forbidden(name, stale)).toEqual(["FORBIDDEN"]);
    }
    expect(await forbidden("reorderTopics", { ...old, topicIds: ids })).toEqual(["FORBIDDEN"]);
    await call("archiveTopic", stale);
    expect(failures(await call("reorderTopics", { ...old, topicIds: ids }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    await app.db.insert(topics).values(Array.from({ length: 19 }, () => ({ moduleId: keyOf(module), title: "More", content: "" })));
    expect(failures(await call("restoreTopic", await now("Topic", a)))).toEqual(["LIMIT_REACHED at input.id"]);
    await call("archiveModule", await now("Module", module));
    expect(failures(await call("restoreTopic", await now("Topic", a)))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await call("createTopic", { moduleId: at("Module", module), title: "Late" }))).toEqual(["CONFLICT at input.moduleId"]);
  });
});

describe("moveTopic", () => {
  test("moves to the end of another module and changes both, and the course", async () => {
    const { course, weeks } = await mine([2, 1]);
    const [from, to] = weeks.map(({ module }) => module);
    const topic = weeks[0]?.topics[0];
    expect((await call("moveTopic", { ...(await now("Topic", topic)), moduleId: at("Module", to) })).errors).toEqual([]);
    expect(await topicRow(topic)).toMatchObject({ moduleId: keyOf(to), orderIndex: 1 });
    for (const [type, row] of [["Course", course], ["Module", from], ["Module", to]] as const) expect(await isChanged(type, row)).toBe(true);
  });

  test("stays within the course, its bounds and its rights", async () => {
    const { weeks } = await mine([1, 20, 1]);
    const topic = weeks[0]?.topics[0];
    const elsewhere = (await mine([0])).weeks[0]?.module;
    const archived = weeks[2]?.module;
    await call("archiveModule", await now("Module", archived));
    const to = async (module: { id: string } | undefined, as = teacher) => failures(await call("moveTopic", { ...(await now("Topic", topic)), moduleId: at("Module", module) }, as));
    expect(await to(elsewhere)).toEqual(["NOT_FOUND at input.moduleId"]);
    expect(await to({ id: randomUUID() })).toEqual(["NOT_FOUND at input.moduleId"]);
    expect(await to(weeks[0]?.module)).toEqual(["CONFLICT at input.moduleId"]);
    expect(await to(archived)).toEqual(["CONFLICT at input.moduleId"]);
    expect(await to(weeks[1]?.module)).toEqual(["LIMIT_REACHED at input.moduleId"]);
    expect(await to(weeks[1]?.module, colleague)).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await call("moveTopic", { id: at("Topic", topic), expectedUpdatedAt: "2026-01-01T00:00:00Z", moduleId: at("Module", weeks[1]?.module) }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await forbidden("moveTopic", { ...(await now("Topic", topic)), moduleId: at("Module", elsewhere) })).toEqual(["FORBIDDEN"]);
    expect(await topicRow(topic)).toEqual(topic);
  });
});

test("what is archived is listed for those who may restore it, the last one first", async () => {
  const { course, weeks } = await mine([3, 1, 1], { status: "active" });
  const [a, b, c] = weeks[0]?.topics ?? [];
  await call("archiveTopic", await now("Topic", b));
  await call("archiveTopic", await now("Topic", a));
  await call("archiveTopic", await now("Topic", weeks[1]?.topics[0]));
  for (const { module } of weeks.slice(1)) await call("archiveModule", await now("Module", module));
  const list = async (as?: Session) =>
    (await app.query<unknown>(`query ($id: ID!) { course(id: $id) { archivedModules { id title } archivedTopics { id module { title } } } }`, { id: at("Course", course) }, as)).data;
  const shown = {
    course: {
      archivedModules: [{ id: at("Module", weeks[2]?.module), title: "Week 3" }, { id: at("Module", weeks[1]?.module), title: "Week 2" }],
      archivedTopics: [a, b].map((topic) => ({ id: at("Topic", topic), module: { title: "Week 1" } })),
    },
  };
  expect([await list(teacher), await list(admin)]).toEqual([shown, shown]);
  for (const other of [undefined, learner, colleague]) expect(await list(other)).toEqual({ course: { archivedModules: null, archivedTopics: null } });
  await call("restoreTopic", await now("Topic", a));
  expect(await list(teacher)).toMatchObject({ course: { archivedTopics: [{ id: at("Topic", b) }] } });
  expect((await topicRow(c))?.archivedAt).toBeNull();
});

test("a draft's modules and topics are hidden from all but its author and admins, on every way to them", async () => {
  const { course, weeks, topics: [topic] } = await mine([1]);
  const document = `query ($course: ID!, $module: ID!, $topic: ID!) {
    course(id: $course) { id } module: node(id: $module) { id } node(id: $topic) { id ... on Topic { content contentHtml } } }`;
  const ids = { course: at("Course", course), module: at("Module", weeks[0]?.module), topic: at("Topic", topic) };
  const seen = { course: { id: ids.course }, module: { id: ids.module }, node: { id: ids.topic, content: "Read this.", contentHtml: "<p>Read this.</p>\n" } };
  const ask = async (as?: Session) => (await app.query<unknown>(document, ids, as)).data;
  expect([await ask(teacher), await ask(admin)]).toEqual([seen, seen]);
  for (const other of [undefined, learner, colleague]) expect(await ask(other)).toEqual({ course: null, module: null, node: null });
});
