-- Notifications: notifications, preferences, templates, devices.
-- Breaking: no; adds only.
-- Also closes the references of earlier schemas to this one: engagement.learning_sessions, engagement.system_telemetry.
CREATE TABLE "notifications"."notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"template_id" uuid,
	"type" text DEFAULT 'system' NOT NULL,
	"title" text,
	"message" text,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"channels" text[] DEFAULT '{}' NOT NULL,
	"frequency" text DEFAULT 'anytime' NOT NULL,
	"is_read" boolean DEFAULT false NOT NULL,
	"read_at" timestamp with time zone,
	"scheduled_for" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_type_ck0" CHECK ("type" in ('system', 'course', 'reward', 'reminder', 'message', 'ai_nudge')),
	CONSTRAINT "notifications_channels_ck1" CHECK ("channels" <@ array['email', 'browser', 'app']),
	CONSTRAINT "notifications_frequency_ck2" CHECK ("frequency" in ('anytime', 'online_only', 'daily_digest', 'weekly_summary')),
	CONSTRAINT "notifications_row_ck3" CHECK (is_read = (read_at is not null)),
	CONSTRAINT "notifications_row_ck4" CHECK (title is not null or message is not null)
);
--> statement-breakpoint
CREATE TABLE "notifications"."notification_preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"type" text,
	"channels" text[] DEFAULT '{"email"}' NOT NULL,
	"frequency" text DEFAULT 'anytime' NOT NULL,
	"quiet_from" time,
	"quiet_to" time,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_preferences_user_id_type_key" UNIQUE NULLS NOT DISTINCT("user_id","type"),
	CONSTRAINT "notification_preferences_type_ck0" CHECK ("type" in ('system', 'course', 'reward', 'reminder', 'message', 'ai_nudge')),
	CONSTRAINT "notification_preferences_channels_ck1" CHECK ("channels" <@ array['email', 'browser', 'app']),
	CONSTRAINT "notification_preferences_frequency_ck2" CHECK ("frequency" in ('anytime', 'online_only', 'daily_digest', 'weekly_summary'))
);
--> statement-breakpoint
CREATE TABLE "notifications"."notification_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"type" text NOT NULL,
	"title_template" text NOT NULL,
	"body_template" text NOT NULL,
	"default_channels" text[] DEFAULT '{"app"}' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_templates_code_language_key" UNIQUE("code","language"),
	CONSTRAINT "notification_templates_type_ck0" CHECK ("type" in ('system', 'course', 'reward', 'reminder', 'message', 'ai_nudge')),
	CONSTRAINT "notification_templates_default_channels_ck1" CHECK ("default_channels" <@ array['email', 'browser', 'app'])
);
--> statement-breakpoint
CREATE TABLE "notifications"."devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"push_token" text NOT NULL,
	"device_name" text,
	"app_version" text,
	"last_seen_at" timestamp with time zone,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "devices_push_token_key" UNIQUE("push_token"),
	CONSTRAINT "devices_platform_ck0" CHECK ("platform" in ('android', 'ios', 'web'))
);
--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" ADD CONSTRAINT "learning_sessions_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "notifications"."devices"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "engagement"."system_telemetry" ADD CONSTRAINT "system_telemetry_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "notifications"."devices"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "notifications"."devices" ADD CONSTRAINT "devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "notifications"."notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "notifications"."notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "notifications"."notifications" ADD CONSTRAINT "notifications_template_id_notification_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "notifications"."notification_templates"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_devices_user_id_part" ON "notifications"."devices" ("user_id") WHERE is_active;--> statement-breakpoint
CREATE INDEX "idx_devices_user_id_fk" ON "notifications"."devices" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_notifications_user_id_created_at" ON "notifications"."notifications" ("user_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_notifications_user_id_part" ON "notifications"."notifications" ("user_id") WHERE not is_read;--> statement-breakpoint
CREATE INDEX "idx_notifications_scheduled_for_part" ON "notifications"."notifications" ("scheduled_for") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "idx_notifications_type" ON "notifications"."notifications" ("type");--> statement-breakpoint
CREATE INDEX "idx_notifications_template_id_fk" ON "notifications"."notifications" ("template_id");
