-- Undoes 0014_order_by_indexes; lists keep working, sorted by scan.
DROP INDEX "pathways"."idx_job_roles_title_id";--> statement-breakpoint
DROP INDEX "pathways"."idx_career_paths_title_id";--> statement-breakpoint
DROP INDEX "catalog"."idx_providers_name_id";--> statement-breakpoint
DROP INDEX "catalog"."idx_courses_enrollment_count_id";--> statement-breakpoint
DROP INDEX "catalog"."idx_courses_title_id";
