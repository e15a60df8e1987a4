import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../support/app.js";
import { aCourse, aProvider } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

const budget = { operation: 10_000, user: 500, anonymous: 300 };
let app: TestApp;
let poor: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  poor = await startTestApp({ costBudget: budget });
  await aCourse(app.db, { providerId: (await aProvider(app.db)).id });
});
afterAll(() => Promise.all([app.close(), poor.close()]));

const nested = (levels: number, leaf: string): string =>
  levels === 0 ? leaf : `provider { courses(first: 1) { nodes { ${nested(levels - 1, leaf)} } } }`;
const cost = async (document: string, variables?: object) =>
  (await app.query(document, variables)).extensions?.["cost"] as { requested: number; remaining: number; resetAt: string };

describe("the shape of a document", () => {
  test.each([
    ["depth", `{ courses(first: 1) { nodes { ${nested(5, "title")} } } }`],
    ["aliases", `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(" ")} }`],
    [
      "aliases",
      `{ courses { nodes { ...F } edges { node { ...F } } } } fragment F on Course { ${Array.from({ length: 11 }, (_, i) => `a${i}: title`).join(" ")} }`,
    ],
    ["directives", `{ ${Array.from({ length: 51 }, () => "__typename @include(if: true)").join(" ")} }`],
  ])("beyond the limit for %s is refused before any statement", async (limit, document) => {
    const { result, statements } = await countStatements(app.engine, () => app.query(document));
    expect(result.errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: "LIMIT_EXCEEDED", limit }) as object })]);
    expect(statements).toEqual([]);
  });

  test("more than 2,000 tokens are not even parsed", async () => {
    const answer = await app.query(`{ ${"__typename ".repeat(2_000)} }`);
    expect(answer.errors?.[0]).toMatchObject({ message: expect.stringContaining("2000 tokens") as string, extensions: { code: "GRAPHQL_PARSE_FAILED" } });
  });

  test("what stays within the limits passes, the whole introspection of tools included", async () => {
    expect((await app.query(`{ courses(first: 1) { nodes { ${nested(3, "title")} } } }`)).errors).toBeUndefined();
    expect((await app.query(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).errors).toBeUndefined();
  });
});

describe("variables", () => {
  const deep = (levels: number) => `${'{"NOT":'.repeat(levels)}{}${"}".repeat(levels)}`;
  const ask = (levels: number) =>
    app.query("query ($where: CourseWhere) { courses(where: $where) { nodes { id } } }", { where: JSON.parse(deep(levels)) as object });

  test("beyond depth 40 are refused, however deep, before anybody reads them", async () => {
    const body = `{"query":"query($where: CourseWhere) { courses(where: $where) { nodes { id } } }","variables":{"where":${deep(50_000)}}}`;
    const response = await fetch(`${app.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "variables" } }] });
    expect((await ask(10)).errors).toMatchObject([{ message: "where may nest to depth 3." }]);
  });

  test("hold at most 50 conditions of one where, wherever they stand", async () => {
    const where = (groups: number) => ({ AND: Array.from({ length: groups }, () => ({ OR: Array.from({ length: 4 }, () => ({ language: { eq: "en" } })) })) });
    const document = "query ($where: CourseWhere) { courses(where: $where) { totalCount } }";
    expect((await app.query(document, { where: where(9) })).errors).toBeUndefined();
    expect((await app.query(document, { where: where(12) })).errors).toMatchObject([
      { message: "where may have at most 50 conditions.", extensions: { code: "BAD_USER_INPUT" } },
    ]);
  });

  test("hold JSON to depth 32", async () => {
    const learner = await app.signedIn();
    const save = (levels: number) =>
      app.query(
        "mutation ($extra: JSON) { updatePreferences(input: {extra: $extra}) { errors { code } } }",
        { extra: { deep: JSON.parse("[".repeat(levels) + "]".repeat(levels)) as object } },
        learner,
      );
    expect((await save(30)).data).toMatchObject({ updatePreferences: { errors: [] } });
    expect((await save(35)).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});

describe("the cost of an operation", () => {
  test("counts an object as 1 and a list as its page times what is selected", async () => {
    expect((await cost("{ courses(first: 30) { nodes { title provider { name } } pageInfo { endCursor } } }")).requested).toBe(1 + 30 * 2);
    expect((await cost("{ courses { edges { node { title } } totalCount } }")).requested).toBe(1 + 20 * 2);
    expect((await cost("query ($n: Int) { courses(last: $n) { nodes { title } } }", { n: 7 })).requested).toBe(1 + 7);
    expect((await cost("query ($n: Int) { courses(last: $n) { nodes { title } } }", { n: 9 })).requested).toBe(1 + 9);
    expect((await cost("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [] })).requested).toBe(1);
    expect((await cost("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Topic { content contentHtml } } }", { ids: ["a", "b"] })).requested).toBe(1 + 2 * 51);
    expect((await cost("query ($x: Boolean!) { courses { nodes @include(if: $x) { title } totalCount } }", { x: false })).requested).toBe(21);
  });

  test("above 10,000 is refused before any statement, whatever shape it hides in", async () => {
    const wide = "{ providers(first: 100) { nodes { courses(first: 100) { nodes { title provider { name } } } } } }";
    const hidden = `query ($n: Int = 100) { providers(first: $n) { nodes { ...P } } } fragment P on Provider { courses(first: $n) { nodes { ...C } } } fragment C on Course { provider { name } }`;
    const negative = "{ providers(first: -100000000) { nodes { courses(first: 100) { nodes { id } } } } }";
    for (const document of [wide, hidden]) {
      const { result, statements } = await countStatements(app.engine, () => app.query(document));
      expect(result.errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit: "cost", allowed: 10_000 });
      expect(statements).toEqual([]);
    }
    expect((await app.query(negative)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("is not dodged by an argument that has no usable value", async () => {
    const document = `query ($x: Boolean) { a: courses(first: 1) { nodes { title @include(if: $x) } } providers(first: 100) { nodes { courses(first: 100) { nodes { provider { name } } } } } }`;
    const { result, statements } = await countStatements(app.engine, () => app.query(document, { x: null }));
    expect(result.errors?.length).toBeGreaterThan(0);
    expect(statements).toEqual([]);
  });
});

describe("the budget", () => {
  const spend = "{ courses(first: 100) { nodes { title } } }";

  test("of an address is spent by anonymous callers, then they wait", async () => {
    const first = await poor.query(spend);
    expect(first.extensions?.["cost"]).toMatchObject({ requested: 101, remaining: budget.anonymous - 101 });
    await poor.query(spend);
    const refused = await poor.query(spend);
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: "RATE_LIMITED", requested: 101, remaining: budget.anonymous - 202 } }] });
    const wait = Date.parse(String(refused.errors?.[0]?.extensions["resetAt"])) - Date.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect((await poor.query("{ __typename }")).status).toBe(200);
  });

  test("of a user is their own", async () => {
    const [asha, ravi] = [await poor.signedIn(), await poor.signedIn()];
    for (let i = 0; i < 4; i++) expect((await poor.query(spend, {}, asha)).status).toBe(200);
    expect((await poor.query(spend, {}, asha)).status).toBe(429);
    expect((await poor.query(spend, {}, ravi)).extensions?.["cost"]).toMatchObject({ remaining: budget.user - 101 });
  });
});
