import { sql, type SQL } from "drizzle-orm";
import { GraphQLError } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { formatError } from "../../src/graphql/format-error.js";
import { maxInFlight } from "../../src/graphql/security.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { RawSocket } from "../support/socket.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** What a client sees of an error that a resolver threw. */
const seen = (error: unknown) => {
  const wrapped = new GraphQLError((error as Error).message, { path: ["field"], originalError: error as Error });
  return formatError({ introspection: false })(wrapped.toJSON(), wrapped);
};
const failureOf = (statement: SQL) =>
  app.db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 50`);
    await tx.execute(statement);
  }).then(
    () => expect.unreachable(),
    (error: unknown) => seen(error),
  );

test.each([
  ["a number out of range", sql`select 2147483647 + 1`],
  ["a division by zero", sql`select 1 / 0`],
  ["text that is no uuid", sql`select ${"secret"}::uuid`],
  ["a day that is none", sql`select ${"2024-02-31"}::date`],
])("%s is the client's mistake, and the database's words stay inside", async (_what, statement) => {
  const shown = await failureOf(statement);
  expect(shown).toMatchObject({ message: "A value cannot be stored or compared.", extensions: { code: "BAD_USER_INPUT" } });
  expect(JSON.stringify(shown)).not.toContain("secret");
});

test("a statement beyond its time is told as TIMEOUT", async ({ skip }) => {
  if (app.engine.kind === "pglite") skip("The embedded database cannot interrupt a statement.");
  expect((await failureOf(sql`select pg_sleep(5)`)).extensions).toEqual({ code: "TIMEOUT" });
});

test("a broken statement is a mistake of ours, and masked", async () => {
  expect(await failureOf(sql`select no_such_column from catalog.courses where title = ${"secret"}`)).toEqual({
    message: "Something went wrong on our side.",
    path: ["field"],
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
});

test("a database that cannot be reached is told as UNAVAILABLE", async () => {
  const nowhere = await openPostgres("postgres://nobody@127.0.0.1:1/nothing");
  const shown = await nowhere.db.execute(sql`select 1`).then(() => expect.unreachable(), seen);
  await nowhere.close();
  expect(shown.extensions).toEqual({ code: "UNAVAILABLE" });
});

test.each([
  ["on the field", "subscription S($if: Boolean!) { myJobs @skip(if: $if) { kind } }"],
  ["in a fragment", "subscription S($if: Boolean!) { ...F } fragment F on Subscription { ... @include(if: $if) { myJobs { kind } } }"],
])("a subscription whose root depends on a condition %s is refused, over HTTP and by socket", async (_where, query) => {
  const refused = { message: "The root field of a subscription must not depend on `@skip` or `@include`.", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
  expect((await app.query(query, { if: true })).errors?.[0]).toMatchObject(refused);
  const socket = await RawSocket.signedIn(app.url, (await app.signedIn()).token);
  socket.send({ id: "1", type: "subscribe", payload: { query, variables: { if: true } } });
  expect(await socket.next("error", "1")).toMatchObject([refused, ...(query.includes("...F") ? [{}] : [])]);
  socket.socket.terminate();
});

test("beyond what can be under way at once requests are sent away at once, and none of the others is lost", async () => {
  const extra = 20;
  const query = () =>
    fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ courses { nodes { title } } }" }),
    });
  const answers = await app.db.transaction(async (tx) => {
    await tx.execute(sql`lock table catalog.courses in access exclusive mode`);
    const requests = Array.from({ length: maxInFlight + extra }, query);
    let away = 0;
    for (const request of requests) void request.then(({ status }) => (away += status === 503 ? 1 : 0));
    while (away < extra) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
    const refused = await query();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: "UNAVAILABLE" } }] });
    return requests;
  });
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(maxInFlight);
  expect(statuses.filter((status) => status === 503)).toHaveLength(extra);
  expect((await query()).status).toBe(200);
});
