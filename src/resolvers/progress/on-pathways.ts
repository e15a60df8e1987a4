import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { careerPaths, pathMilestones } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { CareerPath, PathMilestone } from "../../schema/pathways/career-path.js";
import {
  LearnerCareerPath, LearnerCareerPathConnection, LearnerCareerPathsArgs, MilestoneCompletion,
} from "../../schema/progress/career-path.js";

type CareerPathRow = typeof careerPaths.$inferSelect;

@Resolver(() => CareerPath)
export class CareerPathProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => LearnerCareerPathConnection, {
    nullable: true,
    description: "Learners on the path: admins see all, everyone else their own tries.",
  })
  learners(
    @Root() path: CareerPathRow,
    @Args(() => LearnerCareerPathsArgs) args: LearnerCareerPathsArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.learnersByCareerPath.page(path.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => LearnerCareerPath, { nullable: true, description: "The viewer's latest try; null when there is none." })
  async myCareerPath(@Root() path: CareerPathRow, @Ctx() { loaders }: Context) {
    return (await loaders.myTriesByCareerPath.load(path.id)).at(-1) ?? null;
  }
}

@Resolver(() => PathMilestone)
export class PathMilestoneProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => MilestoneCompletion, { nullable: true, description: "How far the viewer is with it in the latest try; null when there is none." })
  async myCompletion(@Root() milestone: typeof pathMilestones.$inferSelect, @Ctx() { loaders }: Context) {
    return (await loaders.myCompletionsByMilestone.load(milestone.id)).at(-1) ?? null;
  }
}
