import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../db/client.js";
import { courseSkills, enrollments, skillMastery } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { activePaths, advancePaths, refreshMatchScores } from "./milestones.js";

export type EnrollmentRow = typeof enrollments.$inferSelect;

/** Mastery that a completed course shows of its main skills, and of the others. */
const masteryOnCompletion = { primary: 70, other: 50 } as const;

/** Raises an enrollment to `percent`; 100 completes it. Tells the learner's subscribers of a change. */
export async function advanceEnrollment(work: Work, enrollment: EnrollmentRow, percent: number): Promise<EnrollmentRow> {
  const { status, progressPercent } = enrollment;
  const completes = percent === 100 && status !== "completed";
  if (!completes && status !== "enrolled" && percent <= progressPercent) return enrollment;
  const [row] = await work.tx
    .update(enrollments)
    .set({
      progressPercent: Math.max(percent, progressPercent),
      startedAt: sql`coalesce(${enrollments.startedAt}, now())`,
      status: completes ? "completed" : "in_progress",
      ...(completes && { completedAt: sql`now()` }),
    })
    .where(eq(enrollments.id, enrollment.id))
    .returning();
  if (!row) throw new Error("The enrollment is missing");
  publishEnrollment(work, row);
  return row;
}

export function publishEnrollment(work: Work, enrollment: EnrollmentRow): void {
  work.publish({
    topic: `enrollments:${enrollment.userId}`,
    entityType: "enrollment",
    entityId: enrollment.id,
    payload: { enrollment },
  });
}

/** Brings up to date what depends on a course: paths that it is a step of and, on completion, mastery and match scores. */
export async function propagateProgress(work: Work, { userId, courseId }: EnrollmentRow, completed: boolean): Promise<void> {
  if (completed) {
    await raiseMastery(work.tx, userId, courseId);
    await refreshMatchScores(work.tx, await activePaths(work.tx, userId));
  }
  await advancePaths(work, await activePaths(work.tx, userId, courseId));
}

async function raiseMastery(tx: Tx, userId: string, courseId: string): Promise<void> {
  const taught = await tx
    .select({ skillId: courseSkills.skillId, isPrimary: courseSkills.isPrimary })
    .from(courseSkills)
    .where(eq(courseSkills.courseId, courseId))
    .orderBy(courseSkills.skillId);
  if (taught.length === 0) return;
  await tx
    .insert(skillMastery)
    .values(
      taught.map(({ skillId, isPrimary }) => ({
        userId,
        skillId,
        level: isPrimary ? masteryOnCompletion.primary : masteryOnCompletion.other,
        source: "course" as const,
      })),
    )
    .onConflictDoUpdate({
      target: [skillMastery.userId, skillMastery.skillId],
      set: { level: sql`excluded.level`, source: sql`excluded.source`, lastUpdatedAt: sql`now()`, updatedAt: sql`now()` },
      setWhere: sql`excluded.level > ${skillMastery.level}`,
    });
}
