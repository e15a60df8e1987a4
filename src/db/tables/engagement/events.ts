import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, numeric, primaryKey, text } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, createdAt, fraction, newId, newestFirst, oneOf, openWord, percent, refersTo,
} from "../../columns.js";
import { activityTypes, emotionDetectors, emotionLabels } from "../../value-sets.js";
import { courses, modules } from "../catalog.js";
import { learningSessions } from "./sessions.js";
import { users } from "../identity.js";
import { devices } from "../notifications.js";
import { engagementSchema } from "../schemas.js";

/** What a learner did, partitioned by month. */
export const activityEvents = engagementSchema.table(
  "activity_events",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    courseId: refersTo("course_id", () => courses.id),
    moduleId: refersTo("module_id", () => modules.id),
    learningSessionId: refersTo("learning_session_id", () => learningSessions.id),
    activityType: text("activity_type", { enum: activityTypes }),
    actionName: text("action_name"),
    moduleName: text("module_name"),
    durationSeconds: integer("duration_seconds").notNull().default(0),
    score: percent("score"),
    payload: jsonb("payload").notNull().default({}),
    deviceType: text("device_type"),
    userAgent: text("user_agent"),
    ipAddress: inet("ip_address"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "activity_events_pkey", columns: [t.id, t.createdAt] }),
    oneOf("activity_events_activity_type_ck0", t.activityType, activityTypes),
    openWord("activity_events_action_name_ck1", t.actionName),
    atLeast("activity_events_duration_seconds_ck2", t.durationSeconds, 0),
    between("activity_events_score_ck3", t.score, 0, 100),
    check("activity_events_row_ck4", sql`activity_type is not null or action_name is not null`),
    index("idx_activity_events_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_activity_events_action_name").on(t.actionName),
    index("idx_activity_events_activity_type").on(t.activityType),
    index("idx_activity_events_created_at_brin").using("brin", t.createdAt),
    index("idx_activity_events_course_id_fk").on(t.courseId),
    index("idx_activity_events_module_id_fk").on(t.moduleId),
    index("idx_activity_events_learning_session_id_fk").on(t.learningSessionId),
  ],
);

/** Fine-grained behaviour inside a session, partitioned by month. */
export const behaviorEvents = engagementSchema.table(
  "behavior_events",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    learningSessionId: refersTo("learning_session_id", () => learningSessions.id),
    eventType: text("event_type").notNull(),
    sequence: integer("sequence"),
    payload: jsonb("payload").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "behavior_events_pkey", columns: [t.id, t.createdAt] }),
    openWord("behavior_events_event_type_ck0", t.eventType),
    atLeast("behavior_events_sequence_ck1", t.sequence, 0),
    index("idx_behavior_events_learning_session_id_sequence").on(t.learningSessionId, t.sequence),
    index("idx_behavior_events_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_behavior_events_event_type").on(t.eventType),
    index("idx_behavior_events_created_at_brin").using("brin", t.createdAt),
  ],
);

/** A detected or stated mood, partitioned by month. */
export const emotionMetrics = engagementSchema.table(
  "emotion_metrics",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    learningSessionId: refersTo("learning_session_id", () => learningSessions.id),
    sessionRef: text("session_ref"),
    emotionLabel: text("emotion_label", { enum: emotionLabels }).notNull().default("focused"),
    confidence: fraction("confidence").notNull().default("0.90"),
    detectedBy: text("detected_by", { enum: emotionDetectors }).notNull().default("self_report"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "emotion_metrics_pkey", columns: [t.id, t.createdAt] }),
    oneOf("emotion_metrics_emotion_label_ck0", t.emotionLabel, emotionLabels),
    between("emotion_metrics_confidence_ck1", t.confidence, 0, 1),
    oneOf("emotion_metrics_detected_by_ck2", t.detectedBy, emotionDetectors),
    index("idx_emotion_metrics_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_emotion_metrics_learning_session_id").on(t.learningSessionId),
  ],
);

/** Device and network of a client, partitioned by month. */
export const systemTelemetry = engagementSchema.table(
  "system_telemetry",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    deviceId: refersTo("device_id", () => devices.id),
    deviceInfo: text("device_info"),
    browserInfo: text("browser_info"),
    osInfo: text("os_info"),
    networkSpeedMbps: numeric("network_speed_mbps", { precision: 8, scale: 2 }),
    latencyMs: integer("latency_ms"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "system_telemetry_pkey", columns: [t.id, t.createdAt] }),
    atLeast("system_telemetry_network_speed_mbps_ck0", t.networkSpeedMbps, 0),
    atLeast("system_telemetry_latency_ms_ck1", t.latencyMs, 0),
    index("idx_system_telemetry_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_system_telemetry_created_at_brin").using("brin", t.createdAt),
    index("idx_system_telemetry_device_id_fk").on(t.deviceId),
  ],
);
