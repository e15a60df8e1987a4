-- Indexes behind the catalogue of one level: without them a page walks the order of all levels, or sorts the level.
-- Breaking: no; adds only. On large tables an index blocks writes while it is built.
CREATE INDEX "idx_courses_nsqf_level_title_id" ON "catalog"."courses" USING btree ("nsqf_level","title","id");--> statement-breakpoint
CREATE INDEX "idx_courses_nsqf_level_created_at_id" ON "catalog"."courses" USING btree ("nsqf_level","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
