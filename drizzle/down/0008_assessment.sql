-- Undoes 0008_assessment: its tables and every row in them go.
DROP TABLE "assessment"."assessment_results";--> statement-breakpoint
DROP TABLE "assessment"."quiz_attempts";--> statement-breakpoint
DROP TABLE "assessment"."quiz_questions";--> statement-breakpoint
DROP TABLE "assessment"."quizzes";
