-- Undoes 0004_pathways: its tables and every row in them go.
ALTER TABLE "learner"."goals" DROP CONSTRAINT "goals_desired_job_role_id_job_roles_id_fk";--> statement-breakpoint
DROP TABLE "pathways"."career_outlooks";--> statement-breakpoint
DROP TABLE "pathways"."path_milestone_skills";--> statement-breakpoint
DROP TABLE "pathways"."path_milestones";--> statement-breakpoint
DROP TABLE "pathways"."career_paths";--> statement-breakpoint
DROP TABLE "pathways"."job_role_skills";--> statement-breakpoint
DROP TABLE "pathways"."job_roles";
