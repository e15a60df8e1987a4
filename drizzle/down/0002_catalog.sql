-- Undoes 0002_catalog: its tables and every row in them go.
DROP TABLE "catalog"."source_files";--> statement-breakpoint
DROP TABLE "catalog"."topics";--> statement-breakpoint
DROP TABLE "catalog"."modules";--> statement-breakpoint
DROP TABLE "catalog"."course_skills";--> statement-breakpoint
DROP TABLE "catalog"."course_versions";--> statement-breakpoint
DROP TABLE "catalog"."course_prerequisites";--> statement-breakpoint
DROP TABLE "catalog"."skill_aliases";--> statement-breakpoint
DROP TABLE "catalog"."courses";--> statement-breakpoint
DROP TABLE "catalog"."skills";--> statement-breakpoint
DROP TABLE "catalog"."providers";--> statement-breakpoint
DROP TABLE "catalog"."nsqf_levels";
