import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { eq, sql, type SQL } from "drizzle-orm";
import { fromDrizzle, PgBoss, type JobWithMetadata } from "pg-boss";
import { rowsOf, type Engine, type Tx } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { inTransaction, type Work } from "../db/unit-of-work.js";
import { keepHouse } from "./housekeeping.js";
import { failLostJobs } from "./lost.js";
import { changeJob, createJob, isOpen, system, type JobRow, type JobType, type NewJob } from "./record.js";
import type { Storage } from "../storage/open.js";
import { beginRun, executeRun, type JobHandler } from "./run.js";
import { watchClaims } from "./claims.js";

/** Background work: pg-boss executes, `ops.job_queue` is the record that people see. */
export interface Jobs {
  /** Adds a job in the caller's transaction: neither record nor task is there unless it commits. */
  enqueue(work: Work, job: Omit<NewJob, "taskId">): Promise<JobRow>;
  /** Cancels an open job that the caller has locked; what its handler has not yet committed never lands. */
  cancel(work: Work, job: JobRow): Promise<JobRow>;
  /** Starts an ended job again, as the same record; the caller has locked it. */
  retry(work: Work, job: JobRow): Promise<JobRow>;
  /** Can this server execute jobs of the type? Others are executed by the command line. */
  handles(type: JobType): boolean;
  /** From the start until `stop`. */
  readonly running: boolean;
  /** Stops taking jobs and waits for those under way, at most the grace period; the rest start again later. */
  stop(): Promise<void>;
}

export interface JobsLog {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** All in seconds. */
export interface JobTiming {
  /** How long one attempt may take. */
  expire: number;
  /** An attempt whose worker was silent for this long is given to another; at least 10. */
  heartbeat: number;
  /** Wait before the second attempt; it doubles with each further one. */
  retryDelay: number;
  /** How often expired attempts and lost jobs are looked for. */
  supervise: number;
  /** How often tasks are asked for: pg-boss announces neither repeated attempts nor the second of two. */
  poll: number;
  /** How long a stop waits for jobs under way. */
  grace: number;
}

const standardTiming: JobTiming = { expire: 900, heartbeat: 30, retryDelay: 5, supervise: 20, poll: 2, grace: 5 };
const retryLimit = 3;
/** How long handlers may take to notice that the server stops, after the grace period. */
const afterwordMs = 1_000;

/** Queues of the service itself; no record is kept of their tasks. */
const nightly = { queue: "nightly", cron: "30 2 * * *" } as const;
const housekeeping = { queue: "housekeeping", cron: "7 * * * *" } as const;

interface Task {
  id: string;
}

/** Starts the workers of `handlers` and the schedules. Instances share the work of one database. */
export async function startJobs(options: {
  engine: Engine;
  handlers: Partial<Record<JobType, JobHandler>>;
  log: JobsLog;
  storage: Storage;
  timing?: Partial<JobTiming>;
  /** How many jobs of a type this server executes at a time; 1 unless told. */
  atOnce?: Partial<Record<JobType, number>>;
}): Promise<Jobs> {
  const { engine, handlers, log, storage } = options;
  const { db } = engine;
  const timing = { ...standardTiming, ...options.timing };
  const boss = new PgBoss({
    ...engine.bossOptions(),
    schema: "pgboss",
    superviseIntervalSeconds: timing.supervise,
    monitorIntervalSeconds: timing.supervise,
  });
  boss.on("error", (error) => log.error({ err: error }, "background work reports an error"));
  boss.on("warning", (warning) => log.warn({ warning }, "background work reports a warning"));
  await boss.start();

  const settings = {
    notify: true,
    retryLimit,
    retryDelay: timing.retryDelay,
    retryBackoff: true,
    expireInSeconds: timing.expire,
    heartbeatSeconds: timing.heartbeat,
  };
  for (const name of [...Object.keys(handlers), nightly.queue, housekeeping.queue]) {
    await boss.createQueue(name, settings);
    // A queue that is there already keeps the settings of the version that made it.
    await boss.updateQueue(name, settings);
    // pg-boss reads a queue's settings on first use, which on the embedded database's one connection
    // would wait for ever inside a transaction of ours.
    await boss.findJobs(name, { id: randomUUID() });
  }

  const send = (tx: Tx, job: JobRow): Promise<string | null> =>
    boss.send(job.jobType, { id: job.id } satisfies Task, { id: job.taskId ?? randomUUID(), db: inside(tx) });

  const enqueue: Jobs["enqueue"] = async (work, job) => {
    const row = await createJob(work, { ...job, taskId: randomUUID() });
    if (row) {
      await send(work.tx, row);
      return row;
    }
    const [same] = await work.tx.select().from(jobQueue).where(eq(jobQueue.jobId, job.jobId ?? ""));
    if (!same) throw new Error("A job was neither made nor found.");
    return same;
  };

  const claims = watchClaims(db, (error) => log.error({ err: error }, "looking for cancelled jobs failed"));
  const underWay = new Set<Promise<void>>();
  const runTask = (handler: JobHandler) => async ([task]: JobWithMetadata<Task>[]): Promise<void> => {
    if (!task) return;
    const running = attempt(handler, task);
    underWay.add(running);
    await running.finally(() => underWay.delete(running));
  };
  const attempt = async (handler: JobHandler, task: JobWithMetadata<Task>): Promise<void> => {
    const lost = new AbortController();
    const run = await beginRun(db, task.data.id, task.id, AbortSignal.any([task.signal, lost.signal]));
    if (!run) return;
    const fields = { job: run.id, type: task.name, attempt: run.attempt };
    const outcome = await claims.during(run, lost, () =>
      executeRun(db, run, handler, {
        lastAttempt: task.retryCount >= task.retryLimit,
        onError: (error) => log.error({ ...fields, err: error }, "a job's attempt failed"),
        onFailure: ({ code, cause }) => log.warn({ ...fields, code, reason: cause instanceof Error ? cause.message : String(cause) }, "a job failed for a reason of the operator's"),
      }),
    );
    if (outcome.status === "released") throw new Error("The attempt failed.", { cause: outcome.error });
  };

  const asking = { includeMetadata: true, pollingIntervalSeconds: timing.poll, notifyPollingIntervalSeconds: timing.poll } as const;
  for (const [type, handler] of Object.entries(handlers)) {
    // What died with a server is given on at once, without waiting for the first round of supervision.
    await boss.supervise(type);
    const settings = { ...asking, localConcurrency: options.atOnce?.[type as JobType] ?? 1 };
    await boss.work<Task, unknown, typeof settings>(type, settings, runTask(handler));
  }
  await boss.work(nightly.queue, async () => {
    const date = new Date().toISOString().slice(0, 10);
    // The date in its name lets the instances and repeated attempts make one job a night.
    await inTransaction(db, system, (work) => enqueue(work, { type: "rollup", createdById: null, jobId: `rollup_${date}` }));
  });
  await boss.work(housekeeping.queue, () => keepHouse(db, storage, log));
  await boss.schedule(nightly.queue, nightly.cron, null, { tz: "UTC" });
  await boss.schedule(housekeeping.queue, housekeeping.cron, null, { tz: "UTC" });

  let watch: Promise<unknown> = Promise.resolve();
  const watching = setInterval(() => {
    watch = watch
      .then(() => failLostJobs(db))
      .catch((error: unknown) => log.error({ err: error }, "looking for lost jobs failed"));
  }, timing.supervise * 1000);
  watching.unref();

  let running = true;
  return {
    get running() {
      return running;
    },
    enqueue,
    handles: (type) => handlers[type] !== undefined,
    cancel: async (work, job) => {
      const cancelled = await mustChange(work, job, { status: "cancelled", message: "Cancelled.", completedAt: sql`now()` });
      if (job.taskId !== null) await boss.cancel(job.jobType, job.taskId, { db: inside(work.tx) });
      return cancelled;
    },
    retry: async (work, job) => {
      if (isOpen(job)) throw new Error("Only a job that has ended starts again.");
      const again = await mustChange(work, job, {
        status: "pending",
        taskId: randomUUID(),
        progress: 0,
        message: null,
        result: null,
        error: null,
        startedAt: null,
        completedAt: null,
      });
      await send(work.tx, again);
      return again;
    },
    stop: async () => {
      running = false;
      clearInterval(watching);
      await watch;
      await boss.stop({ graceful: true, timeout: timing.grace * 1000 });
      claims.stop();
      // Those that were cut short write that down, as long as the database is still open.
      await Promise.race([Promise.allSettled(underWay), delay(afterwordMs)]);
    },
  };
}

/** Our transaction as pg-boss takes it. */
const inside = (tx: Tx) => fromDrizzle({ execute: async (query) => ({ rows: await rowsOf(tx, query as SQL) }) }, sql);

async function mustChange(work: Work, { id }: JobRow, change: Parameters<typeof changeJob>[2]): Promise<JobRow> {
  const changed = await changeJob(work, eq(jobQueue.id, id), change);
  if (!changed) throw new Error("The job is gone.");
  return changed;
}
