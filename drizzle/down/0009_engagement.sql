-- Undoes 0009_engagement: its tables and every row in them go.
ALTER TABLE "study"."interactions" DROP CONSTRAINT "interactions_learning_session_id_learning_sessions_id_fk";--> statement-breakpoint
ALTER TABLE "progress"."progress_metrics" DROP CONSTRAINT "progress_metrics_learning_session_id_learning_sessions_id_fk";--> statement-breakpoint
DROP TABLE "engagement"."user_feedback";--> statement-breakpoint
DROP TABLE "engagement"."system_telemetry";--> statement-breakpoint
DROP TABLE "engagement"."metaverse_sessions";--> statement-breakpoint
DROP TABLE "engagement"."emotion_metrics";--> statement-breakpoint
DROP TABLE "engagement"."engagement_profiles";--> statement-breakpoint
DROP TABLE "engagement"."focus_metrics";--> statement-breakpoint
DROP TABLE "engagement"."attention_spans";--> statement-breakpoint
DROP TABLE "engagement"."daily_logins";--> statement-breakpoint
DROP TABLE "engagement"."behavior_events";--> statement-breakpoint
DROP TABLE "engagement"."activity_events";--> statement-breakpoint
DROP TABLE "engagement"."learning_sessions";
