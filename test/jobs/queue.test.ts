import { randomUUID } from "node:crypto";
import { eq, getTableName, sql, type SQL } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/pg-core";
import { PgBoss } from "pg-boss";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { rowsOf } from "../../src/db/client.js";
import { authSessions, eventOutbox, idempotencyKeys, jobEvents, jobQueue, providers, userStreaks } from "../../src/db/tables/index.js";
import { inTransaction, type Work } from "../../src/db/unit-of-work.js";
import { keepHouse } from "../../src/jobs/housekeeping.js";
import { failLostJobs } from "../../src/jobs/lost.js";
import { startJobs, type Jobs } from "../../src/jobs/queue.js";
import { createJob, system, type JobRow, type NewJob } from "../../src/jobs/record.js";
import { beginRun, executeRun, JobFailure, JobStopped, type JobHandler, type JobRun } from "../../src/jobs/run.js";
import { recordStreakActivity } from "../../src/services/streaks/service.js";
import { aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { emptyStorage } from "../support/storage.js";

let engine: TestEngine;
const storage = emptyStorage();
let jobs: Jobs;
/** What the worker does with reports, for the test at hand. */
let handler: JobHandler = async () => ({});
const errors: unknown[] = [];
/** What the operator was warned of. */
const warnings: object[] = [];

beforeAll(async () => {
  engine = await openTestEngine();
  jobs = await startJobs({
    engine,
    storage,
    handlers: { report: (run) => handler(run) },
    log: { error: (fields) => void errors.push(fields), warn: (fields) => void warnings.push(fields) },
    timing: { retryDelay: 1, supervise: 1, heartbeat: 10, poll: 0.5 },
  });
});
afterAll(async () => {
  await jobs.stop();
  await engine.close();
});
afterEach(() => {
  errors.length = 0;
  warnings.length = 0;
});

const atWork = <Result>(run: (work: Work) => Promise<Result>) => inTransaction(engine.db, system, run);
const enqueue = (values: Partial<NewJob> = {}) =>
  atWork((work) => jobs.enqueue(work, { type: "report", createdById: null, ...values }));

async function jobOf(id: string): Promise<JobRow> {
  const [job] = await engine.db.select().from(jobQueue).where(eq(jobQueue.id, id));
  if (!job) throw new Error("There is no such job");
  return job;
}

async function settled(id: string): Promise<JobRow> {
  await expect.poll(async () => (await jobOf(id)).status, { timeout: 90_000, interval: 50 }).toMatch(/completed|failed|cancelled/);
  return jobOf(id);
}

/** A handler that stops half-way until the test lets it go on. */
function paused(go: (run: JobRun) => Promise<void>) {
  const reached = Promise.withResolvers<JobRun>();
  const resume = Promise.withResolvers<void>();
  const outcome = Promise.withResolvers<unknown>();
  handler = async (run) => {
    reached.resolve(run);
    await resume.promise;
    try {
      await go(run);
      outcome.resolve("done");
    } catch (error) {
      outcome.resolve(error);
      throw error;
    }
    return {};
  };
  return { reached: reached.promise, resume: () => resume.resolve(), outcome: outcome.promise };
}

const addProvider = (slug: string) => (run: JobRun) =>
  run.effect(async ({ tx }) => {
    await tx.insert(providers).values({ name: slug, slug });
  });
const providersNamed = (slug: string) => engine.db.$count(providers, eq(providers.slug, slug));

test("a job runs, tells its progress and keeps its result, events and outbox rows", async () => {
  const { user } = await aUser(engine.db);
  handler = async (run) => {
    await run.progress(40, "Nearly half.");
    await run.progress(20, "Never back.");
    return { answer: run.payload["question"] };
  };
  const { id, status } = await enqueue({ createdById: user.id, payload: { question: 42 } });
  expect(status).toBe("pending");
  const job = await settled(id);
  expect(job).toMatchObject({ status: "completed", progress: 100, attempts: 1, result: { answer: 42 }, error: null });
  expect(job.startedAt).not.toBeNull();
  expect(job.completedAt).not.toBeNull();
  const events = await engine.db.select().from(jobEvents).where(eq(jobEvents.jobId, id)).orderBy(jobEvents.id);
  expect(events.map((event) => [event.status, event.progress])).toEqual([
    ["pending", 0], ["processing", 0], ["processing", 40], ["processing", 40], ["completed", 100],
  ]);
  const outbox = await engine.db.select().from(eventOutbox).where(eq(eventOutbox.entityId, id)).orderBy(eventOutbox.seq);
  for (const topic of [`job:${id}`, `jobs:${user.id}`]) {
    const seen = outbox.filter((event) => event.topic === topic).map((event) => event.payload as { job: JobRow });
    expect(seen.map(({ job }) => job.status)).toEqual(["pending", "processing", "processing", "processing", "completed"]);
    expect(seen.map(({ job }) => job.payload)).toEqual(seen.map(() => ({})));
  }
});

test("neither record nor task is left of a job whose transaction was rolled back", async () => {
  const before = await engine.db.$count(jobQueue);
  let taskId: string | null = null;
  await expect(
    atWork(async (work) => {
      taskId = (await jobs.enqueue(work, { type: "report", createdById: null })).taskId;
      throw new Error("undo");
    }),
  ).rejects.toThrow("undo");
  expect(await engine.db.$count(jobQueue)).toBe(before);
  expect(await rowsOf(engine.db, sql`select 1 from pgboss.job where id = ${taskId}::uuid`)).toEqual([]);
});

test("a job of a name that is taken is not made again", async () => {
  handler = async () => ({});
  const first = await enqueue({ jobId: "report_of_the_day" });
  const second = await enqueue({ jobId: "report_of_the_day" });
  expect(second.id).toBe(first.id);
  await settled(first.id);
});

test("what a cancelled job had not yet committed never lands", async () => {
  const work = paused(addProvider("after-cancel"));
  const { id } = await enqueue();
  await work.reached;
  const cancelled = await atWork(async (unit) => jobs.cancel(unit, await lockedJob(unit, id)));
  expect(cancelled).toMatchObject({ status: "cancelled" });
  work.resume();
  expect(await work.outcome).toBeInstanceOf(JobStopped);
  expect(await providersNamed("after-cancel")).toBe(0);
  expect(await jobOf(id)).toMatchObject({ status: "cancelled", result: null });
});

test("a pending job that is cancelled never starts, and starts when it is retried", async () => {
  let runs = 0;
  handler = async () => ({ run: ++runs });
  const { id } = await atWork(async (work) => jobs.cancel(work, await jobs.enqueue(work, { type: "report", createdById: null })));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(runs).toBe(0);
  await atWork(async (work) => jobs.retry(work, await lockedJob(work, id)));
  expect(await settled(id)).toMatchObject({ status: "completed", result: { run: 1 }, progress: 100 });
});

test("a failed attempt is repeated under the next fencing number", async () => {
  handler = async (run) => {
    if (run.attempt === 1) throw new Error("a secret of the inside");
    return { attempt: run.attempt };
  };
  const { id } = await enqueue();
  expect(await settled(id)).toMatchObject({ status: "completed", attempts: 2, result: { attempt: 2 }, error: null });
  expect(errors).toHaveLength(1);
});

test("a failure that no attempt can mend ends the job with its code, and a retry may succeed", async () => {
  handler = async () => {
    throw new JobFailure("NO_INPUT", "There is nothing to report on.");
  };
  const { id } = await enqueue();
  expect(await settled(id)).toMatchObject({ status: "failed", attempts: 1, error: "NO_INPUT: There is nothing to report on." });
  handler = async () => ({ fine: true });
  const again = await atWork(async (work) => jobs.retry(work, await lockedJob(work, id)));
  expect(again).toMatchObject({ status: "pending", progress: 0, error: null, completedAt: null });
  expect(await settled(id)).toMatchObject({ status: "completed", attempts: 2, result: { fine: true } });
});

test("what a failure came from is for the log, and not for people", async () => {
  handler = async () => {
    throw new JobFailure("MODEL_REFUSED", "The model refuses.", { cause: new Error("401 Unknown key.") });
  };
  const { id } = await enqueue();
  expect(await settled(id)).toMatchObject({ status: "failed", error: "MODEL_REFUSED: The model refuses." });
  expect(warnings).toEqual([{ job: id, type: "report", attempt: 1, code: "MODEL_REFUSED", reason: "401 Unknown key." }]);
  expect(errors).toEqual([]);
});

test("the last attempt's unexpected error is shown by code alone", async () => {
  const job = await atWork((work) => createJob(work, { type: "report", createdById: null }));
  const run = await beginRun(engine.db, job?.id ?? "", null, AbortSignal.abort("unused"));
  if (!run) throw new Error("The run did not begin");
  const fail: JobHandler = async () => {
    throw new Error("select password from users");
  };
  await executeRun(engine.db, run, fail, { lastAttempt: true, onError: (error) => void errors.push(error) });
  expect(await jobOf(run.id)).toMatchObject({ status: "failed", error: "INTERNAL: Something went wrong on our side." });
  expect(errors).toHaveLength(1);
});

test("an attempt that was overtaken changes nothing any more", async () => {
  const job = await atWork((work) => createJob(work, { type: "report", createdById: null }));
  const { signal } = new AbortController();
  const old = await beginRun(engine.db, job?.id ?? "", null, signal);
  const next = await beginRun(engine.db, job?.id ?? "", null, signal);
  if (!old || !next) throw new Error("The runs did not begin");
  expect([old.attempt, next.attempt]).toEqual([1, 2]);
  await expect(addProvider("old")(old)).rejects.toBeInstanceOf(JobStopped);
  await expect(old.progress(90, "from the grave")).rejects.toBeInstanceOf(JobStopped);
  const outcome = await executeRun(engine.db, old, async () => ({ from: "old" }), { lastAttempt: true, onError: () => {} });
  expect(outcome).toEqual({ status: "stopped" });
  await addProvider("next")(next);
  expect([await providersNamed("old"), await providersNamed("next")]).toEqual([0, 1]);
  expect(await jobOf(next.id)).toMatchObject({ status: "processing", progress: 0, attempts: 2, result: null });
});

test("a job whose task is gone is failed, one that is under way is not", async () => {
  const work = paused(async () => {});
  const living = await enqueue();
  await work.reached;
  const lost = await atWork((unit) => createJob(unit, { type: "report", createdById: null, taskId: randomUUID() }));
  const silent = await atWork((unit) => createJob(unit, { type: "catalog_import", createdById: null }));
  await engine.db.execute(sql`update ops.job_queue set updated_at = now() - interval '1 hour' where status in ('pending', 'processing')`);
  await failLostJobs(engine.db);
  for (const job of [lost, silent]) {
    expect(await jobOf(job?.id ?? "")).toMatchObject({ status: "failed", error: expect.stringMatching(/^LOST: /) });
  }
  expect((await jobOf(living.id)).status).toBe("processing");
  work.resume();
  expect((await settled(living.id)).status).toBe("completed");
});

test("a handler that outlives its expiry is overtaken, and its late effect is refused", async () => {
  const late = Promise.withResolvers<unknown>();
  const impatient = await startJobs({
    engine,
    storage,
    log: { error: () => {}, warn: () => {} },
    timing: { expire: 5, retryDelay: 1, supervise: 1, heartbeat: 10, poll: 0.5 },
    handlers: {
      embedding: async (run) => {
        if (run.attempt > 1) {
          await addProvider("in-time")(run);
          return { attempt: run.attempt };
        }
        await expect.poll(async () => (await jobOf(run.id)).attempts, { timeout: 90_000 }).toBe(2);
        await addProvider("too-late")(run).catch(late.resolve);
        return { attempt: run.attempt };
      },
    },
  });
  try {
    const { id } = await atWork((work) => impatient.enqueue(work, { type: "embedding", createdById: null }));
    expect(await settled(id)).toMatchObject({ status: "completed", attempts: 2, result: { attempt: 2 } });
    // The old attempt hears it from its signal or from the fence, whichever comes first.
    expect(await late.promise).toBeInstanceOf(Error);
    expect([await providersNamed("in-time"), await providersNamed("too-late")]).toEqual([1, 0]);
  } finally {
    await impatient.stop();
  }
});

test("a stopping server gives its job back, and the next one finishes it", async () => {
  const started = Promise.withResolvers<void>();
  const options = { engine, storage, log: { error: () => {}, warn: () => {} }, timing: { retryDelay: 1, poll: 0.5, grace: 1 } };
  const first = await startJobs({
    ...options,
    handlers: {
      erasure: async (run) => {
        started.resolve();
        await new Promise((_, reject) => run.signal.addEventListener("abort", () => reject(new Error("stopping"))));
        return {};
      },
    },
  });
  const { id } = await atWork((work) => first.enqueue(work, { type: "erasure", createdById: null }));
  await started.promise;
  await first.stop();
  expect(await jobOf(id)).toMatchObject({ status: "pending", attempts: 1, result: null });
  const second = await startJobs({ ...options, handlers: { erasure: async (run) => ({ attempt: run.attempt }) } });
  expect(await settled(id)).toMatchObject({ status: "completed", result: { attempt: 2 } });
  await second.stop();
});

test("housekeeping removes what is a day old and keeps the rest", async () => {
  const { user } = await aUser(engine.db);
  const [day, hour] = ["25 hours", "23 hours"].map((age) => sql`now() - ${age}::interval`);
  const keyOf = (createdAt: SQL | undefined) => ({ userId: user.id, mutation: "test", key: randomUUID(), inputHash: "x", createdAt });
  const eventOf = (createdAt: SQL | undefined) => ({ topic: "housekeeping", entityType: "job", entityId: user.id, createdAt });
  await engine.db.insert(idempotencyKeys).values([keyOf(day), keyOf(hour)] as never);
  // The outbox loses its oldest end only: an old event behind younger ones would stay.
  await engine.db.delete(eventOutbox);
  await engine.db.insert(eventOutbox).values([eventOf(day), eventOf(hour)] as never);
  expect(await keepHouse(engine.db, storage)).toMatchObject({ events: 1, keys: 1, sessions: 0 });
  expect(await engine.db.$count(idempotencyKeys, eq(idempotencyKeys.userId, user.id))).toBe(1);
  expect(await engine.db.$count(eventOutbox, eq(eventOutbox.topic, "housekeeping"))).toBe(1);
});

test("housekeeping settles streaks whose day has ended, so that learners hear of it", async () => {
  const { user } = await aUser(engine.db);
  const threeDaysAgo = Date.now() - 3 * 86_400_000;
  const activity = { userId: user.id, kind: "card_reviewed" as const, clientEventId: "card", occurredAt: new Date(threeDaysAgo).toISOString() };
  await atWork((work) => recordStreakActivity(work, activity, threeDaysAgo));
  // A chore that fails is told, and keeps none behind it from being done.
  await engine.db.execute(sql`alter table ${authSessions} rename to away`);
  const told: unknown[] = [];
  const error = await keepHouse(engine.db, storage, { error: ({ chore }: { chore?: string }) => void told.push(chore) }).catch((failure: unknown) => failure);
  await engine.db.execute(sql.raw(`alter table ${getTableConfig(authSessions).schema}.away rename to ${getTableName(authSessions)}`));
  expect(told).toEqual(["sessions"]);
  expect(error).toBeInstanceOf(AggregateError);
  expect((error as AggregateError).message).toBe("Housekeeping failed at sessions.");
  const [streak] = await engine.db.select().from(userStreaks).where(eq(userStreaks.userId, user.id));
  expect(streak).toMatchObject({ currentStreak: 0, brokenLength: 1 });
});

test("the rollup is due every night at 02:30 UTC, and is made once however many instances are told", async () => {
  const schedules = await rowsOf(engine.db, sql`select name, cron, timezone from pgboss.schedule order by name`);
  expect(schedules).toEqual([
    { name: "housekeeping", cron: "7 * * * *", timezone: "UTC" },
    { name: "nightly", cron: "30 2 * * *", timezone: "UTC" },
  ]);
  const instance = () =>
    startJobs({ engine, storage, log: { error: (fields) => void errors.push(fields), warn: () => {} }, timing: { poll: 0.5 }, handlers: { rollup: async () => ({}) } });
  const instances = [await instance(), await instance()];
  // The instance of this file takes nightly tasks too, but has no rollups.
  await jobs.stop();
  const boss = await new PgBoss({ ...engine.bossOptions(), schema: "pgboss", supervise: false, schedule: false }).start();
  for (let i = 0; i < 2; i++) await boss.send("nightly");
  await expect.poll(async () => (await boss.findJobs("nightly")).map(({ state }) => state), { timeout: 90_000 }).toEqual(["completed", "completed"]);
  await boss.stop();
  const made = await engine.db.select().from(jobQueue).where(eq(jobQueue.jobType, "rollup"));
  expect(made.map(({ jobId }) => jobId)).toEqual([`rollup_${new Date().toISOString().slice(0, 10)}`]);
  expect(await settled(made[0]?.id ?? "")).toMatchObject({ status: "completed", attempts: 1, createdById: null });
  for (const each of instances) await each.stop();
});

async function lockedJob({ tx }: Work, id: string): Promise<JobRow> {
  const [job] = await tx.select().from(jobQueue).where(eq(jobQueue.id, id)).for("update");
  if (!job) throw new Error("There is no such job");
  return job;
}
