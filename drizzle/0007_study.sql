-- Study: own materials, generated assets, tutor chat.
-- Breaking: no; adds only.
-- Partitioned by month, edited by hand: interactions. The months are made at start and nightly.
CREATE TABLE "study"."study_materials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"source_file_id" uuid,
	"course_id" uuid,
	"title" text NOT NULL,
	"description" text,
	"source_url" text,
	"source_type" text NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text DEFAULT 'processing' NOT NULL,
	"content_length" integer,
	"difficulty_level" text,
	"subject_area" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "study_materials_source_type_ck0" CHECK ("source_type" in ('upload', 'url', 'text')),
	CONSTRAINT "study_materials_status_ck1" CHECK ("status" in ('processing', 'ready', 'failed')),
	CONSTRAINT "study_materials_content_length_ck2" CHECK ("content_length" >= 0),
	CONSTRAINT "study_materials_difficulty_level_ck3" CHECK ("difficulty_level" in ('easy', 'medium', 'hard')),
	CONSTRAINT "study_materials_row_ck4" CHECK (source_type <> 'url' or source_url is not null)
);
--> statement-breakpoint
CREATE TABLE "study"."content_chunks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"study_material_id" uuid NOT NULL,
	"chunk_order" integer NOT NULL,
	"content" text NOT NULL,
	"chunk_type" text NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"word_count" integer,
	"language" text,
	"summary" text,
	"relevance_score" numeric(5, 4),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "content_chunks_study_material_id_chunk_order_key" UNIQUE("study_material_id","chunk_order"),
	CONSTRAINT "content_chunks_chunk_order_ck0" CHECK ("chunk_order" >= 0),
	CONSTRAINT "content_chunks_chunk_type_ck1" CHECK ("chunk_type" ~ '^[a-z][a-z0-9_.]*$'),
	CONSTRAINT "content_chunks_word_count_ck2" CHECK ("word_count" >= 0),
	CONSTRAINT "content_chunks_relevance_score_ck3" CHECK ("relevance_score" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "study"."generated_assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"study_material_id" uuid NOT NULL,
	"content_chunk_id" uuid,
	"asset_type" text NOT NULL,
	"content" jsonb NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"generation_model" text NOT NULL,
	"generation_params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text DEFAULT 'ready' NOT NULL,
	"quality_score" numeric(5, 4),
	"difficulty_level" smallint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "generated_assets_asset_type_ck0" CHECK ("asset_type" in ('quiz', 'flashcard', 'summary')),
	CONSTRAINT "generated_assets_status_ck1" CHECK ("status" in ('pending', 'ready', 'failed', 'retired')),
	CONSTRAINT "generated_assets_quality_score_ck2" CHECK ("quality_score" between 0 and 1),
	CONSTRAINT "generated_assets_difficulty_level_ck3" CHECK ("difficulty_level" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "study"."interactions" (
	"id" uuid NOT NULL,
	"learning_session_id" uuid NOT NULL,
	"generated_asset_id" uuid,
	"user_id" uuid NOT NULL,
	"interaction_type" text NOT NULL,
	"interaction_data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_correct" boolean,
	"response_time_ms" integer,
	"confidence_level" numeric(5, 4),
	"feedback_data" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "interactions_pkey" PRIMARY KEY("id","created_at"),
	CONSTRAINT "interactions_interaction_type_ck0" CHECK ("interaction_type" in ('answer', 'view', 'skip')),
	CONSTRAINT "interactions_response_time_ms_ck1" CHECK ("response_time_ms" >= 0),
	CONSTRAINT "interactions_confidence_level_ck2" CHECK ("confidence_level" between 0 and 1)
) PARTITION BY RANGE ("created_at");
--> statement-breakpoint
CREATE TABLE "study"."interactions_default" PARTITION OF "study"."interactions" DEFAULT;--> statement-breakpoint
CREATE TABLE "study"."chat_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"course_id" uuid,
	"session_key" text NOT NULL,
	"title" text,
	"last_message_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_sessions_user_id_session_key_key" UNIQUE("user_id","session_key")
);
--> statement-breakpoint
CREATE TABLE "study"."chat_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat_session_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"message_type" text NOT NULL,
	"message" text NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_messages_message_type_ck0" CHECK ("message_type" in ('user', 'assistant'))
);
--> statement-breakpoint
ALTER TABLE "study"."chat_messages" ADD CONSTRAINT "chat_messages_chat_session_id_chat_sessions_id_fk" FOREIGN KEY ("chat_session_id") REFERENCES "study"."chat_sessions"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."chat_messages" ADD CONSTRAINT "chat_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."chat_sessions" ADD CONSTRAINT "chat_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."chat_sessions" ADD CONSTRAINT "chat_sessions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "study"."content_chunks" ADD CONSTRAINT "content_chunks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."content_chunks" ADD CONSTRAINT "content_chunks_study_material_id_study_materials_id_fk" FOREIGN KEY ("study_material_id") REFERENCES "study"."study_materials"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."generated_assets" ADD CONSTRAINT "generated_assets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."generated_assets" ADD CONSTRAINT "generated_assets_study_material_id_study_materials_id_fk" FOREIGN KEY ("study_material_id") REFERENCES "study"."study_materials"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."generated_assets" ADD CONSTRAINT "generated_assets_content_chunk_id_content_chunks_id_fk" FOREIGN KEY ("content_chunk_id") REFERENCES "study"."content_chunks"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "study"."interactions" ADD CONSTRAINT "interactions_generated_asset_id_generated_assets_id_fk" FOREIGN KEY ("generated_asset_id") REFERENCES "study"."generated_assets"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "study"."interactions" ADD CONSTRAINT "interactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."study_materials" ADD CONSTRAINT "study_materials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "study"."study_materials" ADD CONSTRAINT "study_materials_source_file_id_source_files_id_fk" FOREIGN KEY ("source_file_id") REFERENCES "catalog"."source_files"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "study"."study_materials" ADD CONSTRAINT "study_materials_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_chat_messages_user_id" ON "study"."chat_messages" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_chat_messages_chat_session_id_created_at" ON "study"."chat_messages" ("chat_session_id","created_at");--> statement-breakpoint
CREATE INDEX "idx_chat_messages_created_at" ON "study"."chat_messages" ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_chat_sessions_session_key" ON "study"."chat_sessions" ("session_key");--> statement-breakpoint
CREATE INDEX "idx_chat_sessions_user_id_last_message_at" ON "study"."chat_sessions" ("user_id","last_message_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_chat_sessions_course_id_fk" ON "study"."chat_sessions" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_content_chunks_chunk_type" ON "study"."content_chunks" ("chunk_type");--> statement-breakpoint
CREATE INDEX "idx_content_chunks_relevance_score" ON "study"."content_chunks" ("relevance_score");--> statement-breakpoint
CREATE INDEX "idx_content_chunks_language" ON "study"."content_chunks" ("language");--> statement-breakpoint
CREATE INDEX "idx_content_chunks_user_id_fk" ON "study"."content_chunks" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_study_material_id" ON "study"."generated_assets" ("study_material_id");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_content_chunk_id" ON "study"."generated_assets" ("content_chunk_id");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_asset_type" ON "study"."generated_assets" ("asset_type");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_status" ON "study"."generated_assets" ("status");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_quality_score" ON "study"."generated_assets" ("quality_score");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_difficulty_level" ON "study"."generated_assets" ("difficulty_level");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_created_at" ON "study"."generated_assets" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_generated_assets_user_id_fk" ON "study"."generated_assets" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_learning_session_id" ON "study"."interactions" ("learning_session_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_generated_asset_id" ON "study"."interactions" ("generated_asset_id");--> statement-breakpoint
CREATE INDEX "idx_interactions_user_id_created_at" ON "study"."interactions" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_interactions_created_at" ON "study"."interactions" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_interactions_interaction_type" ON "study"."interactions" ("interaction_type");--> statement-breakpoint
CREATE INDEX "idx_interactions_is_correct" ON "study"."interactions" ("is_correct");--> statement-breakpoint
CREATE INDEX "idx_study_materials_user_id_created_at_part" ON "study"."study_materials" ("user_id","created_at" DESC NULLS FIRST) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "idx_study_materials_user_id" ON "study"."study_materials" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_study_materials_status" ON "study"."study_materials" ("status");--> statement-breakpoint
CREATE INDEX "idx_study_materials_created_at" ON "study"."study_materials" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_study_materials_subject_area" ON "study"."study_materials" ("subject_area");--> statement-breakpoint
CREATE INDEX "idx_study_materials_tags" ON "study"."study_materials" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "idx_study_materials_metadata" ON "study"."study_materials" USING gin ("metadata");--> statement-breakpoint
CREATE INDEX "idx_study_materials_deleted_at" ON "study"."study_materials" ("deleted_at");--> statement-breakpoint
CREATE INDEX "idx_study_materials_title_trgm" ON "study"."study_materials" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_study_materials_source_file_id_fk" ON "study"."study_materials" ("source_file_id");--> statement-breakpoint
CREATE INDEX "idx_study_materials_course_id_fk" ON "study"."study_materials" ("course_id");
