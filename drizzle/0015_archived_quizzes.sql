-- Quizzes that were taken are archived, so that attempts and their results stay.
-- Breaking: no; adds only.
ALTER TABLE "assessment"."quizzes" ADD COLUMN "archived_at" timestamp with time zone;
