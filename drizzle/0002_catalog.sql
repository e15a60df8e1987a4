-- Catalog: levels, providers, skills, courses with modules and topics, uploaded source files.
-- Breaking: no; adds only.
CREATE TABLE "catalog"."nsqf_levels" (
	"level" numeric(3, 1) PRIMARY KEY NOT NULL,
	"description" text NOT NULL,
	"typical_entry" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "nsqf_levels_level_ck0" CHECK (level between 1 and 10 and level * 2 = trunc(level * 2))
);
--> statement-breakpoint
CREATE TABLE "catalog"."providers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"region" text,
	"website_url" text,
	"is_nsqf_aligned" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "providers_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "catalog"."skills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" citext NOT NULL,
	"category" text,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "skills_name_key" UNIQUE("name"),
	CONSTRAINT "skills_category_ck0" CHECK ("category" in ('technical', 'soft', 'foundational'))
);
--> statement-breakpoint
CREATE TABLE "catalog"."courses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" text NOT NULL,
	"course_number" integer,
	"title" text NOT NULL,
	"description" text,
	"nsqf_level" numeric(3, 1),
	"credits" numeric(5, 2),
	"notional_hours" integer,
	"duration_months" integer,
	"language" text DEFAULT 'en' NOT NULL,
	"region" text,
	"provider_id" uuid,
	"created_by_id" uuid,
	"status" text DEFAULT 'active' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"enrollment_count" integer DEFAULT 0 NOT NULL,
	"completion_rate" numeric(5, 2),
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "courses_course_id_key" UNIQUE("course_id"),
	CONSTRAINT "courses_course_number_key" UNIQUE("course_number"),
	CONSTRAINT "courses_credits_ck0" CHECK ("credits" >= 0),
	CONSTRAINT "courses_notional_hours_ck1" CHECK ("notional_hours" >= 0),
	CONSTRAINT "courses_duration_months_ck2" CHECK ("duration_months" >= 1),
	CONSTRAINT "courses_status_ck3" CHECK ("status" in ('draft', 'active', 'archived')),
	CONSTRAINT "courses_version_ck4" CHECK ("version" >= 1),
	CONSTRAINT "courses_enrollment_count_ck5" CHECK ("enrollment_count" >= 0),
	CONSTRAINT "courses_completion_rate_ck6" CHECK ("completion_rate" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "catalog"."skill_aliases" (
	"alias" citext PRIMARY KEY NOT NULL,
	"skill_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog"."course_prerequisites" (
	"course_id" uuid NOT NULL,
	"prerequisite_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_prerequisites_pkey" PRIMARY KEY("course_id","prerequisite_id"),
	CONSTRAINT "course_prerequisites_row_ck0" CHECK (course_id <> prerequisite_id)
);
--> statement-breakpoint
CREATE TABLE "catalog"."course_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"outline" jsonb NOT NULL,
	"published_by_id" uuid,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_versions_course_id_version_key" UNIQUE("course_id","version"),
	CONSTRAINT "course_versions_version_ck0" CHECK ("version" >= 1)
);
--> statement-breakpoint
CREATE TABLE "catalog"."course_skills" (
	"course_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "course_skills_pkey" PRIMARY KEY("course_id","skill_id")
);
--> statement-breakpoint
CREATE TABLE "catalog"."modules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"week" smallint NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"learning_objectives" text[] DEFAULT '{}' NOT NULL,
	"order_index" integer,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "modules_course_id_week_key" UNIQUE("course_id","week"),
	CONSTRAINT "modules_week_ck0" CHECK ("week" >= 1),
	CONSTRAINT "modules_order_index_ck1" CHECK ("order_index" >= 0)
);
--> statement-breakpoint
CREATE TABLE "catalog"."topics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"module_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"order_index" integer,
	"estimated_minutes" integer,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "topics_order_index_ck0" CHECK ("order_index" >= 0),
	CONSTRAINT "topics_estimated_minutes_ck1" CHECK ("estimated_minutes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "catalog"."source_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_id" text NOT NULL,
	"course_id" uuid,
	"job_id" uuid,
	"uploaded_by_id" uuid,
	"filename" text NOT NULL,
	"file_path" text,
	"file_size_bytes" bigint,
	"file_type" text,
	"checksum" text,
	"status" text DEFAULT 'staged' NOT NULL,
	"expires_at" timestamp with time zone,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "source_files_file_id_key" UNIQUE("file_id"),
	CONSTRAINT "source_files_file_size_bytes_ck0" CHECK ("file_size_bytes" >= 0),
	CONSTRAINT "source_files_file_type_ck1" CHECK ("file_type" in ('pdf', 'docx', 'txt', 'md')),
	CONSTRAINT "source_files_checksum_ck2" CHECK (checksum ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "source_files_status_ck3" CHECK ("status" in ('staged', 'stored', 'rejected', 'deleted'))
);
--> statement-breakpoint
ALTER TABLE "catalog"."course_prerequisites" ADD CONSTRAINT "course_prerequisites_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."course_prerequisites" ADD CONSTRAINT "course_prerequisites_prerequisite_id_courses_id_fk" FOREIGN KEY ("prerequisite_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."course_skills" ADD CONSTRAINT "course_skills_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."course_skills" ADD CONSTRAINT "course_skills_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."course_versions" ADD CONSTRAINT "course_versions_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."course_versions" ADD CONSTRAINT "course_versions_published_by_id_users_id_fk" FOREIGN KEY ("published_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "catalog"."courses" ADD CONSTRAINT "courses_nsqf_level_nsqf_levels_level_fk" FOREIGN KEY ("nsqf_level") REFERENCES "catalog"."nsqf_levels"("level") ON DELETE restrict;--> statement-breakpoint
ALTER TABLE "catalog"."courses" ADD CONSTRAINT "courses_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "catalog"."courses" ADD CONSTRAINT "courses_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "catalog"."modules" ADD CONSTRAINT "modules_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."skill_aliases" ADD CONSTRAINT "skill_aliases_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."source_files" ADD CONSTRAINT "source_files_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "catalog"."source_files" ADD CONSTRAINT "source_files_uploaded_by_id_users_id_fk" FOREIGN KEY ("uploaded_by_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "catalog"."topics" ADD CONSTRAINT "topics_module_id_modules_id_fk" FOREIGN KEY ("module_id") REFERENCES "catalog"."modules"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "idx_course_prerequisites_prerequisite_id" ON "catalog"."course_prerequisites" ("prerequisite_id");--> statement-breakpoint
CREATE INDEX "idx_course_skills_skill_id" ON "catalog"."course_skills" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_course_versions_published_by_id_fk" ON "catalog"."course_versions" ("published_by_id");--> statement-breakpoint
CREATE INDEX "idx_courses_nsqf_level_region" ON "catalog"."courses" ("nsqf_level","region");--> statement-breakpoint
CREATE INDEX "idx_courses_provider_id" ON "catalog"."courses" ("provider_id");--> statement-breakpoint
CREATE INDEX "idx_courses_created_by_id_created_at" ON "catalog"."courses" ("created_by_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_courses_status" ON "catalog"."courses" ("status");--> statement-breakpoint
CREATE INDEX "idx_courses_created_at" ON "catalog"."courses" ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_courses_language" ON "catalog"."courses" ("language");--> statement-breakpoint
CREATE INDEX "idx_courses_keywords" ON "catalog"."courses" USING gin ("keywords");--> statement-breakpoint
CREATE INDEX "idx_courses_metadata" ON "catalog"."courses" USING gin ("metadata");--> statement-breakpoint
CREATE INDEX "idx_courses_title_trgm" ON "catalog"."courses" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_modules_week" ON "catalog"."modules" ("week");--> statement-breakpoint
CREATE INDEX "idx_modules_course_id_order_index" ON "catalog"."modules" ("course_id","order_index");--> statement-breakpoint
CREATE INDEX "idx_providers_region" ON "catalog"."providers" ("region");--> statement-breakpoint
CREATE INDEX "idx_providers_name_trgm" ON "catalog"."providers" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_skill_aliases_skill_id" ON "catalog"."skill_aliases" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_skills_category" ON "catalog"."skills" ("category");--> statement-breakpoint
CREATE INDEX "idx_skills_keywords" ON "catalog"."skills" USING gin ("keywords");--> statement-breakpoint
CREATE INDEX "idx_source_files_course_id" ON "catalog"."source_files" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_source_files_uploaded_by_id" ON "catalog"."source_files" ("uploaded_by_id");--> statement-breakpoint
CREATE INDEX "idx_source_files_checksum" ON "catalog"."source_files" ("checksum");--> statement-breakpoint
CREATE INDEX "idx_source_files_job_id_fk" ON "catalog"."source_files" ("job_id");--> statement-breakpoint
CREATE INDEX "idx_topics_module_id_order_index" ON "catalog"."topics" ("module_id","order_index");--> statement-breakpoint
CREATE INDEX "idx_topics_order_index" ON "catalog"."topics" ("order_index");
