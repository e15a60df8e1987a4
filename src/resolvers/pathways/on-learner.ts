import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { goals } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { LearnerGoal } from "../../schema/learner/goals.js";
import { JobRole } from "../../schema/pathways/job-role.js";

@Resolver(() => LearnerGoal)
export class LearnerGoalPathwaysEdges {
  @Can("owner")
  @FieldResolver(() => JobRole, { nullable: true, description: "The job role that the learner wants; null when none was chosen." })
  desiredJobRole(@Root() { desiredJobRoleId }: typeof goals.$inferSelect, @Ctx() { loaders }: Context) {
    return desiredJobRoleId === null ? null : loaders.jobRoleById.load(desiredJobRoleId);
  }
}
