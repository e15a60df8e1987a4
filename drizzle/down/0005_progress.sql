-- Undoes 0005_progress: its tables and every row in them go.
DROP TABLE "progress"."progress_metrics";--> statement-breakpoint
DROP TABLE "progress"."content_progress";--> statement-breakpoint
DROP TABLE "progress"."skill_mastery";--> statement-breakpoint
DROP TABLE "progress"."milestone_completions";--> statement-breakpoint
DROP TABLE "progress"."enrollments";--> statement-breakpoint
DROP TABLE "progress"."learner_career_paths";
