import { and, eq, getTableColumns, isNull, ne, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import { courseVisible } from "../../auth/visibility.js";
import type { Database, Tx } from "../../db/client.js";
import { datedId } from "../../db/columns.js";
import { constant, together } from "../../db/constant.js";
import { contentProgress, courses, enrollments, modules, progressMetrics, topics } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { missing } from "../../graphql/errors.js";
import { nodeId, toGlobalId } from "../../graphql/node.js";
import { outlines, totals } from "../../loaders/progress-outline.js";
import { once, type Keyed } from "../idempotency.js";
import { check, whole } from "../input.js";
import { awardAll, pointsTable } from "../points.js";
import type { Instant } from "../streaks/calendar.js";
import { OpenStreak, recordStreakActivity } from "../streaks/service.js";
import { advanceEnrollment, propagateProgress, type EnrollmentRow } from "./completion.js";
import { percentOf, raiseProgress, type ProgressRow } from "./grains.js";
import { lockProgress } from "./lock.js";

export interface RecordTopicProgress extends Keyed {
  topicId: string;
  status?: "in_progress" | "completed" | null;
  /** 0 to 100. */
  progressPercent?: number | null;
  /** Minutes spent on the topic since the last record, 0 to 1440. */
  minutesSpent?: number | null;
}

const rules = z
  .object({
    topicId: nodeId("Topic"),
    status: z.enum(["in_progress", "completed"], "A topic in progress or completed can be recorded.").nullish(),
    progressPercent: whole(0, 100).nullish(),
    minutesSpent: whole(0, 1_440).nullish(),
  })
  .superRefine(({ status, progressPercent: percent }, context) => {
    const problem = (code: string, message: string) =>
      context.addIssue({ code: "custom", path: [percent == null ? "status" : "progressPercent"], params: { code }, message });
    if (status == null && percent == null) problem("REQUIRED", "Give status, progressPercent or both.");
    if (status === "completed" && percent != null && percent < 100) problem("INVALID", "A completed topic is at 100 percent.");
    if (status === "in_progress" && percent === 100) problem("INVALID", "A topic at 100 percent is completed.");
  });

export interface RecordedProgress {
  /** Of the topic. */
  contentProgress: ProgressRow;
  enrollment: EnrollmentRow;
  pointsEarned: number;
}

/**
 * Records how far the learner is with a topic, and in the same transaction all that follows from it: module,
 * course and enrollment, mastery, milestones and paths, points and the streak. Nothing is ever taken back.
 * `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} NOT_FOUND unless the topic is live and the learner is in its course.
 */
export function recordTopicProgress(
  viewer: SignedIn,
  db: Database,
  input: RecordTopicProgress,
  now: Instant = Date.now(),
): Promise<RecordedProgress> {
  const { topicId, status, progressPercent, minutesSpent } = check(rules, input);
  const percent = status === "completed" ? 100 : (progressPercent ?? 0);
  return once(db, viewer, "recordTopicProgress", input, async (work) => {
    const { tx } = work;
    const [, place] = await together([lockProgress(tx, viewer.id), placeOf(tx, viewer, topicId)]);
    if (!place) throw missing("topicId", "topic in a course that you are enrolled in");
    const { moduleId, courseId } = place;
    const topicCompleted = percent === 100 && !place.topicWasCompleted;
    const clientEventId = `topic:${topicId}`;
    const [[topic], [outline = []], streak] = await together([
      raiseProgress(tx, viewer.id, [{ courseId, moduleId, topicId, percent }]),
      outlines(tx, [{ userId: viewer.id, courseId }]),
      topicCompleted ? OpenStreak.open(work, viewer.id, now, clientEventId) : null,
      minutesSpent ? noteTime(tx, viewer.id, topicId, minutesSpent) : null,
    ]);

    if (!topic) throw new Error("The progress that was just written is missing");
    const ofModule = totals(outline.filter((part) => part.moduleId === moduleId));
    const ofCourse = totals(outline);
    const [module, course] = [percentOf(ofModule.completed, ofModule.live), percentOf(ofCourse.completed, ofCourse.live)];
    const courseCompleted = course === 100 && place.enrollment.status !== "completed";
    const earned = [
      ...(topicCompleted ? [{ reason: "topic" as const, entityId: topicId }] : []),
      ...(module === 100 && !place.moduleWasCompleted ? [{ reason: "module" as const, entityId: moduleId }] : []),
      ...(courseCompleted ? [{ reason: "course" as const, entityId: courseId }] : []),
    ].map((entry) => ({ ...entry, entityType: entry.reason, key: `${entry.reason}:${entry.entityId}` }));
    const activity = {
      userId: viewer.id,
      kind: "topic_completed" as const,
      occurredAt: new Date(now).toISOString(),
      clientEventId,
      minutesSpent: minutesSpent ?? 0,
      pointsEarned: earned.reduce((sum, { reason }) => sum + pointsTable.earned[reason], 0),
    };
    const [enrollment, posted] = await together([
      advanceCourse(work, place.enrollment, course, courseCompleted),
      earned.length > 0 ? awardAll(work, viewer.id, earned) : null,
      raiseProgress(tx, viewer.id, [
        { courseId, moduleId, topicId: null, percent: module },
        { courseId, moduleId: null, topicId: null, percent: course },
      ]),
      streak ? recordStreakActivity(work, activity, now, streak) : null,
    ]);
    return { contentProgress: topic, enrollment, pointsEarned: posted?.amount ?? 0 };
  });
}

async function advanceCourse(work: Work, before: EnrollmentRow, percent: number, completed: boolean): Promise<EnrollmentRow> {
  const enrollment = await advanceEnrollment(work, before, percent);
  if (enrollment !== before) await propagateProgress(work, enrollment, completed);
  return enrollment;
}

interface Place {
  moduleId: string;
  courseId: string;
  enrollment: EnrollmentRow;
  topicWasCompleted: boolean;
  moduleWasCompleted: boolean;
}

/** Where a live topic stands that the learner may work on, and which of the topic and its module were completed already. */
async function placeOf(tx: Tx, viewer: SignedIn, topicId: string): Promise<Place | undefined> {
  const [found] = await (isAdmin(viewer) ? placeForAdmin : placeForLearner)(tx, { viewerId: viewer.id, topicId });
  if (!found) return undefined;
  const { moduleOfTopic: moduleId, topicWasCompleted, moduleWasCompleted, ...enrollment } = found;
  return { moduleId, courseId: enrollment.courseId, enrollment, topicWasCompleted, moduleWasCompleted };
}

/** A learner whose id is filled in later, so that one text serves them all. */
const someLearner = { id: sql.placeholder("viewerId") as unknown as string, role: "student" } as SignedIn;

const placeWhere = (seen: SQL | undefined) =>
  constant(
    {
      ...getTableColumns(enrollments),
      moduleOfTopic: sql<string>`${modules.id}`.as("module_of_topic"),
      topicWasCompleted: wasCompleted(sql`p.topic_id = ${topics.id}`).as("topic_was_completed"),
      moduleWasCompleted: wasCompleted(sql`p.topic_id is null`).as("module_was_completed"),
    },
    (db, columns) =>
      db
        .select(columns)
        .from(topics)
        .innerJoin(modules, eq(modules.id, topics.moduleId))
        .innerJoin(courses, eq(courses.id, modules.courseId))
        .innerJoin(
          enrollments,
          and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, sql.placeholder("viewerId")), ne(enrollments.status, "dropped")),
        )
        .where(and(eq(topics.id, sql.placeholder("topicId")), isNull(topics.archivedAt), isNull(modules.archivedAt), seen)),
  );

const placeForLearner = placeWhere(courseVisible(someLearner));
const placeForAdmin = placeWhere(courseVisible({ ...someLearner, role: "admin" }));

function wasCompleted(grain: SQL) {
  return sql<boolean>`exists (
    select 1 from ${contentProgress} p
    where p.user_id = ${enrollments.userId} and p.course_id = ${enrollments.courseId} and p.module_id = ${modules.id}
      and ${grain} and p.status = 'completed')`;
}

function noteTime(tx: Tx, userId: string, topicId: string, minutes: number) {
  const { id, at } = datedId();
  return tx.insert(progressMetrics).values({
    id,
    userId,
    metricType: "time_spent",
    metricValue: minutes * 60,
    metricData: { topicId: toGlobalId("Topic", topicId) },
    recordedAt: at,
    aggregationType: "sum",
  });
}
