import { createHash } from "node:crypto";
import { request } from "node:http";
import { ApolloServer } from "@apollo/server";
import { sql } from "drizzle-orm";
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aProvider } from "../support/builders.js";

let app: TestApp;
let poor: TestApp;
let production: TestApp;
let learner: Session;
let courseId: string;
const byApollo = vi.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");

beforeAll(async () => {
  app = await startTestApp();
  poor = await startTestApp({ costBudget: { operation: 10_000, user: 50, anonymous: 50 } });
  production = await startTestApp({ production: true, introspection: false, explorer: false, metrics: false });
  learner = await app.signedIn();
  courseId = toGlobalId("Course", (await aCourse(app.db, { providerId: (await aProvider(app.db)).id })).id);
});
afterAll(() => Promise.all([app.close(), poor.close(), production.close()]));

interface Seen {
  status: number | undefined;
  headers: string[];
  body: string;
  way: "Apollo" | "short";
}

/** What changes from one request to the next, whichever way it goes. */
const passing = new Set(["date", "x-request-id"]);
const steady = (text: string): string =>
  text
    .replace(/"remaining":\d+/g, '"remaining":0')
    .replace(/"resetAt":"[^"]+"/g, '"resetAt":""')
    .replace(/again in \d+ s/g, "again in 60 s");

/** Sends a POST with exactly these headers, and answers with all that came back, in its order. */
async function send({ url }: TestApp, body: unknown, headers: Record<string, string> = {}): Promise<Seen> {
  const before = byApollo.mock.calls.length;
  const answer = await new Promise<Omit<Seen, "way">>((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const lines: string[] = [];
        for (let at = 0; at < response.rawHeaders.length; at += 2) {
          const [name = "", value = ""] = response.rawHeaders.slice(at, at + 2);
          if (!passing.has(name.toLowerCase())) lines.push(`${name}: ${name === "retry-after" ? value.replace(/^\d+$/, "60") : value}`);
        }
        resolve({ status: response.statusCode, headers: lines, body: steady(Buffer.concat(parts).toString()) });
      });
    });
    sent.on("error", reject);
    sent.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  return { ...answer, way: byApollo.mock.calls.length === before ? "short" : "Apollo" };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const paged = "query Paged($n: Int!) { courses(first: $n) { nodes { id title provider { name } } } }";
const preferences = "mutation Prefer($input: UpdatePreferencesInput!) { updatePreferences(input: $input) { errors { code path message } } }";
const deep = (levels: number): unknown => JSON.parse(`${'{"NOT":'.repeat(levels)}{}${"}".repeat(levels)}`);
const wide = (size: number) => ({
  query: `query Wide($n: Int) { providers(first: $n) { nodes { courses(first: $n) { nodes { title provider { name } } } } } }`,
  variables: { n: size },
});

describe("the second time a request comes it goes the short way, and the answer is the same to the byte:", () => {
  test.each<[string, number, () => [body: unknown, headers?: Record<string, string>]]>([
    ["a query", 200, () => [{ query: "{ __typename }" }]],
    ["a query with variables", 200, () => [{ query: paged, variables: { n: 2 }, operationName: "Paged" }]],
    ["null for all that may be absent", 200, () => [{ query: "query Nulls { __typename }", operationName: null, variables: null, extensions: null }]],
    ["extensions that mean nothing here", 200, () => [{ query: "query Extended { __typename }", extensions: { clientLibrary: { name: "a" } } }]],
    ["one of two operations", 200, () => [{ query: "query A { __typename } query B { b: __typename }", operationName: "B" }]],
    ["UTF-8 named as the charset", 200, () => [{ query: "{ e: __typename }" }, { "content-type": "application/json; charset=UTF-8" }]],
    ["a person who is signed in", 200, () => [{ query: "query Me { viewer { id username } }" }, bearer(learner.token)]],
    ["introspection", 200, () => [{ query: getIntrospectionQuery() }]],
    ["a field that fails beside others", 200, () => [{ query: "query Beside($id: ID!) { __typename node(id: $id) { id } bad: node(id: \"x\") { id } }", variables: { id: courseId } }]],
    ["a root field for people who are signed in", 200, () => [{ query: "query Secret { jobs(first: 1) { nodes { id } } }" }]],
    ["a root field that the role does not allow", 200, () => [{ query: "query Audit { auditLogs(first: 1) { nodes { id } } }" }, bearer(learner.token)]],
    ["a variable of another type", 200, () => [{ query: `${paged} #1`, variables: { n: "many" } }]],
    ["a variable of another type, for clients that know the newer media type", 400, () => [{ query: `${paged} #2`, variables: { n: 1.5 } }, { accept: "application/graphql-response+json, application/json;q=0.9" }]],
    ["a variable that is missing", 200, () => [{ query: `${paged} #3` }]],
    ["an argument out of range", 200, () => [{ query: `${paged} #4`, variables: { n: -1 } }]],
    ["a token that is not ours", 401, () => [{ query: "query Token { __typename }" }, bearer("nonsense")]],
    ["a sign-in that sends such a token along", 200, () => [{ query: 'mutation { signIn(input: {login: "nobody@example.org", password: "wrong password"}) { errors { code message } } }' }, bearer("nonsense")]],
    ["a cost beyond the limit", 200, () => [wide(100)]],
    ["too many aliases", 200, () => [{ query: `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(" ")} }` }]],
    ["variables beyond the limit", 200, () => [{ query: "query Deep($where: CourseWhere) { courses(where: $where) { totalCount } }", variables: { where: deep(60) } }]],
    ["a mutation", 200, () => [{ query: preferences, variables: { input: { extra: { a: 1 } } } }, bearer(learner.token)]],
    ["a mutation of nobody", 200, () => [{ query: `${preferences} #1`, variables: { input: {} } }]],
  ])("%s", async (_what, status, what) => {
    const [body, headers] = what();
    // Which media type a client takes is learned from an answer that is good.
    if (headers?.["accept"]) await send(app, { query: "{ __typename }" }, headers);
    const first = await send(app, body, headers);
    expect([first.status, first.way]).toEqual([status, "Apollo"]);
    const second = await send(app, body, headers);
    expect(second).toEqual({ ...first, way: "short" });
  });

  test("a budget that is spent", async () => {
    const body = { query: "query Spend { courses(first: 40) { nodes { title } } }" };
    await send(poor, body);
    await send(poor, { query: "query Other { courses(first: 30) { nodes { title } } }" });
    const first = await send(poor, { query: "query Last { courses(first: 30) { nodes { title } } }" });
    expect([first.status, first.headers.find((line) => line.startsWith("retry-after"))]).toEqual([429, "retry-after: 60"]);
    const second = await send(poor, { query: "query Last { courses(first: 30) { nodes { title } } }" });
    expect(second).toEqual({ ...first, way: "short" });
  });

  test("a failure that nobody expected", async () => {
    const body = { query: "query Broken { courses { nodes { title } } }" };
    await production.db.execute(sql`alter table catalog.courses rename to courses_gone`);
    try {
      const [first, second] = [await send(production, body), await send(production, body)];
      expect(first.body).toContain("Something went wrong on our side.");
      expect(first.body).not.toContain("courses_gone");
      expect(second).toEqual({ ...first, way: "short" });
    } finally {
      await production.db.execute(sql`alter table catalog.courses_gone rename to courses`);
    }
  });
});

describe("the other way is Apollo's:", () => {
  const known = "query Known { __typename }";
  test.each<[string, number, unknown, Record<string, string>?]>([
    ["a document that is not valid", 200, { query: "{ nothing }" }],
    ["a document that does not parse", 200, { query: "{" }],
    ["an operation that is not in the document", 200, { query: known, operationName: "Unknown" }],
    ["an empty name", 200, { query: known, operationName: "" }],
    ["a document of two operations without a name", 200, { query: "query A { __typename } query B { __typename }" }],
    ["a name that is no text", 400, { query: known, operationName: 1 }],
    ["variables that are no object", 400, { query: known, variables: [] }],
    ["variables written as text", 400, { query: known, variables: "{}" }],
    ["extensions that are no object", 400, { query: known, extensions: [] }],
    ["a batch", 400, [{ query: known }]],
    ["no query", 400, { variables: {} }],
    ["a query that is no text", 400, { query: { kind: "Document" } }],
    ["a hash that nobody registered", 200, { extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }],
    ["a media type that there is not", 406, { query: known }, { accept: "text/plain" }],
    ["a content type with other parameters", 200, { query: known }, { "content-type": "application/json; profile=x" }],
  ])("%s", async (_what, status, body, headers) => {
    await send(app, { query: known });
    expect((await send(app, { query: known })).way).toBe("short");
    for (const _ of [1, 2]) expect(await send(app, body, headers)).toMatchObject({ status, way: "Apollo" });
  });

  test("GET, with a document that is known", async () => {
    await send(app, { query: known });
    const before = byApollo.mock.calls.length;
    const answer = await fetch(`${app.url}/graphql?query=${encodeURIComponent(known)}`, { headers: { "apollo-require-preflight": "1" } });
    expect([answer.status, byApollo.mock.calls.length]).toEqual([200, before + 1]);
  });

  test("a text that a page of another origin may send is refused, known or not", async () => {
    expect(await send(app, JSON.stringify({ query: known }), { "content-type": "text/plain" })).toMatchObject({ status: 400, way: "Apollo" });
  });
});

test("a registered hash goes the short way, with the answer of its text", async () => {
  const query = "query Registered { __typename }";
  const extensions = { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") } };
  const text = await send(app, { query });
  expect(await send(app, { extensions })).toMatchObject({ way: "Apollo", body: expect.stringContaining("PersistedQueryNotFound") as string });
  expect((await send(app, { query, extensions })).way).toBe("Apollo");
  expect(await send(app, { extensions })).toEqual({ ...text, way: "short" });
  expect((await send(app, { extensions: { persistedQuery: { ...extensions.persistedQuery, version: 2 } } })).way).toBe("Apollo");
});

test("both ways are counted alike", async () => {
  for (const _ of [1, 2, 3]) await send(app, { query: "query CountedTwice { __typename }" });
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toContain('graphql_operation_duration_seconds_count{operation="CountedTwice",type="query",transport="http",outcome="ok"} 3');
});
