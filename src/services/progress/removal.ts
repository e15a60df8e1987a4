import { and, asc, eq, getTableColumns, gt, isNull, ne, sql } from "drizzle-orm";
import { anyOf, arrayOf, rowsOf, type Tx } from "../../db/client.js";
import { contentProgress, enrollments, topics } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import type { Jobs } from "../../jobs/queue.js";
import { outlines, totals, type ModuleOutline } from "../../loaders/progress-outline.js";
import { awardAll, type PointsEntry } from "../points.js";
import { publishEnrollment, raiseMastery, type EnrollmentRow } from "./completion.js";
import { percentOf, raiseGrains, type Grain } from "./grains.js";
import { lockLearners } from "./lock.js";
import { activePathsOf, advancePaths, refreshMatchScores } from "./milestones.js";

/** Learners whose progress follows a change of the outline in the same transaction; of more, a job takes as many at a time. */
export const settledAtOnce = 100;

const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Makes a change after which less may be left to do in a course, and brings its learners up to it: their percentages
 * rise, and who has nothing left has completed. For more learners than `settledAtOnce` a job of type rollup does so.
 * The caller has locked the course, so nobody enrols before the commit, for the first time or again. Nobody waits for a
 * course who holds the progress of a learner, so taking theirs now is safe.
 */
export async function afterRemoval<Result>(work: Work, courseId: string, jobs: Jobs, change: () => Promise<Result>): Promise<Result> {
  const { tx, viewer } = work;
  const learners = await learnersOf(tx, courseId, nobody, settledAtOnce + 1);
  if (learners.length > settledAtOnce) {
    const changed = await change();
    await jobs.enqueue(work, { type: "rollup", payload: { courseId }, createdById: viewer.id, courseId });
    return changed;
  }
  // Locked before the change: what a learner records at the same time is either seen here, or sees the change.
  await lockLearners(tx, learners);
  const changed = await change();
  await settle(work, courseId, learners);
  return changed;
}

/** Learners of the course who did not drop it, in the order of their keys, from the one after `after`. */
export async function learnersOf(tx: Tx, courseId: string, after: string, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ userId: enrollments.userId })
    .from(enrollments)
    .where(and(eq(enrollments.courseId, courseId), ne(enrollments.status, "dropped"), gt(enrollments.userId, after)))
    .orderBy(asc(enrollments.userId))
    .limit(limit);
  return rows.map(({ userId }) => userId);
}

/** One batch of a course's learners; null at the end. */
export async function settleNext(work: Work, courseId: string, after = nobody): Promise<{ last: string | null; seen: number; changed: number }> {
  const learners = await learnersOf(work.tx, courseId, after, settledAtOnce);
  await lockLearners(work.tx, learners);
  const changed = await settle(work, courseId, learners);
  return { last: learners.length < settledAtOnce ? null : (learners.at(-1) ?? null), seen: learners.length, changed: changed.length };
}

/** Lets what learners did in a topic go with it into another module. */
export async function carryProgress(tx: Tx, topicId: string, moduleId: string): Promise<void> {
  await tx.update(contentProgress).set({ moduleId }).where(and(eq(contentProgress.topicId, topicId), ne(contentProgress.moduleId, moduleId)));
}

/** Carries what was recorded while its topic was being moved. */
const carryLate = (tx: Tx, courseId: string, userIds: readonly string[]) =>
  rowsOf(
    tx,
    sql`update ${contentProgress} p set module_id = t.module_id, updated_at = now() from ${topics} t
        where p.course_id = ${courseId} and p.user_id = any(${arrayOf(userIds, "uuid")}) and t.id = p.topic_id and t.module_id <> p.module_id
          and not exists (select 1 from ${contentProgress} there
                          where (there.user_id, there.course_id, there.module_id, there.topic_id) = (p.user_id, p.course_id, t.module_id, p.topic_id))`,
  );

interface Settled {
  userId: string;
  grains: Grain[];
  earned: (PointsEntry & { reason: "module" | "course" })[];
  percent: number;
}

/**
 * Brings learners up to the outline as it is: module, course and enrollment, and for those who have nothing left all
 * that completing brings. Only ever upwards; a streak does not move, because the learners did nothing. The caller has
 * locked their progress. Answers with the enrollments that changed.
 */
export async function settle(work: Work, courseId: string, userIds: readonly string[]): Promise<EnrollmentRow[]> {
  const { tx } = work;
  if (userIds.length === 0) return [];
  await carryLate(tx, courseId, userIds);
  const open = await tx
    .select()
    .from(enrollments)
    .where(and(eq(enrollments.courseId, courseId), anyOf(enrollments.userId, userIds, "uuid"), ne(enrollments.status, "dropped")));
  const reached = await settledFrom(tx, courseId, userIds);
  const rising = open.flatMap((enrollment) => {
    const percent = reached.get(enrollment.userId)?.percent ?? 0;
    const rises = percent > enrollment.progressPercent || percent === 100;
    return rises && enrollment.status !== "completed" ? [{ enrollment, percent }] : [];
  });
  for (const { enrollment } of rising.filter(({ percent }) => percent === 100)) {
    const entry = { reason: "course" as const, key: `course:${courseId}`, entityType: "course", entityId: courseId };
    reached.get(enrollment.userId)?.earned.push(entry);
  }
  await raiseGrains(tx, [...reached.values()].flatMap(({ userId, grains }) => grains.map((grain) => ({ ...grain, userId }))));
  const changed = await raiseEnrollments(tx, rising.map(({ enrollment: { id }, percent }) => ({ id, percent })));
  for (const enrollment of changed) publishEnrollment(work, enrollment);
  await propagate(work, courseId, changed);
  for (const { userId, earned } of reached.values()) if (earned.length > 0) await awardAll(work, userId, earned);
  return changed;
}

/** What each learner has reached that is not written yet, in the order of `userIds`. */
async function settledFrom(tx: Tx, courseId: string, userIds: readonly string[]): Promise<Map<string, Settled>> {
  const written = await tx
    .select({ userId: contentProgress.userId, moduleId: contentProgress.moduleId, percent: contentProgress.progressPercent, status: contentProgress.status })
    .from(contentProgress)
    .where(and(eq(contentProgress.courseId, courseId), anyOf(contentProgress.userId, userIds, "uuid"), isNull(contentProgress.topicId)));
  const before = new Map(written.map((row) => [`${row.userId} ${row.moduleId ?? ""}`, row]));
  const parts = await outlines(tx, userIds.map((userId) => ({ userId, courseId })));
  return new Map(userIds.map((userId, at) => [userId, settledOf(userId, courseId, parts[at] ?? [], (moduleId) => before.get(`${userId} ${moduleId ?? ""}`))]));
}

type Written = { percent: number; status: string } | undefined;

function settledOf(userId: string, courseId: string, outline: readonly ModuleOutline[], before: (moduleId: string | null) => Written): Settled {
  const { live, completed } = totals(outline);
  const percent = live === 0 ? 0 : percentOf(completed, live);
  const now = [
    ...outline.map((part) => ({ moduleId: part.moduleId as string | null, percent: percentOf(part.completed, part.live) })),
    { moduleId: null, percent },
  ];
  const grains = now.filter((grain) => grain.percent > (before(grain.moduleId)?.percent ?? 0)).map((grain) => ({ ...grain, courseId, topicId: null }));
  const earned = grains.flatMap(({ moduleId, percent: of }) =>
    moduleId === null || of < 100 || before(moduleId)?.status === "completed"
      ? []
      : [{ reason: "module" as const, key: `module:${moduleId}`, entityType: "module", entityId: moduleId }],
  );
  return { userId, grains, earned, percent };
}

async function raiseEnrollments(tx: Tx, rising: readonly { id: string; percent: number }[]): Promise<EnrollmentRow[]> {
  if (rising.length === 0) return [];
  const reached = sql`unnest(${arrayOf(rising.map(({ id }) => id), "uuid")}, ${arrayOf(rising.map(({ percent }) => percent), "smallint")}) as reached(id, percent)`;
  return tx
    .update(enrollments)
    .set({
      progressPercent: sql`greatest(${enrollments.progressPercent}, reached.percent)`,
      startedAt: sql`coalesce(${enrollments.startedAt}, now())`,
      status: sql`case when reached.percent = 100 then 'completed' else 'in_progress' end`,
      completedAt: sql`case when reached.percent = 100 then now() else ${enrollments.completedAt} end`,
    })
    .from(reached)
    .where(eq(enrollments.id, sql`reached.id`))
    .returning(getTableColumns(enrollments));
}

/** Mastery, match scores and paths of the learners whose enrollment changed. */
async function propagate(work: Work, courseId: string, changed: readonly EnrollmentRow[]): Promise<void> {
  if (changed.length === 0) return;
  const { tx } = work;
  const completed = new Set(changed.filter(({ status }) => status === "completed").map(({ userId }) => userId));
  const paths = await activePathsOf(tx, changed.map(({ userId }) => userId), courseId);
  await raiseMastery(tx, [...completed].toSorted(), courseId);
  await refreshMatchScores(tx, paths.filter(({ userId }) => completed.has(userId)).map(({ id }) => id));
  await advancePaths(work, paths.filter(({ withCourse }) => withCourse).map(({ id }) => id));
}
