import { anyOf } from "../../db/client.js";
import { matches, related, searches, whereOf } from "../../db/filters.js";
import { assessmentResults, quizAttempts, quizzes } from "../../db/tables/index.js";
import type { QuizAttemptWhere } from "../../schema/assessment/attempt.js";
import type { QuizWhere } from "../../schema/assessment/quiz.js";
import type { AssessmentResultWhere } from "../../schema/assessment/result.js";

export const quizFilter = whereOf<QuizWhere>({
  search: searches(quizzes.title),
  quizId: matches(quizzes.quizId),
  quizType: matches(quizzes.quizType),
  timeLimitMinutes: matches(quizzes.timeLimitMinutes),
  course: related("Course", (ids) => anyOf(quizzes.courseId, ids, "uuid")),
  module: related("Module", (ids) => anyOf(quizzes.moduleId, ids, "uuid")),
  createdAt: matches(quizzes.createdAt),
});

export const attemptFilter = whereOf<QuizAttemptWhere>({
  status: matches(quizAttempts.status),
  score: matches(quizAttempts.score),
  passed: matches(quizAttempts.passed),
  submittedAt: matches(quizAttempts.submittedAt),
  quiz: related("Quiz", (ids) => anyOf(quizAttempts.quizId, ids, "uuid")),
});

export const resultFilter = whereOf<AssessmentResultWhere>({
  result: matches(assessmentResults.result),
  skill: related("Skill", (ids) => anyOf(assessmentResults.skillId, ids, "uuid")),
  course: related("Course", (ids) => anyOf(assessmentResults.courseId, ids, "uuid")),
  assessedAt: matches(assessmentResults.assessedAt),
});
