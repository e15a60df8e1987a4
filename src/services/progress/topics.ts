import { and, eq, isNull, ne, or } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { courseVisible } from "../../auth/visibility.js";
import type { Database, Tx } from "../../db/client.js";
import { datedId } from "../../db/columns.js";
import { contentProgress, courses, enrollments, modules, progressMetrics, topics } from "../../db/tables/index.js";
import { missing } from "../../graphql/errors.js";
import { nodeId, toGlobalId } from "../../graphql/node.js";
import { outlines, totals } from "../../loaders/progress-outline.js";
import { once, type Keyed } from "../idempotency.js";
import { check, whole } from "../input.js";
import { awardAll, pointsTable } from "../points.js";
import type { Instant } from "../streaks/calendar.js";
import { recordStreakActivity } from "../streaks/service.js";
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
    await lockProgress(tx, viewer.id);
    const place = await placeOf(tx, viewer, topicId);
    if (!place) throw missing("topicId", "topic in a course that you are enrolled in");
    const { moduleId, courseId } = place;
    const before = await progressBefore(tx, viewer.id, { topicId, moduleId, courseId });
    const [topic] = await raiseProgress(tx, viewer.id, [{ courseId, moduleId, topicId, percent }]);
    if (!topic) throw new Error("The progress that was just written is missing");
    if (minutesSpent) await noteTime(tx, viewer.id, topicId, minutesSpent);

    const [outline = []] = await outlines(tx, [{ userId: viewer.id, courseId }]);
    const ofModule = totals(outline.filter((part) => part.moduleId === moduleId));
    const ofCourse = totals(outline);
    const [module, course] = [percentOf(ofModule.completed, ofModule.live), percentOf(ofCourse.completed, ofCourse.live)];
    await raiseProgress(tx, viewer.id, [
      { courseId, moduleId, topicId: null, percent: module },
      { courseId, moduleId: null, topicId: null, percent: course },
    ]);
    const enrollment = await advanceEnrollment(work, place.enrollment, course);
    const courseCompleted = enrollment.status === "completed" && place.enrollment.status !== "completed";
    if (enrollment !== place.enrollment) await propagateProgress(work, enrollment, courseCompleted);

    const earned = [
      ...(topic.status === "completed" && !before.topic ? [{ reason: "topic" as const, entityId: topicId }] : []),
      ...(module === 100 && !before.module ? [{ reason: "module" as const, entityId: moduleId }] : []),
      ...(courseCompleted ? [{ reason: "course" as const, entityId: courseId }] : []),
    ].map((entry) => ({ ...entry, entityType: entry.reason, key: `${entry.reason}:${entry.entityId}` }));
    if (earned.length === 0) return { contentProgress: topic, enrollment, pointsEarned: 0 };
    if (topic.status === "completed" && !before.topic) {
      await recordStreakActivity(work, {
        userId: viewer.id,
        kind: "topic_completed",
        occurredAt: new Date(now).toISOString(),
        clientEventId: `topic:${topicId}`,
        minutesSpent: minutesSpent ?? 0,
        pointsEarned: earned.reduce((sum, { reason }) => sum + pointsTable.earned[reason], 0),
      }, now);
    }
    const { amount } = await awardAll(work, viewer.id, earned);
    return { contentProgress: topic, enrollment, pointsEarned: amount };
  });
}

async function placeOf(tx: Tx, viewer: SignedIn, topicId: string) {
  const [place] = await tx
    .select({ moduleId: modules.id, courseId: courses.id, enrollment: enrollments })
    .from(topics)
    .innerJoin(modules, eq(modules.id, topics.moduleId))
    .innerJoin(courses, eq(courses.id, modules.courseId))
    .innerJoin(
      enrollments,
      and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, viewer.id), ne(enrollments.status, "dropped")),
    )
    .where(and(eq(topics.id, topicId), isNull(topics.archivedAt), isNull(modules.archivedAt), courseVisible(viewer)));
  return place;
}

/** Which of the topic and its module were completed already. */
async function progressBefore(tx: Tx, userId: string, place: { topicId: string; moduleId: string; courseId: string }) {
  const { topicId, moduleId, courseId } = place;
  const completed = await tx
    .select({ topicId: contentProgress.topicId })
    .from(contentProgress)
    .where(
      and(
        eq(contentProgress.userId, userId),
        eq(contentProgress.courseId, courseId),
        eq(contentProgress.moduleId, moduleId),
        or(eq(contentProgress.topicId, topicId), isNull(contentProgress.topicId)),
        eq(contentProgress.status, "completed"),
      ),
    );
  return { topic: completed.some((row) => row.topicId === topicId), module: completed.some((row) => row.topicId === null) };
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
