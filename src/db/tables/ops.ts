import { sql } from "drizzle-orm";
import {
  boolean, check, index, inet, integer, jsonb, primaryKey, smallint, text, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, bigInteger, createdAt, id, instant, newId, newestFirst, oneOf, openWord,
  refersTo, timestamps,
} from "../columns.js";
import { jobStatuses, jobTypes, retentionActions } from "../value-sets.js";
import { courses } from "./catalog.js";
import { users } from "./identity.js";
import { opsSchema } from "./schemas.js";

/** The record of a background job that users see; pg-boss executes it. */
export const jobQueue = opsSchema.table(
  "job_queue",
  {
    id: id(),
    jobId: text("job_id").notNull().unique("job_queue_job_id_key"),
    taskId: text("task_id"),
    jobType: text("job_type", { enum: jobTypes }).notNull(),
    status: text("status", { enum: jobStatuses }).notNull().default("pending"),
    progress: smallint("progress").notNull().default(0),
    message: text("message"),
    payload: jsonb("payload").notNull().default({}),
    result: jsonb("result"),
    error: text("error"),
    attempts: integer("attempts").notNull().default(0),
    createdById: refersTo("created_by_id", () => users.id),
    courseId: refersTo("course_id", () => courses.id),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("job_queue_job_type_ck0", t.jobType, jobTypes),
    oneOf("job_queue_status_ck1", t.status, jobStatuses),
    between("job_queue_progress_ck2", t.progress, 0, 100),
    atLeast("job_queue_attempts_ck3", t.attempts, 0),
    check("job_queue_row_ck4", sql`status <> 'completed' or (progress = 100 and completed_at is not null)`),
    check("job_queue_row_ck5", sql`status <> 'failed' or error is not null`),
    index("idx_job_queue_task_id").on(t.taskId),
    index("idx_job_queue_status").on(t.status),
    index("idx_job_queue_created_by_id_created_at").on(t.createdById, newestFirst(t.createdAt)),
    index("idx_job_queue_created_at").on(newestFirst(t.createdAt)),
    index("idx_job_queue_job_type_created_at_part").on(t.jobType, t.createdAt).where(sql`status = 'pending'`),
    index("idx_job_queue_course_id_fk").on(t.courseId),
  ],
);

/** A step in the life of a job. */
export const jobEvents = opsSchema.table(
  "job_events",
  {
    id: id(),
    jobId: belongsTo("job_id", () => jobQueue.id),
    status: text("status", { enum: jobStatuses }).notNull(),
    progress: smallint("progress").notNull(),
    message: text("message"),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf("job_events_status_ck0", t.status, jobStatuses),
    between("job_events_progress_ck1", t.progress, 0, 100),
    index("idx_job_events_job_id_created_at").on(t.jobId, t.createdAt),
  ],
);

/** Changes on their way to subscribers; `seq` rises in commit order within a topic. */
export const eventOutbox = opsSchema.table(
  "event_outbox",
  {
    seq: bigInteger("seq").generatedAlwaysAsIdentity().primaryKey(),
    topic: text("topic").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: uuid("entity_id").notNull(),
    payload: jsonb("payload").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    openWord("event_outbox_entity_type_ck0", t.entityType),
    index("idx_event_outbox_topic_seq").on(t.topic, t.seq),
    index("idx_event_outbox_created_at").on(t.createdAt),
  ],
);

/** The stored answer to a mutation, given again when its key is repeated. */
export const idempotencyKeys = opsSchema.table(
  "idempotency_keys",
  {
    userId: belongsTo("user_id", () => users.id),
    mutation: text("mutation").notNull(),
    key: uuid("key").notNull(),
    inputHash: text("input_hash").notNull(),
    payload: jsonb("payload"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "idempotency_keys_pkey", columns: [t.userId, t.mutation, t.key] }),
    index("idx_idempotency_keys_created_at").on(t.createdAt),
  ],
);

/** Who changed what, partitioned by month. */
export const auditLogs = opsSchema.table(
  "audit_logs",
  {
    id: newId(),
    userId: refersTo("user_id", () => users.id),
    subjectUserId: refersTo("subject_user_id", () => users.id),
    actorLabel: text("actor_label"),
    action: text("action").notNull(),
    module: text("module"),
    entityType: text("entity_type").notNull(),
    entityId: uuid("entity_id"),
    entityKey: text("entity_key"),
    oldValues: jsonb("old_values"),
    newValues: jsonb("new_values"),
    ipAddress: inet("ip_address"),
    userAgent: text("user_agent"),
    sessionId: text("session_id"),
    isSuccess: boolean("is_success").notNull().default(true),
    errorMessage: text("error_message"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "audit_logs_pkey", columns: [t.id, t.createdAt] }),
    openWord("audit_logs_action_ck0", t.action),
    openWord("audit_logs_entity_type_ck1", t.entityType),
    check("audit_logs_row_ck2", sql`is_success or error_message is not null`),
    index("idx_audit_logs_user_id").on(t.userId),
    index("idx_audit_logs_subject_user_id").on(t.subjectUserId),
    index("idx_audit_logs_action").on(t.action),
    index("idx_audit_logs_entity_type_entity_id").on(t.entityType, t.entityId),
    index("idx_audit_logs_entity_type").on(t.entityType),
    index("idx_audit_logs_entity_id").on(t.entityId),
    index("idx_audit_logs_created_at").on(t.createdAt),
    index("idx_audit_logs_is_success").on(t.isSuccess),
    index("idx_audit_logs_session_id").on(t.sessionId),
  ],
);

/** How long the rows of a table are kept and what happens then. */
export const retentionPolicies = opsSchema.table(
  "retention_policies",
  {
    id: id(),
    tableName: text("table_name").notNull().unique("retention_policies_table_name_key"),
    keepMonths: integer("keep_months"),
    keepMonthsInactive: integer("keep_months_inactive"),
    action: text("action", { enum: retentionActions }).notNull(),
    aggregateTo: text("aggregate_to"),
    timeColumn: text("time_column"),
    lastRunAt: instant("last_run_at"),
    note: text("note"),
    ...timestamps(),
  },
  (t) => [
    atLeast("retention_policies_keep_months_ck0", t.keepMonths, 1),
    atLeast("retention_policies_keep_months_inactive_ck1", t.keepMonthsInactive, 1),
    oneOf("retention_policies_action_ck2", t.action, retentionActions),
    check("retention_policies_row_ck3", sql`action = 'keep' or keep_months is not null`),
  ],
);
