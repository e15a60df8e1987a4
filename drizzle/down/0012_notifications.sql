-- Undoes 0012_notifications: its tables and every row in them go.
ALTER TABLE "engagement"."system_telemetry" DROP CONSTRAINT "system_telemetry_device_id_devices_id_fk";--> statement-breakpoint
ALTER TABLE "engagement"."learning_sessions" DROP CONSTRAINT "learning_sessions_device_id_devices_id_fk";--> statement-breakpoint
DROP TABLE "notifications"."devices";--> statement-breakpoint
DROP TABLE "notifications"."notification_preferences";--> statement-breakpoint
DROP TABLE "notifications"."notifications";--> statement-breakpoint
DROP TABLE "notifications"."notification_templates";
