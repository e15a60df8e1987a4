import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { authSessions } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { closeCodes } from "../../src/graphql/close-codes.js";
import { variablesShown } from "../../src/graphql/live/audiences.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { maxWaiting } from "../../src/graphql/topic-stream.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aJob } from "../support/builders.js";
import { RawSocket } from "../support/socket.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
let asha: Session;
beforeAll(async () => {
  app = await startTestApp();
  asha = await app.signedIn();
});
const opened: RawSocket[] = [];
afterEach(() => {
  for (const { socket } of opened.splice(0)) socket.terminate();
});
afterAll(() => app.close());

interface Update {
  data: { jobUpdated: { kind: string; seq: number; job: Record<string, unknown> } };
}

/** A socket with one subscription; `texts` are its messages as they came over the line. */
async function subscriber(as: Session, query: string, variables: object, id = "1") {
  const raw = await RawSocket.signedIn(app.url, as.token);
  opened.push(raw);
  const texts: string[] = [];
  raw.socket.on("message", (data) => texts.push((data as Buffer).toString("utf8")));
  raw.send({ id, type: "subscribe", payload: { query, variables } });
  return { raw, texts, next: () => raw.next<Update>("next", id) };
}

const changeOf = (job: { id: string }, ...progress: number[]) =>
  inTransaction(app.db, anonymous(), async (work) => {
    for (const value of progress) {
      work.publish({ topic: `job:${job.id}`, entityType: "job", entityId: job.id, payload: { job: { ...job, progress: value } } });
    }
  });

const ofCreator = "subscription ($id: ID!, $after: BigInt) { jobUpdated(id: $id, after: $after) { kind seq job { progress createdBy { fullName } } } }";
const loadsOfCreator = (statements: string[]) => statements.filter((statement) => statement.includes('"users"')).length;

describe("one execution", () => {
  test("serves all who asked for the same, wherever they began, and sends them the same bytes", async () => {
    const job = await aJob(app.db, { createdById: asha.userId });
    const id = toGlobalId("Job", job.id);
    const first = await subscriber(asha, ofCreator, { id });
    const { seq } = (await first.next()).data.jobUpdated;
    const others = [
      await subscriber(asha, ofCreator, { id }, "another id"),
      await subscriber(asha, ofCreator, { id, undeclared: 7 }),
      await subscriber(asha, ofCreator, { id, after: seq }),
    ];
    const all = [first, ...others];
    // Those that begin with a snapshot have begun once it is there.
    await Promise.all(others.slice(0, 2).map(({ raw }, place) => raw.next("next", place === 0 ? "another id" : "1")));
    // The one that resumes has missed nothing, so its first answer, with the cost, is this change.
    await changeOf(job, 1);
    await vi.waitFor(() => expect(all.map(({ texts }) => texts.some((text) => text.includes('"progress":1')))).toEqual(all.map(() => true)), 60_000);
    const { statements } = await countStatements(app.engine, async () => {
      await changeOf(job, 2);
      await vi.waitFor(() => expect(all.every(({ texts }) => texts.at(-1)?.includes('"progress":2'))).toBe(true), 60_000);
    });
    expect(loadsOfCreator(statements)).toBe(1);
    const bytes = all.map(({ texts }) => texts.at(-1)?.replace(/^\{"id":"[^"]*"/, ""));
    expect(new Set(bytes).size).toBe(1);
    expect(bytes[0]).toMatch(/^,"type":"next","payload":\{"data":\{"jobUpdated":\{"kind":"CHANGE"/);
    expect(others[0]?.texts.at(-1)).toContain('{"id":"another id","type":"next"');
  });

  test("tells the cost with the first answer of each, also where that is a change", async () => {
    const job = await aJob(app.db, { createdById: asha.userId });
    const id = toGlobalId("Job", job.id);
    const one = await subscriber(asha, ofCreator, { id });
    const { seq } = (await one.next()).data.jobUpdated;
    const two = await subscriber(asha, ofCreator, { id, after: seq });
    await changeOf(job, 1);
    await changeOf(job, 2);
    expect(await two.next()).toMatchObject({ data: { jobUpdated: { kind: "CHANGE" } }, extensions: { cost: { requested: 3 } } });
    expect(await two.next()).not.toHaveProperty("extensions");
  });

  test.each([
    ["of another person", async () => app.signedIn("admin")],
    ["of another session of the same person", async () => ({ userId: asha.userId, token: await anotherToken(asha) })],
  ])("is never shared with a viewer %s", async (_who, other) => {
    const query = `subscription ($id: ID!) { jobUpdated(id: $id) { kind job { progress createdBy { sessions { nodes { isCurrent } } } } } }`;
    const job = await aJob(app.db, { createdById: asha.userId });
    const variables = { id: toGlobalId("Job", job.id) };
    const [mine, theirs] = [await subscriber(asha, query, variables), await subscriber(await other(), query, variables)];
    await Promise.all([mine.next(), theirs.next()]);
    await changeOf(job, 1);
    const current = async ({ next }: typeof mine) => {
      const { job } = (await next()).data.jobUpdated;
      return (job["createdBy"] as { sessions: { nodes: { isCurrent: boolean }[] } }).sessions.nodes.map(({ isCurrent }) => isCurrent);
    };
    const [seenByMe, seenByThem] = [await current(mine), await current(theirs)];
    expect(seenByMe.filter(Boolean)).toHaveLength(1);
    expect(seenByThem).not.toEqual(seenByMe);
  });

  test("is not shared where variables decide what is shown", async () => {
    const query = "subscription ($id: ID!, $more: Boolean!) { jobUpdated(id: $id) { job { progress status @include(if: $more) } } }";
    const job = await aJob(app.db, { createdById: asha.userId });
    const id = toGlobalId("Job", job.id);
    const [less, more] = [await subscriber(asha, query, { id, more: false }), await subscriber(asha, query, { id, more: true })];
    await Promise.all([less.next(), more.next()]);
    await changeOf(job, 1);
    expect((await less.next()).data.jobUpdated.job).toEqual({ progress: 1 });
    expect((await more.next()).data.jobUpdated.job).toEqual({ progress: 1, status: "PENDING" });
  });

  test.each([
    ["subscription ($after: BigInt) { a(after: $after) }", []],
    ["subscription ($after: BigInt, $n: Int) { a(after: $after) { b(first: $n) } }", ["n"]],
    ["subscription ($after: BigInt) { a(after: $after) { b(after: $after) } }", ["after"]],
    ["subscription ($after: BigInt) { a(after: $after) { ...f } } fragment f on B { c(x: $after) }", ["after"]],
    ["subscription ($from: [BigInt]) { a(after: [$from]) }", ["from"]],
    ["subscription ($id: ID!, $from: BigInt) { a(id: $id, after: $from) }", ["id"]],
  ])("depends on the variables of %s as %j", (text, names) => {
    expect(variablesShown(parse(text), null)).toEqual(names);
  });
});

describe("a client that does not read", () => {
  const long = "x".repeat(20_000);
  const query = "subscription ($id: ID!) { jobUpdated(id: $id) { kind seq job { message } } }";
  /** Far beyond what the kernel buffers for a connection, in batches that a client which reads keeps up with. */
  const publish = async (job: { id: string }, count: number) => {
    await app.db.execute(sql`insert into ops.event_outbox (topic, entity_type, entity_id, payload)
      select ${`job:${job.id}`}, 'job', ${randomUUID()}::uuid, jsonb_build_object('job', ${JSON.stringify({ ...job, message: long })}::jsonb) from generate_series(1, ${count})`);
    await app.db.execute(sql`select pg_notify('disha_outbox', ${`job:${job.id}`})`);
  };
  const start = async () => {
    const job = await aJob(app.db, { createdById: asha.userId });
    const variables = { id: toGlobalId("Job", job.id) };
    const [slow, quick] = [await subscriber(asha, query, variables), await subscriber(asha, query, variables)];
    await Promise.all([slow.next(), quick.next()]);
    slow.raw.socket.pause();
    return { job, slow, quick };
  };

  test("is let go with 4420 and its place, while the others go on", async () => {
    const { job, slow, quick } = await start();
    const closing = vi.waitFor(async () => expect(await sockets()).toBe(1), { timeout: 60_000, interval: 100 });
    let published = 0;
    for (; published < maxWaiting + 1_000; published += 200) {
      await publish(job, 200);
      await vi.waitFor(() => expect(quick.texts.length).toBe(published + 201), { timeout: 60_000, interval: 10 });
    }
    slow.raw.socket.resume();
    expect((await slow.raw.closed).code).toBe(closeCodes.tooSlow);
    await closing;
    const [error] = await slow.raw.next<{ extensions: { code: string; after: number } }[]>("error", "1");
    const seen = slow.texts.filter((text) => text.includes('"next"')).map((text) => (JSON.parse(text) as { payload: Update }).payload.data.jobUpdated.seq);
    expect(error?.extensions).toEqual({ code: "TOO_SLOW", after: seen.at(-1) });
    expect(seen.length).toBeLessThan(published);
  });

  test("and goes on asking is let go with 4420", async () => {
    const raw = await RawSocket.signedIn(app.url);
    opened.push(raw);
    raw.socket.pause();
    for (let i = 0; i < 400; i++) raw.send({ type: "ping", payload: { long: long.repeat(2) } });
    await vi.waitFor(() => expect(raw.socket.bufferedAmount).toBe(0), { timeout: 60_000, interval: 10 });
    raw.socket.resume();
    expect((await raw.closed).code).toBe(closeCodes.tooSlow);
    expect(raw.messages.length).toBeLessThan(400);
  });

  test("and reads again in time has each change once and in order, and is live again", async () => {
    const { job, slow, quick } = await start();
    for (let published = 0; published < 800; published += 200) {
      await publish(job, 200);
      await vi.waitFor(() => expect(quick.texts.length).toBe(published + 201), { timeout: 60_000, interval: 10 });
    }
    expect(slow.texts.length).toBeLessThan(800);
    slow.raw.socket.resume();
    await vi.waitFor(() => expect(slow.texts.length).toBe(801), { timeout: 60_000, interval: 10 });
    await publish(job, 1);
    await vi.waitFor(() => expect(slow.texts.length).toBe(802), { timeout: 60_000, interval: 10 });
    await vi.waitFor(() => expect(quick.texts).toHaveLength(802), { timeout: 60_000 });
    expect(slow.texts.slice(1)).toEqual(quick.texts.slice(1));
  });
});

const sockets = async (): Promise<number> => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(/^graphql_sockets (\d+)/m.exec(text)?.[1]);
};

/** A token of another device on which the same person is signed in. */
async function anotherToken({ userId }: Session): Promise<string> {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const [session] = await app.db.insert(authSessions).values({ userId, familyId: randomUUID(), refreshTokenHash: randomUUID(), expiresAt }).returning();
  return (await app.services.tokens.issue({ userId, sessionId: session?.id ?? "" })).token;
}
