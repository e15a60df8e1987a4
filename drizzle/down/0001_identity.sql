-- Undoes 0001_identity: its tables and every row in them go.
DROP TABLE "identity"."auth_sessions";--> statement-breakpoint
DROP TABLE "identity"."external_identities";--> statement-breakpoint
DROP TABLE "identity"."user_preferences";--> statement-breakpoint
DROP TABLE "identity"."user_contacts";--> statement-breakpoint
DROP TABLE "identity"."users";
