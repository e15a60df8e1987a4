import { eq, sql } from "drizzle-orm";
import { SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { users } from "../../src/db/tables/index.js";
import { startTestApp, testSecret, type Session, type TestApp } from "../support/app.js";
import { RawSocket } from "../support/socket.js";

let app: TestApp;
let asha: Session;
const opened: RawSocket[] = [];
beforeAll(async () => {
  app = await startTestApp({ maxSockets: { process: 12, address: 10, user: 3 } });
  asha = await app.signedIn();
});
afterEach(async () => {
  for (const { socket } of opened.splice(0)) socket.terminate();
  await vi.waitFor(async () => expect(await metric("graphql_sockets")).toBe(0), { timeout: 60_000 });
});
afterAll(() => app.close());

const open = async (...args: Parameters<typeof RawSocket.open> extends [string, ...infer Rest] ? Rest : never) => {
  const raw = await RawSocket.open(app.url, ...args);
  opened.push(raw);
  return raw;
};
const signIn = async (token?: string) => {
  const raw = await RawSocket.signedIn(app.url, token);
  opened.push(raw);
  return raw;
};
const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1]);
};
const myJobs = "subscription { myJobs { kind seq jobs { id } } }";

describe("close codes of the protocol", () => {
  test("4400 for what is no message", async () => {
    const raw = await open();
    raw.send("not json");
    expect((await raw.closed).code).toBe(4400);
  });

  test("4400 for a message of an unknown type", async () => {
    const raw = await open();
    raw.send({ type: "shout" });
    expect((await raw.closed).code).toBe(4400);
  });

  test("4401 for a subscription before the acknowledgement", async () => {
    const raw = await open();
    raw.send({ id: "1", type: "subscribe", payload: { query: myJobs } });
    expect((await raw.closed).code).toBe(4401);
  });

  test.each([["of another secret", "Bearer x.y.z"], ["that is no text", 7]])("4403 for a token %s", async (_what, authorization) => {
    const raw = await open();
    raw.send({ type: "connection_init", payload: { authorization } });
    expect((await raw.closed).code).toBe(4403);
  });

  test("4406 for another protocol", async () => {
    const raw = await open({ protocol: "graphql-ws" });
    expect([4406, 1006]).toContain((await raw.closed).code);
  });

  test("4408 for a socket that never introduces itself", async () => {
    const raw = await open();
    expect((await raw.closed).code).toBe(4408);
  });

  test("4409 for an id that is in use", async () => {
    const raw = await signIn(asha.token);
    raw.send({ id: "1", type: "subscribe", payload: { query: myJobs } });
    await raw.next("next", "1");
    raw.send({ id: "1", type: "subscribe", payload: { query: myJobs } });
    expect((await raw.closed).code).toBe(4409);
  });

  test("4429 for a second introduction", async () => {
    const raw = await signIn();
    raw.send({ type: "connection_init" });
    expect((await raw.closed).code).toBe(4429);
  });

  test("1009 for a message beyond 64 KB", async () => {
    const raw = await signIn();
    raw.send({ id: "1", type: "subscribe", payload: { query: `{ __typename } #${"x".repeat(70_000)}` } });
    expect((await raw.closed).code).toBe(1009);
  });

  test("a ping is answered", async () => {
    const raw = await signIn();
    raw.send({ type: "ping", payload: { at: 1 } });
    expect(await raw.next("pong")).toEqual({ at: 1 });
  });
});

describe("signing in", () => {
  test("a token that ends takes its socket along", async () => {
    const { sid } = JSON.parse(Buffer.from(asha.token.split(".")[1] ?? "", "base64url").toString()) as { sid: string };
    const token = await new SignJWT({ sid })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .setSubject(asha.userId)
      .setIssuer("disha")
      .setAudience("disha-api")
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + 60)
      .sign(new TextEncoder().encode(testSecret));
    const raw = await signIn(token);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await raw.closed).toEqual({ code: 4403, reason: "The access token has ended" });
  });

  test("a closed account is not let in", async () => {
    const gone = await app.signedIn();
    await app.db.update(users).set({ status: "suspended" }).where(eq(users.id, gone.userId));
    app.services.authenticator.forget(gone.userId);
    const raw = await open();
    raw.send({ type: "connection_init", payload: { authorization: `Bearer ${gone.token}` } });
    expect((await raw.closed).code).toBe(4403);
  });

  test("a closed account sees no further event, and its socket ends", async () => {
    const gone = await app.signedIn();
    const raw = await signIn(gone.token);
    raw.send({ id: "1", type: "subscribe", payload: { query: myJobs } });
    await raw.next("next", "1");
    await app.db.update(users).set({ status: "suspended" }).where(eq(users.id, gone.userId));
    app.services.authenticator.forget(gone.userId);
    await app.db.execute(sql`insert into ops.event_outbox (topic, entity_type, entity_id, payload)
      values (${`jobs:${gone.userId}`}, 'job', gen_random_uuid(), '{"job": {"id": "x"}}')`);
    await app.db.execute(sql`select pg_notify('disha_outbox', ${`jobs:${gone.userId}`})`);
    expect((await raw.closed).code).toBe(4403);
    expect(raw.messages.filter(({ type }) => type === "next")).toEqual([]);
  });

  test("anonymous sockets may ask what everyone may ask", async () => {
    const raw = await signIn();
    raw.send({ id: "1", type: "subscribe", payload: { query: "{ __typename }" } });
    expect(await raw.next("next", "1")).toMatchObject({ data: { __typename: "Query" }, extensions: { cost: { requested: 1 } } });
    await raw.next("complete", "1");
    raw.send({ id: "2", type: "subscribe", payload: { query: myJobs } });
    expect(await raw.next("next", "2")).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });
});

describe("who may connect", () => {
  test("pages of this host, of the explorer and programs; no foreign pages", async () => {
    await open({ headers: { origin: app.url } });
    await open({ headers: { origin: "https://studio.apollographql.com" } });
    await open();
    await expect(open({ headers: { origin: "https://evil.example" } })).rejects.toThrow("refused with 403");
    await expect(open({ headers: { origin: "null" } })).rejects.toThrow("refused with 403");
  });

  test("not more than an address may", async () => {
    for (let i = 0; i < 10; i++) await open();
    await expect(open()).rejects.toThrow("refused with 429");
  });

  test("not more than a user may", async () => {
    const ravi = await app.signedIn();
    for (let i = 0; i < 3; i++) await signIn(ravi.token);
    const raw = await open();
    raw.send({ type: "connection_init", payload: { authorization: `Bearer ${ravi.token}` } });
    expect(await raw.closed).toEqual({ code: 4429, reason: "Too many sockets of this user" });
  });
});

describe("operations", () => {
  test("beyond 50 at once are refused, and room comes back", async () => {
    const raw = await signIn(asha.token);
    for (let i = 0; i < 50; i++) raw.send({ id: String(i), type: "subscribe", payload: { query: myJobs } });
    for (let i = 0; i < 50; i++) await raw.next("next", String(i));
    expect(await metric("graphql_subscriptions")).toBe(50);
    raw.send({ id: "51st", type: "subscribe", payload: { query: myJobs } });
    expect(await raw.next("error", "51st")).toMatchObject([{ extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } }]);
    raw.send({ id: "0", type: "complete" });
    await vi.waitFor(async () => expect(await metric("graphql_subscriptions")).toBe(49), { timeout: 60_000 });
    raw.send({ id: "again", type: "subscribe", payload: { query: myJobs } });
    await raw.next("next", "again");
    raw.socket.terminate();
    await vi.waitFor(async () => expect(await metric("graphql_subscriptions")).toBe(0), { timeout: 60_000 });
  });

  test.each([
    ["{ courses(first: 100) { nodes { provider { courses(first: 100) { nodes { title } } } } } }", "LIMIT_EXCEEDED"],
    [`{ ${Array.from({ length: 21 }, (_, i) => `a${i}: __typename`).join(" ")} }`, "LIMIT_EXCEEDED"],
    [`{ ${"__typename ".repeat(2_000)} }`, "GRAPHQL_PARSE_FAILED"],
    ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"],
  ])("the limits are those of HTTP: %s", async (query, code) => {
    const raw = await signIn();
    raw.send({ id: "1", type: "subscribe", payload: { query } });
    expect(await raw.next("error", "1")).toMatchObject([{ extensions: { code } }]);
    raw.send({ id: "2", type: "subscribe", payload: { query: "{ __typename }" } });
    await raw.next("next", "2");
  });

  test("variables that do not fit are the client's mistake", async () => {
    const raw = await signIn();
    raw.send({ id: "1", type: "subscribe", payload: { query: "query ($n: Int!) { courses(first: $n) { totalCount } }", variables: { n: "x" } } });
    expect(await raw.next("next", "1")).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  test("budgets are shared with HTTP", async () => {
    const poor = await startTestApp({ costBudget: { operation: 10_000, user: 10, anonymous: 10 } });
    const raw = await RawSocket.signedIn(poor.url);
    await poor.query("{ courses(first: 8) { nodes { title } } }");
    raw.send({ id: "1", type: "subscribe", payload: { query: "{ courses(first: 8) { nodes { title } } }" } });
    expect(await raw.next("error", "1")).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
    await poor.close();
  });

  test("a stopping server says 1001", async () => {
    const stopping = await startTestApp();
    const raw = await RawSocket.signedIn(stopping.url, (await stopping.signedIn()).token);
    raw.send({ id: "1", type: "subscribe", payload: { query: myJobs } });
    await raw.next("next", "1");
    await stopping.close();
    expect((await raw.closed).code).toBe(1001);
  });
});
