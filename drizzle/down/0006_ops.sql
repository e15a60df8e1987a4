-- Undoes 0006_ops: its tables and every row in them go.
ALTER TABLE "catalog"."source_files" DROP CONSTRAINT "source_files_job_id_job_queue_id_fk";--> statement-breakpoint
DROP TABLE "ops"."retention_policies";--> statement-breakpoint
DROP TABLE "ops"."audit_logs";--> statement-breakpoint
DROP TABLE "ops"."idempotency_keys";--> statement-breakpoint
DROP TABLE "ops"."event_outbox";--> statement-breakpoint
DROP TABLE "ops"."job_events";--> statement-breakpoint
DROP TABLE "ops"."job_queue";
