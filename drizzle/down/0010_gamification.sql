-- Undoes 0010_gamification: its tables and every row in them go.
DROP TABLE "gamification"."duel_participants";--> statement-breakpoint
DROP TABLE "gamification"."duels";--> statement-breakpoint
DROP TABLE "gamification"."leaderboard_entries";--> statement-breakpoint
DROP TABLE "gamification"."leaderboards";--> statement-breakpoint
DROP TABLE "gamification"."points_transactions";--> statement-breakpoint
DROP TABLE "gamification"."user_points";--> statement-breakpoint
DROP TABLE "gamification"."user_badges";--> statement-breakpoint
DROP TABLE "gamification"."streak_freezes";--> statement-breakpoint
DROP TABLE "gamification"."streak_milestones_reached";--> statement-breakpoint
DROP TABLE "gamification"."streak_milestones";--> statement-breakpoint
DROP TABLE "gamification"."badges";--> statement-breakpoint
DROP TABLE "gamification"."streak_events";--> statement-breakpoint
DROP TABLE "gamification"."streak_activities";--> statement-breakpoint
DROP TABLE "gamification"."user_streaks";
