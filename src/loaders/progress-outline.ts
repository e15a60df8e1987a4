import DataLoader from "dataloader";
import { and, eq, isNull, sql } from "drizzle-orm";
import { asViewer, boundArray, type Database, type Tx } from "../db/client.js";
import { constant } from "../db/constant.js";
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

/** The outlines of several learners in several courses, by one statement, in the order asked for. */
export async function outlines(db: Database | Tx, learnings: readonly Learning[]): Promise<ModuleOutline[][]> {
  const rows = await outlineRows(db, { userIds: learnings.map(({ userId }) => userId), courseIds: learnings.map(({ courseId }) => courseId) });
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  return learnings.map((_, index) =>
    (byPlace.get(index + 1) ?? []).map(({ place: _place, open, ...module }) => ({
      ...module,
      openTopicIds: open?.split(",") ?? [],
    })),
  );
}

const outlineRows = constant(
  {
    place: sql<number>`pair.place::int`.as("place"),
    moduleId: modules.id,
    moduleTitle: modules.title,
    live: sql<number>`count(distinct ${topics.id})::int`.as("live"),
    completed: sql<number>`count(distinct ${contentProgress.topicId})::int`.as("completed"),
    open: sql<string | null>`string_agg(${topics.id}::text, ',' order by ${topics.orderIndex}, ${topics.id})
      filter (where ${contentProgress.topicId} is null)`.as("open"),
  },
  (db, columns) =>
    db
      .select(columns)
      .from(sql`unnest(${boundArray("userIds", "uuid")}, ${boundArray("courseIds", "uuid")}) with ordinality as pair(user_id, course_id, place)`)
      .innerJoin(modules, and(eq(modules.courseId, sql`pair.course_id`), isNull(modules.archivedAt)))
      .innerJoin(topics, and(eq(topics.moduleId, modules.id), isNull(topics.archivedAt)))
      .leftJoin(
        contentProgress,
        and(
          sql`(${contentProgress.userId}, ${contentProgress.courseId}) = (pair.user_id, pair.course_id)`,
          eq(contentProgress.topicId, topics.id),
          eq(contentProgress.status, sql`'completed'`),
        ),
      )
      .groupBy(sql`pair.place`, modules.id)
      .orderBy(sql`pair.place`, modules.orderIndex, modules.week),
);

/** Completed and live topics of a whole outline. */
export const totals = (outline: readonly ModuleOutline[]): { live: number; completed: number } =>
  outline.reduce((sum, { live, completed }) => ({ live: sum.live + live, completed: sum.completed + completed }), { live: 0, completed: 0 });

export const outlineLoader = ({ db, viewer }: Source): DataLoader<Learning, ModuleOutline[], string> =>
  new DataLoader((learnings) => asViewer(db, viewer, (scoped) => outlines(scoped, learnings)), {
    cacheKeyFn: ({ userId, courseId }) => `${userId}/${courseId}`,
  });
