import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courses, modules, skills, topics } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { Module, Topic } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";
import { Skill } from "../../schema/catalog/skill.js";
import { ContentProgress } from "../../schema/progress/content.js";
import { Enrollment, EnrollmentConnection, EnrollmentsArgs } from "../../schema/progress/enrollment.js";
import { SkillMastery } from "../../schema/progress/measures.js";

type CourseRow = typeof courses.$inferSelect;

@Resolver(() => Course)
export class CourseProgressEdges {
  @Can("courseStaff")
  @FieldResolver(() => EnrollmentConnection, { nullable: true, description: "Its learners; those who dropped it are for admins alone." })
  enrollments(@Root() course: CourseRow, @Args(() => EnrollmentsArgs) args: EnrollmentsArgs, @Ctx() { loaders }: Context) {
    return loaders.enrollmentsByCourse.page(course.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => Enrollment, { nullable: true, description: "The viewer's enrollment; null when there is none, or it was dropped." })
  myEnrollment(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.myEnrollmentByCourse.load(course.id);
  }

  @Can("signedIn")
  @FieldResolver(() => ContentProgress, { nullable: true, description: "How far the viewer is with the course; null before the first record." })
  myProgress(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return loaders.myProgressByCourse.load(course.id);
  }
}

@Resolver(() => Module)
export class ModuleProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => ContentProgress, { nullable: true, description: "How far the viewer is with the module; null before the first record." })
  myProgress(@Root() module: typeof modules.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.myProgressByModule.load(module.id);
  }
}

@Resolver(() => Topic)
export class TopicProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => ContentProgress, { nullable: true, description: "How far the viewer is with the topic; null before the first record." })
  myProgress(@Root() topic: Omit<typeof topics.$inferSelect, "content">, @Ctx() { loaders }: Context) {
    return loaders.myProgressByTopic.load(topic.id);
  }
}

@Resolver(() => Skill)
export class SkillProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => SkillMastery, { nullable: true, description: "The viewer's mastery of it; null when none was seen." })
  myMastery(@Root() skill: typeof skills.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.mySkillMasteryBySkill.load(skill.id);
  }
}
