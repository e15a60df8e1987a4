-- Social: connections, groups, feed, discussions.
-- Breaking: no; adds only.
-- Also closes the references of earlier schemas to this one: gamification.leaderboards.
CREATE TABLE "social"."user_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requester_id" uuid NOT NULL,
	"addressee_id" uuid NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"message" text,
	"responded_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_connections_requester_id_addressee_id_key" UNIQUE("requester_id","addressee_id"),
	CONSTRAINT "user_connections_status_ck0" CHECK ("status" in ('pending', 'accepted', 'declined', 'blocked')),
	CONSTRAINT "user_connections_row_ck1" CHECK (requester_id <> addressee_id)
);
--> statement-breakpoint
CREATE TABLE "social"."study_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"course_id" uuid,
	"facilitator_id" uuid,
	"visibility" text DEFAULT 'public' NOT NULL,
	"max_members" integer,
	"member_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "study_groups_visibility_ck0" CHECK ("visibility" in ('private', 'connections', 'group', 'public')),
	CONSTRAINT "study_groups_max_members_ck1" CHECK ("max_members" >= 1),
	CONSTRAINT "study_groups_member_count_ck2" CHECK ("member_count" >= 0),
	CONSTRAINT "study_groups_row_ck3" CHECK (max_members is null or member_count <= max_members)
);
--> statement-breakpoint
CREATE TABLE "social"."group_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"study_group_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text DEFAULT 'learner' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_study_group_id_user_id_key" UNIQUE("study_group_id","user_id"),
	CONSTRAINT "group_members_role_ck0" CHECK ("role" in ('learner', 'facilitator', 'mentor')),
	CONSTRAINT "group_members_status_ck1" CHECK ("status" in ('active', 'inactive'))
);
--> statement-breakpoint
CREATE TABLE "social"."social_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"verb" text NOT NULL,
	"entity_type" text,
	"entity_id" uuid,
	"study_group_id" uuid,
	"visibility" text DEFAULT 'connections' NOT NULL,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "social_activities_verb_ck0" CHECK ("verb" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "social_activities_entity_type_ck1" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "social_activities_visibility_ck2" CHECK ("visibility" in ('private', 'connections', 'group', 'public'))
);
--> statement-breakpoint
CREATE TABLE "social"."activity_feed" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"social_activity_id" uuid NOT NULL,
	"score" numeric(5, 4) DEFAULT '0' NOT NULL,
	"seen_at" timestamp with time zone,
	"hidden_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_feed_user_id_social_activity_id_key" UNIQUE("user_id","social_activity_id"),
	CONSTRAINT "activity_feed_score_ck0" CHECK ("score" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "social"."social_interactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sender_id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"interaction_type" text NOT NULL,
	"context" text,
	"content" text,
	"discussion_post_id" uuid,
	"read_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "social_interactions_interaction_type_ck0" CHECK ("interaction_type" in ('message', 'comment', 'like', 'peer_review', 'mentorship_request')),
	CONSTRAINT "social_interactions_row_ck1" CHECK (sender_id <> receiver_id or interaction_type = 'comment'),
	CONSTRAINT "social_interactions_row_ck2" CHECK (interaction_type <> 'message' or content is not null)
);
--> statement-breakpoint
CREATE TABLE "social"."discussion_topics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"course_id" uuid,
	"module_id" uuid,
	"study_group_id" uuid,
	"created_by_id" uuid,
	"is_locked" boolean DEFAULT false NOT NULL,
	"post_count" integer DEFAULT 0 NOT NULL,
	"last_post_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discussion_topics_post_count_ck0" CHECK ("post_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "social"."discussion_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"topic_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"parent_post_id" uuid,
	"content" text NOT NULL,
	"likes_count" integer DEFAULT 0 NOT NULL,
	"sentiment" text DEFAULT 'neutral' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discussion_posts_likes_count_ck0" CHECK ("likes_count" >= 0),
	CONSTRAINT "discussion_posts_sentiment_ck1" CHECK ("sentiment" in ('positive', 'neutral', 'negative'))
);
--> statement-breakpoint
ALTER TABLE "gamification"."leaderboards" ADD CONSTRAINT "leaderboards_study_group_id_study_groups_id_fk" FOREIGN KEY ("study_group_id") REFERENCES "social"."study_groups"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."activity_feed" ADD CONSTRAINT "activity_feed_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."activity_feed" ADD CONSTRAINT "activity_feed_social_activity_id_social_activities_id_fk" FOREIGN KEY ("social_activity_id") REFERENCES "social"."social_activities"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."discussion_posts" ADD CONSTRAINT "discussion_posts_topic_id_discussion_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "social"."discussion_topics"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."discussion_posts" ADD CONSTRAINT "discussion_posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."discussion_posts" ADD CONSTRAINT "discussion_posts_parent_post_id_discussion_posts_id_fk" FOREIGN KEY ("parent_post_id") REFERENCES "social"."discussion_posts"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."discussion_topics" ADD CONSTRAINT "discussion_topics_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "social"."discussion_topics" ADD CONSTRAINT "discussion_topics_module_id_modules_id_fk" FOREIGN KEY ("module_id") REFERENCES "catalog"."modules"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "social"."discussion_topics" ADD CONSTRAINT "discussion_topics_study_group_id_study_groups_id_fk" FOREIGN KEY ("study_group_id") REFERENCES "social"."study_groups"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."discussion_topics" ADD CONSTRAINT "discussion_topics_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "social"."group_members" ADD CONSTRAINT "group_members_study_group_id_study_groups_id_fk" FOREIGN KEY ("study_group_id") REFERENCES "social"."study_groups"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."social_activities" ADD CONSTRAINT "social_activities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."social_activities" ADD CONSTRAINT "social_activities_study_group_id_study_groups_id_fk" FOREIGN KEY ("study_group_id") REFERENCES "social"."study_groups"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."social_interactions" ADD CONSTRAINT "social_interactions_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."social_interactions" ADD CONSTRAINT "social_interactions_receiver_id_users_id_fk" FOREIGN KEY ("receiver_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."social_interactions" ADD CONSTRAINT "social_interactions_discussion_post_id_discussion_posts_id_fk" FOREIGN KEY ("discussion_post_id") REFERENCES "social"."discussion_posts"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."study_groups" ADD CONSTRAINT "study_groups_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "social"."study_groups" ADD CONSTRAINT "study_groups_facilitator_id_users_id_fk" FOREIGN KEY ("facilitator_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "social"."user_connections" ADD CONSTRAINT "user_connections_requester_id_users_id_fk" FOREIGN KEY ("requester_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "social"."user_connections" ADD CONSTRAINT "user_connections_addressee_id_users_id_fk" FOREIGN KEY ("addressee_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "idx_activity_feed_user_id_created_at_part" ON "social"."activity_feed" ("user_id","created_at" DESC NULLS FIRST) WHERE hidden_at is null;--> statement-breakpoint
CREATE INDEX "idx_activity_feed_social_activity_id_fk" ON "social"."activity_feed" ("social_activity_id");--> statement-breakpoint
CREATE INDEX "idx_discussion_posts_topic_id_created_at" ON "social"."discussion_posts" ("topic_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_discussion_posts_user_id_created_at" ON "social"."discussion_posts" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_discussion_posts_parent_post_id_fk" ON "social"."discussion_posts" ("parent_post_id");--> statement-breakpoint
CREATE INDEX "idx_discussion_topics_course_id_last_post_at" ON "social"."discussion_topics" ("course_id","last_post_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_discussion_topics_title_trgm" ON "social"."discussion_topics" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_discussion_topics_module_id_fk" ON "social"."discussion_topics" ("module_id");--> statement-breakpoint
CREATE INDEX "idx_discussion_topics_study_group_id_fk" ON "social"."discussion_topics" ("study_group_id");--> statement-breakpoint
CREATE INDEX "idx_discussion_topics_created_by_id_fk" ON "social"."discussion_topics" ("created_by_id");--> statement-breakpoint
CREATE INDEX "idx_group_members_user_id_status" ON "social"."group_members" ("user_id","status");--> statement-breakpoint
CREATE INDEX "idx_social_activities_user_id_created_at" ON "social"."social_activities" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_social_activities_study_group_id_created_at" ON "social"."social_activities" ("study_group_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_social_interactions_sender_id_created_at" ON "social"."social_interactions" ("sender_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_social_interactions_receiver_id_created_at" ON "social"."social_interactions" ("receiver_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_social_interactions_interaction_type" ON "social"."social_interactions" ("interaction_type");--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_social_interactions_discussion_post_id_sender_id" ON "social"."social_interactions" ("discussion_post_id","sender_id") WHERE interaction_type = 'like';--> statement-breakpoint
CREATE INDEX "idx_social_interactions_discussion_post_id_fk" ON "social"."social_interactions" ("discussion_post_id");--> statement-breakpoint
CREATE INDEX "idx_study_groups_course_id" ON "social"."study_groups" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_study_groups_name_trgm" ON "social"."study_groups" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_study_groups_facilitator_id_fk" ON "social"."study_groups" ("facilitator_id");--> statement-breakpoint
CREATE INDEX "idx_user_connections_addressee_id_status" ON "social"."user_connections" ("addressee_id","status");--> statement-breakpoint
CREATE INDEX "idx_user_connections_requester_id_status" ON "social"."user_connections" ("requester_id","status");
