import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eq, sql } from "drizzle-orm";
import { rowsOf } from "../../src/db/client.js";
import { eventOutbox, jobEvents, jobQueue, providers } from "../../src/db/tables/index.js";
import { inTransaction, type Work } from "../../src/db/unit-of-work.js";
import { failLostJobs } from "../../src/jobs/lost.js";
import { startJobs, type Jobs } from "../../src/jobs/queue.js";
import { createJob, system, type JobRow, type NewJob } from "../../src/jobs/record.js";
import { beginRun, executeRun, JobFailure, JobStopped, type JobHandler, type JobRun } from "../../src/jobs/run.js";
import { aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
let jobs: Jobs;
/** What the worker does with reports, for the test at hand. */
let handler: JobHandler = async () => ({});
const errors: unknown[] = [];

beforeAll(async () => {
  engine = await openTestEngine();
  jobs = await startJobs({
    engine,
    handlers: { report: (run) => handler(run) },
    log: { error: (fields) => void errors.push(fields), warn: () => {} },
    timing: { retryDelay: 1, supervise: 1, heartbeat: 10, poll: 0.5 },
  });
});
afterAll(async () => {
  await jobs.stop();
  await engine.close();
});
afterEach(() => {
  errors.length = 0;
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
  await expect.poll(async () => (await jobOf(id)).status, { timeout: 20_000, interval: 50 }).toMatch(/completed|failed|cancelled/);
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
  const lost = await atWork((unit) => createJob(unit, { type: "report", createdById: null, taskId: crypto.randomUUID() }));
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

async function lockedJob({ tx }: Work, id: string): Promise<JobRow> {
  const [job] = await tx.select().from(jobQueue).where(eq(jobQueue.id, id)).for("update");
  if (!job) throw new Error("There is no such job");
  return job;
}
