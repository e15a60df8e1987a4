-- Undoes 0011_social: its tables and every row in them go.
ALTER TABLE "gamification"."leaderboards" DROP CONSTRAINT "leaderboards_study_group_id_study_groups_id_fk";--> statement-breakpoint
DROP TABLE "social"."social_interactions";--> statement-breakpoint
DROP TABLE "social"."discussion_posts";--> statement-breakpoint
DROP TABLE "social"."discussion_topics";--> statement-breakpoint
DROP TABLE "social"."activity_feed";--> statement-breakpoint
DROP TABLE "social"."social_activities";--> statement-breakpoint
DROP TABLE "social"."group_members";--> statement-breakpoint
DROP TABLE "social"."study_groups";--> statement-breakpoint
DROP TABLE "social"."user_connections";
