import { sql } from "drizzle-orm";
import {
  check, doublePrecision, index, integer, jsonb, primaryKey, smallint, text, unique, uniqueIndex, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, id, instant, newId, newestFirst, oneOf, percent, refersTo, timestamps,
} from "../columns.js";
import {
  aggregationTypes, enrollmentSources, enrollmentStatuses, metricTypes, milestoneStatuses, pathStatuses,
  progressStatuses, skillSources, timePeriods,
} from "../value-sets.js";
import { courses, modules, skills, topics } from "./catalog.js";
import { learningSessions } from "./engagement/sessions.js";
import { users } from "./identity.js";
import { careerPaths, jobRoles, pathMilestones } from "./pathways.js";
import { progressSchema } from "./schemas.js";

/** A career path that a learner took up; at most one unfinished try at each. */
export const learnerCareerPaths = progressSchema.table(
  "learner_career_paths",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    careerPathId: uuid("career_path_id").notNull().references(() => careerPaths.id, { onDelete: "restrict" }),
    jobRoleId: refersTo("job_role_id", () => jobRoles.id),
    matchScore: percent("match_score"),
    status: text("status", { enum: pathStatuses }).notNull().default("active"),
    startedAt: instant("started_at"),
    targetCompletionAt: instant("target_completion_at"),
    completedAt: instant("completed_at"),
    ...timestamps(),
  },
  (t) => [
    between("learner_career_paths_match_score_ck0", t.matchScore, 0, 100),
    oneOf("learner_career_paths_status_ck1", t.status, pathStatuses),
    check("learner_career_paths_row_ck2", sql`(status = 'completed') = (completed_at is not null)`),
    index("idx_learner_career_paths_user_id_status").on(t.userId, t.status),
    uniqueIndex("uidx_learner_career_paths_user_id_career_path_id")
      .on(t.userId, t.careerPathId)
      .where(sql`status <> 'completed'`),
    index("idx_learner_career_paths_career_path_id_fk").on(t.careerPathId),
    index("idx_learner_career_paths_job_role_id_fk").on(t.jobRoleId),
  ],
);

/** A learner in a course; at most one that was not dropped. */
export const enrollments = progressSchema.table(
  "enrollments",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    courseId: uuid("course_id").notNull().references(() => courses.id, { onDelete: "restrict" }),
    status: text("status", { enum: enrollmentStatuses }).notNull().default("enrolled"),
    source: text("source", { enum: enrollmentSources }).notNull().default("manual"),
    learnerCareerPathId: refersTo("learner_career_path_id", () => learnerCareerPaths.id),
    courseVersion: integer("course_version").notNull().default(1),
    progressPercent: smallint("progress_percent").notNull().default(0),
    enrolledAt: instant("enrolled_at").notNull().defaultNow(),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("enrollments_status_ck0", t.status, enrollmentStatuses),
    oneOf("enrollments_source_ck1", t.source, enrollmentSources),
    atLeast("enrollments_course_version_ck2", t.courseVersion, 1),
    between("enrollments_progress_percent_ck3", t.progressPercent, 0, 100),
    check("enrollments_row_ck4", sql`status <> 'completed' or completed_at is not null`),
    index("idx_enrollments_user_id_status").on(t.userId, t.status),
    index("idx_enrollments_course_id_status").on(t.courseId, t.status),
    uniqueIndex("uidx_enrollments_user_id_course_id").on(t.userId, t.courseId).where(sql`status <> 'dropped'`),
    index("idx_enrollments_enrolled_at").on(t.enrolledAt),
    index("idx_enrollments_learner_career_path_id_fk").on(t.learnerCareerPathId),
  ],
);

/** How far a learner is with one milestone of a path under way. */
export const milestoneCompletions = progressSchema.table(
  "milestone_completions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    pathMilestoneId: belongsTo("path_milestone_id", () => pathMilestones.id),
    learnerCareerPathId: belongsTo("learner_career_path_id", () => learnerCareerPaths.id),
    status: text("status", { enum: milestoneStatuses }).notNull().default("upcoming"),
    progressPercent: smallint("progress_percent").notNull().default(0),
    completedAt: instant("completed_at"),
    ...timestamps(),
  },
  (t) => [
    unique("milestone_completions_user_id_path_milestone_id_learner_car_key")
      .on(t.userId, t.pathMilestoneId, t.learnerCareerPathId),
    oneOf("milestone_completions_status_ck0", t.status, milestoneStatuses),
    between("milestone_completions_progress_percent_ck1", t.progressPercent, 0, 100),
    check("milestone_completions_row_ck2", sql`(status = 'completed') = (completed_at is not null)`),
    index("idx_milestone_completions_user_id_learner_career_path_id").on(t.userId, t.learnerCareerPathId),
    index("idx_milestone_completions_path_milestone_id_fk").on(t.pathMilestoneId),
    index("idx_milestone_completions_learner_career_path_id_fk").on(t.learnerCareerPathId),
  ],
);

/** Measured mastery of a skill, 0 to 100; claims are in `skillProficiencies`. */
export const skillMastery = progressSchema.table(
  "skill_mastery",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    skillId: belongsTo("skill_id", () => skills.id),
    level: smallint("level").notNull().default(0),
    source: text("source", { enum: skillSources }).notNull().default("inferred"),
    lastUpdatedAt: instant("last_updated_at").notNull().defaultNow(),
    ...timestamps(),
  },
  (t) => [
    unique("skill_mastery_user_id_skill_id_key").on(t.userId, t.skillId),
    between("skill_mastery_level_ck0", t.level, 0, 100),
    oneOf("skill_mastery_source_ck1", t.source, skillSources),
    oneOf("skill_mastery_source_ck2", t.source, ["inferred", "assessment", "course"]),
    index("idx_skill_mastery_skill_id_level").on(t.skillId, t.level),
  ],
);

/** Progress at three grains: a topic, its module (no topic) or the course (neither). */
export const contentProgress = progressSchema.table(
  "content_progress",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    courseId: belongsTo("course_id", () => courses.id),
    moduleId: uuid("module_id").references(() => modules.id, { onDelete: "cascade" }),
    topicId: uuid("topic_id").references(() => topics.id, { onDelete: "cascade" }),
    status: text("status", { enum: progressStatuses }).notNull().default("not_started"),
    progressPercent: smallint("progress_percent").notNull().default(0),
    lastAccessedAt: instant("last_accessed_at").notNull().defaultNow(),
    completedAt: instant("completed_at"),
    ...timestamps(),
  },
  (t) => [
    unique("content_progress_user_id_course_id_module_id_topic_id_key")
      .on(t.userId, t.courseId, t.moduleId, t.topicId)
      .nullsNotDistinct(),
    oneOf("content_progress_status_ck0", t.status, progressStatuses),
    between("content_progress_progress_percent_ck1", t.progressPercent, 0, 100),
    check("content_progress_row_ck2", sql`topic_id is null or module_id is not null`),
    index("idx_content_progress_course_id_status").on(t.courseId, t.status),
    index("idx_content_progress_status").on(t.status),
    index("idx_content_progress_user_id_last_accessed_at").on(t.userId, newestFirst(t.lastAccessedAt)),
    index("idx_content_progress_module_id_fk").on(t.moduleId),
    index("idx_content_progress_topic_id_fk").on(t.topicId),
  ],
);

/** A measured value of learning, partitioned by month. */
export const progressMetrics = progressSchema.table(
  "progress_metrics",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    learningSessionId: refersTo("learning_session_id", () => learningSessions.id),
    metricType: text("metric_type", { enum: metricTypes }).notNull(),
    metricValue: doublePrecision("metric_value").notNull(),
    metricData: jsonb("metric_data"),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    timePeriod: text("time_period", { enum: timePeriods }),
    subjectArea: text("subject_area"),
    aggregationType: text("aggregation_type", { enum: aggregationTypes }),
  },
  (t) => [
    primaryKey({ name: "progress_metrics_pkey", columns: [t.id, t.recordedAt] }),
    oneOf("progress_metrics_metric_type_ck0", t.metricType, metricTypes),
    atLeast("progress_metrics_metric_value_ck1", t.metricValue, 0),
    oneOf("progress_metrics_time_period_ck2", t.timePeriod, timePeriods),
    oneOf("progress_metrics_aggregation_type_ck3", t.aggregationType, aggregationTypes),
    check("progress_metrics_row_ck4", sql`metric_type in ('speed', 'time_spent') or metric_value <= 100`),
    index("idx_progress_metrics_user_id_metric_type_recorded_at")
      .on(t.userId, t.metricType, newestFirst(t.recordedAt)),
    index("idx_progress_metrics_learning_session_id").on(t.learningSessionId),
    index("idx_progress_metrics_metric_type").on(t.metricType),
    index("idx_progress_metrics_recorded_at").on(t.recordedAt),
    index("idx_progress_metrics_time_period").on(t.timePeriod),
    index("idx_progress_metrics_subject_area").on(t.subjectArea),
  ],
);
