-- Progress: enrolments, career paths under way, mastery and progress.
-- Breaking: no; adds only.
-- Partitioned by month, edited by hand: progress_metrics. The months are made at start and nightly.
CREATE TABLE "progress"."learner_career_paths" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"career_path_id" uuid NOT NULL,
	"job_role_id" uuid,
	"match_score" numeric(5, 2),
	"status" text DEFAULT 'active' NOT NULL,
	"started_at" timestamp with time zone,
	"target_completion_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "learner_career_paths_match_score_ck0" CHECK ("match_score" between 0 and 100),
	CONSTRAINT "learner_career_paths_status_ck1" CHECK ("status" in ('active', 'completed', 'paused')),
	CONSTRAINT "learner_career_paths_row_ck2" CHECK ((status = 'completed') = (completed_at is not null))
);
--> statement-breakpoint
CREATE TABLE "progress"."enrollments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"status" text DEFAULT 'enrolled' NOT NULL,
	"source" text DEFAULT 'manual' NOT NULL,
	"learner_career_path_id" uuid,
	"course_version" integer DEFAULT 1 NOT NULL,
	"progress_percent" smallint DEFAULT 0 NOT NULL,
	"enrolled_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "enrollments_status_ck0" CHECK ("status" in ('enrolled', 'in_progress', 'completed', 'dropped')),
	CONSTRAINT "enrollments_source_ck1" CHECK ("source" in ('recommendation', 'manual', 'career_path')),
	CONSTRAINT "enrollments_course_version_ck2" CHECK ("course_version" >= 1),
	CONSTRAINT "enrollments_progress_percent_ck3" CHECK ("progress_percent" between 0 and 100),
	CONSTRAINT "enrollments_row_ck4" CHECK (status <> 'completed' or completed_at is not null)
);
--> statement-breakpoint
CREATE TABLE "progress"."milestone_completions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"path_milestone_id" uuid NOT NULL,
	"learner_career_path_id" uuid NOT NULL,
	"status" text DEFAULT 'upcoming' NOT NULL,
	"progress_percent" smallint DEFAULT 0 NOT NULL,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "milestone_completions_user_id_path_milestone_id_learner_car_key" UNIQUE("user_id","path_milestone_id","learner_career_path_id"),
	CONSTRAINT "milestone_completions_status_ck0" CHECK ("status" in ('upcoming', 'in_progress', 'completed')),
	CONSTRAINT "milestone_completions_progress_percent_ck1" CHECK ("progress_percent" between 0 and 100),
	CONSTRAINT "milestone_completions_row_ck2" CHECK ((status = 'completed') = (completed_at is not null))
);
--> statement-breakpoint
CREATE TABLE "progress"."skill_mastery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"level" smallint DEFAULT 0 NOT NULL,
	"source" text DEFAULT 'inferred' NOT NULL,
	"last_updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "skill_mastery_user_id_skill_id_key" UNIQUE("user_id","skill_id"),
	CONSTRAINT "skill_mastery_level_ck0" CHECK ("level" between 0 and 100),
	CONSTRAINT "skill_mastery_source_ck1" CHECK ("source" in ('onboarding', 'inferred', 'assessment', 'course', 'peer_review', 'manual')),
	CONSTRAINT "skill_mastery_source_ck2" CHECK ("source" in ('inferred', 'assessment', 'course'))
);
--> statement-breakpoint
CREATE TABLE "progress"."content_progress" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"course_id" uuid NOT NULL,
	"module_id" uuid,
	"topic_id" uuid,
	"status" text DEFAULT 'not_started' NOT NULL,
	"progress_percent" smallint DEFAULT 0 NOT NULL,
	"last_accessed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "content_progress_user_id_course_id_module_id_topic_id_key" UNIQUE NULLS NOT DISTINCT("user_id","course_id","module_id","topic_id"),
	CONSTRAINT "content_progress_status_ck0" CHECK ("status" in ('not_started', 'in_progress', 'completed')),
	CONSTRAINT "content_progress_progress_percent_ck1" CHECK ("progress_percent" between 0 and 100),
	CONSTRAINT "content_progress_row_ck2" CHECK (topic_id is null or module_id is not null)
);
--> statement-breakpoint
CREATE TABLE "progress"."progress_metrics" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_session_id" uuid,
	"metric_type" text NOT NULL,
	"metric_value" double precision NOT NULL,
	"metric_data" jsonb,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"time_period" text,
	"subject_area" text,
	"aggregation_type" text,
	CONSTRAINT "progress_metrics_pkey" PRIMARY KEY("id","recorded_at"),
	CONSTRAINT "progress_metrics_metric_type_ck0" CHECK ("metric_type" in ('accuracy', 'speed', 'retention', 'completion', 'engagement', 'time_spent')),
	CONSTRAINT "progress_metrics_metric_value_ck1" CHECK ("metric_value" >= 0),
	CONSTRAINT "progress_metrics_time_period_ck2" CHECK ("time_period" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "progress_metrics_aggregation_type_ck3" CHECK ("aggregation_type" in ('sum', 'avg', 'min', 'max', 'count', 'last')),
	CONSTRAINT "progress_metrics_row_ck4" CHECK (metric_type in ('speed', 'time_spent') or metric_value <= 100)
) PARTITION BY RANGE ("recorded_at");
--> statement-breakpoint
CREATE TABLE "progress"."progress_metrics_default" PARTITION OF "progress"."progress_metrics" DEFAULT;--> statement-breakpoint
ALTER TABLE "progress"."content_progress" ADD CONSTRAINT "content_progress_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."content_progress" ADD CONSTRAINT "content_progress_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."content_progress" ADD CONSTRAINT "content_progress_module_id_modules_id_fk" FOREIGN KEY ("module_id") REFERENCES "catalog"."modules"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."content_progress" ADD CONSTRAINT "content_progress_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "catalog"."topics"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."enrollments" ADD CONSTRAINT "enrollments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."enrollments" ADD CONSTRAINT "enrollments_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE restrict;--> statement-breakpoint
ALTER TABLE "progress"."enrollments" ADD CONSTRAINT "enrollments_learner_career_path_id_learner_career_paths_id_fk" FOREIGN KEY ("learner_career_path_id") REFERENCES "progress"."learner_career_paths"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "progress"."learner_career_paths" ADD CONSTRAINT "learner_career_paths_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."learner_career_paths" ADD CONSTRAINT "learner_career_paths_career_path_id_career_paths_id_fk" FOREIGN KEY ("career_path_id") REFERENCES "pathways"."career_paths"("id") ON DELETE restrict;--> statement-breakpoint
ALTER TABLE "progress"."learner_career_paths" ADD CONSTRAINT "learner_career_paths_job_role_id_job_roles_id_fk" FOREIGN KEY ("job_role_id") REFERENCES "pathways"."job_roles"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "progress"."milestone_completions" ADD CONSTRAINT "milestone_completions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."milestone_completions" ADD CONSTRAINT "milestone_completions_path_milestone_id_path_milestones_id_fk" FOREIGN KEY ("path_milestone_id") REFERENCES "pathways"."path_milestones"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."milestone_completions" ADD CONSTRAINT "milestone_completions_learner_career_path_id_learner_career_pat" FOREIGN KEY ("learner_career_path_id") REFERENCES "progress"."learner_career_paths"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."progress_metrics" ADD CONSTRAINT "progress_metrics_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."skill_mastery" ADD CONSTRAINT "skill_mastery_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "progress"."skill_mastery" ADD CONSTRAINT "skill_mastery_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "idx_content_progress_course_id_status" ON "progress"."content_progress" ("course_id","status");--> statement-breakpoint
CREATE INDEX "idx_content_progress_status" ON "progress"."content_progress" ("status");--> statement-breakpoint
CREATE INDEX "idx_content_progress_user_id_last_accessed_at" ON "progress"."content_progress" ("user_id","last_accessed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_content_progress_module_id_fk" ON "progress"."content_progress" ("module_id");--> statement-breakpoint
CREATE INDEX "idx_content_progress_topic_id_fk" ON "progress"."content_progress" ("topic_id");--> statement-breakpoint
CREATE INDEX "idx_enrollments_user_id_status" ON "progress"."enrollments" ("user_id","status");--> statement-breakpoint
CREATE INDEX "idx_enrollments_course_id_status" ON "progress"."enrollments" ("course_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_enrollments_user_id_course_id" ON "progress"."enrollments" ("user_id","course_id") WHERE status <> 'dropped';--> statement-breakpoint
CREATE INDEX "idx_enrollments_enrolled_at" ON "progress"."enrollments" ("enrolled_at");--> statement-breakpoint
CREATE INDEX "idx_enrollments_learner_career_path_id_fk" ON "progress"."enrollments" ("learner_career_path_id");--> statement-breakpoint
CREATE INDEX "idx_learner_career_paths_user_id_status" ON "progress"."learner_career_paths" ("user_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_learner_career_paths_user_id_career_path_id" ON "progress"."learner_career_paths" ("user_id","career_path_id") WHERE status <> 'completed';--> statement-breakpoint
CREATE INDEX "idx_learner_career_paths_career_path_id_fk" ON "progress"."learner_career_paths" ("career_path_id");--> statement-breakpoint
CREATE INDEX "idx_learner_career_paths_job_role_id_fk" ON "progress"."learner_career_paths" ("job_role_id");--> statement-breakpoint
CREATE INDEX "idx_milestone_completions_user_id_learner_career_path_id" ON "progress"."milestone_completions" ("user_id","learner_career_path_id");--> statement-breakpoint
CREATE INDEX "idx_milestone_completions_path_milestone_id_fk" ON "progress"."milestone_completions" ("path_milestone_id");--> statement-breakpoint
CREATE INDEX "idx_milestone_completions_learner_career_path_id_fk" ON "progress"."milestone_completions" ("learner_career_path_id");--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_user_id_metric_type_recorded_at" ON "progress"."progress_metrics" ("user_id","metric_type","recorded_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_learning_session_id" ON "progress"."progress_metrics" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_metric_type" ON "progress"."progress_metrics" ("metric_type");--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_recorded_at" ON "progress"."progress_metrics" ("recorded_at");--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_time_period" ON "progress"."progress_metrics" ("time_period");--> statement-breakpoint
CREATE INDEX "idx_progress_metrics_subject_area" ON "progress"."progress_metrics" ("subject_area");--> statement-breakpoint
CREATE INDEX "idx_skill_mastery_skill_id_level" ON "progress"."skill_mastery" ("skill_id","level");
