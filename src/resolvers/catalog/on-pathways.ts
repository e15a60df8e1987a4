import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { jobRoleSkills, pathMilestones } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { Course } from "../../schema/catalog/course.js";
import { Provider } from "../../schema/catalog/provider.js";
import { Skill } from "../../schema/catalog/skill.js";
import { PathMilestone } from "../../schema/pathways/career-path.js";
import { JobRoleSkill } from "../../schema/pathways/job-role.js";

type PathMilestoneRow = typeof pathMilestones.$inferSelect;
type JobRoleSkillRow = typeof jobRoleSkills.$inferSelect;

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
