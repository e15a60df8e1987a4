-- Engagement: learning sessions, activity and behaviour events, feedback.
-- Breaking: no; adds only.
-- Partitioned by month, edited by hand: activity_events, behavior_events, emotion_metrics, system_telemetry. The months are made at start and nightly.
-- Also closes the references of earlier schemas to this one: progress.progress_metrics, study.interactions.
CREATE TABLE "engagement"."learning_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"study_material_id" uuid,
	"course_id" uuid,
	"topic_id" uuid,
	"device_id" uuid,
	"session_type" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"total_interactions" integer DEFAULT 0 NOT NULL,
	"completion_percentage" numeric(5, 2) DEFAULT '0' NOT NULL,
	"engagement_score" numeric(5, 2),
	"dropout_risk" numeric(5, 4),
	"session_data" jsonb,
	"configuration" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "learning_sessions_session_type_ck0" CHECK ("session_type" in ('quiz', 'review', 'study', 'course', 'vr')),
	CONSTRAINT "learning_sessions_status_ck1" CHECK ("status" in ('active', 'paused', 'completed', 'abandoned')),
	CONSTRAINT "learning_sessions_total_interactions_ck2" CHECK ("total_interactions" >= 0),
	CONSTRAINT "learning_sessions_completion_percentage_ck3" CHECK ("completion_percentage" between 0 and 100),
	CONSTRAINT "learning_sessions_engagement_score_ck4" CHECK ("engagement_score" between 0 and 100),
	CONSTRAINT "learning_sessions_dropout_risk_ck5" CHECK ("dropout_risk" between 0 and 1),
	CONSTRAINT "learning_sessions_row_ck6" CHECK (ended_at is null or ended_at >= started_at),
	CONSTRAINT "learning_sessions_row_ck7" CHECK (status not in ('completed', 'abandoned') or ended_at is not null)
);
--> statement-breakpoint
CREATE TABLE "engagement"."activity_events" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"course_id" uuid,
	"module_id" uuid,
	"learning_session_id" uuid,
	"activity_type" text,
	"action_name" text,
	"module_name" text,
	"duration_seconds" integer DEFAULT 0 NOT NULL,
	"score" numeric(5, 2),
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"device_type" text,
	"user_agent" text,
	"ip_address" inet,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_events_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "activity_events_activity_type_ck0" CHECK ("activity_type" in ('view', 'quiz', 'assignment', 'forum', 'video', 'vr', 'login', 'logout')),
	CONSTRAINT "activity_events_action_name_ck1" CHECK ("action_name" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "activity_events_duration_seconds_ck2" CHECK ("duration_seconds" >= 0),
	CONSTRAINT "activity_events_score_ck3" CHECK ("score" between 0 and 100),
	CONSTRAINT "activity_events_row_ck4" CHECK (activity_type is not null or action_name is not null)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "engagement"."activity_events_default" PARTITION OF "engagement"."activity_events" DEFAULT;--> statement-breakpoint
CREATE TABLE "engagement"."behavior_events" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_session_id" uuid,
	"event_type" text NOT NULL,
	"sequence" integer,
	"payload" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "behavior_events_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "behavior_events_event_type_ck0" CHECK ("event_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "behavior_events_sequence_ck1" CHECK ("sequence" >= 0)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "engagement"."behavior_events_default" PARTITION OF "engagement"."behavior_events" DEFAULT;--> statement-breakpoint
CREATE TABLE "engagement"."daily_logins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"login_date" date NOT NULL,
	"login_count" integer DEFAULT 1 NOT NULL,
	"first_login_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_login_at" timestamp with time zone DEFAULT now() NOT NULL,
	"device_type" text,
	"ip_address" inet,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "daily_logins_user_id_login_date_key" UNIQUE("user_id","login_date"),
	CONSTRAINT "daily_logins_login_count_ck0" CHECK ("login_count" >= 1)
);
--> statement-breakpoint
CREATE TABLE "engagement"."attention_spans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_session_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"duration_seconds" integer NOT NULL,
	"interruptions" integer DEFAULT 0 NOT NULL,
	"attention_score" numeric(5, 2),
	"content_format" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attention_spans_duration_seconds_ck0" CHECK ("duration_seconds" >= 0),
	CONSTRAINT "attention_spans_interruptions_ck1" CHECK ("interruptions" >= 0),
	CONSTRAINT "attention_spans_attention_score_ck2" CHECK ("attention_score" between 0 and 100),
	CONSTRAINT "attention_spans_content_format_ck3" CHECK ("content_format" in ('video', 'text', 'audio', 'interactive', 'quiz', 'vr'))
);
--> statement-breakpoint
CREATE TABLE "engagement"."focus_metrics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"metric_date" date NOT NULL,
	"focus_seconds" integer DEFAULT 0 NOT NULL,
	"idle_seconds" integer DEFAULT 0 NOT NULL,
	"distraction_count" integer DEFAULT 0 NOT NULL,
	"longest_span_seconds" integer DEFAULT 0 NOT NULL,
	"average_span_seconds" integer DEFAULT 0 NOT NULL,
	"focus_score" numeric(5, 2),
	"best_day_part" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "focus_metrics_user_id_metric_date_key" UNIQUE("user_id","metric_date"),
	CONSTRAINT "focus_metrics_focus_seconds_ck0" CHECK ("focus_seconds" >= 0),
	CONSTRAINT "focus_metrics_idle_seconds_ck1" CHECK ("idle_seconds" >= 0),
	CONSTRAINT "focus_metrics_distraction_count_ck2" CHECK ("distraction_count" >= 0),
	CONSTRAINT "focus_metrics_longest_span_seconds_ck3" CHECK ("longest_span_seconds" >= 0),
	CONSTRAINT "focus_metrics_average_span_seconds_ck4" CHECK ("average_span_seconds" >= 0),
	CONSTRAINT "focus_metrics_focus_score_ck5" CHECK ("focus_score" between 0 and 100),
	CONSTRAINT "focus_metrics_best_day_part_ck6" CHECK ("best_day_part" in ('morning', 'afternoon', 'evening', 'night'))
);
--> statement-breakpoint
CREATE TABLE "engagement"."engagement_profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"avg_session_seconds" integer DEFAULT 0 NOT NULL,
	"avg_quiz_accuracy" numeric(5, 2) DEFAULT '0' NOT NULL,
	"total_time_seconds" bigint DEFAULT 0 NOT NULL,
	"courses_completed" integer DEFAULT 0 NOT NULL,
	"discussion_posts" integer DEFAULT 0 NOT NULL,
	"peer_likes" integer DEFAULT 0 NOT NULL,
	"engagement_score" numeric(5, 2) DEFAULT '0' NOT NULL,
	"dropout_risk" numeric(5, 4),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "engagement_profiles_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "engagement_profiles_avg_session_seconds_ck0" CHECK ("avg_session_seconds" >= 0),
	CONSTRAINT "engagement_profiles_avg_quiz_accuracy_ck1" CHECK ("avg_quiz_accuracy" between 0 and 100),
	CONSTRAINT "engagement_profiles_total_time_seconds_ck2" CHECK ("total_time_seconds" >= 0),
	CONSTRAINT "engagement_profiles_courses_completed_ck3" CHECK ("courses_completed" >= 0),
	CONSTRAINT "engagement_profiles_discussion_posts_ck4" CHECK ("discussion_posts" >= 0),
	CONSTRAINT "engagement_profiles_peer_likes_ck5" CHECK ("peer_likes" >= 0),
	CONSTRAINT "engagement_profiles_engagement_score_ck6" CHECK ("engagement_score" between 0 and 100),
	CONSTRAINT "engagement_profiles_dropout_risk_ck7" CHECK ("dropout_risk" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "engagement"."emotion_metrics" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_session_id" uuid,
	"session_ref" text,
	"emotion_label" text DEFAULT 'focused' NOT NULL,
	"confidence" numeric(5, 4) DEFAULT '0.90' NOT NULL,
	"detected_by" text DEFAULT 'self_report' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "emotion_metrics_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "emotion_metrics_emotion_label_ck0" CHECK ("emotion_label" in ('focused', 'bored', 'confused', 'engaged', 'frustrated', 'happy')),
	CONSTRAINT "emotion_metrics_confidence_ck1" CHECK ("confidence" between 0 and 1),
	CONSTRAINT "emotion_metrics_detected_by_ck2" CHECK ("detected_by" in ('camera_ai', 'voice_ai', 'text_sentiment', 'self_report'))
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "engagement"."emotion_metrics_default" PARTITION OF "engagement"."emotion_metrics" DEFAULT;--> statement-breakpoint
CREATE TABLE "engagement"."metaverse_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_session_id" uuid,
	"session_ref" text,
	"environment" text,
	"activity_summary" text,
	"duration_seconds" integer DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "metaverse_sessions_duration_seconds_ck0" CHECK ("duration_seconds" >= 0)
);
--> statement-breakpoint
CREATE TABLE "engagement"."system_telemetry" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"device_id" uuid,
	"device_info" text,
	"browser_info" text,
	"os_info" text,
	"network_speed_mbps" numeric(8, 2),
	"latency_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "system_telemetry_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "system_telemetry_network_speed_mbps_ck0" CHECK ("network_speed_mbps" >= 0),
	CONSTRAINT "system_telemetry_latency_ms_ck1" CHECK ("latency_ms" >= 0)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "engagement"."system_telemetry_default" PARTITION OF "engagement"."system_telemetry" DEFAULT;--> statement-breakpoint
CREATE TABLE "engagement"."user_feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"feedback_type" text NOT NULL,
	"subject_type" text DEFAULT 'course' NOT NULL,
	"generated_asset_id" uuid,
	"interaction_id" uuid,
	"interaction_at" timestamp with time zone,
	"course_id" uuid,
	"rating" smallint,
	"comment" text,
	"sentiment" text DEFAULT 'neutral' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_feedback_feedback_type_ck0" CHECK ("feedback_type" in ('rating', 'comment', 'report')),
	CONSTRAINT "user_feedback_subject_type_ck1" CHECK ("subject_type" in ('asset', 'interaction', 'course', 'instructor', 'platform', 'feature')),
	CONSTRAINT "user_feedback_rating_ck2" CHECK ("rating" between 1 and 5),
	CONSTRAINT "user_feedback_sentiment_ck3" CHECK ("sentiment" in ('positive', 'neutral', 'negative')),
	CONSTRAINT "user_feedback_status_ck4" CHECK ("status" in ('active', 'hidden', 'resolved')),
	CONSTRAINT "user_feedback_row_ck5" CHECK (feedback_type <> 'rating' or rating is not null),
	CONSTRAINT "user_feedback_row_ck6" CHECK (interaction_id is null or interaction_at is not null)
);
--> statement-breakpoint
ALTER TABLE "progress"."progress_metrics" ADD CONSTRAINT "progress_metrics_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "study"."interactions" ADD CONSTRAINT "interactions_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."attention_spans" ADD CONSTRAINT "attention_spans_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."attention_spans" ADD CONSTRAINT "attention_spans_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."focus_metrics" ADD CONSTRAINT "focus_metrics_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" ADD CONSTRAINT "learning_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" ADD CONSTRAINT "learning_sessions_study_material_id_study_materials_id_fk" FOREIGN KEY ("study_material_id") REFERENCES "study"."study_materials"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" ADD CONSTRAINT "learning_sessions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" ADD CONSTRAINT "learning_sessions_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "catalog"."topics"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."metaverse_sessions" ADD CONSTRAINT "metaverse_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."metaverse_sessions" ADD CONSTRAINT "metaverse_sessions_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."activity_events" ADD CONSTRAINT "activity_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."activity_events" ADD CONSTRAINT "activity_events_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."activity_events" ADD CONSTRAINT "activity_events_module_id_modules_id_fk" FOREIGN KEY ("module_id") REFERENCES "catalog"."modules"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."activity_events" ADD CONSTRAINT "activity_events_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."behavior_events" ADD CONSTRAINT "behavior_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."behavior_events" ADD CONSTRAINT "behavior_events_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."emotion_metrics" ADD CONSTRAINT "emotion_metrics_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."emotion_metrics" ADD CONSTRAINT "emotion_metrics_learning_session_id_learning_sessions_id_fk" FOREIGN KEY ("learning_session_id") REFERENCES "engagement"."learning_sessions"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."system_telemetry" ADD CONSTRAINT "system_telemetry_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."daily_logins" ADD CONSTRAINT "daily_logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."engagement_profiles" ADD CONSTRAINT "engagement_profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."user_feedback" ADD CONSTRAINT "user_feedback_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "engagement"."user_feedback" ADD CONSTRAINT "user_feedback_generated_asset_id_generated_assets_id_fk" FOREIGN KEY ("generated_asset_id") REFERENCES "study"."generated_assets"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."user_feedback" ADD CONSTRAINT "user_feedback_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_attention_spans_user_id_started_at" ON "engagement"."attention_spans" ("user_id","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_attention_spans_learning_session_id_fk" ON "engagement"."attention_spans" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_user_id_started_at" ON "engagement"."learning_sessions" ("user_id","started_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_study_material_id" ON "engagement"."learning_sessions" ("study_material_id");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_course_id" ON "engagement"."learning_sessions" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_started_at" ON "engagement"."learning_sessions" ("started_at");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_status" ON "engagement"."learning_sessions" ("status");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_session_type" ON "engagement"."learning_sessions" ("session_type");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_completion_percentage" ON "engagement"."learning_sessions" ("completion_percentage");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_user_id_part" ON "engagement"."learning_sessions" ("user_id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_topic_id_fk" ON "engagement"."learning_sessions" ("topic_id");--> statement-breakpoint
CREATE INDEX "idx_learning_sessions_device_id_fk" ON "engagement"."learning_sessions" ("device_id");--> statement-breakpoint
CREATE INDEX "idx_metaverse_sessions_user_id_recorded_at" ON "engagement"."metaverse_sessions" ("user_id","recorded_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_metaverse_sessions_learning_session_id_fk" ON "engagement"."metaverse_sessions" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_activity_events_user_id_created_at" ON "engagement"."activity_events" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_activity_events_action_name" ON "engagement"."activity_events" ("action_name");--> statement-breakpoint
CREATE INDEX "idx_activity_events_activity_type" ON "engagement"."activity_events" ("activity_type");--> statement-breakpoint
CREATE INDEX "idx_activity_events_created_at_brin" ON "engagement"."activity_events" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "idx_activity_events_course_id_fk" ON "engagement"."activity_events" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_activity_events_module_id_fk" ON "engagement"."activity_events" ("module_id");--> statement-breakpoint
CREATE INDEX "idx_activity_events_learning_session_id_fk" ON "engagement"."activity_events" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_behavior_events_learning_session_id_sequence" ON "engagement"."behavior_events" ("learning_session_id","sequence");--> statement-breakpoint
CREATE INDEX "idx_behavior_events_user_id_created_at" ON "engagement"."behavior_events" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_behavior_events_event_type" ON "engagement"."behavior_events" ("event_type");--> statement-breakpoint
CREATE INDEX "idx_behavior_events_created_at_brin" ON "engagement"."behavior_events" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "idx_emotion_metrics_user_id_created_at" ON "engagement"."emotion_metrics" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_emotion_metrics_learning_session_id" ON "engagement"."emotion_metrics" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_system_telemetry_user_id_created_at" ON "engagement"."system_telemetry" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_system_telemetry_created_at_brin" ON "engagement"."system_telemetry" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "idx_system_telemetry_device_id_fk" ON "engagement"."system_telemetry" ("device_id");--> statement-breakpoint
CREATE INDEX "idx_daily_logins_login_date" ON "engagement"."daily_logins" ("login_date");--> statement-breakpoint
CREATE INDEX "idx_engagement_profiles_engagement_score" ON "engagement"."engagement_profiles" ("engagement_score");--> statement-breakpoint
CREATE INDEX "idx_engagement_profiles_dropout_risk" ON "engagement"."engagement_profiles" ("dropout_risk");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_user_id" ON "engagement"."user_feedback" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_generated_asset_id" ON "engagement"."user_feedback" ("generated_asset_id");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_interaction_id" ON "engagement"."user_feedback" ("interaction_id");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_feedback_type" ON "engagement"."user_feedback" ("feedback_type");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_rating" ON "engagement"."user_feedback" ("rating");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_created_at" ON "engagement"."user_feedback" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_user_feedback_course_id_rating" ON "engagement"."user_feedback" ("course_id","rating");
