import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { courses } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { BadInput } from "../../graphql/errors.js";
import { keyOf, toGlobalId } from "../../graphql/node.js";
import {
  CourseVersionConnection, CourseVersionsArgs, Module, OutlineChange, Topic, TopicConnection, TopicsArgs,
} from "../../schema/catalog/content.js";
import { CompletionRule, Course, CourseConnection, CoursesArgs } from "../../schema/catalog/course.js";
import { NsqfLevel } from "../../schema/catalog/level.js";
import { Provider } from "../../schema/catalog/provider.js";
import { CourseSkill } from "../../schema/catalog/skill.js";
import type { Loaders } from "../../loaders/index.js";
import { outlineChanges } from "../../services/outline.js";

type CourseRow = typeof courses.$inferSelect;

@Resolver()
export class CourseQueries {
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
}

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

  @Bound(bounds.archived)
  @Can("courseStaff")
  @FieldResolver(() => [Module], { nullable: true, description: "Archived modules, which may be restored: the latest 100, the last one first." })
  archivedModules(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.archivedModulesByCourse.load(course.id);
  }

  @Bound(bounds.archived)
  @Can("courseStaff")
  @FieldResolver(() => [Topic], {
    nullable: true,
    description: "Archived topics of modules that are not archived, which may be restored: the latest 100, the last one first.",
  })
  archivedTopics(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.archivedTopicsByCourse.load(course.id);
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
    description: "Differences between an outline published before and the latest, for the number of the outline or for a learner's enrollment: give one of the two. At most 100: removed and renamed items first, in their old order, then new ones. A number from before outlines were kept counts as an empty outline. Null when there is no such outline or enrollment that the viewer may see, or nothing was published yet.",
  })
  async changesSince(
    @Root() course: CourseRow,
    @Arg("version", () => Int, { nullable: true, description: "Number of the outline published before." }) version: number | undefined,
    @Arg("enrollment", () => ID, { nullable: true, description: "An enrollment in the course, which goes by the outline it is on." }) enrollment: string | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<OutlineChange[] | null> {
    if ((version == null) === (enrollment == null)) throw new BadInput("version", "Give either version or enrollment.");
    const since = version ?? (await versionOf(loaders, course, enrollment ?? ""));
    if (since === null) return null;
    const [[before], [latest]] = await Promise.all([
      loaders.versionsByCourse.page(course.id, { where: { version: { eq: since } }, first: 1 }).nodes(),
      loaders.versionsByCourse.page(course.id, { first: 1 }).nodes(),
    ]);
    if (!latest || (!before && (since < 1 || since > latest.version))) return null;
    return outlineChanges(before?.outline, latest.outline).slice(0, bounds.outlineChanges).map(({ key, ...change }) => ({
      ...change,
      itemId: toGlobalId(change.item === "module" ? "Module" : "Topic", key),
    }));
  }
}

/** The outline that an enrollment in the course goes by; null when the viewer may not see it. */
async function versionOf(loaders: Loaders, course: CourseRow, id: string): Promise<number | null> {
  const enrollment = await loaders.enrollmentById.load(keyOf("Enrollment", id, ["enrollment"]));
  return enrollment?.courseId === course.id ? enrollment.courseVersion : null;
}
