-- Pathways: job roles, career paths, their milestones, personal outlooks.
-- Breaking: no; adds only.
-- Also closes the references of earlier schemas to this one: learner.goals.
CREATE TABLE "pathways"."job_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"slug" text NOT NULL,
	"description" text,
	"typical_salary_range" text,
	"salary_min_minor" bigint,
	"salary_max_minor" bigint,
	"salary_currency" char(3) DEFAULT 'INR' NOT NULL,
	"salary_period" text DEFAULT 'year' NOT NULL,
	"industry" text,
	"demand_level" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_roles_slug_key" UNIQUE("slug"),
	CONSTRAINT "job_roles_salary_min_minor_ck0" CHECK ("salary_min_minor" >= 0),
	CONSTRAINT "job_roles_salary_max_minor_ck1" CHECK ("salary_max_minor" >= 0),
	CONSTRAINT "job_roles_salary_period_ck2" CHECK ("salary_period" in ('month', 'year')),
	CONSTRAINT "job_roles_demand_level_ck3" CHECK ("demand_level" in ('high', 'medium', 'low')),
	CONSTRAINT "job_roles_row_ck4" CHECK (salary_max_minor >= salary_min_minor)
);
--> statement-breakpoint
CREATE TABLE "pathways"."job_role_skills" (
	"job_role_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"required_level" numeric(5, 2) DEFAULT '70' NOT NULL,
	"weight" numeric(4, 2) DEFAULT '1' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_role_skills_pkey" PRIMARY KEY("job_role_id","skill_id"),
	CONSTRAINT "job_role_skills_required_level_ck0" CHECK ("required_level" between 0 and 100),
	CONSTRAINT "job_role_skills_weight_ck1" CHECK ("weight" between 1 and 3)
);
--> statement-breakpoint
CREATE TABLE "pathways"."career_paths" (
	"id" uuid PRIMARY KEY NOT NULL,
	"job_role_id" uuid NOT NULL,
	"title" text NOT NULL,
	"duration_months_min" integer,
	"duration_months_max" integer,
	"level_start" text,
	"level_end" text,
	"is_template" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "career_paths_duration_months_min_ck0" CHECK ("duration_months_min" >= 0),
	CONSTRAINT "career_paths_duration_months_max_ck1" CHECK ("duration_months_max" >= 0),
	CONSTRAINT "career_paths_row_ck2" CHECK (duration_months_max >= duration_months_min)
);
--> statement-breakpoint
CREATE TABLE "pathways"."path_milestones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"career_path_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"title" text NOT NULL,
	"type" text NOT NULL,
	"description" text,
	"duration_weeks" integer,
	"provider_id" uuid,
	"course_id" uuid,
	"level" text,
	"resources" text,
	"next_steps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"salary_info" text,
	"companies" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "path_milestones_career_path_id_sequence_key" UNIQUE("career_path_id","sequence"),
	CONSTRAINT "path_milestones_sequence_ck0" CHECK ("sequence" >= 1),
	CONSTRAINT "path_milestones_type_ck1" CHECK ("type" in ('onboarding', 'course', 'internship', 'certification', 'job')),
	CONSTRAINT "path_milestones_duration_weeks_ck2" CHECK ("duration_weeks" >= 0),
	CONSTRAINT "path_milestones_row_ck3" CHECK (type = 'job' or (salary_info is null and companies is null))
);
--> statement-breakpoint
CREATE TABLE "pathways"."path_milestone_skills" (
	"path_milestone_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "path_milestone_skills_pkey" PRIMARY KEY("path_milestone_id","skill_id")
);
--> statement-breakpoint
CREATE TABLE "pathways"."career_outlooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"current_role_title" text,
	"next_role_title" text,
	"next_job_role_id" uuid,
	"gap_score" numeric(5, 2),
	"gap_analysis" text,
	"recommended_courses_note" text,
	"ai_confidence_score" numeric(5, 4) DEFAULT '0.80' NOT NULL,
	"model_version" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "career_outlooks_gap_score_ck0" CHECK ("gap_score" between 0 and 100),
	CONSTRAINT "career_outlooks_ai_confidence_score_ck1" CHECK ("ai_confidence_score" between 0 and 1)
);
--> statement-breakpoint
ALTER TABLE "learner"."goals" ADD CONSTRAINT "goals_desired_job_role_id_job_roles_id_fk" FOREIGN KEY ("desired_job_role_id") REFERENCES "pathways"."job_roles"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "pathways"."career_outlooks" ADD CONSTRAINT "career_outlooks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."career_outlooks" ADD CONSTRAINT "career_outlooks_next_job_role_id_job_roles_id_fk" FOREIGN KEY ("next_job_role_id") REFERENCES "pathways"."job_roles"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "pathways"."career_paths" ADD CONSTRAINT "career_paths_job_role_id_job_roles_id_fk" FOREIGN KEY ("job_role_id") REFERENCES "pathways"."job_roles"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."job_role_skills" ADD CONSTRAINT "job_role_skills_job_role_id_job_roles_id_fk" FOREIGN KEY ("job_role_id") REFERENCES "pathways"."job_roles"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."job_role_skills" ADD CONSTRAINT "job_role_skills_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."path_milestone_skills" ADD CONSTRAINT "path_milestone_skills_path_milestone_id_path_milestones_id_fk" FOREIGN KEY ("path_milestone_id") REFERENCES "pathways"."path_milestones"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."path_milestone_skills" ADD CONSTRAINT "path_milestone_skills_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."path_milestones" ADD CONSTRAINT "path_milestones_career_path_id_career_paths_id_fk" FOREIGN KEY ("career_path_id") REFERENCES "pathways"."career_paths"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "pathways"."path_milestones" ADD CONSTRAINT "path_milestones_provider_id_providers_id_fk" FOREIGN KEY ("provider_id") REFERENCES "catalog"."providers"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "pathways"."path_milestones" ADD CONSTRAINT "path_milestones_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_career_outlooks_user_id_updated_at" ON "pathways"."career_outlooks" ("user_id","updated_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_career_outlooks_next_job_role_id_fk" ON "pathways"."career_outlooks" ("next_job_role_id");--> statement-breakpoint
CREATE INDEX "idx_career_paths_job_role_id" ON "pathways"."career_paths" ("job_role_id");--> statement-breakpoint
CREATE INDEX "idx_career_paths_is_template" ON "pathways"."career_paths" ("is_template");--> statement-breakpoint
CREATE INDEX "idx_job_role_skills_skill_id" ON "pathways"."job_role_skills" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_job_roles_industry_demand_level" ON "pathways"."job_roles" ("industry","demand_level");--> statement-breakpoint
CREATE INDEX "idx_job_roles_title_trgm" ON "pathways"."job_roles" USING gin ("title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_path_milestone_skills_skill_id" ON "pathways"."path_milestone_skills" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_path_milestones_type" ON "pathways"."path_milestones" ("type");--> statement-breakpoint
CREATE INDEX "idx_path_milestones_provider_id_fk" ON "pathways"."path_milestones" ("provider_id");--> statement-breakpoint
CREATE INDEX "idx_path_milestones_course_id_fk" ON "pathways"."path_milestones" ("course_id");
