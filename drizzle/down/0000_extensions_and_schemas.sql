-- Removes the schemas, which are empty by now. The extensions stay: others may use them.
DROP SCHEMA "intelligence";--> statement-breakpoint
DROP SCHEMA "notifications";--> statement-breakpoint
DROP SCHEMA "social";--> statement-breakpoint
DROP SCHEMA "gamification";--> statement-breakpoint
DROP SCHEMA "engagement";--> statement-breakpoint
DROP SCHEMA "assessment";--> statement-breakpoint
DROP SCHEMA "study";--> statement-breakpoint
DROP SCHEMA "ops";--> statement-breakpoint
DROP SCHEMA "progress";--> statement-breakpoint
DROP SCHEMA "pathways";--> statement-breakpoint
DROP SCHEMA "learner";--> statement-breakpoint
DROP SCHEMA "catalog";--> statement-breakpoint
DROP SCHEMA "identity";
