import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, day, fraction, id, instant, newestFirst, oneOf, percent, refersTo,
  timestamps,
} from "../../columns.js";
import { contentFormats, dayParts, sessionStatuses, sessionTypes } from "../../value-sets.js";
import { courses, topics } from "../catalog.js";
import { users } from "../identity.js";
import { devices } from "../notifications.js";
import { studyMaterials } from "../study.js";
import { engagementSchema } from "../schemas.js";

/** A sitting of a learner; `session_data` is dropped half a year after its end. */
export const learningSessions = engagementSchema.table(
  "learning_sessions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    studyMaterialId: refersTo("study_material_id", () => studyMaterials.id),
    courseId: refersTo("course_id", () => courses.id),
    topicId: refersTo("topic_id", () => topics.id),
    deviceId: refersTo("device_id", () => devices.id),
    sessionType: text("session_type", { enum: sessionTypes }).notNull(),
    status: text("status", { enum: sessionStatuses }).notNull().default("active"),
    startedAt: instant("started_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
    totalInteractions: integer("total_interactions").notNull().default(0),
    completionPercentage: percent("completion_percentage").notNull().default("0"),
    engagementScore: percent("engagement_score"),
    dropoutRisk: fraction("dropout_risk"),
    sessionData: jsonb("session_data"),
    configuration: jsonb("configuration").notNull().default({}),
    ...timestamps(),
  },
  (t) => [
    oneOf("learning_sessions_session_type_ck0", t.sessionType, sessionTypes),
    oneOf("learning_sessions_status_ck1", t.status, sessionStatuses),
    atLeast("learning_sessions_total_interactions_ck2", t.totalInteractions, 0),
    between("learning_sessions_completion_percentage_ck3", t.completionPercentage, 0, 100),
    between("learning_sessions_engagement_score_ck4", t.engagementScore, 0, 100),
    between("learning_sessions_dropout_risk_ck5", t.dropoutRisk, 0, 1),
    check("learning_sessions_row_ck6", sql`ended_at is null or ended_at >= started_at`),
    check("learning_sessions_row_ck7", sql`status not in ('completed', 'abandoned') or ended_at is not null`),
    index("idx_learning_sessions_user_id_started_at").on(t.userId, newestFirst(t.startedAt)),
    index("idx_learning_sessions_study_material_id").on(t.studyMaterialId),
    index("idx_learning_sessions_course_id").on(t.courseId),
    index("idx_learning_sessions_started_at").on(t.startedAt),
    index("idx_learning_sessions_status").on(t.status),
    index("idx_learning_sessions_session_type").on(t.sessionType),
    index("idx_learning_sessions_completion_percentage").on(t.completionPercentage),
    index("idx_learning_sessions_user_id_part").on(t.userId).where(sql`status = 'active'`),
    index("idx_learning_sessions_topic_id_fk").on(t.topicId),
    index("idx_learning_sessions_device_id_fk").on(t.deviceId),
  ],
);

/** An unbroken stretch of attention. */
export const attentionSpans = engagementSchema.table(
  "attention_spans",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    learningSessionId: belongsTo("learning_session_id", () => learningSessions.id),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    durationSeconds: integer("duration_seconds").notNull(),
    interruptions: integer("interruptions").notNull().default(0),
    attentionScore: percent("attention_score"),
    contentFormat: text("content_format", { enum: contentFormats }),
    ...timestamps(),
  },
  (t) => [
    atLeast("attention_spans_duration_seconds_ck0", t.durationSeconds, 0),
    atLeast("attention_spans_interruptions_ck1", t.interruptions, 0),
    between("attention_spans_attention_score_ck2", t.attentionScore, 0, 100),
    oneOf("attention_spans_content_format_ck3", t.contentFormat, contentFormats),
    index("idx_attention_spans_user_id_started_at").on(t.userId, newestFirst(t.startedAt)),
    index("idx_attention_spans_learning_session_id_fk").on(t.learningSessionId),
  ],
);

/** Focus of one learner on one day. */
export const focusMetrics = engagementSchema.table(
  "focus_metrics",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    metricDate: day("metric_date").notNull(),
    focusSeconds: integer("focus_seconds").notNull().default(0),
    idleSeconds: integer("idle_seconds").notNull().default(0),
    distractionCount: integer("distraction_count").notNull().default(0),
    longestSpanSeconds: integer("longest_span_seconds").notNull().default(0),
    averageSpanSeconds: integer("average_span_seconds").notNull().default(0),
    focusScore: percent("focus_score"),
    bestDayPart: text("best_day_part", { enum: dayParts }),
    ...timestamps(),
  },
  (t) => [
    unique("focus_metrics_user_id_metric_date_key").on(t.userId, t.metricDate),
    atLeast("focus_metrics_focus_seconds_ck0", t.focusSeconds, 0),
    atLeast("focus_metrics_idle_seconds_ck1", t.idleSeconds, 0),
    atLeast("focus_metrics_distraction_count_ck2", t.distractionCount, 0),
    atLeast("focus_metrics_longest_span_seconds_ck3", t.longestSpanSeconds, 0),
    atLeast("focus_metrics_average_span_seconds_ck4", t.averageSpanSeconds, 0),
    between("focus_metrics_focus_score_ck5", t.focusScore, 0, 100),
    oneOf("focus_metrics_best_day_part_ck6", t.bestDayPart, dayParts),
  ],
);

/** A visit to a virtual room. */
export const metaverseSessions = engagementSchema.table(
  "metaverse_sessions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    learningSessionId: refersTo("learning_session_id", () => learningSessions.id),
    sessionRef: text("session_ref"),
    environment: text("environment"),
    activitySummary: text("activity_summary"),
    durationSeconds: integer("duration_seconds").notNull().default(0),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
    ...timestamps(),
  },
  (t) => [
    atLeast("metaverse_sessions_duration_seconds_ck0", t.durationSeconds, 0),
    index("idx_metaverse_sessions_user_id_recorded_at").on(t.userId, newestFirst(t.recordedAt)),
    index("idx_metaverse_sessions_learning_session_id_fk").on(t.learningSessionId),
  ],
);
