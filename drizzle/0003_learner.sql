-- Learner: what learners tell or prove about themselves.
-- Breaking: no; adds only.
CREATE TABLE "learner"."profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"headline" text,
	"gender" text,
	"date_of_birth" date,
	"nationality" text,
	"address_line1" text,
	"address_line2" text,
	"city" text,
	"state" text,
	"country" text,
	"region" text,
	"location" text,
	"education_level" text,
	"field_of_study" text,
	"experience_years" numeric(4, 2) DEFAULT '0' NOT NULL,
	"target_roles" text,
	"target_industries" text[] DEFAULT '{}' NOT NULL,
	"has_resources" boolean,
	"motivations" text[] DEFAULT '{}' NOT NULL,
	"comfortable_subjects" text[] DEFAULT '{}' NOT NULL,
	"onboarding_completed_at" timestamp with time zone,
	"onboarding_draft" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "profiles_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "profiles_gender_ck0" CHECK ("gender" in ('male', 'female', 'other')),
	CONSTRAINT "profiles_education_level_ck1" CHECK ("education_level" in ('class_10', 'class_12', 'diploma', 'degree', 'post_grad')),
	CONSTRAINT "profiles_experience_years_ck2" CHECK ("experience_years" between 0 and 80),
	CONSTRAINT "profiles_row_ck3" CHECK (date_of_birth is null or date_of_birth > '1900-01-01')
);
--> statement-breakpoint
CREATE TABLE "learner"."education_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"institution" text,
	"qualification" text,
	"specialization" text,
	"start_year" smallint,
	"end_year" smallint,
	"is_current" boolean DEFAULT false NOT NULL,
	"gpa" numeric(5, 2),
	"gpa_scale" numeric(5, 2) DEFAULT '10' NOT NULL,
	"achievements" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "education_records_row_ck0" CHECK (gpa between 0 and gpa_scale),
	CONSTRAINT "education_records_row_ck1" CHECK ("start_year" between 1900 and 2155),
	CONSTRAINT "education_records_row_ck2" CHECK (end_year between start_year and 2155),
	CONSTRAINT "education_records_row_ck3" CHECK (not is_current or end_year is null)
);
--> statement-breakpoint
CREATE TABLE "learner"."skill_proficiencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"skill_id" uuid,
	"skill_name" citext NOT NULL,
	"proficiency_level" smallint,
	"skill_level" text DEFAULT 'beginner' NOT NULL,
	"proficiency_score" numeric(5, 2) DEFAULT '0' NOT NULL,
	"source" text DEFAULT 'manual' NOT NULL,
	"endorsed_by" text,
	"last_validated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "skill_proficiencies_user_id_skill_name_key" UNIQUE("user_id","skill_name"),
	CONSTRAINT "skill_proficiencies_proficiency_level_ck0" CHECK ("proficiency_level" between 1 and 5),
	CONSTRAINT "skill_proficiencies_skill_level_ck1" CHECK ("skill_level" in ('beginner', 'intermediate', 'advanced', 'expert')),
	CONSTRAINT "skill_proficiencies_proficiency_score_ck2" CHECK ("proficiency_score" between 0 and 100),
	CONSTRAINT "skill_proficiencies_source_ck3" CHECK ("source" in ('onboarding', 'inferred', 'assessment', 'course', 'peer_review', 'manual'))
);
--> statement-breakpoint
CREATE TABLE "learner"."goals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"goal_type" text NOT NULL,
	"value" text,
	"priority" smallint DEFAULT 1 NOT NULL,
	"desired_role" text,
	"desired_job_role_id" uuid,
	"target_skills_note" text,
	"career_motivation" text,
	"target_timeline" text,
	"target_date" date,
	"progress_percent" numeric(5, 2) DEFAULT '0' NOT NULL,
	"last_reviewed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "goals_goal_type_ck0" CHECK ("goal_type" in ('learning', 'career', 'certification')),
	CONSTRAINT "goals_priority_ck1" CHECK (priority in (1, 2)),
	CONSTRAINT "goals_progress_percent_ck2" CHECK ("progress_percent" between 0 and 100),
	CONSTRAINT "goals_row_ck3" CHECK (value is not null or desired_role is not null)
);
--> statement-breakpoint
CREATE TABLE "learner"."goal_skills" (
	"goal_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "goal_skills_pkey" PRIMARY KEY("goal_id","skill_id")
);
--> statement-breakpoint
CREATE TABLE "learner"."interests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"interest" citext NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "interests_user_id_interest_key" UNIQUE("user_id","interest")
);
--> statement-breakpoint
CREATE TABLE "learner"."certifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"issuing_org" text,
	"issued_on" date,
	"expires_on" date,
	"credential_id" text,
	"credential_url" text,
	"verification_status" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certifications_verification_status_ck0" CHECK ("verification_status" in ('verified', 'pending', 'rejected')),
	CONSTRAINT "certifications_row_ck1" CHECK (expires_on is null or issued_on is null or expires_on >= issued_on)
);
--> statement-breakpoint
CREATE TABLE "learner"."psychographics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_motivation" text,
	"learning_style" text,
	"cognitive_pattern" text,
	"engagement_type" text,
	"gamification_persona" text,
	"confidence_score" numeric(5, 4) DEFAULT '0.85' NOT NULL,
	"derived_from" text DEFAULT 'hybrid' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "psychographics_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "psychographics_learning_style_ck0" CHECK ("learning_style" in ('visual', 'auditory', 'reading', 'kinesthetic')),
	CONSTRAINT "psychographics_gamification_persona_ck1" CHECK ("gamification_persona" in ('achiever', 'explorer', 'socializer', 'killer')),
	CONSTRAINT "psychographics_confidence_score_ck2" CHECK ("confidence_score" between 0 and 1),
	CONSTRAINT "psychographics_derived_from_ck3" CHECK ("derived_from" in ('survey', 'ai', 'hybrid'))
);
--> statement-breakpoint
ALTER TABLE "learner"."certifications" ADD CONSTRAINT "certifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."education_records" ADD CONSTRAINT "education_records_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."goal_skills" ADD CONSTRAINT "goal_skills_goal_id_goals_id_fk" FOREIGN KEY ("goal_id") REFERENCES "learner"."goals"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."goal_skills" ADD CONSTRAINT "goal_skills_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."goal_skills" ADD CONSTRAINT "goal_skills_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."goals" ADD CONSTRAINT "goals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."interests" ADD CONSTRAINT "interests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."profiles" ADD CONSTRAINT "profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."psychographics" ADD CONSTRAINT "psychographics_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."skill_proficiencies" ADD CONSTRAINT "skill_proficiencies_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "learner"."skill_proficiencies" ADD CONSTRAINT "skill_proficiencies_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_certifications_verification_status" ON "learner"."certifications" ("verification_status");--> statement-breakpoint
CREATE INDEX "idx_certifications_credential_id" ON "learner"."certifications" ("credential_id");--> statement-breakpoint
CREATE INDEX "idx_certifications_user_id_fk" ON "learner"."certifications" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_education_records_user_id_start_year" ON "learner"."education_records" ("user_id","start_year");--> statement-breakpoint
CREATE INDEX "idx_goal_skills_skill_id_fk" ON "learner"."goal_skills" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_goal_skills_user_id_fk" ON "learner"."goal_skills" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_goals_user_id_priority" ON "learner"."goals" ("user_id","priority");--> statement-breakpoint
CREATE INDEX "idx_goals_desired_job_role_id_fk" ON "learner"."goals" ("desired_job_role_id");--> statement-breakpoint
CREATE INDEX "idx_interests_interest" ON "learner"."interests" ("interest");--> statement-breakpoint
CREATE INDEX "idx_profiles_region_education_level" ON "learner"."profiles" ("region","education_level");--> statement-breakpoint
CREATE INDEX "idx_profiles_target_industries" ON "learner"."profiles" USING gin ("target_industries");--> statement-breakpoint
CREATE INDEX "idx_psychographics_gamification_persona" ON "learner"."psychographics" ("gamification_persona");--> statement-breakpoint
CREATE INDEX "idx_skill_proficiencies_skill_name_trgm" ON "learner"."skill_proficiencies" USING gin ("skill_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "idx_skill_proficiencies_skill_id_fk" ON "learner"."skill_proficiencies" ("skill_id");
