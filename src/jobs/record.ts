import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import { anonymous, type Viewer } from "../auth/viewer.js";
import { jobEvents, jobQueue } from "../db/tables/index.js";
import type { jobTypes } from "../db/value-sets.js";
import type { Work } from "../db/unit-of-work.js";

export type JobRow = typeof jobQueue.$inferSelect;
export type JobType = (typeof jobTypes)[number];

/** The service itself as it works in the background: it sees everything and is nobody. */
export const system: Viewer = { ...anonymous(), role: "admin" };

export interface NewJob {
  type: JobType;
  /** What the handler needs; never shown to people. */
  payload?: Record<string, unknown>;
  /** Who sees it besides admins; null for the service's own jobs. */
  createdById: string | null;
  courseId?: string | null;
  /** Name of the job outside; a second job of the same name is not made. */
  jobId?: string;
  /** The worker's own handle; null when the command line executes it. */
  taskId?: string | null;
}

/** The statuses of a job that has not ended. */
export const openStatuses: readonly JobRow["status"][] = ["pending", "processing"];
export const isOpen = ({ status }: Pick<JobRow, "status">): boolean => openStatuses.includes(status);

/** Adds a pending job; null when its name is taken. */
export async function createJob(work: Work, job: NewJob): Promise<JobRow | null> {
  const [row] = await work.tx
    .insert(jobQueue)
    .values({
      jobId: job.jobId ?? `job_${randomUUID().replaceAll("-", "").slice(0, 20)}`,
      taskId: job.taskId ?? null,
      jobType: job.type,
      payload: job.payload ?? {},
      createdById: job.createdById,
      courseId: job.courseId ?? null,
    })
    .onConflictDoNothing({ target: jobQueue.jobId })
    .returning();
  if (!row) return null;
  await announce(work, [row]);
  return row;
}

/**
 * Begins an attempt. `attempts` rises with it and is the fence: whoever holds an older number can
 * change nothing more. Null when the job has ended or belongs to another task by now.
 */
export const claimJob = (work: Work, id: string, taskId: string | null): Promise<JobRow | null> =>
  changeJob(
    work,
    and(
      eq(jobQueue.id, id),
      taskId === null ? sql`${jobQueue.taskId} is null` : eq(jobQueue.taskId, taskId),
      inArray(jobQueue.status, [...openStatuses]),
    ),
    {
      status: "processing",
      attempts: sql`${jobQueue.attempts} + 1`,
      progress: 0,
      message: null,
      error: null,
      startedAt: sql`now()`,
    },
  );

/** The condition under which attempt `attempt` still holds the job. */
export const heldBy = (id: string, attempt: number): SQL | undefined =>
  and(eq(jobQueue.id, id), eq(jobQueue.status, "processing"), eq(jobQueue.attempts, attempt));

type Change = { [Column in keyof typeof jobQueue.$inferInsert]?: (typeof jobQueue.$inferInsert)[Column] | SQL };

/** Changes the one job for which `condition` holds and announces it; null when there is none. */
export async function changeJob(work: Work, condition: SQL | undefined, change: Change): Promise<JobRow | null> {
  const [row] = await changeJobs(work, condition, change);
  return row ?? null;
}

/** Changes all jobs for which `condition` holds and announces each. */
export async function changeJobs(work: Work, condition: SQL | undefined, change: Change): Promise<JobRow[]> {
  const rows = await work.tx.update(jobQueue).set(change).where(condition).returning();
  await announce(work, rows);
  return rows;
}

/** Writes down the change and tells subscribers; the payload is the worker's own and stays inside. */
async function announce(work: Work, jobs: readonly JobRow[]): Promise<void> {
  if (jobs.length === 0) return;
  await work.tx.insert(jobEvents).values(jobs.map(({ id, status, progress, message }) => ({ jobId: id, status, progress, message })));
  for (const job of jobs) {
    const event = { entityType: "job", entityId: job.id, payload: { job: { ...job, payload: {} } } };
    work.publish({ topic: `job:${job.id}`, ...event });
    if (job.createdById !== null) work.publish({ topic: `jobs:${job.createdById}`, ...event });
  }
}
