-- Intelligence: recommendations, features, embeddings, rollups, reports.
-- Breaking: no; adds only.
-- Partitioned by month, edited by hand: recommendation_log. The months are made at start and nightly.
CREATE TABLE "intelligence"."recommendations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"recommendation_type" text NOT NULL,
	"reference_id" text,
	"entity_type" text,
	"entity_id" uuid,
	"career_outlook_id" uuid,
	"reason" text,
	"confidence_score" numeric(5, 4) DEFAULT '0.85' NOT NULL,
	"match_score" numeric(5, 2),
	"rank" integer,
	"action_status" text DEFAULT 'pending' NOT NULL,
	"acted_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"model_version" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recommendations_recommendation_type_ck0" CHECK ("recommendation_type" in ('course', 'skill', 'career', 'mentor', 'content')),
	CONSTRAINT "recommendations_entity_type_ck1" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "recommendations_confidence_score_ck2" CHECK ("confidence_score" between 0 and 1),
	CONSTRAINT "recommendations_match_score_ck3" CHECK ("match_score" between 0 and 100),
	CONSTRAINT "recommendations_rank_ck4" CHECK ("rank" >= 1),
	CONSTRAINT "recommendations_action_status_ck5" CHECK ("action_status" in ('pending', 'clicked', 'ignored', 'completed')),
	CONSTRAINT "recommendations_row_ck6" CHECK (entity_id is null or entity_type is not null),
	CONSTRAINT "recommendations_row_ck7" CHECK (action_status = 'pending' or acted_at is not null)
);
--> statement-breakpoint
CREATE TABLE "intelligence"."recommendation_log" (
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"recommendation_id" uuid,
	"recommendation_type" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid,
	"entity_key" text,
	"rank" integer,
	"match_score" numeric(5, 2),
	"clicked" boolean DEFAULT false NOT NULL,
	"clicked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recommendation_log_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "recommendation_log_recommendation_type_ck0" CHECK ("recommendation_type" in ('course', 'skill', 'career', 'mentor', 'content')),
	CONSTRAINT "recommendation_log_entity_type_ck1" CHECK ("entity_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "recommendation_log_rank_ck2" CHECK ("rank" >= 1),
	CONSTRAINT "recommendation_log_match_score_ck3" CHECK ("match_score" between 0 and 100),
	CONSTRAINT "recommendation_log_row_ck4" CHECK (entity_id is not null or entity_key is not null)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "intelligence"."recommendation_log_default" PARTITION OF "intelligence"."recommendation_log" DEFAULT;--> statement-breakpoint
CREATE TABLE "intelligence"."labour_market_snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"skill_id" uuid NOT NULL,
	"region" text NOT NULL,
	"demand_score" numeric(5, 2),
	"salary_trend" text,
	"snapshot_date" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labour_market_snapshots_skill_id_region_snapshot_date_key" UNIQUE("skill_id","region","snapshot_date"),
	CONSTRAINT "labour_market_snapshots_demand_score_ck0" CHECK ("demand_score" between 0 and 100),
	CONSTRAINT "labour_market_snapshots_salary_trend_ck1" CHECK ("salary_trend" in ('rising', 'stable', 'falling'))
);
--> statement-breakpoint
CREATE TABLE "intelligence"."learner_features" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"engagement_vector" jsonb,
	"skill_vector" jsonb,
	"recommendation_vector" jsonb,
	"career_prediction" jsonb,
	"risk_prediction" jsonb,
	"model_version" text,
	"last_model_update_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "learner_features_user_id_key" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "intelligence"."feature_definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"entity" text NOT NULL,
	"value_kind" text NOT NULL,
	"description" text,
	"version" integer DEFAULT 1 NOT NULL,
	"source_query" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_definitions_name_key" UNIQUE("name"),
	CONSTRAINT "feature_definitions_entity_ck0" CHECK ("entity" in ('user', 'course', 'skill', 'session')),
	CONSTRAINT "feature_definitions_value_kind_ck1" CHECK ("value_kind" in ('number', 'text', 'vector', 'json')),
	CONSTRAINT "feature_definitions_version_ck2" CHECK ("version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "intelligence"."feature_values" (
	"id" uuid PRIMARY KEY NOT NULL,
	"feature_id" uuid NOT NULL,
	"entity_id" uuid NOT NULL,
	"number_value" double precision,
	"json_value" jsonb,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_values_feature_id_entity_id_computed_at_key" UNIQUE("feature_id","entity_id","computed_at"),
	CONSTRAINT "feature_values_row_ck0" CHECK (number_value is not null or json_value is not null)
);
--> statement-breakpoint
CREATE TABLE "intelligence"."embeddings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chunk_id" text NOT NULL,
	"course_id" uuid,
	"content_chunk_id" uuid,
	"topic_id" uuid,
	"content" text NOT NULL,
	"embedding" real[],
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "embeddings_chunk_id_key" UNIQUE("chunk_id"),
	CONSTRAINT "embeddings_embedding_ck0" CHECK (cardinality(embedding) = 1536),
	CONSTRAINT "embeddings_row_ck1" CHECK (course_id is not null or content_chunk_id is not null)
);
--> statement-breakpoint
CREATE TABLE "intelligence"."metric_rollups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid,
	"user_id" uuid,
	"metric_key" text NOT NULL,
	"period" text NOT NULL,
	"bucket_start" date NOT NULL,
	"value" double precision NOT NULL,
	"sample_count" bigint DEFAULT 0 NOT NULL,
	"detail" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "metric_rollups_subject_type_subject_id_metric_key_period_bu_key" UNIQUE NULLS NOT DISTINCT("subject_type","subject_id","metric_key","period","bucket_start"),
	CONSTRAINT "metric_rollups_subject_type_ck0" CHECK ("subject_type" in ('user', 'course', 'group', 'platform')),
	CONSTRAINT "metric_rollups_metric_key_ck1" CHECK ("metric_key" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "metric_rollups_period_ck2" CHECK ("period" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "metric_rollups_sample_count_ck3" CHECK ("sample_count" >= 0),
	CONSTRAINT "metric_rollups_row_ck4" CHECK ((subject_type = 'platform') = (subject_id is null)),
	CONSTRAINT "metric_rollups_row_ck5" CHECK ((subject_type = 'user') = (user_id is not null))
);
--> statement-breakpoint
CREATE TABLE "intelligence"."report_definitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"parameters_schema" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"query_key" text NOT NULL,
	"default_format" text DEFAULT 'json' NOT NULL,
	"schedule_cron" text,
	"audience" text DEFAULT 'admin' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_definitions_code_key" UNIQUE("code"),
	CONSTRAINT "report_definitions_default_format_ck0" CHECK ("default_format" in ('json', 'csv', 'pdf')),
	CONSTRAINT "report_definitions_audience_ck1" CHECK ("audience" in ('student', 'teacher', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "intelligence"."report_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_definition_id" uuid NOT NULL,
	"requested_by_id" uuid,
	"job_id" uuid,
	"parameters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"format" text DEFAULT 'json' NOT NULL,
	"result" jsonb,
	"file_url" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "report_runs_status_ck0" CHECK ("status" in ('pending', 'running', 'completed', 'failed')),
	CONSTRAINT "report_runs_format_ck1" CHECK ("format" in ('json', 'csv', 'pdf'))
);
--> statement-breakpoint
ALTER TABLE "intelligence"."labour_market_snapshots" ADD CONSTRAINT "labour_market_snapshots_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."recommendation_log" ADD CONSTRAINT "recommendation_log_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."recommendation_log" ADD CONSTRAINT "recommendation_log_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "intelligence"."recommendations"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "intelligence"."recommendations" ADD CONSTRAINT "recommendations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."recommendations" ADD CONSTRAINT "recommendations_career_outlook_id_career_outlooks_id_fk" FOREIGN KEY ("career_outlook_id") REFERENCES "pathways"."career_outlooks"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "intelligence"."embeddings" ADD CONSTRAINT "embeddings_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."embeddings" ADD CONSTRAINT "embeddings_content_chunk_id_content_chunks_id_fk" FOREIGN KEY ("content_chunk_id") REFERENCES "study"."content_chunks"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."embeddings" ADD CONSTRAINT "embeddings_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "catalog"."topics"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."feature_values" ADD CONSTRAINT "feature_values_feature_id_feature_definitions_id_fk" FOREIGN KEY ("feature_id") REFERENCES "intelligence"."feature_definitions"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."learner_features" ADD CONSTRAINT "learner_features_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."metric_rollups" ADD CONSTRAINT "metric_rollups_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."report_definitions" ADD CONSTRAINT "report_definitions_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "intelligence"."report_runs" ADD CONSTRAINT "report_runs_report_definition_id_report_definitions_id_fk" FOREIGN KEY ("report_definition_id") REFERENCES "intelligence"."report_definitions"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "intelligence"."report_runs" ADD CONSTRAINT "report_runs_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "intelligence"."report_runs" ADD CONSTRAINT "report_runs_job_id_job_queue_id_fk" FOREIGN KEY ("job_id") REFERENCES "ops"."job_queue"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_labour_market_snapshots_region_snapshot_date" ON "intelligence"."labour_market_snapshots" ("region","snapshot_date" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_recommendation_log_user_id_created_at" ON "intelligence"."recommendation_log" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_recommendation_log_recommendation_id" ON "intelligence"."recommendation_log" ("recommendation_id");--> statement-breakpoint
CREATE INDEX "idx_recommendation_log_recommendation_type_clicked" ON "intelligence"."recommendation_log" ("recommendation_type","clicked");--> statement-breakpoint
CREATE INDEX "idx_recommendation_log_created_at_brin" ON "intelligence"."recommendation_log" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "idx_recommendations_user_id_action_status_created_at" ON "intelligence"."recommendations" ("user_id","action_status","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_recommendations_recommendation_type" ON "intelligence"."recommendations" ("recommendation_type");--> statement-breakpoint
CREATE INDEX "idx_recommendations_entity_type_entity_id" ON "intelligence"."recommendations" ("entity_type","entity_id");--> statement-breakpoint
CREATE INDEX "idx_recommendations_career_outlook_id_fk" ON "intelligence"."recommendations" ("career_outlook_id");--> statement-breakpoint
CREATE INDEX "idx_embeddings_course_id_fk" ON "intelligence"."embeddings" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_embeddings_content_chunk_id_fk" ON "intelligence"."embeddings" ("content_chunk_id");--> statement-breakpoint
CREATE INDEX "idx_embeddings_topic_id_fk" ON "intelligence"."embeddings" ("topic_id");--> statement-breakpoint
CREATE INDEX "idx_feature_values_entity_id_feature_id_computed_at" ON "intelligence"."feature_values" ("entity_id","feature_id","computed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_metric_rollups_metric_key_period_bucket_start" ON "intelligence"."metric_rollups" ("metric_key","period","bucket_start" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_metric_rollups_user_id_fk" ON "intelligence"."metric_rollups" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_report_definitions_created_by_id_fk" ON "intelligence"."report_definitions" ("created_by_id");--> statement-breakpoint
CREATE INDEX "idx_report_runs_report_definition_id_created_at" ON "intelligence"."report_runs" ("report_definition_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_report_runs_status" ON "intelligence"."report_runs" ("status");--> statement-breakpoint
CREATE INDEX "idx_report_runs_requested_by_id_fk" ON "intelligence"."report_runs" ("requested_by_id");--> statement-breakpoint
CREATE INDEX "idx_report_runs_job_id_fk" ON "intelligence"."report_runs" ("job_id");
