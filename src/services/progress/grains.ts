import { sql } from "drizzle-orm";
import type { Tx } from "../../db/client.js";
import { contentProgress } from "../../db/tables/index.js";

export type ProgressRow = typeof contentProgress.$inferSelect;

/** A topic, a module (no topic) or a course (neither), and how far a learner is with it, 0 to 100. */
export interface Grain {
  courseId: string;
  moduleId: string | null;
  topicId: string | null;
  percent: number;
}

/** Percent of a whole, rounded down, so that 100 means all of it. */
export const percentOf = (completed: number, live: number): number => Math.floor((100 * completed) / live);

/** Writes progress that only ever rises: a lower percent changes nothing, completed stays completed. */
export const raiseProgress = (tx: Tx, userId: string, grains: readonly Grain[]): Promise<ProgressRow[]> =>
  tx
    .insert(contentProgress)
    .values(
      grains.map(({ percent, ...grain }) => ({
        ...grain,
        userId,
        progressPercent: percent,
        status: percent === 100 ? ("completed" as const) : ("in_progress" as const),
        completedAt: percent === 100 ? sql`now()` : null,
      })),
    )
    .onConflictDoUpdate({
      target: [contentProgress.userId, contentProgress.courseId, contentProgress.moduleId, contentProgress.topicId],
      set: {
        progressPercent: sql`greatest(${contentProgress.progressPercent}, excluded.progress_percent)`,
        status: sql`case when 'completed' in (${contentProgress.status}, excluded.status) then 'completed' else 'in_progress' end`,
        completedAt: sql`coalesce(${contentProgress.completedAt}, excluded.completed_at)`,
        lastAccessedAt: sql`now()`,
        updatedAt: sql`now()`,
      },
    })
    .returning();
