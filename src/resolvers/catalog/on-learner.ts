import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { goals, skillProficiencies } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { Skill } from "../../schema/catalog/skill.js";
import { LearnerGoal } from "../../schema/learner/goals.js";
import { SkillProficiency } from "../../schema/learner/skills.js";

@Resolver(() => SkillProficiency)
export class SkillProficiencyCatalogEdges {
  @Can("owner")
  @FieldResolver(() => Skill, { nullable: true, description: "The skill in the catalogue; null when the catalogue does not know the name." })
  skill(@Root() { skillId }: typeof skillProficiencies.$inferSelect, @Ctx() { loaders }: Context) {
    return skillId === null ? null : loaders.skillById.load(skillId);
  }
}

@Resolver(() => LearnerGoal)
export class LearnerGoalCatalogEdges {
  @Bound(bounds.goalSkills)
  @Can("owner")
  @FieldResolver(() => [Skill], { nullable: true, description: "Skills of the catalogue that the goal needs." })
  targetSkills(@Root() { id }: typeof goals.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.skillsByGoal.load(id);
  }
}
