import type { Database } from "../db/client.js";
import { inTransaction } from "../db/unit-of-work.js";
import { createJob, system, type NewJob } from "./record.js";
import { beginRun, executeRun, type JobHandler, type Outcome } from "./run.js";

/**
 * Executes a job in this process instead of a worker, for commands; recorded, visible, cancellable and
 * fenced like any other. It has one attempt.
 * @throws whatever unexpected error ended it, after it was written down.
 */
export async function runNow(
  db: Database,
  job: Omit<NewJob, "taskId">,
  handler: JobHandler,
  signal: AbortSignal,
): Promise<Outcome> {
  const row = await inTransaction(db, system, (work) => createJob(work, { ...job, taskId: null }));
  const run = row && (await beginRun(db, row.id, null, signal));
  if (!run) throw new Error("The job could not begin.");
  let unexpected: { error: unknown } | undefined;
  const onError = (error: unknown): void => {
    unexpected = { error };
  };
  const outcome = await executeRun(db, run, handler, { lastAttempt: true, onError });
  if (unexpected) throw unexpected.error;
  return outcome;
}
