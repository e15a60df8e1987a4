-- Undoes 0003_learner: its tables and every row in them go.
DROP TABLE "learner"."psychographics";--> statement-breakpoint
DROP TABLE "learner"."certifications";--> statement-breakpoint
DROP TABLE "learner"."interests";--> statement-breakpoint
DROP TABLE "learner"."goal_skills";--> statement-breakpoint
DROP TABLE "learner"."goals";--> statement-breakpoint
DROP TABLE "learner"."skill_proficiencies";--> statement-breakpoint
DROP TABLE "learner"."education_records";--> statement-breakpoint
DROP TABLE "learner"."profiles";
