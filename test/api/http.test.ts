import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
let production: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  production = await startTestApp({ production: true, introspection: false, explorer: false, metrics: false });
});
afterAll(() => Promise.all([app.close(), production.close()]));

const post = (url: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
const document = JSON.stringify({ query: "{ __typename }" });

describe("requests", () => {
  test("a sane request id is kept and echoed, any other is replaced", async () => {
    const kept = await post(app.url, document, { "x-request-id": "mobile-0123456789" });
    expect(kept.headers.get("x-request-id")).toBe("mobile-0123456789");
    const replaced = await post(app.url, document, { "x-request-id": "a b" });
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["a charset other than UTF-8", document, { "content-type": "application/json; charset=utf-7" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["a body of more than 1 MB", JSON.stringify({ query: "#".repeat(1_000_001) }), {}, 413, "PAYLOAD_TOO_LARGE"],
    ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }, 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["broken JSON", "{", {}, 400, "BAD_REQUEST"],
    ["a token that is not ours", document, { authorization: "Bearer nonsense" }, 401, "UNAUTHENTICATED"],
  ])("%s is refused with a coded error", async (_what, body, headers, status, code) => {
    const response = await post(app.url, body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test("UTF-8 may be named in any case", async () => {
    expect((await post(app.url, document, { "content-type": 'application/json; charset="UTF-8"' })).status).toBe(200);
  });

  test("the explorer's origin may call outside production, a foreign page nowhere", async () => {
    const origin = "https://studio.apollographql.com";
    const allowed = (url: string, from: string) =>
      post(url, document, { origin: from }).then((response) => response.headers.get("access-control-allow-origin"));
    expect(await allowed(app.url, origin)).toBe(origin);
    expect(await allowed(production.url, origin)).toBeNull();
    expect(await allowed(app.url, "https://evil.example")).toBeNull();
  });

  test("a query that a foreign page could send by GET is stopped", async () => {
    const response = await fetch(`${app.url}/graphql?query=%7B__typename%7D`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("CSRF");
  });

  test("unknown addresses answer as errors of the graph do", async () => {
    const response = await fetch(`${app.url}/nowhere`);
    expect([response.status, await response.json()]).toMatchObject([404, { errors: [{ extensions: { code: "NOT_FOUND" } }] }]);
  });
});

describe("pages", () => {
  const page = (url: string, path: string) => fetch(`${url}${path}`, { headers: { accept: "text/html" } });

  test("browsers find the Sandbox at /graphql and the explorer at /graphiql, not in production", async () => {
    const sandbox = await page(app.url, "/graphql");
    expect(sandbox.headers.get("content-type")).toContain("text/html");
    expect(await sandbox.text()).toContain("embeddable-sandbox");
    expect((await page(app.url, "/graphiql")).status).toBe(200);
    expect((await page(production.url, "/graphql")).status).toBe(400);
    expect((await page(production.url, "/graphiql")).status).toBe(404);
  });

  test("answers may not be framed, sniffed or run", async () => {
    const { headers } = await post(app.url, document);
    expect(headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("operations", () => {
  test("liveness, readiness and metrics", async () => {
    expect(await (await fetch(`${app.url}/health/live`)).json()).toEqual({ status: "ok" });
    const ready = await fetch(`${app.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { checks: { accepting: true, database: true, jobs: true } }]);
    await app.query("query Counted { __typename }");
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('graphql_operation_duration_seconds_count{operation="Counted",type="query",transport="http",outcome="ok"} 1');
    expect(metrics).toContain("nodejs_eventloop_lag_seconds");
    expect((await fetch(`${production.url}/metrics`)).status).toBe(404);
  });

  test("a stop turns readiness to 503 first, finishes requests under way and then closes the port", async () => {
    const stopping = await startTestApp({ drainMs: 3_000 });
    const slow = stopping.query<{ __typename: string }>("{ __typename }");
    const closed = stopping.close();
    const ready = await fetch(`${stopping.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { accepting: false } }]);
    expect((await stopping.query<{ __typename: string }>("{ __typename }")).data.__typename).toBe("Query");
    expect((await slow).status).toBe(200);
    await closed;
    await expect(fetch(`${stopping.url}/health/live`)).rejects.toThrow();
  });
});

describe("in production", () => {
  test("neither introspection nor suggestions show the schema", async () => {
    const introspection = await production.query("{ __schema { types { name } } }");
    expect(introspection.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    const misspelt = await production.query("{ course { nodez } coursez { nodes { id } } }");
    expect(JSON.stringify(misspelt)).not.toContain("Did you mean");
    const enumeration = await production.query(
      "query ($d: SortDirection!) { courses(orderBy: {field: TITLE, direction: $d}) { totalCount } }",
      { d: "ASCE" },
    );
    expect(enumeration.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(JSON.stringify(enumeration)).not.toContain("Did you mean");
    expect(JSON.stringify(await app.query("{ coursez { nodes { id } } }"))).toContain("Did you mean");
  });

  test("a failure that nobody expected is masked", async () => {
    await production.db.execute(sql`alter table catalog.courses rename to courses_gone`);
    try {
      const answer = await production.query<{ courses: null }>("{ courses { nodes { title } } }");
      expect(answer.errors).toEqual([
        expect.objectContaining({ message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } }),
      ]);
      expect(JSON.stringify(answer)).not.toMatch(/courses_gone|relation|select|\.ts|stack/i);
    } finally {
      await production.db.execute(sql`alter table catalog.courses_gone rename to courses`);
    }
  });
});
