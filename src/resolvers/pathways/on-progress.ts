import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { learnerCareerPaths, milestoneCompletions } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { CareerPath, PathMilestone } from "../../schema/pathways/career-path.js";
import { JobRole } from "../../schema/pathways/job-role.js";
import { LearnerCareerPath, MilestoneCompletion } from "../../schema/progress/career-path.js";

type PathRow = typeof learnerCareerPaths.$inferSelect;
type MilestoneRow = typeof milestoneCompletions.$inferSelect;

@Resolver(() => LearnerCareerPath)
export class LearnerCareerPathPathwaysEdges {
  @Can("owner")
  @FieldResolver(() => CareerPath, { nullable: true, description: "The path." })
  careerPath(@Root() { careerPathId }: PathRow, @Ctx() { loaders }: Context) {
    return loaders.careerPathById.load(careerPathId);
  }

  @Can("owner")
  @FieldResolver(() => JobRole, { nullable: true, description: "The role aimed at." })
  jobRole(@Root() { jobRoleId }: PathRow, @Ctx() { loaders }: Context) {
    return jobRoleId === null ? null : loaders.jobRoleById.load(jobRoleId);
  }
}

@Resolver(() => MilestoneCompletion)
export class MilestoneCompletionPathwaysEdges {
  @Can("owner")
  @FieldResolver(() => PathMilestone, { nullable: true, description: "The milestone." })
  milestone(@Root() { pathMilestoneId }: MilestoneRow, @Ctx() { loaders }: Context) {
    return loaders.pathMilestoneById.load(pathMilestoneId);
  }
}
