import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { jobRoles, jobRoleSkills } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import { CareerPathConnection, CareerPathsArgs } from "../../schema/pathways/career-path.js";
import { JobRole, JobRoleConnection, JobRolesArgs, JobRoleSkill } from "../../schema/pathways/job-role.js";

type JobRoleRow = typeof jobRoles.$inferSelect;
type JobRoleSkillRow = typeof jobRoleSkills.$inferSelect;

@Resolver()
export class JobRoleQueries {
  @Public()
  @Query(() => JobRoleConnection, { description: "Kinds of jobs that career paths lead to." })
  jobRoles(@Args(() => JobRolesArgs) args: JobRolesArgs, @Ctx() { loaders }: Context) {
    return loaders.jobRoles.page(args);
  }

  @Public()
  @Query(() => JobRole, { nullable: true, description: "One job role; null when there is none." })
  jobRole(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.jobRoleById.load(keyOf("JobRole", id));
  }
}

@Resolver(() => JobRole)
export class JobRoleEdges {
  @Public()
  @FieldResolver(() => CareerPathConnection, { description: "Ways to this role." })
  careerPaths(@Root() role: JobRoleRow, @Args(() => CareerPathsArgs) args: CareerPathsArgs, @Ctx() { loaders }: Context) {
    return loaders.careerPathsByJobRole.page(role.id, args);
  }

  @Bound(bounds.jobRoleSkills)
  @Public()
  @FieldResolver(() => [JobRoleSkill], { description: "Skills that it asks for." })
  skills(@Root() role: JobRoleRow, @Ctx() { loaders }: Context) {
    return loaders.skillsByJobRole.load(role.id);
  }
}

@Resolver(() => JobRoleSkill)
export class JobRoleSkillEdges {
  @Public()
  @FieldResolver(() => JobRole, { nullable: true, description: "The role." })
  jobRole(@Root() { jobRoleId }: JobRoleSkillRow, @Ctx() { loaders }: Context) {
    return loaders.jobRoleById.load(jobRoleId);
  }
}
