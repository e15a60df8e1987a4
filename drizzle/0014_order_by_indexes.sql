-- Indexes behind the orders of lists that the keys of the model do not cover.
-- Breaking: no; adds only. On large tables an index blocks writes while it is built.
CREATE INDEX "idx_courses_title_id" ON "catalog"."courses" ("title","id");--> statement-breakpoint
CREATE INDEX "idx_courses_enrollment_count_id" ON "catalog"."courses" ("enrollment_count","id");--> statement-breakpoint
CREATE INDEX "idx_providers_name_id" ON "catalog"."providers" ("name","id");--> statement-breakpoint
CREATE INDEX "idx_career_paths_title_id" ON "pathways"."career_paths" ("title","id");--> statement-breakpoint
CREATE INDEX "idx_job_roles_title_id" ON "pathways"."job_roles" ("title","id");
