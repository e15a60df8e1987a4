import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { users } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { LearnerCareerPathConnection, LearnerCareerPathsArgs } from "../../schema/progress/career-path.js";
import { EnrollmentConnection, EnrollmentsArgs } from "../../schema/progress/enrollment.js";
import {
  ProgressMetricConnection, ProgressMetricsArgs, SkillMasteryArgs, SkillMasteryConnection,
} from "../../schema/progress/measures.js";

type UserRow = typeof users.$inferSelect;

@Resolver(() => User)
export class UserProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => EnrollmentConnection, {
    nullable: true,
    description: "Enrollments: the user and admins see all, teachers those in their courses that were not dropped.",
  })
  enrollments(@Root() user: UserRow, @Args(() => EnrollmentsArgs) args: EnrollmentsArgs, @Ctx() { loaders }: Context) {
    return loaders.enrollmentsByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => LearnerCareerPathConnection, { nullable: true, description: "Career paths taken up." })
  careerPaths(
    @Root() user: UserRow,
    @Args(() => LearnerCareerPathsArgs) args: LearnerCareerPathsArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.careerPathsByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => SkillMasteryConnection, { nullable: true, description: "Mastery that was seen, by skill." })
  skillMastery(@Root() user: UserRow, @Args(() => SkillMasteryArgs) args: SkillMasteryArgs, @Ctx() { loaders }: Context) {
    return loaders.skillMasteryByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => ProgressMetricConnection, { nullable: true, description: "Measured values of learning." })
  progressMetrics(@Root() user: UserRow, @Args(() => ProgressMetricsArgs) args: ProgressMetricsArgs, @Ctx() { loaders }: Context) {
    return loaders.progressMetricsByUser.page(user.id, args);
  }
}
