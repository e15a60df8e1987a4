import { and, eq, sql, type Placeholder, type SQL } from "drizzle-orm";
import { anyOf, arrayOf, rowsOf, type Tx } from "../../db/client.js";
import { constant } from "../../db/constant.js";
import { enrollments, learnerCareerPaths, milestoneCompletions, pathMilestones, pathMilestoneSkills } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { matchScores } from "../matching.js";

/**
 * Brings paths up to what their learner has reached, wherever it was reached: every milestone has its
 * row, milestones of type course follow the learner's course, the first open one is under way, and a
 * path whose milestones are all completed is completed. Only ever forward. Constant statements.
 */
export async function advancePaths({ tx }: Work, learnerCareerPathIds: readonly string[]): Promise<void> {
  if (learnerCareerPathIds.length === 0) return;
  const ids = sql.param([...learnerCareerPathIds]);
  await addMissingMilestones(tx, learnerCareerPathIds);
  await rowsOf(
    tx,
    sql`update ${milestoneCompletions} c
        set progress_percent = greatest(c.progress_percent, case when e.status = 'completed' then 100 else e.progress_percent end),
            status = case when e.status = 'completed' then 'completed' when e.progress_percent > 0 then 'in_progress' else c.status end,
            completed_at = case when e.status = 'completed' then e.completed_at end, updated_at = now()
        from ${pathMilestones} m, ${enrollments} e
        where c.learner_career_path_id = any(${ids}::uuid[]) and c.status <> 'completed'
          and m.id = c.path_milestone_id and m.type = 'course'
          and e.user_id = c.user_id and e.course_id = m.course_id and e.status <> 'dropped'`,
  );
  await rowsOf(
    tx,
    sql`update ${milestoneCompletions} set status = 'in_progress', updated_at = now()
        where status = 'upcoming' and id in (
          select distinct on (c.learner_career_path_id) c.id
          from ${milestoneCompletions} c join ${pathMilestones} m on m.id = c.path_milestone_id
          where c.learner_career_path_id = any(${ids}::uuid[]) and c.status <> 'completed'
          order by c.learner_career_path_id, m.sequence)`,
  );
  await rowsOf(
    tx,
    sql`update ${learnerCareerPaths} l set status = 'completed', completed_at = now(), updated_at = now()
        where l.id = any(${ids}::uuid[]) and l.status = 'active'
          and exists (select 1 from ${milestoneCompletions} c where c.learner_career_path_id = l.id)
          and not exists (
            select 1 from ${milestoneCompletions} c where c.learner_career_path_id = l.id and c.status <> 'completed')`,
  );
}

/**
 * Begins what is ahead on these paths and builds one of these skills, which the learner has just shown. Milestones of
 * type course follow their course, and showing a skill completes nothing: the learner says so. One statement.
 */
export async function beginMilestones(tx: Tx, learnerCareerPathIds: readonly string[], skillIds: readonly string[]): Promise<void> {
  if (learnerCareerPathIds.length === 0 || skillIds.length === 0) return;
  await rowsOf(
    tx,
    sql`update ${milestoneCompletions} c set status = 'in_progress', updated_at = now()
        from ${pathMilestones} m
        where c.learner_career_path_id = any(${arrayOf(learnerCareerPathIds, "uuid")}) and c.status = 'upcoming'
          and m.id = c.path_milestone_id and m.type <> 'course'
          and exists (select 1 from ${pathMilestoneSkills} s
                      where s.path_milestone_id = m.id and s.skill_id = any(${arrayOf(skillIds, "uuid")}))`,
  );
}

async function addMissingMilestones(tx: Tx, learnerCareerPathIds: readonly string[]): Promise<void> {
  const missing = await tx
    .select({
      userId: learnerCareerPaths.userId,
      learnerCareerPathId: learnerCareerPaths.id,
      pathMilestoneId: pathMilestones.id,
    })
    .from(learnerCareerPaths)
    .innerJoin(pathMilestones, eq(pathMilestones.careerPathId, learnerCareerPaths.careerPathId))
    .leftJoin(
      milestoneCompletions,
      and(
        eq(milestoneCompletions.learnerCareerPathId, learnerCareerPaths.id),
        eq(milestoneCompletions.pathMilestoneId, pathMilestones.id),
      ),
    )
    .where(and(anyOf(learnerCareerPaths.id, learnerCareerPathIds, "uuid"), sql`${milestoneCompletions.id} is null`))
    .orderBy(pathMilestones.sequence);
  if (missing.length > 0) await tx.insert(milestoneCompletions).values(missing).onConflictDoNothing();
}

/** The learner's paths under way, locked in the order of their ids; optionally only those with a milestone that is this course. */
export async function activePaths(tx: Tx, userId: string, courseId?: string): Promise<string[]> {
  const rows = await (courseId ? lockActiveWithCourse(tx, { userId, courseId }) : lockActive(tx, { userId }));
  return rows.map(({ id }) => id);
}

const lockPaths = (condition?: SQL) =>
  constant({ id: learnerCareerPaths.id }, (db, columns) =>
    db
      .select(columns)
      .from(learnerCareerPaths)
      .where(and(eq(learnerCareerPaths.userId, sql.placeholder("userId")), eq(learnerCareerPaths.status, "active"), condition))
      .orderBy(learnerCareerPaths.id)
      .for("no key update"),
  );

const lockActive = lockPaths();
const hasMilestone = (courseId: string | Placeholder): SQL =>
  sql`exists (select 1 from ${pathMilestones} m
              where m.career_path_id = ${learnerCareerPaths.careerPathId} and m.type = 'course' and m.course_id = ${courseId})`;
const lockActiveWithCourse = lockPaths(hasMilestone(sql.placeholder("courseId")));

/** The paths under way of several learners, locked in the order of their ids, and whether the course is a milestone of each. */
export const activePathsOf = (tx: Tx, userIds: readonly string[], courseId: string) =>
  tx
    .select({ id: learnerCareerPaths.id, userId: learnerCareerPaths.userId, withCourse: sql<boolean>`${hasMilestone(courseId)}` })
    .from(learnerCareerPaths)
    .where(and(anyOf(learnerCareerPaths.userId, userIds, "uuid"), eq(learnerCareerPaths.status, "active")))
    .orderBy(learnerCareerPaths.id)
    .for("no key update");

/**
 * Writes how well the paths match their learners now; null where their skills are not known.
 * Gives the number of paths whose score changed.
 */
export async function refreshMatchScores(tx: Tx, learnerCareerPathIds: readonly string[]): Promise<number> {
  if (learnerCareerPathIds.length === 0) return 0;
  const scores = await matchScores(tx, learnerCareerPathIds);
  const texts = learnerCareerPathIds.map((id) => scores.get(id) ?? null);
  const changed = await rowsOf(
    tx,
    sql`update ${learnerCareerPaths} l set match_score = matched.score::numeric, updated_at = now()
        from unnest(${sql.param([...learnerCareerPathIds])}::uuid[], ${sql.param(texts)}::text[]) as matched(id, score)
        where l.id = matched.id and l.match_score is distinct from matched.score::numeric(5, 2)
        returning l.id`,
  );
  return changed.length;
}
