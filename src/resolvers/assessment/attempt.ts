import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { assessmentResults, quizAttempts } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { DateTime } from "../../graphql/scalars.js";
import {
  QuizAnswer, QuizAttempt, SaveQuizAnswersInput, SaveQuizAnswersPayload, StartQuizAttemptInput, StartQuizAttemptPayload,
  SubmitQuizAttemptInput, SubmitQuizAttemptPayload,
} from "../../schema/assessment/attempt.js";
import { QuizQuestion } from "../../schema/assessment/question.js";
import { Quiz } from "../../schema/assessment/quiz.js";
import { AssessmentResult } from "../../schema/assessment/result.js";
import { saveQuizAnswers, startQuizAttempt, submitQuizAttempt } from "../../services/assessment/attempts.js";
import { dueAt, remainingSeconds } from "../../services/assessment/clock.js";
import { answersOf } from "../../services/assessment/options.js";

type AttemptRow = typeof quizAttempts.$inferSelect;
type ResultRow = typeof assessmentResults.$inferSelect;
type Answered = ReturnType<typeof answersOf>[number] & { quizId: string };

/** The end of an open attempt, in ms since 1970; null without one. */
async function dueOf({ status, quizId, startedAt }: AttemptRow, { loaders }: Context): Promise<number | null> {
  if (status !== "in_progress") return null;
  const quiz = await loaders.quizById.load(quizId);
  return dueAt(startedAt, quiz?.timeLimitMinutes ?? null);
}

@Resolver(() => QuizAttempt)
export class QuizAttemptEdges {
  @Can("enrollment")
  @FieldResolver(() => Quiz, { nullable: true, description: "The quiz." })
  quiz(@Root() { quizId }: AttemptRow, @Ctx() { loaders }: Context) {
    return loaders.quizById.load(quizId);
  }

  @Bound(bounds.quizQuestions)
  @Can("owner")
  @FieldResolver(() => [QuizAnswer], { nullable: true, description: "What was answered, by number of the question; unanswered questions are left out." })
  answers(@Root() { answers, quizId }: AttemptRow) {
    return answersOf(answers).map((answer) => ({ ...answer, quizId }));
  }

  @Bound(bounds.quizQuestions)
  @Can("enrollment")
  @FieldResolver(() => [AssessmentResult], {
    nullable: true,
    description: "What it showed: one result of each skill that its questions ask for, or one without a skill when they name none.",
  })
  results(@Root() attempt: AttemptRow, @Ctx() { loaders }: Context) {
    return loaders.resultsByAttempt.load(attempt.id);
  }

  @Can("enrollment")
  @FieldResolver(() => DateTime, { nullable: true, description: "When the time of an open attempt ends; null without a limit, and once it is submitted." })
  async dueAt(@Root() attempt: AttemptRow, @Ctx() context: Context) {
    const due = await dueOf(attempt, context);
    return due === null ? null : new Date(due);
  }

  @Can("enrollment")
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Seconds that are left of an open attempt, by the server's clock; null without a limit, and once it is submitted.",
  })
  async remainingSeconds(@Root() attempt: AttemptRow, @Ctx() context: Context) {
    return remainingSeconds(await dueOf(attempt, context), Date.now());
  }
}

@Resolver(() => QuizAnswer)
export class QuizAnswerEdges {
  @Can("questions")
  @FieldResolver(() => QuizQuestion, { nullable: true, description: "The question." })
  async question(@Root() { quizId, questionNumber }: Answered, @Ctx() { loaders }: Context) {
    const questions = await loaders.questionsByQuiz.load(quizId);
    return questions.find((question) => question.questionNumber === questionNumber) ?? null;
  }
}

@Resolver(() => AssessmentResult)
export class AssessmentResultEdges {
  @Can("enrollment")
  @FieldResolver(() => QuizAttempt, { nullable: true, description: "The attempt that showed it; null when it was no quiz." })
  attempt(@Root() { quizAttemptId }: ResultRow, @Ctx() { loaders }: Context) {
    return quizAttemptId === null ? null : loaders.attemptById.load(quizAttemptId);
  }
}

@Resolver()
export class QuizAttemptMutations {
  @Can("signedIn")
  @Mutation(() => StartQuizAttemptPayload, {
    description: "Starts an attempt at a quiz. An open one is taken up again, which no limit on attempts forbids.",
  })
  async startQuizAttempt(
    @Arg("input", () => StartQuizAttemptInput, { description: "Which quiz." }) input: StartQuizAttemptInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { attempt: await startQuizAttempt(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => SaveQuizAnswersPayload, {
    description: "Saves answers of an open attempt. What was saved in time is graded, even when it is never submitted.",
  })
  async saveQuizAnswers(
    @Arg("input", () => SaveQuizAnswersInput, { description: "The answers." }) input: SaveQuizAnswersInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { attempt: await saveQuizAnswers(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => SubmitQuizAttemptPayload, { description: "Submits an attempt and grades it at once. Submitting it again answers with the same result." })
  async submitQuizAttempt(
    @Arg("input", () => SubmitQuizAttemptInput, { description: "Which attempt, and its last answers." }) input: SubmitQuizAttemptInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return submitQuizAttempt(signedIn(viewer), db, input);
  }
}
