import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, index, jsonb, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, bigInteger, day, id, instant, newestFirst, oneOf, openWord, refersTo, timestamps,
} from "../../columns.js";
import { reportFormats, reportStatuses, rollupSubjects, timePeriods, userRoles } from "../../value-sets.js";
import { users } from "../identity.js";
import { jobQueue } from "../ops.js";
import { intelligenceSchema } from "../schemas.js";

/** An aggregate for a day, week or month; the row without a subject is of the whole platform. */
export const metricRollups = intelligenceSchema.table(
  "metric_rollups",
  {
    id: id(),
    subjectType: text("subject_type", { enum: rollupSubjects }).notNull(),
    subjectId: uuid("subject_id"),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    metricKey: text("metric_key").notNull(),
    period: text("period", { enum: timePeriods }).notNull(),
    bucketStart: day("bucket_start").notNull(),
    value: doublePrecision("value").notNull(),
    sampleCount: bigInteger("sample_count").notNull().default(0),
    detail: jsonb("detail"),
    ...timestamps(),
  },
  (t) => [
    unique("metric_rollups_subject_type_subject_id_metric_key_period_bu_key")
      .on(t.subjectType, t.subjectId, t.metricKey, t.period, t.bucketStart)
      .nullsNotDistinct(),
    oneOf("metric_rollups_subject_type_ck0", t.subjectType, rollupSubjects),
    openWord("metric_rollups_metric_key_ck1", t.metricKey),
    oneOf("metric_rollups_period_ck2", t.period, timePeriods),
    atLeast("metric_rollups_sample_count_ck3", t.sampleCount, 0),
    check("metric_rollups_row_ck4", sql`(subject_type = 'platform') = (subject_id is null)`),
    check("metric_rollups_row_ck5", sql`(subject_type = 'user') = (user_id is not null)`),
    index("idx_metric_rollups_metric_key_period_bucket_start")
      .on(t.metricKey, t.period, newestFirst(t.bucketStart)),
    index("idx_metric_rollups_user_id_fk").on(t.userId),
  ],
);

/** A report that can be run. */
export const reportDefinitions = intelligenceSchema.table(
  "report_definitions",
  {
    id: id(),
    code: text("code").notNull().unique("report_definitions_code_key"),
    name: text("name").notNull(),
    description: text("description"),
    parametersSchema: jsonb("parameters_schema").notNull().default({}),
    queryKey: text("query_key").notNull(),
    defaultFormat: text("default_format", { enum: reportFormats }).notNull().default("json"),
    scheduleCron: text("schedule_cron"),
    audience: text("audience", { enum: userRoles }).notNull().default("admin"),
    isActive: boolean("is_active").notNull().default(true),
    createdById: refersTo("created_by_id", () => users.id),
    ...timestamps(),
  },
  (t) => [
    oneOf("report_definitions_default_format_ck0", t.defaultFormat, reportFormats),
    oneOf("report_definitions_audience_ck1", t.audience, userRoles),
    index("idx_report_definitions_created_by_id_fk").on(t.createdById),
  ],
);

/** One run of a report. */
export const reportRuns = intelligenceSchema.table(
  "report_runs",
  {
    id: id(),
    reportDefinitionId: belongsTo("report_definition_id", () => reportDefinitions.id),
    requestedById: refersTo("requested_by_id", () => users.id),
    jobId: refersTo("job_id", () => jobQueue.id),
    parameters: jsonb("parameters").notNull().default({}),
    status: text("status", { enum: reportStatuses }).notNull().default("pending"),
    format: text("format", { enum: reportFormats }).notNull().default("json"),
    result: jsonb("result"),
    fileUrl: text("file_url"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    error: text("error"),
    ...timestamps(),
  },
  (t) => [
    oneOf("report_runs_status_ck0", t.status, reportStatuses),
    oneOf("report_runs_format_ck1", t.format, reportFormats),
    index("idx_report_runs_report_definition_id_created_at").on(t.reportDefinitionId, newestFirst(t.createdAt)),
    index("idx_report_runs_status").on(t.status),
    index("idx_report_runs_requested_by_id_fk").on(t.requestedById),
    index("idx_report_runs_job_id_fk").on(t.jobId),
  ],
);
