import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { users } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { QuizAttemptConnection, QuizAttemptsArgs } from "../../schema/assessment/attempt.js";
import { AssessmentResultConnection, AssessmentResultsArgs } from "../../schema/assessment/result.js";
import { User } from "../../schema/identity/user.js";

type UserRow = typeof users.$inferSelect;

@Resolver(() => User)
export class UserAssessmentEdges {
  @Can("signedIn")
  @FieldResolver(() => QuizAttemptConnection, {
    nullable: true,
    description: "Attempts at quizzes: the user and admins see all, teachers those in their courses while the learner is in them.",
  })
  quizAttempts(@Root() user: UserRow, @Args(() => QuizAttemptsArgs) args: QuizAttemptsArgs, @Ctx() { loaders }: Context) {
    return loaders.attemptsByUser.page(user.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => AssessmentResultConnection, {
    nullable: true,
    description: "Results of assessments: the user and admins see all, teachers those in their courses while the learner is in them.",
  })
  assessmentResults(@Root() user: UserRow, @Args(() => AssessmentResultsArgs) args: AssessmentResultsArgs, @Ctx() { loaders }: Context) {
    return loaders.resultsByUser.page(user.id, args);
  }
}
