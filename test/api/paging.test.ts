import { asc, desc, eq, sql, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { orderBy, type Order } from "../../src/db/ordering.js";
import { courses, courseSkills } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import type { Page } from "../../src/graphql/page.js";
import { createLoaders } from "../../src/loaders/index.js";
import { list } from "../../src/loaders/lists.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aLevel, aSkill } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

type CourseRow = typeof courses.$inferSelect;

interface Listing {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const size = 250;
const perPage = 30;
let app: TestApp;
let skillId: string;

beforeAll(async () => {
  app = await startTestApp();
  for (const level of ["3.0", "4.0", "4.5"]) await aLevel(app.db, level);
  const rows = Array.from({ length: size }, (_, i) => ({
    courseId: `PAGE-${i}`,
    title: `Title ${i % 7}`,
    nsqfLevel: [null, "3.0", "4.0", "4.5"][i % 4],
    completionRate: i % 3 === 0 ? null : String(i % 5),
    enrollmentCount: i % 6,
    createdAt: `2026-01-01 00:00:00.00000${i % 4}+00`,
  }));
  const made = await app.db.insert(courses).values(rows).returning();
  skillId = (await aSkill(app.db)).id;
  await app.db.insert(courseSkills).values(made.map(({ id }) => ({ courseId: id, skillId })));
});
afterAll(() => app.close());

const pageOf = `nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
const rootList = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: CourseOrder) {
  courses(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) { ${pageOf} } }`;

async function coursesPage(variables: object): Promise<Listing> {
  const { data, errors } = await app.query<{ courses: Listing }>(rootList, variables);
  expect(errors).toBeUndefined();
  return data.courses;
}

/** Ids page by page: forward with first/after, or backward with last/before, put back in list order. */
async function walk(fetchPage: (args: object) => Promise<Listing>, way: "forward" | "backward", args: object): Promise<string[]> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  for (;;) {
    const forward = way === "forward";
    const page = await fetchPage(forward ? { ...args, first: perPage, after: cursor } : { ...args, last: perPage, before: cursor });
    const ids = page.nodes.map(({ id }) => id);
    if (forward) pages.push(ids);
    else pages.unshift(ids);
    expect(forward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage).toBe(cursor !== null);
    if (!(forward ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage)) return pages.flat();
    expect(ids).toHaveLength(perPage);
    cursor = forward ? page.pageInfo.endCursor : page.pageInfo.startCursor;
  }
}

const fullList = async (...order: SQL[]): Promise<string[]> =>
  (await app.db.select({ id: courses.id }).from(courses).orderBy(...order)).map(({ id }) => toGlobalId("Course", id));

const orders = {
  CREATED_AT: courses.createdAt,
  TITLE: courses.title,
  NSQF_LEVEL: courses.nsqfLevel,
  ENROLLMENT_COUNT: courses.enrollmentCount,
} as const;

describe("250 rows with tied and missing sort values come page by page without gaps or repeats", () => {
  const cases = Object.entries(orders).flatMap(([field, column]) =>
    (["ASC", "DESC"] as const).flatMap((direction) =>
      (["forward", "backward"] as const).map((way) => ({ field, direction, way, column })),
    ),
  );
  test.each(cases)("$field $direction, $way", async ({ field, direction, way, column }) => {
    const turn = direction === "ASC" ? asc : desc;
    const expected = await fullList(turn(column), turn(courses.id));
    expect(await walk(coursesPage, way, { orderBy: { field, direction } })).toEqual(expected);
  });

  test.each(["forward", "backward"] as const)("under a parent, through a join table, %s", async (way) => {
    const document = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { skill(id: $id) {
      courses(first: $first, after: $after, last: $last, before: $before, orderBy: {field: NSQF_LEVEL, direction: ASC}) { ${pageOf} } } }`;
    const id = toGlobalId("Skill", skillId);
    const fetchPage = async (args: object) =>
      (await app.query<{ skill: { courses: Listing } }>(document, { ...args, id })).data.skill.courses;
    expect(await walk(fetchPage, way, {})).toEqual(await fullList(asc(courses.nsqfLevel), asc(courses.id)));
  });

  const up = orderBy("RATE", [courses.completionRate, courses.enrollmentCount, courses.id]);
  const mixed: Order = { name: "MIXED", columns: up.columns.map((part, i) => ({ ...part, descending: i === 0 })) };
  test.each([
    { order: up, first: asc(courses.completionRate) },
    { order: mixed, first: desc(courses.completionRate) },
  ])("in the order $order.name of three columns, one of them NULL at times", async ({ order, first }) => {
    const listed = list<typeof courses, never>({ table: courses, orders: [order] })(createLoaders(app.db, anonymous()));
    const fetchPage = async (args: object): Promise<Listing> => {
      const page: Page<CourseRow> = listed.page(args);
      return { nodes: await page.nodes(), pageInfo: await page.pageInfo() };
    };
    const rows = await app.db.select({ id: courses.id }).from(courses).orderBy(first, asc(courses.enrollmentCount), asc(courses.id));
    for (const way of ["forward", "backward"] as const) {
      expect(await walk(fetchPage, way, {})).toEqual(rows.map(({ id }) => id));
    }
  });
});

test("after and before together give what lies between them, from either end", async () => {
  const orderByLevel = { orderBy: { field: "NSQF_LEVEL", direction: "DESC" } };
  const all = await fullList(desc(courses.nsqfLevel), desc(courses.id));
  const cursorAfter = async (count: number): Promise<string | null> => {
    let cursor: string | null = null;
    for (let left = count; left > 0; left -= Math.min(left, 100)) {
      cursor = (await coursesPage({ ...orderByLevel, first: Math.min(left, 100), after: cursor })).pageInfo.endCursor;
    }
    return cursor;
  };
  const [after, before] = [await cursorAfter(50), await cursorAfter(120)];
  const head = await coursesPage({ ...orderByLevel, first: 10, after, before });
  expect(head.nodes.map(({ id }) => id)).toEqual(all.slice(50, 60));
  expect(head.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  const tail = await coursesPage({ ...orderByLevel, last: 10, after, before });
  expect(tail.nodes.map(({ id }) => id)).toEqual(all.slice(109, 119));
  expect(tail.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  const whole = await coursesPage({ ...orderByLevel, first: 100, after, before });
  expect(whole.nodes).toHaveLength(69);
});

describe("bad page arguments are coded errors that name the field", () => {
  test.each([
    [{ first: 0 }, "first"],
    [{ first: -1 }, "first"],
    [{ first: 101 }, "first"],
    [{ last: 0 }, "last"],
    [{ last: 101 }, "last"],
    [{ first: 1, last: 1 }, "last"],
  ])("%o", async (args, field) => {
    const { errors } = await app.query(rootList, args);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  });
});

const cursorOf = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
const anId = "0190b8a0-0000-7000-8000-000000000000";
const level = { field: "NSQF_LEVEL", direction: "ASC" };
const newest = { field: "CREATED_AT", direction: "DESC" };
const title = { field: "TITLE", direction: "ASC" };

describe("a cursor that the order cannot use is CURSOR_MISMATCH, never a database error", () => {
  test.each([
    ["empty", level, ""],
    ["junk", level, "%%%"],
    ["no list", level, Buffer.from("7").toString("base64url")],
    ["of another order", title, cursorOf("NSQF_LEVEL:aa", "4.0", anId)],
    ["of the other direction", { ...level, direction: "DESC" }, cursorOf("NSQF_LEVEL:aa", "4.0", anId)],
    ["with a value too few", level, cursorOf("NSQF_LEVEL:aa", "4.0")],
    ["with a value too many", level, cursorOf("NSQF_LEVEL:aa", "4.0", anId, 1)],
    ["with a word for a number", level, cursorOf("NSQF_LEVEL:aa", "four", anId)],
    ["with no uuid", level, cursorOf("NSQF_LEVEL:aa", "4.0", "1")],
    ["with an object", level, cursorOf("NSQF_LEVEL:aa", { gt: 1 }, anId)],
    ["with no instant", newest, cursorOf("CREATED_AT:dd", "yesterday", anId)],
    ["with 30 February", newest, cursorOf("CREATED_AT:dd", "2026-02-30 00:00:00+00", anId)],
    ["with NULL for what is never NULL", title, cursorOf("TITLE:aa", null, anId)],
    ["with NUL in a text", title, cursorOf("TITLE:aa", "a\0b", anId)],
  ])("%s", async (_, order, cursor) => {
    for (const field of ["after", "before"]) {
      const { errors } = await app.query(rootList, { orderBy: order, [field]: cursor });
      expect(errors?.[0]?.extensions).toMatchObject({ code: "CURSOR_MISMATCH", field });
    }
  });

  test("a number beyond its type's range", async () => {
    const order = { field: "ENROLLMENT_COUNT", direction: "ASC" };
    const { errors } = await app.query(rootList, { orderBy: order, after: cursorOf("ENROLLMENT_COUNT:aa", 2 ** 31, anId) });
    expect(errors?.[0]?.extensions.code).toBe("CURSOR_MISMATCH");
  });
});

describe("the list is counted only when asked", () => {
  test.each([
    ["nodes alone", "nodes { id }", { counts: 0, reads: 1 }],
    ["totalCount alone", "totalCount", { counts: 1, reads: 0 }],
    ["both", "totalCount nodes { id } edges { cursor node { id } } pageInfo { endCursor }", { counts: 1, reads: 1 }],
  ])("%s", async (_, selection, { counts, reads }) => {
    const { result, statements } = await countStatements(app.engine, () =>
      app.query<{ courses: { totalCount?: number } }>(`{ courses(first: 5) { ${selection} } }`),
    );
    expect(result.errors).toBeUndefined();
    const onCourses = statements.filter((statement) => statement.includes('"catalog"."courses"'));
    const counting = onCourses.filter((statement) => statement.includes("count("));
    expect(counting).toHaveLength(counts);
    expect(onCourses.length - counting.length).toBe(reads);
    if (counts > 0) expect(result.data.courses.totalCount).toBe(size);
  });
});

describe("a where and totalCount: the few rows that it leaves are looked for once", () => {
  const few = "where: {NOT: {nsqfLevel: {eq: 3}}}";
  const both = `totalCount ${pageOf}`;
  type Counted = Listing & { totalCount: number };

  /** Adds 1,100 courses of one region. */
  const crowd = () =>
    app.db.insert(courses).values(
      Array.from({ length: 1_100 }, (_, i) => ({ courseId: `CROWD-${i}`, title: `Crowd ${String(i).padStart(4, "0")}`, region: "Crowd" })),
    ).returning();

  async function counted(args: string): Promise<{ page: Counted; statements: string[] }> {
    const { result, statements } = await countStatements(app.engine, () => app.query<{ courses: Counted }>(`{ courses(${args}) { ${both} } }`));
    expect(result.errors).toBeUndefined();
    return { page: result.data.courses, statements: statements.filter((text) => text.includes('"catalog"."courses"')) };
  }

  test.each(["ASC", "DESC"] as const)("%s, from either end, by one statement", async (direction) => {
    const turn = direction === "ASC" ? asc : desc;
    const rows = await app.db.select({ id: courses.id }).from(courses)
      .where(sql`${courses.nsqfLevel} is distinct from 3`).orderBy(turn(courses.nsqfLevel), turn(courses.id));
    const expected = rows.map(({ id }) => toGlobalId("Course", id));
    const args = `${few}, orderBy: {field: NSQF_LEVEL, direction: ${direction}}`;
    const head = await counted(`first: 7, ${args}`);
    const tail = await counted(`last: 7, ${args}`);
    expect(head.statements).toHaveLength(1);
    expect(head.page.totalCount).toBe(expected.length);
    expect(head.page.nodes.map(({ id }) => id)).toEqual(expected.slice(0, 7));
    expect(head.page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(tail.page.nodes.map(({ id }) => id)).toEqual(expected.slice(-7));
    expect(tail.page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test("none", async () => {
    const { page } = await counted('where: {region: {eq: "Nowhere"}}');
    expect(page).toMatchObject({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, startCursor: null } });
  });

  test("behind a cursor, the whole list is counted", async () => {
    const { page } = await counted(`first: 5, ${few}`);
    const next = await counted(`first: 5, ${few}, after: "${page.pageInfo.endCursor}"`);
    expect(next.page.totalCount).toBe(page.totalCount);
    expect(next.page.nodes).toHaveLength(5);
  });

  test("more than a thousand are counted, and read in order", async () => {
    const made = await crowd();
    try {
      const { page } = await counted('first: 2, where: {region: {eq: "Crowd"}}, orderBy: {field: TITLE, direction: DESC}');
      expect(page.totalCount).toBe(1_100);
      const last = made.filter(({ title: name }) => name >= "Crowd 1098").toSorted((a, b) => b.title.localeCompare(a.title));
      expect(page.nodes.map(({ id }) => id)).toEqual(last.map(({ id }) => toGlobalId("Course", id)));
    } finally {
      await app.db.delete(courses).where(eq(courses.region, "Crowd"));
    }
  });
});

test("an order of columns that are never NULL seeks with one row comparison", async () => {
  const first = await coursesPage({ orderBy: title, first: 10 });
  const { statements } = await countStatements(app.engine, () =>
    coursesPage({ orderBy: title, first: 10, after: first.pageInfo.endCursor }),
  );
  expect(statements.join("\n")).toMatch(/\("catalog"\."courses"\."title", "catalog"\."courses"\."id"\) > \(/);
  const plan = await app.db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    await tx.execute(sql`set local enable_bitmapscan = off`);
    return tx.execute(sql`explain select id from catalog.courses where (title, id) > ('Title 3', ${anId}::uuid) order by title, id limit 10`);
  });
  expect(JSON.stringify(plan)).toMatch(/Index Cond: \(ROW\(title, id\)/);
});
