import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Tx } from "../../db/client.js";
import { constant } from "../../db/constant.js";
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
  const [row] = await advance(work.tx, { id: enrollment.id, percent: Math.max(percent, progressPercent), completes });
  if (!row) throw new Error("The enrollment is missing");
  publishEnrollment(work, row);
  return row;
}

const advance = constant(getTableColumns(enrollments), (db, columns) => {
  const completes = sql`${sql.placeholder("completes")}::boolean`;
  return db
    .update(enrollments)
    .set({
      progressPercent: sql`${sql.placeholder("percent")}`,
      startedAt: sql`coalesce(${enrollments.startedAt}, now())`,
      status: sql`case when ${completes} then 'completed' else 'in_progress' end`,
      completedAt: sql`case when ${completes} then now() else ${enrollments.completedAt} end`,
    })
    .where(eq(enrollments.id, sql.placeholder("id")))
    .returning(columns);
});

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
    await raiseMastery(work.tx, [userId], courseId);
    await refreshMatchScores(work.tx, await activePaths(work.tx, userId));
  }
  await advancePaths(work, await activePaths(work.tx, userId, courseId));
}

/** Gives the learners what completing the course shows of its skills; mastery that is higher stays. */
export async function raiseMastery(tx: Tx, userIds: readonly string[], courseId: string): Promise<void> {
  const taught = await tx
    .select({ skillId: courseSkills.skillId, isPrimary: courseSkills.isPrimary })
    .from(courseSkills)
    .where(eq(courseSkills.courseId, courseId))
    .orderBy(courseSkills.skillId);
  if (taught.length === 0 || userIds.length === 0) return;
  await tx
    .insert(skillMastery)
    .values(
      userIds.flatMap((userId) =>
        taught.map(({ skillId, isPrimary }) => ({
          userId,
          skillId,
          level: isPrimary ? masteryOnCompletion.primary : masteryOnCompletion.other,
          source: "course" as const,
        })),
      ),
    )
    .onConflictDoUpdate({
      target: [skillMastery.userId, skillMastery.skillId],
      set: { level: sql`excluded.level`, source: sql`excluded.source`, lastUpdatedAt: sql`now()`, updatedAt: sql`now()` },
      setWhere: sql`excluded.level > ${skillMastery.level}`,
    });
}
