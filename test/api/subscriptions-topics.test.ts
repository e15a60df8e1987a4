import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { canReplay, deleteOldEvents } from "../../src/db/outbox.js";
import { rowsOf } from "../../src/db/client.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { maxWaiting } from "../../src/graphql/topic-stream.js";
import { createTopics, type TopicMessage, type Topics } from "../../src/graphql/topics.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
let topics: Topics;
beforeAll(async () => {
  engine = await openTestEngine();
  topics = await createTopics(engine);
});
const open: { return(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((stream) => stream.return())));
afterAll(async () => {
  await topics.close();
  await engine.close();
});

const publish = (topic: string, ...values: number[]) =>
  inTransaction(engine.db, anonymous(), async (work) => {
    for (const n of values) work.publish({ topic, entityType: "job", entityId: randomUUID(), payload: { n } });
  });
const subscribe = (topic: string, after: number | null = null, snapshot = async () => ({ state: "now" })) => {
  const stream = topics.subscribe(topic, { after, snapshot });
  open.push(stream);
  return stream;
};
type Stream = ReturnType<typeof subscribe>;
const take = async (stream: Stream, count: number): Promise<TopicMessage<{ state: string }>[]> => {
  const messages = [];
  while (messages.length < count) {
    const { done, value } = await stream.next();
    if (done) throw new Error("The stream ended");
    messages.push(value);
  }
  return messages;
};
const numbers = (messages: TopicMessage<unknown>[]) => messages.map((message) => (message.kind === "CHANGE" ? message.payload["n"] : message.kind));
const newTopic = () => `job:${randomUUID()}`;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("a subscriber gets the present state, then each change in order, and nothing of other topics", async () => {
  const topic = newTopic();
  await publish(topic, 0);
  const stream = subscribe(topic);
  const [snapshot] = await take(stream, 1);
  expect(snapshot).toMatchObject({ kind: "SNAPSHOT", snapshot: { state: "now" } });
  await publish(newTopic(), 99);
  await publish(topic, 1, 2);
  await publish(topic, 3);
  const changes = await take(stream, 3);
  expect(numbers(changes)).toEqual([1, 2, 3]);
  const seqs = [snapshot, ...changes].map((message) => message?.seq ?? 0);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  expect(new Set(seqs).size).toBe(4);
});

test("a change between the place in the stream and the snapshot still comes", async () => {
  const topic = newTopic();
  const stream = subscribe(topic, null, async () => {
    await publish(topic, 1);
    return { state: "read after the change" };
  });
  expect(numbers(await take(stream, 2))).toEqual(["SNAPSHOT", 1]);
});

test("two who come at once and a change in between: both miss nothing", async () => {
  for (let round = 0; round < 20; round++) {
    const topic = newTopic();
    const streams = [subscribe(topic), subscribe(topic)];
    const first = streams.map((stream) => stream.next());
    await publish(topic, 1);
    const starts = (await Promise.all(first)).map(({ value }) => value as TopicMessage<{ state: string }>);
    await publish(topic, 2);
    for (const [index, stream] of streams.entries()) {
      const newest = starts[index]?.seq ?? 0;
      const [seq] = await rowsOf<{ seq: string }>(engine.db, sql`select min(seq)::text as seq from ops.event_outbox where topic = ${topic}`);
      // The baseline either includes the first change, or the change follows.
      const expected = newest >= Number(seq?.seq) ? [2] : [1, 2];
      expect(numbers(await take(stream, expected.length))).toEqual(expected);
    }
  }
});

test("with `after` what was missed comes first, over more than one page, then what is new", async () => {
  const topic = newTopic();
  await publish(topic, 0);
  const [start] = await take(subscribe(topic), 1);
  await publish(topic, ...range(1, 1_200));
  const stream = subscribe(topic, start?.seq);
  expect(numbers(await take(stream, 600))).toEqual(range(1, 600));
  await publish(topic, 1_201, 1_202);
  expect(numbers(await take(stream, 602))).toEqual(range(601, 1_202));
});

test("an `after` that nobody was given, or whose followers are gone, resynchronises", async () => {
  const topic = newTopic();
  await publish(topic, 1);
  expect(numbers(await take(subscribe(topic, 2 ** 52), 1))).toEqual(["RESYNC"]);
  const [{ seq: last } = { seq: 0 }] = await take(subscribe(topic), 1);
  await publish(topic, 2, 3);
  await engine.db.execute(sql`update ops.event_outbox set created_at = now() - interval '25 hours'`);
  await engine.db.execute(deleteOldEvents(5_000));
  expect(numbers(await take(subscribe(topic, last), 1))).toEqual(["RESYNC"]);
  const newest = last + 2;
  expect(await canReplay(engine.db, newest)).toBe(true);
  await publish(topic, 4);
  expect(numbers(await take(subscribe(topic, newest), 1))).toEqual([4]);
});

test("old events go from the old end only", async () => {
  const topic = newTopic();
  await publish(topic, 1, 2, 3);
  await engine.db.execute(sql`update ops.event_outbox set created_at = now() - interval '25 hours' where topic = ${topic} and payload ->> 'n' <> '1'`);
  await engine.db.execute(sql`update ops.event_outbox set created_at = now() - interval '25 hours' where topic <> ${topic}`);
  await engine.db.execute(deleteOldEvents(5_000));
  const left = await rowsOf<{ n: string }>(engine.db, sql`select payload ->> 'n' as n from ops.event_outbox order by seq`);
  expect(left.map(({ n }) => n)).toEqual(["1", "2", "3"]);
});

test("a client that reads too slowly is let go, and misses nothing when it resumes", async () => {
  const topic = newTopic();
  const stream = subscribe(topic);
  await take(stream, 1);
  await publish(topic, 0);
  const [first] = await take(stream, 1);
  const total = maxWaiting + 50;
  await publish(topic, ...range(1, total));
  await publish(topic, total + 1);
  const quick = subscribe(topic, first?.seq);
  expect(numbers(await take(quick, total + 1))).toEqual(range(1, total + 1));
  await expect(take(stream, total)).rejects.toMatchObject({ extensions: { code: "TOO_SLOW", after: first?.seq } });
});

test("a stream ends at once while somebody waits for it, and the topic is forgotten", async () => {
  const stream = subscribe(newTopic());
  await take(stream, 1);
  const waiting = stream.next();
  await stream.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await subscribe(newTopic()).return()).toEqual({ done: true, value: undefined });
});

test("a lost listening connection comes back, and what came meanwhile is read", async ({ skip }) => {
  if (engine.kind === "pglite") skip("The embedded database has no connection to lose.");
  const topic = newTopic();
  const stream = subscribe(topic);
  await take(stream, 1);
  const killed = await rowsOf(
    engine.db,
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
  );
  expect(killed).toHaveLength(1);
  await publish(topic, 1);
  await publish(topic, 2);
  expect(numbers(await take(stream, 2))).toEqual([1, 2]);
});

test("overlapping writers to shared topics: everyone sees each change once, in one order", async () => {
  const [a, b] = [newTopic(), newTopic()];
  const streams = { a: subscribe(a), b: subscribe(b) };
  await Promise.all([take(streams.a, 1), take(streams.b, 1)]);
  const writers = range(1, 8).map(async (writer) => {
    for (const i of range(1, 10)) {
      await inTransaction(engine.db, anonymous(), async (work) => {
        const order = writer % 2 === 0 ? [a, b] : [b, a];
        for (const topic of order) work.publish({ topic, entityType: "job", entityId: randomUUID(), payload: { n: writer * 100 + i } });
      });
    }
  });
  const [seenA, seenB] = await Promise.all([take(streams.a, 80), take(streams.b, 80), ...writers]);
  for (const seen of [seenA, seenB]) {
    expect(new Set(numbers(seen)).size).toBe(80);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).sort((x, y) => x - y));
  }
});
