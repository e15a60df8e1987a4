import { assessors, attemptStatuses, difficulties, quizTypes, resultStatuses } from "../../db/value-sets.js";
import { enumOf } from "../../graphql/enums.js";

export const QuizType = enumOf("QuizType", "What a quiz is about.", quizTypes, {
  module: "A module of a course.",
  course: "A whole course.",
  practice: "Practice; the only kind that may be without a course.",
});

export const Difficulty = enumOf("Difficulty", "How hard a question is, as its author thinks.", difficulties, {
  easy: "Easy.",
  medium: "In between.",
  hard: "Hard.",
});

export const AttemptStatus = enumOf("AttemptStatus", "Where an attempt at a quiz stands.", attemptStatuses, {
  in_progress: "Open: answers are saved, and it can be taken up again.",
  submitted: "Submitted and graded.",
  abandoned: "Given up without being graded.",
});

export const ResultStatus = enumOf("ResultStatus", "How an assessment ended.", resultStatuses, {
  passed: "Passed.",
  failed: "Not passed.",
  pending: "Still to be assessed.",
});

export const Assessor = enumOf("Assessor", "Who assessed.", assessors, {
  auto: "The service, by the right answers.",
  teacher: "A teacher.",
  peer: "Another learner.",
  ai: "A language model.",
});

const letters = ["A", "B", "C", "D"] as const;

export const AnswerLetter = enumOf("AnswerLetter", "The letter of an option.", letters, {
  A: "The first option.",
  B: "The second option.",
  C: "The third option.",
  D: "The fourth option.",
});

export type Letter = (typeof letters)[number];
