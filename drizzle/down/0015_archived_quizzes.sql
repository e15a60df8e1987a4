-- Undoes 0015_archived_quizzes; quizzes that were archived are shown again.
ALTER TABLE "assessment"."quizzes" DROP COLUMN "archived_at";
