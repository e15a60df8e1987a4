import { getTableColumns, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "../../db/client.js";
import { constant } from "../../db/constant.js";
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
export async function raiseProgress(tx: Tx, userId: string, { percent, ...grain }: Grain): Promise<ProgressRow> {
  const [row] = await raise(tx, { ...grain, id: uuidv7(), userId, percent, status: percent === 100 ? "completed" : "in_progress" });
  if (!row) throw new Error("The progress that was just written is missing");
  return row;
}

const raise = constant(getTableColumns(contentProgress), (db, columns) =>
  db
    .insert(contentProgress)
    .values({
      id: sql.placeholder("id"),
      userId: sql.placeholder("userId"),
      courseId: sql.placeholder("courseId"),
      moduleId: sql.placeholder("moduleId"),
      topicId: sql.placeholder("topicId"),
      progressPercent: sql.placeholder("percent"),
      status: sql.placeholder("status"),
      completedAt: sql`case when ${sql.placeholder("status")} = 'completed' then now() end`,
    })
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
    .returning(columns),
);
