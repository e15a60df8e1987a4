import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Public } from "../auth/policy.js";
import type { jobRoleSkills, nsqfLevels, pathMilestones, providers, skills } from "../db/tables/index.js";
import { Bound, bounds } from "../graphql/bounds.js";
import type { Context } from "../graphql/context.js";
import { keyOf } from "../graphql/node.js";
import { Course, CourseConnection, CoursesArgs } from "../schema/catalog/course.js";
import { NsqfLevel, NsqfLevelConnection, NsqfLevelsArgs } from "../schema/catalog/level.js";
import { Provider, ProviderConnection, ProvidersArgs } from "../schema/catalog/provider.js";
import { Skill, SkillConnection, SkillsArgs } from "../schema/catalog/skill.js";
import { PathMilestone } from "../schema/pathways/career-path.js";
import { JobRoleSkill } from "../schema/pathways/job-role.js";

type NsqfLevelRow = typeof nsqfLevels.$inferSelect;
type ProviderRow = typeof providers.$inferSelect;
type SkillRow = typeof skills.$inferSelect;
type PathMilestoneRow = typeof pathMilestones.$inferSelect;
type JobRoleSkillRow = typeof jobRoleSkills.$inferSelect;

@Resolver()
export class CatalogQueries {
  @Public()
  @Query(() => CourseConnection, { description: "Courses that the viewer may see." })
  courses(@Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.courses.page(args);
  }

  @Public()
  @Query(() => Course, { nullable: true, description: "One course; null when there is none that the viewer may see." })
  course(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(keyOf("Course", id));
  }

  @Public()
  @Query(() => ProviderConnection, { description: "Institutions that offer courses." })
  providers(@Args(() => ProvidersArgs) args: ProvidersArgs, @Ctx() { loaders }: Context) {
    return loaders.providers.page(args);
  }

  @Public()
  @Query(() => Provider, { nullable: true, description: "One provider; null when there is none." })
  provider(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.providerById.load(keyOf("Provider", id));
  }

  @Public()
  @Query(() => SkillConnection, { description: "Skills by their canonical names." })
  skills(@Args(() => SkillsArgs) args: SkillsArgs, @Ctx() { loaders }: Context) {
    return loaders.skills.page(args);
  }

  @Public()
  @Query(() => Skill, { nullable: true, description: "One skill; null when there is none." })
  skill(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.skillById.load(keyOf("Skill", id));
  }

  @Public()
  @Query(() => NsqfLevelConnection, { description: "The ladder of national qualifications." })
  nsqfLevels(@Args(() => NsqfLevelsArgs) args: NsqfLevelsArgs, @Ctx() { loaders }: Context) {
    return loaders.nsqfLevels.page(args);
  }
}

@Resolver(() => NsqfLevel)
export class NsqfLevelEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses at this level." })
  courses(@Root() level: NsqfLevelRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByNsqfLevel.page(level.level, args);
  }
}

@Resolver(() => Provider)
export class ProviderEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses that it offers." })
  courses(@Root() provider: ProviderRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByProvider.page(provider.id, args);
  }
}

@Resolver(() => Skill)
export class SkillEdges {
  @Public()
  @FieldResolver(() => [String], { description: "Other spellings that lead to this skill." })
  async aliases(@Root() skill: SkillRow, @Ctx() { loaders }: Context) {
    return (await loaders.aliasesBySkill.load(skill.id)).map(({ alias }) => alias);
  }

  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses that teach it." })
  courses(@Root() skill: SkillRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesBySkill.page(skill.id, args);
  }
}

@Resolver(() => JobRoleSkill)
export class JobRoleSkillCatalogEdges {
  @Public()
  @FieldResolver(() => Skill, { nullable: true, description: "The skill." })
  skill(@Root() { skillId }: JobRoleSkillRow, @Ctx() { loaders }: Context) {
    return loaders.skillById.load(skillId);
  }
}

@Resolver(() => PathMilestone)
export class PathMilestoneCatalogEdges {
  @Public()
  @FieldResolver(() => Provider, { nullable: true, description: "Who offers the step." })
  provider(@Root() { providerId }: PathMilestoneRow, @Ctx() { loaders }: Context) {
    return providerId === null ? null : loaders.providerById.load(providerId);
  }

  @Public()
  @FieldResolver(() => Course, { nullable: true, description: "The course to complete; null when there is none that the viewer may see." })
  course(@Root() { courseId }: PathMilestoneRow, @Ctx() { loaders }: Context) {
    return courseId === null ? null : loaders.courseById.load(courseId);
  }

  @Bound(bounds.milestoneSkills)
  @Public()
  @FieldResolver(() => [Skill], { description: "Skills that the step builds." })
  skills(@Root() milestone: PathMilestoneRow, @Ctx() { loaders }: Context) {
    return loaders.skillsByMilestone.load(milestone.id);
  }
}

/** How `node` finds rows of this domain; loaders leave out what the viewer may not see. */
export const catalogNodes = {
  Course: "courseById",
  CourseVersion: "courseVersionById",
  Module: "moduleById",
  NsqfLevel: "nsqfLevel",
  Provider: "providerById",
  Skill: "skillById",
  Topic: "topicById",
} as const;
