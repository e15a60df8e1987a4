-- Identity: accounts, their contacts, preferences, outside identities and sessions.
-- Breaking: no; adds only.
CREATE TABLE "identity"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"external_id" text,
	"email" citext,
	"username" citext NOT NULL,
	"password_hash" text,
	"full_name" text NOT NULL,
	"first_name" text,
	"last_name" text,
	"role" text DEFAULT 'student' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"is_active" boolean GENERATED ALWAYS AS (status = 'active') STORED,
	"profile_picture_url" text,
	"language" text DEFAULT 'en' NOT NULL,
	"timezone" text DEFAULT 'Asia/Kolkata' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_login_at" timestamp with time zone,
	"last_active_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_role_ck0" CHECK ("role" in ('student', 'teacher', 'admin')),
	CONSTRAINT "users_status_ck1" CHECK ("status" in ('active', 'inactive', 'suspended')),
	CONSTRAINT "users_row_ck2" CHECK (email is not null or external_id is not null),
	CONSTRAINT "users_row_ck3" CHECK (password_hash is null or email is not null),
	CONSTRAINT "users_row_ck4" CHECK (char_length(username) between 3 and 50)
);
--> statement-breakpoint
CREATE TABLE "identity"."user_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"verified_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_contacts_user_id_kind_value_key" UNIQUE("user_id","kind","value"),
	CONSTRAINT "user_contacts_kind_ck0" CHECK ("kind" in ('email', 'phone'))
);
--> statement-breakpoint
CREATE TABLE "identity"."user_preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"learning_style" text,
	"collaborative_learning" boolean,
	"time_commitment_hours_week" numeric(5, 2),
	"timeline_months" integer,
	"gamification_enabled" boolean DEFAULT true NOT NULL,
	"reminder_enabled" boolean DEFAULT true NOT NULL,
	"preferred_languages" text[] DEFAULT '{}' NOT NULL,
	"accessibility_needs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"preferred_content_format" text DEFAULT 'video',
	"content_formats" text[] DEFAULT '{}' NOT NULL,
	"preferred_learning_time" text DEFAULT 'evening',
	"theme_mode" text DEFAULT 'system' NOT NULL,
	"ai_personalization_opt_in" boolean DEFAULT true NOT NULL,
	"privacy_consent" boolean DEFAULT false NOT NULL,
	"privacy_consent_at" timestamp with time zone,
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_preferences_user_id_key" UNIQUE("user_id"),
	CONSTRAINT "user_preferences_learning_style_ck0" CHECK ("learning_style" in ('visual', 'auditory', 'reading', 'kinesthetic')),
	CONSTRAINT "user_preferences_time_commitment_hours_week_ck1" CHECK ("time_commitment_hours_week" between 0 and 168),
	CONSTRAINT "user_preferences_timeline_months_ck2" CHECK ("timeline_months" >= 1),
	CONSTRAINT "user_preferences_preferred_content_format_ck3" CHECK ("preferred_content_format" in ('video', 'text', 'audio', 'interactive', 'quiz', 'vr')),
	CONSTRAINT "user_preferences_preferred_learning_time_ck4" CHECK ("preferred_learning_time" in ('morning', 'afternoon', 'evening', 'night')),
	CONSTRAINT "user_preferences_theme_mode_ck5" CHECK ("theme_mode" in ('light', 'dark', 'system')),
	CONSTRAINT "user_preferences_row_ck6" CHECK (not privacy_consent or privacy_consent_at is not null),
	CONSTRAINT "user_preferences_row_ck7" CHECK ("content_formats" <@ array['video', 'text', 'audio', 'interactive', 'quiz', 'vr'])
);
--> statement-breakpoint
CREATE TABLE "identity"."external_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"subject" text NOT NULL,
	"email" citext,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "external_identities_provider_subject_key" UNIQUE("provider","subject")
);
--> statement-breakpoint
CREATE TABLE "identity"."auth_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"refresh_token_hash" text NOT NULL,
	"user_agent" text,
	"ip_address" inet,
	"expires_at" timestamp with time zone NOT NULL,
	"rotated_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_sessions_refresh_token_hash_key" UNIQUE("refresh_token_hash")
);
--> statement-breakpoint
ALTER TABLE "identity"."auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "identity"."external_identities" ADD CONSTRAINT "external_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "identity"."user_contacts" ADD CONSTRAINT "user_contacts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "identity"."user_preferences" ADD CONSTRAINT "user_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "idx_auth_sessions_user_id_expires_at" ON "identity"."auth_sessions" ("user_id","expires_at");--> statement-breakpoint
CREATE INDEX "idx_auth_sessions_family_id" ON "identity"."auth_sessions" ("family_id");--> statement-breakpoint
CREATE INDEX "idx_external_identities_user_id_fk" ON "identity"."external_identities" ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_user_contacts_user_id_kind" ON "identity"."user_contacts" ("user_id","kind") WHERE is_primary;--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_user_contacts_kind_value" ON "identity"."user_contacts" ("kind","value") WHERE verified_at is not null;--> statement-breakpoint
CREATE INDEX "idx_user_preferences_extra" ON "identity"."user_preferences" USING gin ("extra");--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_users_email" ON "identity"."users" ("email") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_users_username" ON "identity"."users" ("username") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "uidx_users_external_id" ON "identity"."users" ("external_id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "idx_users_role" ON "identity"."users" ("role");--> statement-breakpoint
CREATE INDEX "idx_users_created_at" ON "identity"."users" ("created_at");--> statement-breakpoint
CREATE INDEX "idx_users_is_active_deleted_at" ON "identity"."users" ("is_active","deleted_at");--> statement-breakpoint
CREATE INDEX "idx_users_last_active_at_part" ON "identity"."users" ("last_active_at") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "idx_users_full_name_trgm" ON "identity"."users" USING gin ("full_name" gin_trgm_ops);
