import { sql } from "drizzle-orm";
import {
  boolean, char, check, index, integer, jsonb, numeric, smallint, text, unique, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, id, instant, newestFirst, oneOf, percent, refersTo, timestamps,
} from "../columns.js";
import { assessors, attemptStatuses, difficulties, quizTypes, resultStatuses } from "../value-sets.js";
import { courses, modules, skills, sourceFiles } from "./catalog.js";
import { users } from "./identity.js";
import { generatedAssets } from "./study.js";
import { assessmentSchema } from "./schemas.js";

/** A quiz of a module, of a course, or for practice without one. Archived instead of deleted: attempts stay. */
export const quizzes = assessmentSchema.table(
  "quizzes",
  {
    id: id(),
    quizId: text("quiz_id").notNull().unique("quizzes_quiz_id_key"),
    courseId: uuid("course_id").references(() => courses.id, { onDelete: "cascade" }),
    moduleId: refersTo("module_id", () => modules.id),
    generatedAssetId: refersTo("generated_asset_id", () => generatedAssets.id),
    title: text("title").notNull(),
    description: text("description"),
    quizType: text("quiz_type", { enum: quizTypes }).notNull().default("module"),
    passingScore: smallint("passing_score").notNull().default(70),
    timeLimitMinutes: integer("time_limit_minutes"),
    maxAttempts: integer("max_attempts"),
    archivedAt: instant("archived_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("quizzes_quiz_type_ck0", t.quizType, quizTypes),
    between("quizzes_passing_score_ck1", t.passingScore, 0, 100),
    atLeast("quizzes_time_limit_minutes_ck2", t.timeLimitMinutes, 1),
    atLeast("quizzes_max_attempts_ck3", t.maxAttempts, 1),
    check("quizzes_row_ck4", sql`course_id is not null or quiz_type = 'practice'`),
    index("idx_quizzes_course_id").on(t.courseId),
    index("idx_quizzes_module_id").on(t.moduleId),
    index("idx_quizzes_generated_asset_id_fk").on(t.generatedAssetId),
  ],
);

/** A question with lettered options, one of them right. */
export const quizQuestions = assessmentSchema.table(
  "quiz_questions",
  {
    id: id(),
    quizId: belongsTo("quiz_id", () => quizzes.id),
    skillId: refersTo("skill_id", () => skills.id),
    questionNumber: integer("question_number").notNull(),
    questionText: text("question_text").notNull(),
    options: jsonb("options").notNull(),
    correctAnswer: char("correct_answer", { length: 1 }).notNull(),
    explanation: text("explanation"),
    difficulty: text("difficulty", { enum: difficulties }),
    sourceFileId: refersTo("source_file_id", () => sourceFiles.id),
    sourcePage: integer("source_page"),
    ...timestamps(),
  },
  (t) => [
    unique("quiz_questions_quiz_id_question_number_key").on(t.quizId, t.questionNumber),
    atLeast("quiz_questions_question_number_ck0", t.questionNumber, 1),
    check("quiz_questions_correct_answer_ck1", sql`correct_answer in ('A', 'B', 'C', 'D')`),
    oneOf("quiz_questions_difficulty_ck2", t.difficulty, difficulties),
    atLeast("quiz_questions_source_page_ck3", t.sourcePage, 1),
    check("quiz_questions_row_ck4", sql`jsonb_typeof(options) = 'object' and options ? correct_answer::text`),
    index("idx_quiz_questions_skill_id_fk").on(t.skillId),
    index("idx_quiz_questions_source_file_id_fk").on(t.sourceFileId),
  ],
);

/** A learner's try at a quiz, numbered from 1. */
export const quizAttempts = assessmentSchema.table(
  "quiz_attempts",
  {
    id: id(),
    quizId: belongsTo("quiz_id", () => quizzes.id),
    userId: belongsTo("user_id", () => users.id),
    status: text("status", { enum: attemptStatuses }).notNull().default("in_progress"),
    attemptNumber: integer("attempt_number").notNull().default(1),
    answers: jsonb("answers").notNull().default({}),
    score: smallint("score"),
    totalQuestions: integer("total_questions"),
    correctAnswers: integer("correct_answers"),
    passed: boolean("passed"),
    startedAt: instant("started_at"),
    submittedAt: instant("submitted_at"),
    timeTakenSeconds: integer("time_taken_seconds"),
    ...timestamps(),
  },
  (t) => [
    unique("quiz_attempts_quiz_id_user_id_attempt_number_key").on(t.quizId, t.userId, t.attemptNumber),
    oneOf("quiz_attempts_status_ck0", t.status, attemptStatuses),
    atLeast("quiz_attempts_attempt_number_ck1", t.attemptNumber, 1),
    between("quiz_attempts_score_ck2", t.score, 0, 100),
    atLeast("quiz_attempts_total_questions_ck3", t.totalQuestions, 0),
    atLeast("quiz_attempts_correct_answers_ck4", t.correctAnswers, 0),
    atLeast("quiz_attempts_time_taken_seconds_ck5", t.timeTakenSeconds, 0),
    check("quiz_attempts_row_ck6", sql`correct_answers <= total_questions`),
    check("quiz_attempts_row_ck7", sql`status <> 'submitted' or submitted_at is not null`),
    index("idx_quiz_attempts_quiz_id").on(t.quizId),
    index("idx_quiz_attempts_user_id").on(t.userId),
    index("idx_quiz_attempts_submitted_at").on(newestFirst(t.submittedAt)),
  ],
);

/** A score, whoever gave it. */
export const assessmentResults = assessmentSchema.table(
  "assessment_results",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    quizAttemptId: uuid("quiz_attempt_id").references(() => quizAttempts.id, { onDelete: "cascade" }),
    courseId: refersTo("course_id", () => courses.id),
    skillId: refersTo("skill_id", () => skills.id),
    title: text("title").notNull(),
    score: percent("score").notNull(),
    maxScore: numeric("max_score", { precision: 7, scale: 2 }).notNull().default("100"),
    result: text("result", { enum: resultStatuses }).notNull(),
    assessedBy: text("assessed_by", { enum: assessors }).notNull().default("auto"),
    assessorId: refersTo("assessor_id", () => users.id),
    feedback: text("feedback"),
    assessedAt: instant("assessed_at").notNull().defaultNow(),
    ...timestamps(),
  },
  (t) => [
    between("assessment_results_score_ck0", t.score, 0, 100),
    check("assessment_results_max_score_ck1", sql`max_score > 0`),
    oneOf("assessment_results_result_ck2", t.result, resultStatuses),
    oneOf("assessment_results_assessed_by_ck3", t.assessedBy, assessors),
    index("idx_assessment_results_user_id_assessed_at").on(t.userId, newestFirst(t.assessedAt)),
    index("idx_assessment_results_skill_id_score").on(t.skillId, t.score),
    index("idx_assessment_results_quiz_attempt_id_fk").on(t.quizAttemptId),
    index("idx_assessment_results_course_id_fk").on(t.courseId),
    index("idx_assessment_results_assessor_id_fk").on(t.assessorId),
  ],
);
