-- Assessment: quizzes, attempts, results.
-- Breaking: no; adds only.
CREATE TABLE "assessment"."quizzes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"quiz_id" text NOT NULL,
	"course_id" uuid,
	"module_id" uuid,
	"generated_asset_id" uuid,
	"title" text NOT NULL,
	"description" text,
	"quiz_type" text DEFAULT 'module' NOT NULL,
	"passing_score" smallint DEFAULT 70 NOT NULL,
	"time_limit_minutes" integer,
	"max_attempts" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quizzes_quiz_id_key" UNIQUE("quiz_id"),
	CONSTRAINT "quizzes_quiz_type_ck0" CHECK ("quiz_type" in ('module', 'course', 'practice')),
	CONSTRAINT "quizzes_passing_score_ck1" CHECK ("passing_score" between 0 and 100),
	CONSTRAINT "quizzes_time_limit_minutes_ck2" CHECK ("time_limit_minutes" >= 1),
	CONSTRAINT "quizzes_max_attempts_ck3" CHECK ("max_attempts" >= 1),
	CONSTRAINT "quizzes_row_ck4" CHECK (course_id is not null or quiz_type = 'practice')
);
--> statement-breakpoint
CREATE TABLE "assessment"."quiz_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"quiz_id" uuid NOT NULL,
	"skill_id" uuid,
	"question_number" integer NOT NULL,
	"question_text" text NOT NULL,
	"options" jsonb NOT NULL,
	"correct_answer" char(1) NOT NULL,
	"explanation" text,
	"difficulty" text,
	"source_file_id" uuid,
	"source_page" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quiz_questions_quiz_id_question_number_key" UNIQUE("quiz_id","question_number"),
	CONSTRAINT "quiz_questions_question_number_ck0" CHECK ("question_number" >= 1),
	CONSTRAINT "quiz_questions_correct_answer_ck1" CHECK (correct_answer in ('A', 'B', 'C', 'D')),
	CONSTRAINT "quiz_questions_difficulty_ck2" CHECK ("difficulty" in ('easy', 'medium', 'hard')),
	CONSTRAINT "quiz_questions_source_page_ck3" CHECK ("source_page" >= 1),
	CONSTRAINT "quiz_questions_row_ck4" CHECK (jsonb_typeof(options) = 'object' and options ? correct_answer::text)
);
--> statement-breakpoint
CREATE TABLE "assessment"."quiz_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"quiz_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"status" text DEFAULT 'in_progress' NOT NULL,
	"attempt_number" integer DEFAULT 1 NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"score" smallint,
	"total_questions" integer,
	"correct_answers" integer,
	"passed" boolean,
	"started_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"time_taken_seconds" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quiz_attempts_quiz_id_user_id_attempt_number_key" UNIQUE("quiz_id","user_id","attempt_number"),
	CONSTRAINT "quiz_attempts_status_ck0" CHECK ("status" in ('in_progress', 'submitted', 'abandoned')),
	CONSTRAINT "quiz_attempts_attempt_number_ck1" CHECK ("attempt_number" >= 1),
	CONSTRAINT "quiz_attempts_score_ck2" CHECK ("score" between 0 and 100),
	CONSTRAINT "quiz_attempts_total_questions_ck3" CHECK ("total_questions" >= 0),
	CONSTRAINT "quiz_attempts_correct_answers_ck4" CHECK ("correct_answers" >= 0),
	CONSTRAINT "quiz_attempts_time_taken_seconds_ck5" CHECK ("time_taken_seconds" >= 0),
	CONSTRAINT "quiz_attempts_row_ck6" CHECK (correct_answers <= total_questions),
	CONSTRAINT "quiz_attempts_row_ck7" CHECK (status <> 'submitted' or submitted_at is not null)
);
--> statement-breakpoint
CREATE TABLE "assessment"."assessment_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"quiz_attempt_id" uuid,
	"course_id" uuid,
	"skill_id" uuid,
	"title" text NOT NULL,
	"score" numeric(5, 2) NOT NULL,
	"max_score" numeric(7, 2) DEFAULT '100' NOT NULL,
	"result" text NOT NULL,
	"assessed_by" text DEFAULT 'auto' NOT NULL,
	"assessor_id" uuid,
	"feedback" text,
	"assessed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assessment_results_score_ck0" CHECK ("score" between 0 and 100),
	CONSTRAINT "assessment_results_max_score_ck1" CHECK (max_score > 0),
	CONSTRAINT "assessment_results_result_ck2" CHECK ("result" in ('passed', 'failed', 'pending')),
	CONSTRAINT "assessment_results_assessed_by_ck3" CHECK ("assessed_by" in ('auto', 'teacher', 'peer', 'ai'))
);
--> statement-breakpoint
ALTER TABLE "assessment"."assessment_results" ADD CONSTRAINT "assessment_results_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."assessment_results" ADD CONSTRAINT "assessment_results_quiz_attempt_id_quiz_attempts_id_fk" FOREIGN KEY ("quiz_attempt_id") REFERENCES "assessment"."quiz_attempts"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."assessment_results" ADD CONSTRAINT "assessment_results_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."assessment_results" ADD CONSTRAINT "assessment_results_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."assessment_results" ADD CONSTRAINT "assessment_results_assessor_id_users_id_fk" FOREIGN KEY ("assessor_id") REFERENCES "identity"."users"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."quiz_attempts" ADD CONSTRAINT "quiz_attempts_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "assessment"."quizzes"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."quiz_attempts" ADD CONSTRAINT "quiz_attempts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."quiz_questions" ADD CONSTRAINT "quiz_questions_quiz_id_quizzes_id_fk" FOREIGN KEY ("quiz_id") REFERENCES "assessment"."quizzes"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."quiz_questions" ADD CONSTRAINT "quiz_questions_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "catalog"."skills"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."quiz_questions" ADD CONSTRAINT "quiz_questions_source_file_id_source_files_id_fk" FOREIGN KEY ("source_file_id") REFERENCES "catalog"."source_files"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."quizzes" ADD CONSTRAINT "quizzes_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "catalog"."courses"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "assessment"."quizzes" ADD CONSTRAINT "quizzes_module_id_modules_id_fk" FOREIGN KEY ("module_id") REFERENCES "catalog"."modules"("id") ON DELETE set null;--> statement-breakpoint
ALTER TABLE "assessment"."quizzes" ADD CONSTRAINT "quizzes_generated_asset_id_generated_assets_id_fk" FOREIGN KEY ("generated_asset_id") REFERENCES "study"."generated_assets"("id") ON DELETE set null;--> statement-breakpoint
CREATE INDEX "idx_assessment_results_user_id_assessed_at" ON "assessment"."assessment_results" ("user_id","assessed_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_assessment_results_skill_id_score" ON "assessment"."assessment_results" ("skill_id","score");--> statement-breakpoint
CREATE INDEX "idx_assessment_results_quiz_attempt_id_fk" ON "assessment"."assessment_results" ("quiz_attempt_id");--> statement-breakpoint
CREATE INDEX "idx_assessment_results_course_id_fk" ON "assessment"."assessment_results" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_assessment_results_assessor_id_fk" ON "assessment"."assessment_results" ("assessor_id");--> statement-breakpoint
CREATE INDEX "idx_quiz_attempts_quiz_id" ON "assessment"."quiz_attempts" ("quiz_id");--> statement-breakpoint
CREATE INDEX "idx_quiz_attempts_user_id" ON "assessment"."quiz_attempts" ("user_id");--> statement-breakpoint
CREATE INDEX "idx_quiz_attempts_submitted_at" ON "assessment"."quiz_attempts" ("submitted_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idx_quiz_questions_skill_id_fk" ON "assessment"."quiz_questions" ("skill_id");--> statement-breakpoint
CREATE INDEX "idx_quiz_questions_source_file_id_fk" ON "assessment"."quiz_questions" ("source_file_id");--> statement-breakpoint
CREATE INDEX "idx_quizzes_course_id" ON "assessment"."quizzes" ("course_id");--> statement-breakpoint
CREATE INDEX "idx_quizzes_module_id" ON "assessment"."quizzes" ("module_id");--> statement-breakpoint
CREATE INDEX "idx_quizzes_generated_asset_id_fk" ON "assessment"."quizzes" ("generated_asset_id");
