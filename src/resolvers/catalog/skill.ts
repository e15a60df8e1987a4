import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { courseSkills, skills } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import { Course, CourseConnection, CoursesArgs } from "../../schema/catalog/course.js";
import { CourseSkill, Skill, SkillConnection, SkillsArgs } from "../../schema/catalog/skill.js";

type SkillRow = typeof skills.$inferSelect;
type CourseSkillRow = typeof courseSkills.$inferSelect;

@Resolver()
export class SkillQueries {
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

@Resolver(() => CourseSkill)
export class CourseSkillEdges {
  @Can("course")
  @FieldResolver(() => Course, { nullable: true, description: "The course." })
  course(@Root() { courseId }: CourseSkillRow, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(courseId);
  }

  @Can("course")
  @FieldResolver(() => Skill, { nullable: true, description: "The skill." })
  skill(@Root() { skillId }: CourseSkillRow, @Ctx() { loaders }: Context) {
    return loaders.skillById.load(skillId);
  }
}
