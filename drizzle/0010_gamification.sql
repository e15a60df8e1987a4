-- Gamification: streaks, badges, points, leaderboards, duels.
-- Breaking: no; adds only.
CREATE TABLE "gamification"."user_streaks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"current_streak" integer DEFAULT 0 NOT NULL,
	"longest_streak" integer DEFAULT 0 NOT NULL,
	"last_activity_date" date,
	"streak_started_on" date,
	"freezes_available" integer DEFAULT 0 NOT NULL,
	"timezone" text DEFAULT 'Asia/Kolkata' NOT NULL,
	"day_start_hour" smallint DEFAULT 0 NOT NULL,
	"rest_days" smallint[] DEFAULT '{}' NOT NULL,
	"broken_length" integer DEFAULT 0 NOT NULL,
	"broken_on" date,
	"settled_through" date,
	"auto_freeze" boolean DEFAULT true NOT NULL,
	"next_rest_days" smallint[],
	"rest_days_from" date,
	"version" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_streaks_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "user_streaks_current_streak_ck0" CHECK ("current_streak" >= 0),
	CONSTRAINT "user_streaks_longest_streak_ck1" CHECK ("longest_streak" >= 0),
	CONSTRAINT "user_streaks_freezes_available_ck2" CHECK ("freezes_available" >= 0),
	CONSTRAINT "user_streaks_day_start_hour_ck3" CHECK ("day_start_hour" between 0 and 6),
	CONSTRAINT "user_streaks_broken_length_ck4" CHECK ("broken_length" >= 0),
	CONSTRAINT "user_streaks_version_ck5" CHECK ("version" >= 0),
	CONSTRAINT "user_streaks_row_ck6" CHECK (longest_streak >= current_streak)
);
--> statement-breakpoint
CREATE TABLE "gamification"."streak_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"activity_date" date NOT NULL,
	"kind" text DEFAULT 'active' NOT NULL,
	"occurred_at" timestamp with time zone,
	"timezone" text NOT NULL,
	"activity_count" integer DEFAULT 1 NOT NULL,
	"minutes_spent" integer DEFAULT 0 NOT NULL,
	"points_earned" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streak_activities_user_id_activity_date_key" UNIQUE("user_id","activity_date"),
	CONSTRAINT "streak_activities_kind_ck0" CHECK ("kind" in ('active', 'freeze', 'repair', 'travel', 'rest')),
	CONSTRAINT "streak_activities_activity_count_ck1" CHECK ("activity_count" >= 0),
	CONSTRAINT "streak_activities_minutes_spent_ck2" CHECK ("minutes_spent" >= 0),
	CONSTRAINT "streak_activities_points_earned_ck3" CHECK ("points_earned" >= 0)
);
--> statement-breakpoint
CREATE TABLE "gamification"."streak_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"client_event_id" text NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"activity_date" date,
	"timezone" text NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streak_events_user_id_client_event_id_key" UNIQUE("user_id","client_event_id"),
	CONSTRAINT "streak_events_kind_ck0" CHECK ("kind" ~ '^[a-z][a-z0-9_.]*$')
);
--> statement-breakpoint
CREATE TABLE "gamification"."streak_milestones_reached" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"streak_milestone_id" uuid NOT NULL,
	"run_started_on" date NOT NULL,
	"reached_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streak_milestones_reached_user_id_streak_milestone_id_run_s_key" UNIQUE("user_id","streak_milestone_id","run_started_on")
);
--> statement-breakpoint
CREATE TABLE "gamification"."streak_freezes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"status" text DEFAULT 'available' NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_for_date" date,
	"expires_at" timestamp with time zone,
	"granted_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streak_freezes_user_id_used_for_date_key" UNIQUE("user_id","used_for_date"),
	CONSTRAINT "streak_freezes_status_ck0" CHECK ("status" in ('available', 'used', 'expired')),
	CONSTRAINT "streak_freezes_row_ck1" CHECK ((status = 'used') = (used_for_date is not null))
);
--> statement-breakpoint
CREATE TABLE "gamification"."streak_milestones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"days" integer NOT NULL,
	"title" text NOT NULL,
	"points_reward" integer DEFAULT 0 NOT NULL,
	"badge_id" uuid,
	"freeze_reward" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streak_milestones_days_key" UNIQUE("days"),
	CONSTRAINT "streak_milestones_days_ck0" CHECK ("days" >= 1),
	CONSTRAINT "streak_milestones_points_reward_ck1" CHECK ("points_reward" >= 0),
	CONSTRAINT "streak_milestones_freeze_reward_ck2" CHECK ("freeze_reward" >= 0)
);
--> statement-breakpoint
CREATE TABLE "gamification"."badges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"icon_url" text,
	"rarity" text DEFAULT 'common' NOT NULL,
	"criteria" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"points_reward" integer DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "badges_code_key" UNIQUE("code"),
	CONSTRAINT "badges_rarity_ck0" CHECK ("rarity" in ('common', 'rare', 'epic', 'legendary')),
	CONSTRAINT "badges_points_reward_ck1" CHECK ("points_reward" >= 0)
);
--> statement-breakpoint
CREATE TABLE "gamification"."user_badges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"badge_id" uuid NOT NULL,
	"earned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"context" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_badges_user_id_badge_id_key" UNIQUE("user_id","badge_id")
);
--> statement-breakpoint
CREATE TABLE "gamification"."user_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"xp_points" bigint DEFAULT 0 NOT NULL,
	"level" integer DEFAULT 1 NOT NULL,
	"weekly_points" integer DEFAULT 0 NOT NULL,
	"last_earned_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_points_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "user_points_xp_points_ck0" CHECK ("xp_points" >= 0),
	CONSTRAINT "user_points_level_ck1" CHECK ("level" >= 1),
	CONSTRAINT "user_points_weekly_points_ck2" CHECK ("weekly_points" >= 0)
);
--> statement-breakpoint
CREATE TABLE "gamification"."points_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"balance_after" bigint NOT NULL,
	"reason" text NOT NULL,
	"entity_type" text,
	"entity_id" uuid,
	"note" text,
	"idempotency_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "points_transactions_idempotency_key_key" UNIQUE("idempotency_key"),
	CONSTRAINT "points_transactions_amount_ck0" CHECK (amount <> 0),
	CONSTRAINT "points_transactions_balance_after_ck1" CHECK ("balance_after" >= 0),
	CONSTRAINT "points_transactions_reason_ck2" CHECK ("reason" in ('topic', 'module', 'course', 'quiz', 'streak', 'streak_freeze', 'streak_repair', 'badge', 'duel', 'milestone', 'manual', 'reversal')),
	CONSTRAINT "points_transactions_entity_type_ck3" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "points_transactions_row_ck4" CHECK (amount > 0 or reason in ('reversal', 'manual', 'duel', 'streak_freeze', 'streak_repair'))
);
--> statement-breakpoint
CREATE TABLE "gamification"."leaderboards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"scope" text DEFAULT 'global' NOT NULL,
	"scope_ref" text,
	"course_id" uuid,
	"study_group_id" uuid,
	"period" text DEFAULT 'weekly' NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leaderboards_scope_scope_ref_course_id_study_group_id_perio_key" UNIQUE NULLS NOT DISTINCT("scope","scope_ref","course_id","study_group_id","period","starts_on"),
	CONSTRAINT "leaderboards_scope_ck0" CHECK ("scope" in ('global', 'region', 'course', 'group')),
	CONSTRAINT "leaderboards_period_ck1" CHECK ("period" in ('daily', 'weekly', 'monthly', 'all_time')),
	CONSTRAINT "leaderboards_row_ck2" CHECK (ends_on >= starts_on)
);
--> statement-breakpoint
CREATE TABLE "gamification"."leaderboard_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"leaderboard_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"score" bigint DEFAULT 0 NOT NULL,
	"rank" integer,
	"previous_rank" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leaderboard_entries_leaderboard_id_user_id_key" UNIQUE("leaderboard_id","user_id"),
	CONSTRAINT "leaderboard_entries_score_ck0" CHECK ("score" >= 0),
	CONSTRAINT "leaderboard_entries_rank_ck1" CHECK ("rank" >= 1),
	CONSTRAINT "leaderboard_entries_previous_rank_ck2" CHECK ("previous_rank" >= 1)
);
--> statement-breakpoint
CREATE TABLE "gamification"."duels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenger_id" uuid NOT NULL,
	"quiz_id" uuid,
	"skill_id" uuid,
	"status" text DEFAULT 'pending' NOT NULL,
	"stake_points" integer DEFAULT 0 NOT NULL,
	"starts_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"winner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duels_status_ck0" CHECK ("status" in ('pending', 'active', 'completed', 'declined', 'expired')),
	CONSTRAINT "duels_stake_points_ck1" CHECK ("stake_points" >= 0),
	CONSTRAINT "duels_row_ck2" CHECK (winner_id is null or status = 'completed')
);
--> statement-breakpoint
CREATE TABLE "gamification"."duel_participants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"duel_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"score" integer DEFAULT 0 NOT NULL,
	"result" text,
	"quiz_attempt_id" uuid,
	"joined_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "duel_participants_duel_id_user_id_key" UNIQUE("duel_id","user_id"),
	CONSTRAINT "duel_participants_score_ck0" CHECK ("score" >= 0),
	CONSTRAINT "duel_participants_result_ck1" CHECK ("result" in ('won', 'lost', 'drawn', 'forfeited'))
);
--> statement-breakpoint
ALTER TABLE "gamification"."streak_activities" ADD CONSTRAINT "streak_activities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."streak_events" ADD CONSTRAINT "streak_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."streak_freezes" ADD CONSTRAINT "streak_freezes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."streak_milestones" ADD CONSTRAINT "streak_milestones_badge_id_badges_id_fk" FOREIGN KEY ("badge_id") REFERENCES "gamification"."badges"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "gamification"."streak_milestones_reached" ADD CONSTRAINT "streak_milestones_reached_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."streak_milestones_reached" ADD CONSTRAINT "streak_milestones_reached_streak_milestone_id_streak_milestones" FOREIGN KEY ("streak_milestone_id") REFERENCES "gamification"."streak_milestones"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."user_streaks" ADD CONSTRAINT "user_streaks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."points_transactions" ADD CONSTRAINT "points_transactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."user_badges" ADD CONSTRAINT "user_badges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."user_badges" ADD CONSTRAINT "user_badges_badge_id_badges_id_fk" FOREIGN KEY ("badge_id") REFERENCES "gamification"."badges"("id") ON DELETE restrict;--> statement-breakpoint
ALTER TABLE "gamification"."user_points" ADD CONSTRAINT "user_points_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."duel_participants" ADD CONSTRAINT "duel_participants_duel_id_duels_id_fk" FOREIGN KEY ("duel_id") REFERENCES "gamification"."duels"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."duel_participants" ADD CONSTRAINT "duel_participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."duel_participants" ADD CONSTRAINT "duel_participants_quiz_attempt_id_quiz_attempts_id_fk" FOREIGN KEY ("quiz_attempt_id") REFERENCES "assessment"."quiz_attempts"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "gamification"."duels" ADD CONSTRAINT "duels_challenger_id_users_id_fk" FOREIGN KEY ("challenger_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."duels" ADD CONSTRAINT "duels_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "assessment"."quizzes"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "gamification"."duels" ADD CONSTRAINT "duels_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "gamification"."duels" ADD CONSTRAINT "duels_winner_id_users_id_fk" FOREIGN KEY ("winner_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "gamification"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_leaderboard_id_leaderboards_id_fk" FOREIGN KEY ("leaderboard_id") REFERENCES "gamification"."leaderboards"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "gamification"."leaderboards" ADD CONSTRAINT "leaderboards_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "idx_streak_events_user_id_received_at" ON "gamification"."streak_events" ("user_id","received_at");--> statement-breakpoint
CREATE INDEX "idx_streak_freezes_user_id_status" ON "gamification"."streak_freezes" ("user_id","status");--> statement-breakpoint
CREATE INDEX "idx_streak_milestones_badge_id_fk" ON "gamification"."streak_milestones" ("badge_id");--> statement-breakpoint
CREATE INDEX "idx_streak_milestones_reached_streak_milestone_id_fk" ON "gamification"."streak_milestones_reached" ("streak_milestone_id");--> statement-breakpoint
CREATE INDEX "idx_user_streaks_current_streak" ON "gamification"."user_streaks" ("current_streak" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_badges_name" ON "gamification"."badges" ("name");--> statement-breakpoint
CREATE INDEX "idx_points_transactions_user_id_created_at" ON "gamification"."points_transactions" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_points_transactions_reason" ON "gamification"."points_transactions" ("reason");--> statement-breakpoint
CREATE INDEX "idx_user_badges_earned_at" ON "gamification"."user_badges" ("earned_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_user_badges_badge_id_fk" ON "gamification"."user_badges" ("badge_id");--> statement-breakpoint
CREATE INDEX "idx_user_points_xp_points" ON "gamification"."user_points" ("xp_points" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_duel_participants_user_id" ON "gamification"."duel_participants" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_duel_participants_quiz_attempt_id_fk" ON "gamification"."duel_participants" ("quiz_attempt_id");--> statement-breakpoint
CREATE INDEX "idx_duels_challenger_id_status" ON "gamification"."duels" ("challenger_id","status");--> statement-breakpoint
CREATE INDEX "idx_duels_status_expires_at" ON "gamification"."duels" ("status","expires_at");--> statement-breakpoint
CREATE INDEX "idx_duels_quiz_id_fk" ON "gamification"."duels" ("quiz_id");--> statement-breakpoint
CREATE INDEX "idx_duels_skill_id_fk" ON "gamification"."duels" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_duels_winner_id_fk" ON "gamification"."duels" ("winner_id");--> statement-breakpoint
CREATE INDEX "idx_leaderboard_entries_leaderboard_id_rank" ON "gamification"."leaderboard_entries" ("leaderboard_id","rank");--> statement-breakpoint
CREATE INDEX "idx_leaderboard_entries_leaderboard_id_score" ON "gamification"."leaderboard_entries" ("leaderboard_id","score" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_leaderboard_entries_user_id_fk" ON "gamification"."leaderboard_entries" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_leaderboards_is_active_period" ON "gamification"."leaderboards" ("is_active","period");--> statement-breakpoint
CREATE INDEX "idx_leaderboards_course_id_fk" ON "gamification"."leaderboards" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_leaderboards_study_group_id_fk" ON "gamification"."leaderboards" ("study_group_id");
