import DataLoader from "dataloader";
import { sql } from "drizzle-orm";
import { asViewer, rowsOf, type Database, type Tx } from "../db/client.js";
import { contentProgress, modules, topics } from "../db/tables/index.js";
import type { Source } from "./source.js";

/** A learner in a course. */
export interface Learning {
  userId: string;
  courseId: string;
}

/** How far a learner is with the live topics of one module; modules without live topics do not appear. */
export interface ModuleOutline {
  moduleId: string;
  moduleTitle: string;
  live: number;
  completed: number;
  /** Keys of the topics that are open, as the course runs. */
  openTopicIds: string[];
}

interface Row extends Omit<ModuleOutline, "openTopicIds"> {
  place: number;
  open: string | null;
}

/** The outlines of several learners in several courses, by one statement, in the order asked for. */
export async function outlines(db: Database | Tx, learnings: readonly Learning[]): Promise<ModuleOutline[][]> {
  const rows = await rowsOf<Row>(
    db,
    sql`select pair.place::int as place, m.id as "moduleId", m.title as "moduleTitle",
               count(distinct t.id)::int as live, count(distinct p.topic_id)::int as completed,
               string_agg(t.id::text, ',' order by t.order_index, t.id) filter (where p.topic_id is null) as open
        from unnest(${sql.param(learnings.map(({ userId }) => userId))}::uuid[],
                    ${sql.param(learnings.map(({ courseId }) => courseId))}::uuid[])
             with ordinality as pair(user_id, course_id, place)
        join ${modules} m on m.course_id = pair.course_id and m.archived_at is null
        join ${topics} t on t.module_id = m.id and t.archived_at is null
        left join ${contentProgress} p
          on p.user_id = pair.user_id and p.course_id = pair.course_id and p.topic_id = t.id and p.status = 'completed'
        group by pair.place, m.id
        order by pair.place, m.order_index, m.week`,
  );
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return learnings.map((_, index) =>
    (byPlace.get(index + 1) ?? []).map(({ place: _place, open, ...module }) => ({
      ...module,
      openTopicIds: open?.split(",") ?? [],
    })),
  );
}

/** Completed and live topics of a whole outline. */
export const totals = (outline: readonly ModuleOutline[]): { live: number; completed: number } =>
  outline.reduce((sum, { live, completed }) => ({ live: sum.live + live, completed: sum.completed + completed }), { live: 0, completed: 0 });

export const outlineLoader = ({ db, viewer }: Source): DataLoader<Learning, ModuleOutline[], string> =>
  new DataLoader((learnings) => asViewer(db, viewer, (scoped) => outlines(scoped, learnings)), {
    cacheKeyFn: ({ userId, courseId }) => `${userId}/${courseId}`,
  });
