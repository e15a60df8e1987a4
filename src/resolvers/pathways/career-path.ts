import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { careerPaths, pathMilestones } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import { CareerPath, CareerPathConnection, CareerPathsArgs, PathMilestone } from "../../schema/pathways/career-path.js";
import { JobRole } from "../../schema/pathways/job-role.js";

type CareerPathRow = typeof careerPaths.$inferSelect;
type PathMilestoneRow = typeof pathMilestones.$inferSelect;

@Resolver()
export class CareerPathQueries {
  @Public()
  @Query(() => CareerPathConnection, { description: "Ways to job roles." })
  careerPaths(@Args(() => CareerPathsArgs) args: CareerPathsArgs, @Ctx() { loaders }: Context) {
    return loaders.careerPaths.page(args);
  }

  @Public()
  @Query(() => CareerPath, { nullable: true, description: "One career path; null when there is none." })
  careerPath(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.careerPathById.load(keyOf("CareerPath", id));
  }
}

@Resolver(() => CareerPath)
export class CareerPathEdges {
  @Public()
  @FieldResolver(() => JobRole, { nullable: true, description: "The role it leads to." })
  jobRole(@Root() { jobRoleId }: CareerPathRow, @Ctx() { loaders }: Context) {
    return loaders.jobRoleById.load(jobRoleId);
  }

  @Bound(bounds.pathMilestones)
  @Public()
  @FieldResolver(() => [PathMilestone], { description: "Its steps in order." })
  milestones(@Root() path: CareerPathRow, @Ctx() { loaders }: Context) {
    return loaders.milestonesByCareerPath.load(path.id);
  }
}

@Resolver(() => PathMilestone)
export class PathMilestoneEdges {
  @Public()
  @FieldResolver(() => CareerPath, { nullable: true, description: "The path." })
  careerPath(@Root() { careerPathId }: PathMilestoneRow, @Ctx() { loaders }: Context) {
    return loaders.careerPathById.load(careerPathId);
  }
}
