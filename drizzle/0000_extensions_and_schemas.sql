-- The two extensions the model needs and its 13 schemas.
-- Breaking: no; adds only. Both extensions are trusted, so the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS citext;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE SCHEMA "identity";--> statement-breakpoint
CREATE SCHEMA "catalog";--> statement-breakpoint
CREATE SCHEMA "learner";--> statement-breakpoint
CREATE SCHEMA "pathways";--> statement-breakpoint
CREATE SCHEMA "progress";--> statement-breakpoint
CREATE SCHEMA "ops";--> statement-breakpoint
CREATE SCHEMA "study";--> statement-breakpoint
CREATE SCHEMA "assessment";--> statement-breakpoint
CREATE SCHEMA "engagement";--> statement-breakpoint
CREATE SCHEMA "gamification";--> statement-breakpoint
CREATE SCHEMA "social";--> statement-breakpoint
CREATE SCHEMA "notifications";--> statement-breakpoint
CREATE SCHEMA "intelligence";
