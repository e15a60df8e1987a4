import { sql } from "drizzle-orm";
import type { Database } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { inTransaction, type Work } from "../db/unit-of-work.js";
import { changeJob, claimJob, heldBy, system, type JobRow } from "./record.js";

/** The attempt no longer holds its job: it was cancelled, or a later attempt took over. */
export class JobStopped extends Error {}

/** A failure that trying again cannot mend; `code` and `message` are shown to people. */
export class JobFailure extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** One attempt at a job, as its handler sees it. */
export interface JobRun {
  readonly id: string;
  /** The fencing number, from 1. */
  readonly attempt: number;
  readonly payload: Record<string, unknown>;
  /** Aborted when the attempt lost its job or the server stops. */
  readonly signal: AbortSignal;
  /**
   * Says how far the work is, 0 to 100; it never goes back within an attempt.
   * @throws {JobStopped} when the attempt no longer holds its job.
   */
  progress(percent: number, message: string): Promise<void>;
  /**
   * Runs `apply` in a transaction that commits only while this attempt holds its job; a cancel waits
   * for it. It may run again in a later attempt, so it must be safe to repeat.
   * @throws {JobStopped} when the attempt no longer holds its job; nothing was changed then.
   */
  effect<Result>(apply: (work: Work) => Promise<Result>): Promise<Result>;
}

/** Does a job's work and answers with its result, as plain JSON. */
export type JobHandler = (run: JobRun) => Promise<Record<string, unknown>>;

/** Begins an attempt at a job; null when there is nothing to do any more. */
export async function beginRun(
  db: Database,
  id: string,
  taskId: string | null,
  signal: AbortSignal,
): Promise<JobRun | null> {
  const job = await inTransaction(db, system, (work) => claimJob(work, id, taskId));
  if (!job) return null;
  const attempt = job.attempts;
  const fenced = async <Result>(apply: (work: Work) => Promise<Result>): Promise<Result> => {
    signal.throwIfAborted();
    return inTransaction(db, system, async (work) => {
      const held = await work.tx.select({ id: jobQueue.id }).from(jobQueue).where(heldBy(id, attempt)).for("update");
      if (held.length === 0) throw new JobStopped("The job was cancelled or taken over.");
      return apply(work);
    });
  };
  return {
    id,
    attempt,
    payload: job.payload as Record<string, unknown>,
    signal,
    effect: fenced,
    progress: async (percent, message) => {
      const reached = Math.max(0, Math.min(100, Math.floor(percent)));
      await fenced((work) =>
        changeJob(work, heldBy(id, attempt), { progress: sql`greatest(${jobQueue.progress}, ${reached}::smallint)`, message }),
      );
    },
  };
}

export type Outcome =
  | { status: "completed" | "failed"; job: JobRow }
  /** Cancelled or taken over: nothing was written. */
  | { status: "stopped" }
  /** Failed, and free for its next attempt. */
  | { status: "released"; error: unknown };

/**
 * Executes an attempt and writes down how it ended. What went wrong is shown by code; stacks and
 * texts of unexpected errors go to `onError` alone.
 */
export async function executeRun(
  db: Database,
  run: JobRun,
  handler: JobHandler,
  { lastAttempt, onError }: { lastAttempt: boolean; onError: (error: unknown) => void },
): Promise<Outcome> {
  const end = (change: Parameters<typeof changeJob>[2]): Promise<JobRow | null> =>
    inTransaction(db, system, (work) => changeJob(work, heldBy(run.id, run.attempt), change));
  try {
    const result = await handler(run);
    const job = await end({ status: "completed", progress: 100, result, error: null, completedAt: sql`now()` });
    return job ? { status: "completed", job } : { status: "stopped" };
  } catch (error) {
    if (error instanceof JobStopped) return { status: "stopped" };
    if (error instanceof JobFailure || lastAttempt) {
      if (!(error instanceof JobFailure)) onError(error);
      const job = await end({ status: "failed", error: publicError(error), completedAt: sql`now()` });
      return job ? { status: "failed", job } : { status: "stopped" };
    }
    onError(error);
    const job = await end({ status: "pending", message: "The attempt failed and will be repeated." });
    return job ? { status: "released", error } : { status: "stopped" };
  }
}

const publicError = (error: unknown): string =>
  error instanceof JobFailure ? `${error.code}: ${error.message}` : "INTERNAL: Something went wrong on our side.";
