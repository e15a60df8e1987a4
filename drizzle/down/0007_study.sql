-- Undoes 0007_study: its tables and every row in them go.
DROP TABLE "study"."chat_messages";--> statement-breakpoint
DROP TABLE "study"."chat_sessions";--> statement-breakpoint
DROP TABLE "study"."interactions";--> statement-breakpoint
DROP TABLE "study"."generated_assets";--> statement-breakpoint
DROP TABLE "study"."content_chunks";--> statement-breakpoint
DROP TABLE "study"."study_materials";
