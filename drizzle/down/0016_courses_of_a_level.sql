-- Undoes 0016_courses_of_a_level; the courses of a level keep being listed, by a longer walk or a sort.
DROP INDEX "catalog"."idx_courses_nsqf_level_created_at_id";--> statement-breakpoint
DROP INDEX "catalog"."idx_courses_nsqf_level_title_id";
