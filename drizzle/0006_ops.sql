-- Ops: jobs, outbox, idempotency keys, audit, retention.
-- Breaking: no; adds only.
-- Partitioned by month, edited by hand: audit_logs. The months are made at start and nightly.
-- Also closes the references of earlier schemas to this one: catalog.source_files.
CREATE TABLE "ops"."job_queue" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_id" text NOT NULL,
	"task_id" text,
	"job_type" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"progress" smallint DEFAULT 0 NOT NULL,
	"message" text,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"result" jsonb,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_by_id" uuid,
	"course_id" uuid,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_queue_job_id_key" UNIQUE("job_id"),
	CONSTRAINT "job_queue_job_type_ck0" CHECK ("job_type" in ('pdf_processing', 'quiz_generation', 'course_generation', 'catalog_import', 'embedding', 'rollup', 'report', 'retention', 'erasure')),
	CONSTRAINT "job_queue_status_ck1" CHECK ("status" in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "job_queue_progress_ck2" CHECK ("progress" between 0 and 100),
	CONSTRAINT "job_queue_attempts_ck3" CHECK ("attempts" >= 0),
	CONSTRAINT "job_queue_row_ck4" CHECK (status <> 'completed' or (progress = 100 and completed_at is not null)),
	CONSTRAINT "job_queue_row_ck5" CHECK (status <> 'failed' or error is not null)
);
--> statement-breakpoint
CREATE TABLE "ops"."job_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_id" uuid NOT NULL,
	"status" text NOT NULL,
	"progress" smallint NOT NULL,
	"message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_events_status_ck0" CHECK ("status" in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "job_events_progress_ck1" CHECK ("progress" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "ops"."event_outbox" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ops"."event_outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"topic" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_outbox_entity_type_ck0" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$')
);
--> statement-breakpoint
CREATE TABLE "ops"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"mutation" text NOT NULL,
	"key" uuid NOT NULL,
	"input_hash" text NOT NULL,
	"payload" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","mutation","key")
);
--> statement-breakpoint
CREATE TABLE "ops"."audit_logs" (
	"id" uuid NOT NULL,
	"user_id" uuid,
	"subject_user_id" uuid,
	"actor_label" text,
	"action" text NOT NULL,
	"module" text,
	"entity_type" text NOT NULL,
	"entity_id" uuid,
	"entity_key" text,
	"old_values" jsonb,
	"new_values" jsonb,
	"ip_address" inet,
	"user_agent" text,
	"session_id" text,
	"is_success" boolean DEFAULT true NOT NULL,
	"error_message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_logs_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "audit_logs_action_ck0" CHECK ("action" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "audit_logs_entity_type_ck1" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "audit_logs_row_ck2" CHECK (is_success or error_message is not null)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "ops"."audit_logs_default" PARTITION OF "ops"."audit_logs" DEFAULT;--> statement-breakpoint
CREATE TABLE "ops"."retention_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"table_name" text NOT NULL,
	"keep_months" integer,
	"keep_months_inactive" integer,
	"action" text NOT NULL,
	"aggregate_to" text,
	"time_column" text,
	"last_run_at" timestamp with time zone,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_policies_table_name_key" UNIQUE("table_name"),
	CONSTRAINT "retention_policies_keep_months_ck0" CHECK ("keep_months" >= 1),
	CONSTRAINT "retention_policies_keep_months_inactive_ck1" CHECK ("keep_months_inactive" >= 1),
	CONSTRAINT "retention_policies_action_ck2" CHECK ("action" in ('drop_partition', 'archive', 'aggregate', 'purge', 'keep')),
	CONSTRAINT "retention_policies_row_ck3" CHECK (action = 'keep' or keep_months is not null)
);
--> statement-breakpoint
ALTER TABLE "catalog"."source_files" ADD CONSTRAINT "source_files_job_id_job_queue_id_fk" FOREIGN KEY ("job_id") REFERENCES "ops"."job_queue"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "ops"."audit_logs" ADD CONSTRAINT "audit_logs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "ops"."audit_logs" ADD CONSTRAINT "audit_logs_subject_user_id_users_id_fk" FOREIGN KEY ("subject_user_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "ops"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "ops"."job_events" ADD CONSTRAINT "job_events_job_id_job_queue_id_fk" FOREIGN KEY ("job_id") REFERENCES "ops"."job_queue"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "ops"."job_queue" ADD CONSTRAINT "job_queue_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "ops"."job_queue" ADD CONSTRAINT "job_queue_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_audit_logs_user_id" ON "ops"."audit_logs" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_subject_user_id" ON "ops"."audit_logs" ("subject_user_id");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_action" ON "ops"."audit_logs" ("action");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_entity_type_entity_id" ON "ops"."audit_logs" ("entity_type","entity_id");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_entity_type" ON "ops"."audit_logs" ("entity_type");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_entity_id" ON "ops"."audit_logs" ("entity_id");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_created_at" ON "ops"."audit_logs" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_is_success" ON "ops"."audit_logs" ("is_success");--> statement-breakpoint
CREATE INDEX "idx_audit_logs_session_id" ON "ops"."audit_logs" ("session_id");--> statement-breakpoint
CREATE INDEX "idx_event_outbox_topic_seq" ON "ops"."event_outbox" ("topic","seq");--> statement-breakpoint
CREATE INDEX "idx_event_outbox_created_at" ON "ops"."event_outbox" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_idempotency_keys_created_at" ON "ops"."idempotency_keys" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_job_events_job_id_created_at" ON "ops"."job_events" ("job_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_job_queue_task_id" ON "ops"."job_queue" ("task_id");--> statement-breakpoint
CREATE INDEX "idx_job_queue_status" ON "ops"."job_queue" ("status");--> statement-breakpoint
CREATE INDEX "idx_job_queue_created_by_id_created_at" ON "ops"."job_queue" ("created_by_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_job_queue_created_at" ON "ops"."job_queue" ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_job_queue_job_type_created_at_part" ON "ops"."job_queue" ("job_type","created_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "idx_job_queue_course_id_fk" ON "ops"."job_queue" ("course_id");
