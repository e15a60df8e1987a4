import { anyOf } from "../../db/client.js";
import { matches, related, whereOf } from "../../db/filters.js";
import { contentProgress, enrollments, learnerCareerPaths, progressMetrics, skillMastery } from "../../db/tables/index.js";
import type { LearnerCareerPathWhere } from "../../schema/progress/career-path.js";
import type { ContentProgressWhere } from "../../schema/progress/content.js";
import type { EnrollmentWhere } from "../../schema/progress/enrollment.js";
import type { ProgressMetricWhere, SkillMasteryWhere } from "../../schema/progress/measures.js";

export const enrollmentFilter = whereOf<EnrollmentWhere>({
  status: matches(enrollments.status),
  source: matches(enrollments.source),
  progressPercent: matches(enrollments.progressPercent),
  enrolledAt: matches(enrollments.enrolledAt),
  course: related("Course", (ids) => anyOf(enrollments.courseId, ids, "uuid")),
});

export const contentProgressFilter = whereOf<ContentProgressWhere>({
  status: matches(contentProgress.status),
  module: related("Module", (ids) => anyOf(contentProgress.moduleId, ids, "uuid")),
  topic: related("Topic", (ids) => anyOf(contentProgress.topicId, ids, "uuid")),
});

export const learnerCareerPathFilter = whereOf<LearnerCareerPathWhere>({
  status: matches(learnerCareerPaths.status),
  careerPath: related("CareerPath", (ids) => anyOf(learnerCareerPaths.careerPathId, ids, "uuid")),
  jobRole: related("JobRole", (ids) => anyOf(learnerCareerPaths.jobRoleId, ids, "uuid")),
});

export const skillMasteryFilter = whereOf<SkillMasteryWhere>({
  skill: related("Skill", (ids) => anyOf(skillMastery.skillId, ids, "uuid")),
  level: matches(skillMastery.level),
});

export const progressMetricFilter = whereOf<ProgressMetricWhere>({
  metricType: matches(progressMetrics.metricType),
  timePeriod: matches(progressMetrics.timePeriod),
  subjectArea: matches(progressMetrics.subjectArea),
  recordedAt: matches(progressMetrics.recordedAt),
});
