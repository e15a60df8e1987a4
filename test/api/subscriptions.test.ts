import { randomUUID } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startApp, type App } from "../../src/app.js";
import { anonymous } from "../../src/auth/viewer.js";
import { readConfig } from "../../src/config.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import type { Engine } from "../../src/db/client.js";
import { eventOutbox, jobQueue } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, testSecret, type Session, type TestApp } from "../support/app.js";
import { aCourse, aJob, anEnrollment } from "../support/builders.js";
import { RawSocket, socketClient } from "../support/socket.js";

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

const socket = async (as?: Session) => {
  const raw = await RawSocket.signedIn(app.url, as?.token);
  opened.push(raw);
  return raw;
};
const jobUpdated = "subscription ($id: ID!, $after: BigInt) { jobUpdated(id: $id, after: $after) { kind seq job { id progress status } } }";

interface Seen {
  data: { jobUpdated: { kind: string; seq: number; job: { id: string; progress: number } } };
  extensions?: { cost: object };
}

const advance = (id: string, progress: number, wait = 0) =>
  inTransaction(app.db, anonymous(), async (work) => {
    const [job] = await work.tx.update(jobQueue).set({ progress, status: "processing" }).where(eq(jobQueue.id, id)).returning();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    work.publish({ topic: `job:${id}`, entityType: "job", entityId: id, payload: { job } });
  });

describe("jobUpdated", () => {
  test("shows the job as it stands, then each change, and resumes after the last one seen", async () => {
    const job = await aJob(app.db, { createdById: asha.userId });
    const id = toGlobalId("Job", job.id);
    const raw = await socket(asha);
    raw.send({ id: "1", type: "subscribe", payload: { query: jobUpdated, variables: { id } } });
    const first = await raw.next<Seen>("next", "1");
    expect(first).toMatchObject({ data: { jobUpdated: { kind: "SNAPSHOT", job: { id, progress: 0 } } }, extensions: { cost: { requested: 2 } } });
    await advance(job.id, 40);
    const second = await raw.next<Seen>("next", "1");
    expect(second).toMatchObject({ data: { jobUpdated: { kind: "CHANGE", job: { id, progress: 40, status: "PROCESSING" } } } });
    raw.send({ id: "1", type: "complete" });
    await advance(job.id, 60);
    await advance(job.id, 80);
    raw.send({ id: "2", type: "subscribe", payload: { query: jobUpdated, variables: { id, after: second.data.jobUpdated.seq } } });
    expect((await raw.next<Seen>("next", "2")).data.jobUpdated).toMatchObject({ kind: "CHANGE", job: { progress: 60 } });
    expect((await raw.next<Seen>("next", "2")).data.jobUpdated).toMatchObject({ kind: "CHANGE", job: { progress: 80 } });
  });

  test("a job of somebody else looks like one that does not exist; admins see it", async () => {
    const job = await aJob(app.db, { createdById: (await app.signedIn()).userId });
    const raw = await socket(asha);
    const variables = { id: toGlobalId("Job", job.id) };
    raw.send({ id: "1", type: "subscribe", payload: { query: jobUpdated, variables } });
    const forbidden = await raw.next<{ errors: object[] }>("next", "1");
    raw.send({ id: "2", type: "subscribe", payload: { query: jobUpdated, variables: { id: toGlobalId("Job", asha.userId) } } });
    const missing = await raw.next<{ errors: object[] }>("next", "2");
    expect(forbidden).toEqual(missing);
    expect(forbidden.errors).toMatchObject([{ message: "There is no such job.", extensions: { code: "NOT_FOUND" } }]);
    const admin = await socket(await app.signedIn("admin"));
    admin.send({ id: "1", type: "subscribe", payload: { query: jobUpdated, variables } });
    expect((await admin.next<Seen>("next", "1")).data.jobUpdated.kind).toBe("SNAPSHOT");
  });

  test.each([
    ["an id of another type", { id: toGlobalId("Course", "0190a5c8-0000-7000-8000-000000000000") }, "INVALID_ID"],
    ["a place before the beginning", { after: -1 }, "BAD_USER_INPUT"],
    ["a place that is no whole number", { after: 1.5 }, "BAD_USER_INPUT"],
  ])("%s is refused", async (_what, variables, code) => {
    const job = await aJob(app.db, { createdById: asha.userId });
    const raw = await socket(asha);
    raw.send({ id: "1", type: "subscribe", payload: { query: jobUpdated, variables: { id: toGlobalId("Job", job.id), ...variables } } });
    expect(await raw.next("next", "1")).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test("anonymous callers are asked to sign in", async () => {
    const raw = await socket();
    raw.send({ id: "1", type: "subscribe", payload: { query: jobUpdated, variables: { id: toGlobalId("Job", asha.userId) } } });
    expect(await raw.next("next", "1")).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });
});

test("myJobs shows the newest jobs of the viewer, then each that changes, and nobody else's", async () => {
  const ravi = await app.signedIn();
  const job = await aJob(app.db, { createdById: ravi.userId });
  const raw = await socket(ravi);
  raw.send({ id: "1", type: "subscribe", payload: { query: "subscription { myJobs { kind jobs { id progress } } }" } });
  const id = toGlobalId("Job", job.id);
  expect(await raw.next("next", "1")).toMatchObject({ data: { myJobs: { kind: "SNAPSHOT", jobs: [{ id, progress: 0 }] } } });
  for (const creator of [asha, ravi]) {
    await inTransaction(app.db, anonymous(), async (work) => {
      const payload = { job: { ...job, progress: 7 } };
      work.publish({ topic: `jobs:${creator.userId}`, entityType: "job", entityId: job.id, payload });
    });
  }
  expect(await raw.next("next", "1")).toMatchObject({ data: { myJobs: { kind: "CHANGE", jobs: [{ id, progress: 7 }] } } });
  expect(raw.messages).toEqual([]);
});

test("streakUpdated shows the streak as it stands, then what an activity makes of it", async () => {
  const ravi = await app.signedIn();
  const raw = await socket(ravi);
  const query = "subscription { streakUpdated { kind streak { id currentStreak status user { id } } milestonesReached { id } } }";
  raw.send({ id: "1", type: "subscribe", payload: { query } });
  expect(await raw.next("next", "1")).toMatchObject({ data: { streakUpdated: { kind: "SNAPSHOT", streak: { currentStreak: 0 }, milestonesReached: [] } } });
  const recorded = await app.query<{ recordActivity: { errors: object[] } }>(
    "mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { errors { code path message } } }",
    { input: { kind: "CARD_REVIEWED", occurredAt: new Date().toISOString(), clientEventId: randomUUID() } },
    ravi,
  );
  expect(recorded).toMatchObject({ data: { recordActivity: { errors: [] } } });
  expect(await raw.next("next", "1")).toMatchObject({
    data: { streakUpdated: { kind: "CHANGE", streak: { currentStreak: 1, status: "SAFE", user: { id: toGlobalId("User", ravi.userId) } } } },
  });
});

test("enrollmentUpdated shows the enrollments of the viewer, then the one that begins", async () => {
  const ravi = await app.signedIn();
  const [before, after] = [await aCourse(app.db, { title: "Before", status: "active" }), await aCourse(app.db, { title: "After", status: "active" })];
  await anEnrollment(app.db, { userId: ravi.userId, courseId: before.id });
  const raw = await socket(ravi);
  raw.send({ id: "1", type: "subscribe", payload: { query: "subscription { enrollmentUpdated { kind enrollments { status course { title } } } }" } });
  expect(await raw.next("next", "1")).toMatchObject({ data: { enrollmentUpdated: { kind: "SNAPSHOT", enrollments: [{ course: { title: "Before" } }] } } });
  const enrolled = await app.query<{ enrollInCourse: { errors: object[] } }>(
    "mutation ($input: EnrollInCourseInput!) { enrollInCourse(input: $input) { errors { code path message } } }",
    { input: { courseId: toGlobalId("Course", after.id) } },
    ravi,
  );
  expect(enrolled).toMatchObject({ data: { enrollInCourse: { errors: [] } } });
  expect(await raw.next("next", "1")).toMatchObject({
    data: { enrollmentUpdated: { kind: "CHANGE", enrollments: [{ status: "ENROLLED", course: { title: "After" } }] } },
  });
});

test("a client that is cut off again and again, and comes back elsewhere, misses nothing and sees nothing twice", async () => {
  const job = await aJob(app.db, { createdById: asha.userId });
  const id = toGlobalId("Job", job.id);
  const second = app.engine.url ? await secondInstance(app.engine.url) : undefined;
  const instances = [app.url, second?.app.url ?? app.url];
  const [writers, each] = [4, 75];
  const total = writers * each;
  const write = () =>
    Promise.all(Array.from({ length: writers }, async (_, writer) => {
      for (let i = 0; i < each; i++) {
        await advance(job.id, (writer * each + i) % 100, i % 10 === 0 ? 5 : 0);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
      }
    }));
  const seen: { kind: string; seq: number }[] = [];
  let [after, cuts]: [number | undefined, number] = [undefined, 0];
  let written: Promise<unknown> | undefined;
  const changes = () => seen.filter(({ kind }) => kind === "CHANGE").length;
  for (let attempt = 0; changes() < total && attempt < 100; attempt++) {
    const { client, cut } = socketClient(instances[attempt % 2] ?? app.url, asha.token);
    const line: AsyncIterable<{ data?: Seen["data"] | null }> = client.iterate<Seen["data"]>({ query: jobUpdated, variables: { id, after } });
    const limit = attempt === 0 ? 1 : 5 + Math.floor(Math.random() * 25);
    let taken = 0;
    try {
      for await (const { data } of line) {
        if (!data) throw new Error("An update without data");
        seen.push(data.jobUpdated);
        after = data.jobUpdated.seq;
        if (++taken >= limit || changes() >= total) {
          cuts++;
          cut();
          break;
        }
      }
    } catch {
      // The line was cut in the middle of something.
    }
    await client.dispose();
    written ??= write();
  }
  await written;
  await second?.close();
  expect(seen[0]?.kind).toBe("SNAPSHOT");
  expect(seen.slice(1).every(({ kind }) => kind === "CHANGE")).toBe(true);
  const outbox = await app.db
    .select({ seq: eventOutbox.seq })
    .from(eventOutbox)
    .where(and(eq(eventOutbox.topic, `job:${job.id}`), gt(eventOutbox.seq, seen[0]?.seq ?? 0)))
    .orderBy(asc(eventOutbox.seq));
  expect(seen.slice(1).map(({ seq }) => seq)).toEqual(outbox.map(({ seq }) => seq));
  expect(cuts).toBeGreaterThan(8);
});

/** Another server on the same database, as behind a load balancer. */
async function secondInstance(url: string): Promise<{ app: App; close(): Promise<void> }> {
  const engine: Engine = await openPostgres(url);
  const other = await startApp(readConfig({ NODE_ENV: "test", PORT: "0", LOG_LEVEL: "silent" }), engine, testSecret);
  return {
    app: other,
    close: async () => {
      await other.close();
      await engine.close();
    },
  };
}
