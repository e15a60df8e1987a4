import { getTableColumns, sql, type SQL } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "../../db/client.js";
import { constant } from "../../db/constant.js";
import { namesOf, records, recordsOf } from "../../db/records.js";
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

/** Writes progress that only ever rises: a lower percent changes nothing, completed stays completed. In the order given. */
export function raiseProgress(tx: Tx, userId: string, grains: readonly Grain[]): Promise<ProgressRow[]> {
  const rows = grains.map(({ percent, ...grain }) => ({
    ...grain,
    id: uuidv7(),
    userId,
    progressPercent: percent,
    status: percent === 100 ? ("completed" as const) : ("in_progress" as const),
  }));
  return raise(tx, recordsOf(contentProgress, rows));
}

/** The same for several learners who did nothing themselves: when they were last in the course does not move. */
export async function raiseGrains(tx: Tx, grains: readonly (Grain & { userId: string })[]): Promise<void> {
  const rows = grains.map(({ percent, ...grain }) => ({
    ...grain,
    id: uuidv7(),
    progressPercent: percent,
    status: percent === 100 ? ("completed" as const) : ("in_progress" as const),
  }));
  await raiseQuietly(tx, recordsOf(contentProgress, rows));
}

const raising = (accessed: SQL) => constant(getTableColumns(contentProgress), (_db, columns) => {
  const { id, userId, courseId, moduleId, topicId, progressPercent, status, completedAt } = columns;
  const given = namesOf({ id, userId, courseId, moduleId, topicId, progressPercent, status });
  return sql`insert into ${contentProgress} (${given}, completed_at)
    select ${given}, case when status = 'completed' then now() end from ${records(contentProgress)}
    on conflict (user_id, course_id, module_id, topic_id) do update set
      progress_percent = greatest(${progressPercent}, excluded.progress_percent),
      status = case when 'completed' in (${status}, excluded.status) then 'completed' else 'in_progress' end,
      completed_at = coalesce(${completedAt}, excluded.completed_at), ${accessed} updated_at = now()
    returning ${namesOf(columns)}`;
});

const raise = raising(sql`last_accessed_at = now(),`);
const raiseQuietly = raising(sql``);
