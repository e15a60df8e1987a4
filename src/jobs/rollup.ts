import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../db/client.js";
import { courses, enrollments, learnerCareerPaths } from "../db/tables/index.js";
import { refreshMatchScores } from "../services/progress/milestones.js";
import type { JobHandler, JobRun } from "./run.js";
import { settleCourse } from "./settle-course.js";

/** Rows of one transaction: short enough for a cancel to land within moments. */
const batchSize = 500;
const nil = "00000000-0000-0000-0000-000000000000";

interface Batch {
  /** The last key that was looked at; null at the end. */
  last: string | null;
  seen: number;
  changed: number;
}

/**
 * Refreshes what the catalogue and the career paths keep ready: the enrollments of a course that were
 * not dropped, the share of them that was completed, and how well active paths match their learners.
 * Writes only what differs, so it is safe to repeat. With a course in its payload it brings the learners of that
 * course up to its outline, and does nothing else.
 */
export const rollup: JobHandler = async (run) => {
  const { courseId } = run.payload;
  if (typeof courseId === "string") return settleCourse(run, courseId);
  const rows = await run.effect(({ tx }) => sizes(tx));
  const total = Math.max(1, rows.courses + rows.paths);
  const report = (done: number, what: string) => run.progress((100 * done) / total, what);
  const coursesChanged = await inBatches(run, refreshCourses, (seen) => report(seen, `Counted the enrollments of ${seen} courses.`));
  const scoresChanged = await inBatches(run, refreshScores, (seen) => report(rows.courses + seen, `Matched ${seen} career paths.`));
  return { courses: rows.courses, coursesChanged, careerPaths: rows.paths, matchScoresChanged: scoresChanged };
};

async function inBatches(
  run: JobRun,
  refresh: (tx: Tx, after: string) => Promise<Batch>,
  report: (seen: number) => Promise<void>,
): Promise<number> {
  let [after, seen, changed]: [string | null, number, number] = [nil, 0, 0];
  while (after !== null) {
    const from = after;
    const batch: Batch = await run.effect(({ tx }) => refresh(tx, from));
    seen += batch.seen;
    changed += batch.changed;
    after = batch.last;
    await report(seen);
  }
  return changed;
}

async function sizes(tx: Tx): Promise<{ courses: number; paths: number }> {
  const [row] = await rowsOf<{ courses: number; paths: number }>(
    tx,
    sql`select (select count(*)::int from ${courses}) as courses,
               (select count(*)::int from ${learnerCareerPaths} where status = 'active') as paths`,
  );
  return row ?? { courses: 0, paths: 0 };
}

async function refreshCourses(tx: Tx, after: string): Promise<Batch> {
  const batch = await nextKeys(tx, sql`select id from ${courses} where id > ${after} order by id limit ${batchSize} for no key update`);
  const changed = await rowsOf(
    tx,
    sql`with counted as (
          select key, count(e.id)::int as size,
                 round(100.0 * count(e.id) filter (where e.status = 'completed') / nullif(count(e.id), 0), 2) as rate
          from unnest(${sql.param(batch.keys)}::uuid[]) as batch(key)
          left join ${enrollments} e on e.course_id = key and e.status <> 'dropped'
          group by key)
        update ${courses} c set enrollment_count = size, completion_rate = rate
        from counted
        where c.id = key and (c.enrollment_count, c.completion_rate) is distinct from (size, rate)
        returning c.id`,
  );
  return { last: batch.last, seen: batch.keys.length, changed: changed.length };
}

async function refreshScores(tx: Tx, after: string): Promise<Batch> {
  const batch = await nextKeys(
    tx,
    sql`select id from ${learnerCareerPaths} where status = 'active' and id > ${after} order by id limit ${batchSize} for no key update`,
  );
  return { last: batch.last, seen: batch.keys.length, changed: await refreshMatchScores(tx, batch.keys) };
}

/** The keys of a batch, locked in their order, as everyone locks who changes several of these rows. */
async function nextKeys(tx: Tx, statement: SQL): Promise<{ keys: string[]; last: string | null }> {
  const keys = (await rowsOf<{ id: string }>(tx, statement)).map(({ id }) => id);
  return { keys, last: keys.length < batchSize ? null : (keys.at(-1) ?? null) };
}
