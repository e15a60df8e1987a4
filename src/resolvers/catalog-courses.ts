import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import type { courses, courseSkills, users } from "../db/tables/index.js";
import { Bound, bounds } from "../graphql/bounds.js";
import type { Context } from "../graphql/context.js";
import { toGlobalId } from "../graphql/node.js";
import {
  CourseVersionConnection, CourseVersionsArgs, Module, OutlineChange, TopicConnection, TopicsArgs,
} from "../schema/catalog/content.js";
import { CompletionRule, Course, CourseConnection, CoursesArgs } from "../schema/catalog/course.js";
import { NsqfLevel } from "../schema/catalog/level.js";
import { Provider } from "../schema/catalog/provider.js";
import { CourseSkill, Skill } from "../schema/catalog/skill.js";
import { User } from "../schema/identity.js";
import { outlineChanges } from "../services/outline.js";

type CourseRow = typeof courses.$inferSelect;
type CourseSkillRow = typeof courseSkills.$inferSelect;
type UserRow = typeof users.$inferSelect;

@Resolver(() => Course)
export class CourseEdges {
  @Can("course")
  @FieldResolver(() => Provider, { nullable: true, description: "Who offers the course." })
  provider(@Root() { providerId }: CourseRow, @Ctx() { loaders }: Context) {
    return providerId === null ? null : loaders.providerById.load(providerId);
  }

  @Can("course")
  @FieldResolver(() => NsqfLevel, { nullable: true, description: "Its level in the national framework; null when it has none." })
  nsqfLevel(@Root() { nsqfLevel }: CourseRow, @Ctx() { loaders }: Context) {
    return nsqfLevel === null ? null : loaders.nsqfLevel.load(nsqfLevel);
  }

  @Can("signedIn")
  @FieldResolver(() => User, { nullable: true, description: "Its author; null for entries of a register." })
  createdBy(@Root() { createdById }: CourseRow, @Ctx() { loaders }: Context) {
    return createdById === null ? null : loaders.userById.load(createdById);
  }

  @Bound(bounds.courseSkills)
  @Can("course")
  @FieldResolver(() => [CourseSkill], { description: "Skills that it teaches, main ones first." })
  skills(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.courseSkillsByCourse.load(course.id);
  }

  @Can("course")
  @FieldResolver(() => CourseConnection, { description: "Courses to complete before this one." })
  prerequisites(@Root() course: CourseRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.prerequisitesByCourse.page(course.id, args);
  }

  @Can("course")
  @FieldResolver(() => CourseConnection, { description: "Courses that ask for this one before them." })
  prerequisiteOf(@Root() course: CourseRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByPrerequisite.page(course.id, args);
  }
}

@Resolver(() => Course)
export class CourseOutlineEdges {
  @Bound(bounds.courseModules)
  @Can("course")
  @FieldResolver(() => [Module], { description: "Its modules as the course runs, archived ones left out." })
  modules(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.modulesByCourse.load(course.id);
  }

  @Can("course")
  @FieldResolver(() => TopicConnection, { description: "Its topics as the course runs, archived ones left out." })
  topics(@Root() course: CourseRow, @Args(() => TopicsArgs) args: TopicsArgs, @Ctx() { loaders }: Context) {
    return loaders.topicsByCourse.page(course.id, args);
  }

  @Can("course")
  @FieldResolver(() => CompletionRule, { nullable: true, description: "What completing the course takes." })
  async completionRule(@Root() course: CourseRow, @Ctx() { loaders }: Context): Promise<CompletionRule> {
    const liveTopics = await loaders.liveTopicsByCourse.load(course.id);
    if (liveTopics === 0) {
      return { kind: "learner_confirms", liveTopics, description: "The learner says when the course is completed." };
    }
    const description = liveTopics === 1 ? "Complete the one topic." : `Complete all ${liveTopics} topics.`;
    return { kind: "topics", liveTopics, description };
  }

  @Can("course")
  @FieldResolver(() => CourseVersionConnection, { description: "Outlines that were published." })
  versions(@Root() course: CourseRow, @Args(() => CourseVersionsArgs) args: CourseVersionsArgs, @Ctx() { loaders }: Context) {
    return loaders.versionsByCourse.page(course.id, args);
  }

  @Bound(bounds.outlineChanges)
  @Can("course")
  @FieldResolver(() => [OutlineChange], {
    nullable: true,
    description: "Differences between an outline published before and the latest; null when there is no such outline.",
  })
  async changesSince(
    @Root() course: CourseRow,
    @Arg("version", () => Int, { description: "Number of the outline published before." }) version: number,
    @Ctx() { loaders }: Context,
  ): Promise<OutlineChange[] | null> {
    const [[before], [latest]] = await Promise.all([
      loaders.versionsByCourse.page(course.id, { where: { version: { eq: version } }, first: 1 }).nodes(),
      loaders.versionsByCourse.page(course.id, { first: 1 }).nodes(),
    ]);
    if (!before || !latest) return null;
    return outlineChanges(before.outline, latest.outline).slice(0, bounds.outlineChanges).map(({ key, ...change }) => ({
      ...change,
      itemId: toGlobalId(change.item === "module" ? "Module" : "Topic", key),
    }));
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

@Resolver(() => User)
export class UserCatalogEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses that the person wrote and the viewer may see." })
  createdCourses(@Root() user: UserRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByCreator.page(user.id, args);
  }
}
