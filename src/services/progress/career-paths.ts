import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { careerPaths, jobRoles, learnerCareerPaths, milestoneCompletions, pathMilestones } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { lockProgress } from "./lock.js";
import { advancePaths, refreshMatchScores } from "./milestones.js";

export type LearnerCareerPathRow = typeof learnerCareerPaths.$inferSelect;
export type MilestoneCompletionRow = typeof milestoneCompletions.$inferSelect;

export interface StartCareerPath extends Keyed {
  careerPathId: string;
  /** The role aimed at; the path's own when absent. */
  jobRoleId?: string | null;
  targetCompletionAt?: string | null;
}

const startRules = z.object({
  careerPathId: nodeId("CareerPath"),
  jobRoleId: nodeId("JobRole").nullish(),
  targetCompletionAt: z
    .string()
    .refine((at) => Date.parse(at) > Date.now(), { params: { code: "OUT_OF_RANGE" }, message: "This must lie in the future." })
    .nullish(),
});

/**
 * Takes up a career path: its milestones, of which courses completed earlier count at once, and how well
 * it matches. A completed path may be taken up again.
 * @throws {Rejection} NOT_FOUND, CONFLICT while the path is under way or paused.
 */
export function startCareerPath(viewer: SignedIn, db: Database, input: StartCareerPath): Promise<LearnerCareerPathRow> {
  const { careerPathId, jobRoleId, targetCompletionAt } = check(startRules, input);
  return once(db, viewer, "startCareerPath", input, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const path = await openPath(tx, viewer.id, careerPathId, jobRoleId ?? null);
    const [started] = await tx
      .insert(learnerCareerPaths)
      .values({
        userId: viewer.id,
        careerPathId,
        jobRoleId: jobRoleId ?? path.jobRoleId,
        startedAt: sql`now()`,
        targetCompletionAt: targetCompletionAt ?? null,
      })
      .returning({ id: learnerCareerPaths.id });
    if (!started) throw new Error("The career path that was just started is missing");
    await advancePaths(work, [started.id]);
    await refreshMatchScores(tx, [started.id]);
    return ownPath(tx, viewer, started.id);
  });
}

async function openPath(tx: Tx, userId: string, careerPathId: string, jobRoleId: string | null) {
  const problems: Problem[] = [];
  const [path] = await tx.select({ jobRoleId: careerPaths.jobRoleId }).from(careerPaths).where(eq(careerPaths.id, careerPathId));
  if (!path) problems.push(...missing("careerPathId", "career path").problems);
  if (jobRoleId !== null && (await tx.$count(jobRoles, eq(jobRoles.id, jobRoleId))) === 0) {
    problems.push(...missing("jobRoleId", "job role").problems);
  }
  const underWay = and(
    eq(learnerCareerPaths.userId, userId),
    eq(learnerCareerPaths.careerPathId, careerPathId),
    ne(learnerCareerPaths.status, "completed"),
  );
  if ((await tx.$count(learnerCareerPaths, underWay)) > 0) {
    problems.push(...reject("CONFLICT", "careerPathId", "You are on this career path already.").problems);
  }
  if (!path || problems.length > 0) throw new Rejection(problems);
  return path;
}

async function ownPath(tx: Tx, viewer: SignedIn, id: string): Promise<LearnerCareerPathRow> {
  const [row] = await tx
    .select()
    .from(learnerCareerPaths)
    .where(and(eq(learnerCareerPaths.id, id), eq(learnerCareerPaths.userId, viewer.id)));
  if (!row) throw missing("learnerCareerPathId", "career path");
  return row;
}

export interface OwnPathInput {
  learnerCareerPathId: string;
}

const pathRules = z.object({ learnerCareerPathId: nodeId("LearnerCareerPath") });

function changeStatus(
  viewer: SignedIn,
  db: Database,
  input: OwnPathInput,
  status: "active" | "paused",
  then: (work: Work, id: string) => Promise<void> = async () => {},
): Promise<LearnerCareerPathRow> {
  const { learnerCareerPathId: id } = check(pathRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const path = await ownPath(tx, viewer, id);
    if (path.status === "completed") throw reject("CONFLICT", "learnerCareerPathId", "This career path is completed.");
    if (path.status === status) return path;
    await tx.update(learnerCareerPaths).set({ status }).where(eq(learnerCareerPaths.id, id));
    await then(work, id);
    return ownPath(tx, viewer, id);
  });
}

/**
 * Puts a path to rest: until it is resumed, its milestones stay as they are.
 * @throws {Rejection} NOT_FOUND, CONFLICT when it is completed.
 */
export const pauseCareerPath = (viewer: SignedIn, db: Database, input: OwnPathInput): Promise<LearnerCareerPathRow> =>
  changeStatus(viewer, db, input, "paused");

/**
 * Takes a path up again; courses completed meanwhile count now.
 * @throws {Rejection} NOT_FOUND, CONFLICT when it is completed.
 */
export const resumeCareerPath = (viewer: SignedIn, db: Database, input: OwnPathInput): Promise<LearnerCareerPathRow> =>
  changeStatus(viewer, db, input, "active", async (work, id) => {
    await advancePaths(work, [id]);
    await refreshMatchScores(work.tx, [id]);
  });

export interface CompletedMilestone {
  milestoneCompletion: MilestoneCompletionRow;
  learnerCareerPath: LearnerCareerPathRow;
}

const milestoneRules = z.object({ milestoneCompletionId: nodeId("MilestoneCompletion") });

/**
 * Completes a milestone that no course stands for, and with the last one the path. Twice changes nothing.
 * @throws {Rejection} NOT_FOUND, CONFLICT for milestones that a course stands for and while the path is paused.
 */
export function completeMilestone(
  viewer: SignedIn,
  db: Database,
  input: { milestoneCompletionId: string } & Keyed,
): Promise<CompletedMilestone> {
  const { milestoneCompletionId: id } = check(milestoneRules, input);
  return once(db, viewer, "completeMilestone", input, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const [found] = await tx
      .select({ milestoneCompletion: milestoneCompletions, step: pathMilestones, path: learnerCareerPaths })
      .from(milestoneCompletions)
      .innerJoin(pathMilestones, eq(pathMilestones.id, milestoneCompletions.pathMilestoneId))
      .innerJoin(learnerCareerPaths, eq(learnerCareerPaths.id, milestoneCompletions.learnerCareerPathId))
      .where(and(eq(milestoneCompletions.id, id), eq(milestoneCompletions.userId, viewer.id)));
    if (!found) throw missing("milestoneCompletionId", "milestone");
    const { milestoneCompletion, step, path } = found;
    if (milestoneCompletion.status === "completed") return { milestoneCompletion, learnerCareerPath: path };
    if (step.type === "course" && step.courseId !== null) throw reject("CONFLICT", "milestoneCompletionId", "This milestone completes with its course.");
    if (path.status === "paused") throw reject("CONFLICT", "milestoneCompletionId", "The career path is paused; resume it first.");
    const [completed] = await tx
      .update(milestoneCompletions)
      .set({ status: "completed", progressPercent: 100, completedAt: sql`now()` })
      .where(eq(milestoneCompletions.id, id))
      .returning();
    // An admin removed it a moment ago.
    if (!completed) throw missing("milestoneCompletionId", "milestone");
    await advancePaths(work, [path.id]);
    return { milestoneCompletion: completed, learnerCareerPath: await ownPath(tx, viewer, path.id) };
  });
}
