import { and, asc, eq, isNull, ne, notExists, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { courseVisible } from "../../auth/visibility.js";
import type { Database, Tx } from "../../db/client.js";
import { contentProgress, coursePrerequisites, courses, enrollments, learnerCareerPaths } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { enrollmentSources } from "../../db/value-sets.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { outlines, totals, type ModuleOutline } from "../../loaders/progress-outline.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { award } from "../points.js";
import { advanceEnrollment, propagateProgress, publishEnrollment, type EnrollmentRow } from "./completion.js";
import { raiseProgress } from "./grains.js";
import { lockForNewcomer, lockProgress } from "./lock.js";
import { activePaths, advancePaths } from "./milestones.js";
import { settle } from "./removal.js";

export interface EnrollInCourse extends Keyed {
  courseId: string;
  source?: (typeof enrollmentSources)[number] | null;
  /** A path of the learner that the course is taken for. */
  learnerCareerPathId?: string | null;
}

const enrollRules = z.object({
  courseId: nodeId("Course"),
  source: z.enum(enrollmentSources).nullish(),
  learnerCareerPathId: nodeId("LearnerCareerPath").nullish(),
});

/**
 * Enrols the viewer in an active course. After dropping it they go on where they were.
 * @throws {Rejection} NOT_FOUND, CONFLICT when the course is closed or the learner is in it already,
 * PREREQUISITE_UNMET once for each open course that should come first.
 */
export function enrollInCourse(viewer: SignedIn, db: Database, input: EnrollInCourse): Promise<EnrollmentRow> {
  const { courseId, source, learnerCareerPathId } = check(enrollRules, input);
  return once(db, viewer, "enrollInCourse", input, async (work) => {
    const { tx } = work;
    await lockForNewcomer(tx, courseId);
    await lockProgress(tx, viewer.id);
    const course = await openCourse(tx, viewer, courseId, learnerCareerPathId ?? null);
    const percent = await earlierProgress(tx, viewer.id, courseId);
    const [row] = await tx
      .insert(enrollments)
      .values({
        userId: viewer.id,
        courseId,
        courseVersion: course.version,
        source: source ?? (learnerCareerPathId ? "career_path" : "manual"),
        learnerCareerPathId: learnerCareerPathId ?? null,
        ...(percent !== null && { status: "in_progress" as const, progressPercent: percent, startedAt: sql`now()` }),
      })
      .returning();
    if (!row) throw new Error("The enrollment that was just made is missing");
    publishEnrollment(work, row);
    if (percent === null) return row;
    await advancePaths(work, await activePaths(tx, viewer.id, courseId));
    // What was left to do may have been archived in the meantime.
    const [settled] = await settle(work, courseId, [viewer.id]);
    return settled ?? row;
  });
}

async function openCourse(tx: Tx, viewer: SignedIn, courseId: string, pathId: string | null) {
  const [course] = await tx.select().from(courses).where(and(eq(courses.id, courseId), courseVisible(viewer)));
  const problems: Problem[] = [];
  if (!course) problems.push(...missing("courseId", "course").problems);
  if (pathId !== null) {
    const ofLearner = and(eq(learnerCareerPaths.id, pathId), eq(learnerCareerPaths.userId, viewer.id));
    const size = await tx.$count(learnerCareerPaths, ofLearner);
    if (size === 0) problems.push(...missing("learnerCareerPathId", "career path").problems);
  }
  if (course) {
    const present = and(eq(enrollments.courseId, courseId), eq(enrollments.userId, viewer.id), ne(enrollments.status, "dropped"));
    if ((await tx.$count(enrollments, present)) > 0) problems.push(...reject("CONFLICT", "courseId", "You are enrolled in this course.").problems);
    else if (course.status !== "active") problems.push(...reject("CONFLICT", "courseId", "This course does not take learners now.").problems);
    for (const { title } of await unmetPrerequisites(tx, viewer.id, courseId)) {
      problems.push(...reject("PREREQUISITE_UNMET", "courseId", `Complete “${title}” first.`).problems);
    }
  }
  if (!course || problems.length > 0) throw new Rejection(problems);
  return course;
}

/** Active prerequisites that the learner has not completed; one that is not active can no longer be asked for. */
const unmetPrerequisites = (tx: Tx, userId: string, courseId: string) =>
  tx
    .select({ title: courses.title })
    .from(coursePrerequisites)
    .innerJoin(courses, and(eq(courses.id, coursePrerequisites.prerequisiteId), eq(courses.status, "active")))
    .where(
      and(
        eq(coursePrerequisites.courseId, courseId),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(enrollments)
            .where(
              and(
                eq(enrollments.userId, userId),
                eq(enrollments.courseId, coursePrerequisites.prerequisiteId),
                eq(enrollments.status, "completed"),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(courses.title));

/** Percent of a learner who was in the course before; null for newcomers. */
async function earlierProgress(tx: Tx, userId: string, courseId: string): Promise<number | null> {
  const [row] = await tx
    .select({ percent: contentProgress.progressPercent })
    .from(contentProgress)
    .where(and(eq(contentProgress.userId, userId), eq(contentProgress.courseId, courseId), isNull(contentProgress.moduleId)));
  return row?.percent ?? null;
}

const enrollmentRules = z.object({ enrollmentId: nodeId("Enrollment") });

async function ownEnrollment(tx: Tx, viewer: SignedIn, id: string, field = "enrollmentId"): Promise<EnrollmentRow> {
  const [row] = await tx.select().from(enrollments).where(and(eq(enrollments.id, id), eq(enrollments.userId, viewer.id)));
  if (!row) throw missing(field, "enrollment");
  return row;
}

/**
 * Takes the learner out of a course; what they reached in it is kept. Dropping twice changes nothing.
 * @throws {Rejection} NOT_FOUND, CONFLICT when the course was completed.
 */
export function dropEnrollment(viewer: SignedIn, db: Database, input: { enrollmentId: string }): Promise<EnrollmentRow> {
  const { enrollmentId } = check(enrollmentRules, input);
  return inTransaction(db, viewer, async (work) => {
    await lockProgress(work.tx, viewer.id);
    const enrollment = await ownEnrollment(work.tx, viewer, enrollmentId);
    if (enrollment.status === "completed") throw reject("CONFLICT", "enrollmentId", "A completed course cannot be dropped.");
    if (enrollment.status === "dropped") return enrollment;
    const [row] = await work.tx.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, enrollmentId)).returning();
    if (!row) throw new Error("The enrollment is missing");
    publishEnrollment(work, row);
    return row;
  });
}

/**
 * Completes a course that has no open topics, because it has none at all or because the last open one was
 * archived; the learner says that it is done. Completing twice changes nothing.
 * @throws {Rejection} NOT_FOUND, CONFLICT while topics are open or when the enrollment was dropped.
 */
export function completeEnrollment(viewer: SignedIn, db: Database, input: { enrollmentId: string } & Keyed): Promise<EnrollmentRow> {
  const { enrollmentId } = check(enrollmentRules, input);
  return once(db, viewer, "completeEnrollment", input, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const enrollment = await ownEnrollment(tx, viewer, enrollmentId);
    const { userId, courseId, status } = enrollment;
    if (status === "completed") return enrollment;
    if (status === "dropped") throw reject("CONFLICT", "enrollmentId", "This enrollment was dropped; enrol again first.");
    const [outline = []] = await outlines(tx, [{ userId, courseId }]);
    const reason = stillOpen(outline);
    if (reason) throw reject("CONFLICT", "enrollmentId", reason);
    await raiseProgress(tx, userId, [{ courseId, moduleId: null, topicId: null, percent: 100 }]);
    const completed = await advanceEnrollment(work, enrollment, 100);
    await propagateProgress(work, completed, true);
    await award(work, userId, "course", { key: `course:${courseId}`, entityType: "course", entityId: courseId });
    return completed;
  });
}

function stillOpen(outline: readonly ModuleOutline[]): string | null {
  const { live, completed } = totals(outline);
  if (completed === live) return null;
  const parts = outline.filter((part) => part.completed < part.live).map((part) => `“${part.moduleTitle}”: ${part.live - part.completed}`);
  return `${live - completed} of ${live} topics are left (${parts.join(", ")}).`;
}

const upgradeRules = z.object({ id: nodeId("Enrollment") });

/**
 * Takes the learner over to the outline last published, so that changes are counted from there. Nothing that was
 * completed is lost. On the latest version already it changes nothing.
 * @throws {Rejection} NOT_FOUND, CONFLICT when the enrollment was dropped.
 */
export function upgradeEnrollment(viewer: SignedIn, db: Database, input: { id: string }): Promise<EnrollmentRow> {
  const { id } = check(upgradeRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    await lockProgress(tx, viewer.id);
    const enrollment = await ownEnrollment(tx, viewer, id, "id");
    if (enrollment.status === "dropped") throw reject("CONFLICT", "id", "This enrollment was dropped; enrol again first.");
    const [course] = await tx.select({ version: courses.version }).from(courses).where(eq(courses.id, enrollment.courseId));
    if (!course || course.version === enrollment.courseVersion) return enrollment;
    const [row] = await tx.update(enrollments).set({ courseVersion: course.version }).where(eq(enrollments.id, id)).returning();
    if (!row) throw new Error("The enrollment is missing");
    publishEnrollment(work, row);
    return row;
  });
}
