import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import type {
  careerPaths, courses, jobRoles, jobRoleSkills, pathMilestones, providers, skills,
} from "../db/tables/index.js";
import { Bound, bounds } from "../graphql/bounds.js";
import type { Context } from "../graphql/context.js";
import { keyOf } from "../graphql/node.js";
import { Course } from "../schema/catalog/course.js";
import { Provider } from "../schema/catalog/provider.js";
import { Skill } from "../schema/catalog/skill.js";
import {
  CareerPath, CareerPathConnection, CareerPathsArgs, PathMilestone, PathMilestoneConnection, PathMilestonesArgs,
} from "../schema/pathways/career-path.js";
import { JobRole, JobRoleConnection, JobRolesArgs, JobRoleSkill } from "../schema/pathways/job-role.js";

type JobRoleRow = typeof jobRoles.$inferSelect;
type JobRoleSkillRow = typeof jobRoleSkills.$inferSelect;
type CareerPathRow = typeof careerPaths.$inferSelect;
type PathMilestoneRow = typeof pathMilestones.$inferSelect;
type CourseRow = typeof courses.$inferSelect;
type ProviderRow = typeof providers.$inferSelect;
type SkillRow = typeof skills.$inferSelect;

@Resolver()
export class PathwaysQueries {
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

/** How `node` finds rows of this domain. */
export const pathwaysNodes = {
  CareerPath: "careerPathById",
  JobRole: "jobRoleById",
  PathMilestone: "pathMilestoneById",
} as const;
