-- Undoes 0013_intelligence: its tables and every row in them go.
DROP TABLE "intelligence"."report_runs";--> statement-breakpoint
DROP TABLE "intelligence"."report_definitions";--> statement-breakpoint
DROP TABLE "intelligence"."metric_rollups";--> statement-breakpoint
DROP TABLE "intelligence"."embeddings";--> statement-breakpoint
DROP TABLE "intelligence"."feature_values";--> statement-breakpoint
DROP TABLE "intelligence"."feature_definitions";--> statement-breakpoint
DROP TABLE "intelligence"."learner_features";--> statement-breakpoint
DROP TABLE "intelligence"."labour_market_snapshots";--> statement-breakpoint
DROP TABLE "intelligence"."recommendation_log";--> statement-breakpoint
DROP TABLE "intelligence"."recommendations";
