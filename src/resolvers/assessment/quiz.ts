import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { quizzes } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import { QuizAttempt, QuizAttemptConnection, QuizAttemptsArgs } from "../../schema/assessment/attempt.js";
import { QuizItemAnalysis, QuizQuestion } from "../../schema/assessment/question.js";
import { Quiz, QuizConnection, QuizzesArgs } from "../../schema/assessment/quiz.js";

type QuizRow = typeof quizzes.$inferSelect;

@Resolver()
export class QuizQueries {
  @Public()
  @Query(() => QuizConnection, { description: "Quizzes that the viewer may see: those of courses, and, signed in, those for practice without one." })
  quizzes(@Args(() => QuizzesArgs) args: QuizzesArgs, @Ctx() { loaders }: Context) {
    return loaders.quizzes.page(args);
  }

  @Public()
  @Query(() => Quiz, { nullable: true, description: "One quiz; null when there is none that the viewer may see." })
  quiz(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.quizById.load(keyOf("Quiz", id));
  }
}

@Resolver(() => Quiz)
export class QuizEdges {
  @Can("quiz")
  @FieldResolver(() => Int, { nullable: true, description: "How many questions it has." })
  questionCount(@Root() quiz: QuizRow, @Ctx() { loaders }: Context) {
    return loaders.questionCountByQuiz.load(quiz.id);
  }

  @Bound(bounds.quizQuestions)
  @Can("questions")
  @FieldResolver(() => [QuizQuestion], { nullable: true, description: "Its questions in order; none for whoever may not read them." })
  questions(@Root() quiz: QuizRow, @Ctx() { loaders }: Context) {
    return loaders.questionsByQuiz.load(quiz.id);
  }

  @Can("signedIn")
  @FieldResolver(() => QuizAttemptConnection, {
    nullable: true,
    description: "Attempts at it: learners see their own, the course's teacher those of its learners, admins all.",
  })
  attempts(@Root() quiz: QuizRow, @Args(() => QuizAttemptsArgs) args: QuizAttemptsArgs, @Ctx() { loaders }: Context) {
    return loaders.attemptsByQuiz.page(quiz.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => QuizAttemptConnection, { nullable: true, description: "The viewer's own attempts." })
  myAttempts(@Root() quiz: QuizRow, @Args(() => QuizAttemptsArgs) args: QuizAttemptsArgs, @Ctx() { loaders }: Context) {
    return loaders.myAttemptsByQuiz.page(quiz.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => QuizAttempt, {
    nullable: true,
    description: "The viewer's attempt that is open, with what was answered so far, to go on with; null when there is none.",
  })
  myOpenAttempt(@Root() quiz: QuizRow, @Ctx() { loaders }: Context) {
    return loaders.myOpenAttemptByQuiz.load(quiz.id);
  }

  @Can("quizStaff")
  @FieldResolver(() => QuizItemAnalysis, {
    nullable: true,
    description: "How its questions did, over the first submitted attempt of each learner whose account is there and who did not drop the course.",
  })
  itemAnalysis(@Root() quiz: QuizRow, @Ctx() { loaders }: Context) {
    return loaders.itemAnalysisByQuiz.load(quiz.id);
  }
}
