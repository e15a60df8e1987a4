import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { isAdmin, type SignedIn } from "../auth/viewer.js";
import { own } from "../auth/visibility.js";
import type { Database } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { inTransaction, type Work } from "../db/unit-of-work.js";
import { Forbidden, missing, reject } from "../graphql/errors.js";
import { nodeId } from "../graphql/node.js";
import type { Jobs } from "../jobs/queue.js";
import { isOpen, type JobRow } from "../jobs/record.js";
import { audit } from "./audit.js";
import { takeFilesAgain } from "./generation.js";
import { once, type Keyed } from "./idempotency.js";
import { check } from "./input.js";

const jobRules = z.object({ id: nodeId("Job") });

/** Starts the refresh of counts and scores. The mutation's policy lets only admins call it. */
export const startRollup = (viewer: SignedIn, db: Database, input: Keyed, jobs: Jobs): Promise<JobRow> =>
  once(db, viewer, "startRollup", input, async (work) => {
    const job = await jobs.enqueue(work, { type: "rollup", createdById: viewer.id });
    await audit(work, { action: "job.started", entityType: "job", entityId: job.id, newValues: { jobType: job.jobType } });
    return job;
  });

/**
 * Cancels a job that has not ended; what its handler had not yet finished has no effect.
 * @throws {Rejection} NOT_FOUND, or CONFLICT when it has ended.
 */
export async function cancelJob(viewer: SignedIn, db: Database, input: { id: string }, jobs: Jobs): Promise<JobRow> {
  const { id } = check(jobRules, input);
  return inTransaction(db, viewer, async (work) => {
    const job = await lockedJob(work, viewer, id);
    if (!isOpen(job)) throw reject("CONFLICT", "id", `The job has ended: it is ${job.status}.`);
    const cancelled = await jobs.cancel(work, job);
    await auditChange(work, "job.cancelled", job, cancelled);
    return cancelled;
  });
}

/**
 * Starts a job again that failed or was cancelled.
 * @throws {Rejection} NOT_FOUND, or CONFLICT when it is open, completed, executed by the command line, or
 *   when its documents are used otherwise by now; LIMIT_REACHED when its creator has as many open as are allowed;
 *   {Forbidden} for the making of a course by somebody who is no teacher any more.
 */
export async function retryJob(viewer: SignedIn, db: Database, input: { id: string } & Keyed, jobs: Jobs): Promise<JobRow> {
  const { id } = check(jobRules, input);
  return once(db, viewer, "retryJob", input, async (work) => {
    const job = await lockedJob(work, viewer, id);
    if (job.jobType === "course_generation" && viewer.role !== "teacher" && !isAdmin(viewer)) throw new Forbidden();
    if (job.status !== "failed" && job.status !== "cancelled") {
      throw reject("CONFLICT", "id", `Only failed and cancelled jobs start again; this one is ${job.status}.`);
    }
    if (job.taskId === null || !jobs.handles(job.jobType)) {
      throw reject("CONFLICT", "id", "This job is executed by a command; run the command again.");
    }
    if (job.jobType === "course_generation") await takeFilesAgain(work, job);
    const again = await jobs.retry(work, job);
    await auditChange(work, "job.retried", job, again);
    return again;
  });
}

async function lockedJob({ tx }: Work, viewer: SignedIn, id: string): Promise<JobRow> {
  const visible = own(jobQueue.createdById)(viewer);
  const [job] = await tx.select().from(jobQueue).where(and(eq(jobQueue.id, id), visible)).for("update");
  if (!job) throw missing("id", "job");
  return job;
}

const auditChange = (work: Work, action: string, before: JobRow, after: JobRow): Promise<void> =>
  audit(work, {
    action,
    entityType: "job",
    entityId: before.id,
    subjectUserId: before.createdById,
    oldValues: { status: before.status },
    newValues: { status: after.status },
  });
