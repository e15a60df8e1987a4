import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { inTransaction, type Work } from "../db/unit-of-work.js";
import { changeJob, claimJob, heldBy, system, type JobRow } from "./record.js";

/** What a job ends with. */
export interface Completion {
  /** Plain JSON, shown to people. */
  result: Record<string, unknown>;
  /** The course that came of it. */
  courseId?: string;
}

/** The attempt no longer holds its job: it was cancelled, or a later attempt took over. */
export class JobStopped extends Error {}

/** A failure that trying again cannot mend; `code` and `message` are shown to people, the cause to the operator alone. */
export class JobFailure extends Error {
  constructor(readonly code: string, message: string, options?: ErrorOptions) {
    super(message, options);
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
  /**
   * Runs the last effect and completes the job in the same transaction, for effects that must not
   * happen without the job's completion: no cancel and no crash comes between the two.
   * @throws {JobStopped} when the attempt no longer holds its job; nothing was changed then.
   */
  complete(apply: (work: Work) => Promise<Completion>): Promise<Record<string, unknown>>;
  /** The job after `complete`; null before. */
  readonly completed: JobRow | null;
  /** Was the job cancelled? An attempt that lost its job may also have been overtaken. */
  isCancelled(): Promise<boolean>;
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
  let completed: JobRow | null = null;
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
    isCancelled: async () => (await db.$count(jobQueue, and(eq(jobQueue.id, id), eq(jobQueue.status, "cancelled")))) > 0,
    get completed() {
      return completed;
    },
    complete: async (apply) => {
      const row = await fenced(async (work) => {
        const { result, courseId } = await apply(work);
        return changeJob(work, heldBy(id, attempt), { ...asCompleted(result), ...(courseId !== undefined && { courseId }) });
      });
      // Only here, where the transaction has been committed.
      completed = row;
      return row?.result as Record<string, unknown>;
    },
    progress: async (percent, message) => {
      const reached = Math.max(0, Math.min(100, Math.floor(percent)));
      await fenced((work) =>
        changeJob(work, heldBy(id, attempt), { progress: sql`greatest(${jobQueue.progress}, ${reached}::smallint)`, message }),
      );
    },
  };
}

const asCompleted = (result: Record<string, unknown>) =>
  ({ status: "completed", progress: 100, result, error: null, completedAt: sql`now()` }) as const;

export type Outcome =
  | { status: "completed" | "failed"; job: JobRow }
  /** Cancelled or taken over: nothing was written. */
  | { status: "stopped" }
  /** Failed, and free for its next attempt. */
  | { status: "released"; error: unknown };

/**
 * Executes an attempt and writes down how it ended. What went wrong is shown by code; stacks and
 * texts of unexpected errors go to `onError` alone, and the causes of failures to `onFailure`.
 */
export async function executeRun(
  db: Database,
  run: JobRun,
  handler: JobHandler,
  { lastAttempt, onError, onFailure }: { lastAttempt: boolean; onError: (error: unknown) => void; onFailure?: (failure: JobFailure) => void },
): Promise<Outcome> {
  const end = (change: Parameters<typeof changeJob>[2]): Promise<JobRow | null> =>
    inTransaction(db, system, (work) => changeJob(work, heldBy(run.id, run.attempt), change));
  try {
    const result = await handler(run);
    const job = run.completed ?? (await end(asCompleted(result)));
    return job ? { status: "completed", job } : { status: "stopped" };
  } catch (error) {
    if (run.completed) {
      onError(error);
      return { status: "completed", job: run.completed };
    }
    if (error instanceof JobStopped) return { status: "stopped" };
    if (error instanceof JobFailure || lastAttempt) {
      if (!(error instanceof JobFailure)) onError(error);
      else if (error.cause !== undefined) onFailure?.(error);
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
