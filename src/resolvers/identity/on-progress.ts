import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { LearnerCareerPath, MilestoneCompletion } from "../../schema/progress/career-path.js";
import { ContentProgress } from "../../schema/progress/content.js";
import { Enrollment } from "../../schema/progress/enrollment.js";
import { ProgressMetric, SkillMastery } from "../../schema/progress/measures.js";

interface LearnersRow {
  userId: string;
}

@Resolver(() => Enrollment)
export class EnrollmentUserEdges {
  @Can("enrollment")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => ContentProgress)
export class ContentProgressUserEdges {
  @Can("enrollment")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => LearnerCareerPath)
export class LearnerCareerPathUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => MilestoneCompletion)
export class MilestoneCompletionUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => SkillMastery)
export class SkillMasteryUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => ProgressMetric)
export class ProgressMetricUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}
