import { and, eq, exists, isNull, ne, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { learnerOrTeacher, mine, own } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import {
  contentProgress, enrollments, learnerCareerPaths, milestoneCompletions, pathMilestones, progressMetrics,
  skillMastery,
} from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import type { LearnerCareerPathWhere } from "../schema/progress/career-path.js";
import type { ContentProgressWhere } from "../schema/progress/content.js";
import type { EnrollmentWhere } from "../schema/progress/enrollment.js";
import type { ProgressMetricWhere, SkillMasteryWhere } from "../schema/progress/measures.js";
import { perViewer } from "./factory.js";
import { listBy, type ListSpec } from "./lists.js";
import {
  contentProgressFilter, enrollmentFilter, learnerCareerPathFilter, progressMetricFilter, skillMasteryFilter,
} from "./filters/progress.js";
import { outlineLoader } from "./progress-outline.js";

const notDropped = ne(enrollments.status, "dropped");
const enrollmentVisible = learnerOrTeacher(enrollments.userId, enrollments.courseId, notDropped);

const learnsNow = exists(
  new QueryBuilder()
    .select({ one: sql`1` })
    .from(enrollments)
    .where(and(eq(enrollments.userId, contentProgress.userId), eq(enrollments.courseId, contentProgress.courseId), notDropped)),
);
const contentVisible = learnerOrTeacher(contentProgress.userId, contentProgress.courseId, learnsNow);

const enrollmentList: ListSpec<typeof enrollments, EnrollmentWhere> = {
  table: enrollments,
  orders: [
    orderBy("ENROLLED_AT", [enrollments.enrolledAt, enrollments.id], true),
    orderBy("STATUS", [enrollments.status, enrollments.id]),
  ],
  filter: enrollmentFilter,
  visible: enrollmentVisible,
};

const contentProgressList: ListSpec<typeof contentProgress, ContentProgressWhere> = {
  table: contentProgress,
  orders: [orderBy("LAST_ACCESSED_AT", [contentProgress.lastAccessedAt, contentProgress.id], true)],
  filter: contentProgressFilter,
  visible: contentVisible,
};

/** Progress belongs to learner and course, and so to each of the learner's enrollments in it. */
const throughEnrollment = {
  table: enrollments,
  on: sql`${contentProgress.userId} = ${enrollments.userId} and ${contentProgress.courseId} = ${enrollments.courseId}`,
};

const learnerCareerPathList: ListSpec<typeof learnerCareerPaths, LearnerCareerPathWhere> = {
  table: learnerCareerPaths,
  orders: [
    orderBy("CREATED_AT", [learnerCareerPaths.createdAt, learnerCareerPaths.id], true),
    orderBy("STATUS", [learnerCareerPaths.status, learnerCareerPaths.id]),
  ],
  filter: learnerCareerPathFilter,
  visible: own(learnerCareerPaths.userId),
};

const skillMasteryList: ListSpec<typeof skillMastery, SkillMasteryWhere> = {
  table: skillMastery,
  orders: [orderBy("LEVEL", [skillMastery.level, skillMastery.id], true), orderBy("CREATED_AT", [skillMastery.id])],
  filter: skillMasteryFilter,
  visible: own(skillMastery.userId),
};

const progressMetricList: ListSpec<typeof progressMetrics, ProgressMetricWhere> = {
  table: progressMetrics,
  orders: [orderBy("RECORDED_AT", [progressMetrics.recordedAt, progressMetrics.id], true)],
  filter: progressMetricFilter,
  visible: own(progressMetrics.userId),
};

const ofViewer = { visible: mine(contentProgress.userId) };
const moduleGrain = isNull(contentProgress.topicId);

export const progressLoaders = {
  enrollmentById: perViewer.oneBy(enrollments, "id", { visible: enrollmentVisible }),
  enrollmentsByUser: listBy(enrollmentList, enrollments.userId),
  enrollmentsByCourse: listBy(enrollmentList, enrollments.courseId),
  enrollmentsByLearnerCareerPath: listBy(enrollmentList, enrollments.learnerCareerPathId),
  myEnrollmentByCourse: perViewer.oneBy(enrollments, "courseId", { visible: mine(enrollments.userId), where: notDropped }),
  outlineOf: outlineLoader,

  contentProgressById: perViewer.oneBy(contentProgress, "id", { visible: contentVisible }),
  contentProgressByEnrollment: listBy(contentProgressList, enrollments.id, throughEnrollment),
  myProgressByCourse: perViewer.oneBy(contentProgress, "courseId", { ...ofViewer, where: isNull(contentProgress.moduleId) }),
  myProgressByModule: perViewer.oneBy(contentProgress, "moduleId", { ...ofViewer, where: moduleGrain }),
  myProgressByTopic: perViewer.oneBy(contentProgress, "topicId", ofViewer),

  learnerCareerPathById: perViewer.oneBy(learnerCareerPaths, "id", { visible: own(learnerCareerPaths.userId) }),
  careerPathsByUser: listBy(learnerCareerPathList, learnerCareerPaths.userId),
  learnersByCareerPath: listBy(learnerCareerPathList, learnerCareerPaths.careerPathId),
  /** All tries of the viewer; the last is the present one. */
  myTriesByCareerPath: perViewer.manyBy(learnerCareerPaths, "careerPathId", [learnerCareerPaths.createdAt, learnerCareerPaths.id], {
    visible: mine(learnerCareerPaths.userId),
    atMost: bounds.triesOfPath,
  }),

  milestoneCompletionById: perViewer.oneBy(milestoneCompletions, "id", { visible: own(milestoneCompletions.userId) }),
  milestonesByLearnerCareerPath: perViewer.manyBy(milestoneCompletions, "learnerCareerPathId", [pathMilestones.sequence], {
    visible: own(milestoneCompletions.userId),
    atMost: bounds.pathMilestones,
    through: { table: pathMilestones, on: eq(pathMilestones.id, milestoneCompletions.pathMilestoneId) },
  }),
  /** Over all tries of the viewer; the last is of the present one. */
  myCompletionsByMilestone: perViewer.manyBy(milestoneCompletions, "pathMilestoneId", [milestoneCompletions.createdAt, milestoneCompletions.id], {
    visible: mine(milestoneCompletions.userId),
    atMost: bounds.triesOfPath,
  }),

  skillMasteryById: perViewer.oneBy(skillMastery, "id", { visible: own(skillMastery.userId) }),
  skillMasteryByUser: listBy(skillMasteryList, skillMastery.userId),
  mySkillMasteryBySkill: perViewer.oneBy(skillMastery, "skillId", { visible: mine(skillMastery.userId) }),

  progressMetricById: perViewer.oneBy(progressMetrics, "id", { visible: own(progressMetrics.userId) }),
  progressMetricsByUser: listBy(progressMetricList, progressMetrics.userId),
};
