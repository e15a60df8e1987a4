import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { careerPaths, courses, modules, pathMilestones, skills, topics, users } from "../db/tables/index.js";
import type { Context } from "../graphql/context.js";
import { Module, Topic } from "../schema/catalog/content.js";
import { Course } from "../schema/catalog/course.js";
import { Skill } from "../schema/catalog/skill.js";
import { User } from "../schema/identity.js";
import { CareerPath, PathMilestone } from "../schema/pathways/career-path.js";
import {
  LearnerCareerPath, LearnerCareerPathConnection, LearnerCareerPathsArgs, MilestoneCompletion,
} from "../schema/progress/career-path.js";
import { ContentProgress } from "../schema/progress/content.js";
import { Enrollment, EnrollmentConnection, EnrollmentsArgs } from "../schema/progress/enrollment.js";
import {
  ProgressMetricConnection, ProgressMetricsArgs, SkillMastery, SkillMasteryArgs, SkillMasteryConnection,
} from "../schema/progress/measures.js";

type UserRow = typeof users.$inferSelect;
type CourseRow = typeof courses.$inferSelect;
type CareerPathRow = typeof careerPaths.$inferSelect;

@Resolver(() => User)
export class UserProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => EnrollmentConnection, {
    nullable: true,
    description: "Enrollments: the user and admins see all, teachers those in their courses that were not dropped.",
  })
  enrollments(@Root() user: UserRow, @Args(() => EnrollmentsArgs) args: EnrollmentsArgs, @Ctx() { loaders }: Context) {
    return loaders.enrollmentsByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => LearnerCareerPathConnection, { nullable: true, description: "Career paths taken up." })
  careerPaths(
    @Root() user: UserRow,
    @Args(() => LearnerCareerPathsArgs) args: LearnerCareerPathsArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.careerPathsByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => SkillMasteryConnection, { nullable: true, description: "Mastery that was seen, by skill." })
  skillMastery(@Root() user: UserRow, @Args(() => SkillMasteryArgs) args: SkillMasteryArgs, @Ctx() { loaders }: Context) {
    return loaders.skillMasteryByUser.page(user.id, args);
  }

  @Can("self")
  @FieldResolver(() => ProgressMetricConnection, { nullable: true, description: "Measured values of learning." })
  progressMetrics(@Root() user: UserRow, @Args(() => ProgressMetricsArgs) args: ProgressMetricsArgs, @Ctx() { loaders }: Context) {
    return loaders.progressMetricsByUser.page(user.id, args);
  }
}

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

@Resolver(() => CareerPath)
export class CareerPathProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => LearnerCareerPathConnection, {
    nullable: true,
    description: "Learners on the path: admins see all, everyone else their own tries.",
  })
  learners(
    @Root() path: CareerPathRow,
    @Args(() => LearnerCareerPathsArgs) args: LearnerCareerPathsArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.learnersByCareerPath.page(path.id, args);
  }

  @Can("signedIn")
  @FieldResolver(() => LearnerCareerPath, { nullable: true, description: "The viewer's latest try; null when there is none." })
  async myCareerPath(@Root() path: CareerPathRow, @Ctx() { loaders }: Context) {
    return (await loaders.myTriesByCareerPath.load(path.id)).at(-1) ?? null;
  }
}

@Resolver(() => PathMilestone)
export class PathMilestoneProgressEdges {
  @Can("signedIn")
  @FieldResolver(() => MilestoneCompletion, { nullable: true, description: "How far the viewer is with it in the latest try; null when there is none." })
  async myCompletion(@Root() milestone: typeof pathMilestones.$inferSelect, @Ctx() { loaders }: Context) {
    return (await loaders.myCompletionsByMilestone.load(milestone.id)).at(-1) ?? null;
  }
}
