import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { courses, providers, skills } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { Course } from "../../schema/catalog/course.js";
import { Provider } from "../../schema/catalog/provider.js";
import { Skill } from "../../schema/catalog/skill.js";
import { PathMilestoneConnection, PathMilestonesArgs } from "../../schema/pathways/career-path.js";
import { JobRoleConnection, JobRolesArgs } from "../../schema/pathways/job-role.js";

type CourseRow = typeof courses.$inferSelect;
type ProviderRow = typeof providers.$inferSelect;
type SkillRow = typeof skills.$inferSelect;

@Resolver(() => Course)
export class CoursePathwaysEdges {
  @Can("course")
  @FieldResolver(() => PathMilestoneConnection, { description: "Steps of career paths that the course completes." })
  milestones(@Root() course: CourseRow, @Args(() => PathMilestonesArgs) args: PathMilestonesArgs, @Ctx() { loaders }: Context) {
    return loaders.milestonesByCourse.page(course.id, args);
  }
}

@Resolver(() => Provider)
export class ProviderPathwaysEdges {
  @Public()
  @FieldResolver(() => PathMilestoneConnection, { description: "Steps of career paths that it offers." })
  milestones(@Root() provider: ProviderRow, @Args(() => PathMilestonesArgs) args: PathMilestonesArgs, @Ctx() { loaders }: Context) {
    return loaders.milestonesByProvider.page(provider.id, args);
  }
}

@Resolver(() => Skill)
export class SkillPathwaysEdges {
  @Public()
  @FieldResolver(() => JobRoleConnection, { description: "Roles that ask for it." })
  jobRoles(@Root() skill: SkillRow, @Args(() => JobRolesArgs) args: JobRolesArgs, @Ctx() { loaders }: Context) {
    return loaders.jobRolesBySkill.page(skill.id, args);
  }

  @Public()
  @FieldResolver(() => PathMilestoneConnection, { description: "Steps of career paths that build it." })
  milestones(@Root() skill: SkillRow, @Args(() => PathMilestonesArgs) args: PathMilestonesArgs, @Ctx() { loaders }: Context) {
    return loaders.milestonesBySkill.page(skill.id, args);
  }
}
