import { and, eq, exists, ne, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import {
  answerKeyVisible, attemptVisible, learnerOrTeacher, mine, questionForStaff, questionVisible, quizLive, quizVisible,
  quizWithCourse, withQuiz,
} from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { assessmentResults, enrollments, quizAttempts, quizQuestions, quizzes } from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import type { QuizAttemptWhere } from "../schema/assessment/attempt.js";
import type { QuizWhere } from "../schema/assessment/quiz.js";
import type { AssessmentResultWhere } from "../schema/assessment/result.js";
import { perViewer, publicFirst } from "./factory.js";
import { attemptFilter, quizFilter, resultFilter } from "./filters/assessment.js";
import { itemAnalysisLoader } from "./item-analysis.js";
import { list, listBy, type ListSpec } from "./lists.js";

const quizList: ListSpec<typeof quizzes, QuizWhere> = {
  table: quizzes,
  // Ids are UUIDv7, so they sort by the time of being added.
  orders: [orderBy("CREATED_AT", [quizzes.id])],
  filter: quizFilter,
  where: quizLive,
  visible: quizWithCourse,
};

const attemptList: ListSpec<typeof quizAttempts, QuizAttemptWhere> = {
  table: quizAttempts,
  orders: [orderBy("CREATED_AT", [quizAttempts.id], true), orderBy("SUBMITTED_AT", [quizAttempts.submittedAt, quizAttempts.id], true)],
  filter: attemptFilter,
  visible: attemptVisible,
};

const learnsNow = exists(
  new QueryBuilder()
    .select({ one: sql`1` })
    .from(enrollments)
    .where(and(eq(enrollments.userId, assessmentResults.userId), eq(enrollments.courseId, assessmentResults.courseId), ne(enrollments.status, "dropped"))),
);
const resultVisible = learnerOrTeacher(assessmentResults.userId, assessmentResults.courseId, learnsNow);

const resultList: ListSpec<typeof assessmentResults, AssessmentResultWhere> = {
  table: assessmentResults,
  orders: [orderBy("ASSESSED_AT", [assessmentResults.assessedAt, assessmentResults.id], true)],
  filter: resultFilter,
  visible: resultVisible,
};

/** What is right, why, and where it comes from are not for everybody who reads the question: they have loaders of their own. */
const openQuestions = { visible: questionVisible, without: ["correctAnswer", "explanation", "sourceFileId", "sourcePage"] as const };
const aboutQuestion = ["questionText", "options", "skillId", "difficulty", "createdAt", "updatedAt"] as const;

export const assessmentLoaders = {
  quizById: publicFirst.oneBy(quizzes, "id", { visible: quizVisible }),
  quizzes: list(quizList),
  quizzesByCourse: listBy(quizList, quizzes.courseId),
  quizzesByModule: listBy(quizList, quizzes.moduleId),
  itemAnalysisByQuiz: itemAnalysisLoader,

  questionById: perViewer.oneBy(quizQuestions, "id", openQuestions),
  questionsByQuiz: perViewer.manyBy(quizQuestions, "quizId", [quizQuestions.questionNumber], { ...openQuestions, atMost: bounds.quizQuestions }),
  questionCountByQuiz: publicFirst.countBy(quizQuestions, quizQuestions.quizId, { visible: withQuiz(quizQuestions.quizId) }),
  answerKeyByQuestion: perViewer.oneBy(quizQuestions, "id", { visible: answerKeyVisible, without: [...aboutQuestion, "sourceFileId", "sourcePage"] }),
  sourceByQuestion: perViewer.oneBy(quizQuestions, "id", { visible: questionForStaff, without: [...aboutQuestion, "correctAnswer", "explanation"] }),

  attemptById: perViewer.oneBy(quizAttempts, "id", { visible: attemptVisible }),
  attemptsByQuiz: listBy(attemptList, quizAttempts.quizId),
  attemptsByUser: listBy(attemptList, quizAttempts.userId),
  myAttemptsByQuiz: listBy({ ...attemptList, visible: mine(quizAttempts.userId) }, quizAttempts.quizId),
  /** At most one is open, which the service sees to. */
  myOpenAttemptByQuiz: perViewer.oneBy(quizAttempts, "quizId", {
    visible: mine(quizAttempts.userId),
    where: eq(quizAttempts.status, "in_progress"),
  }),

  resultById: perViewer.oneBy(assessmentResults, "id", { visible: resultVisible }),
  resultsByUser: listBy(resultList, assessmentResults.userId),
  resultsByAttempt: perViewer.manyBy(assessmentResults, "quizAttemptId", [assessmentResults.id], {
    visible: resultVisible,
    // One of each skill at most, and no quiz has more questions.
    atMost: bounds.quizQuestions,
  }),
};
