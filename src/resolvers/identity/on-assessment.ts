import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { assessmentResults } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { QuizAttempt } from "../../schema/assessment/attempt.js";
import { AssessmentResult } from "../../schema/assessment/result.js";
import { User } from "../../schema/identity/user.js";

@Resolver(() => QuizAttempt)
export class QuizAttemptUserEdges {
  @Can("enrollment")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: { userId: string }, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => AssessmentResult)
export class AssessmentResultUserEdges {
  @Can("enrollment")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: { userId: string }, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }

  @Can("enrollment")
  @FieldResolver(() => User, { nullable: true, description: "The person who assessed; null for the service." })
  assessor(@Root() { assessorId }: Pick<typeof assessmentResults.$inferSelect, "assessorId">, @Ctx() { loaders }: Context) {
    return assessorId === null ? null : loaders.userById.load(assessorId);
  }
}
