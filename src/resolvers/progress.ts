import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { enrollments, learnerCareerPaths, milestoneCompletions } from "../db/tables/index.js";
import { Bound, bounds } from "../graphql/bounds.js";
import type { Context } from "../graphql/context.js";
import { LearnerCareerPath, MilestoneCompletion } from "../schema/progress/career-path.js";
import { ContentProgressArgs, ContentProgressConnection } from "../schema/progress/content.js";
import {
  Enrollment, EnrollmentConnection, EnrollmentsArgs, IncompleteReason, ProgressSummary,
} from "../schema/progress/enrollment.js";
import { summaryOf, whyIncomplete } from "../services/progress/reasons.js";

type EnrollmentRow = typeof enrollments.$inferSelect;
type PathRow = typeof learnerCareerPaths.$inferSelect;
type MilestoneRow = typeof milestoneCompletions.$inferSelect;

@Resolver(() => Enrollment)
export class EnrollmentEdges {
  @Can("owner")
  @FieldResolver(() => LearnerCareerPath, { nullable: true, description: "The career path that it was taken for." })
  learnerCareerPath(@Root() { learnerCareerPathId: id }: EnrollmentRow, @Ctx() { loaders }: Context) {
    return id === null ? null : loaders.learnerCareerPathById.load(id);
  }

  @Can("enrollment")
  @FieldResolver(() => ContentProgressConnection, { nullable: true, description: "Progress in the course, its modules and topics." })
  contentProgress(
    @Root() enrollment: EnrollmentRow,
    @Args(() => ContentProgressArgs) args: ContentProgressArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.contentProgressByEnrollment.page(enrollment.id, args);
  }

  @Can("enrollment")
  @FieldResolver(() => ProgressSummary, {
    nullable: true,
    description: "How far it is, counted; null when the viewer may no longer see the course.",
  })
  async progressSummary(@Root() { userId, courseId }: EnrollmentRow, @Ctx() { loaders }: Context) {
    const [course, outline] = await Promise.all([loaders.courseById.load(courseId), loaders.outlineOf.load({ userId, courseId })]);
    return course && summaryOf(outline);
  }

  @Bound(bounds.courseModules)
  @Can("enrollment")
  @FieldResolver(() => [IncompleteReason], {
    nullable: true,
    description: "Why it is not completed, by module as the course runs; null when it is, and when the viewer may no longer see the course.",
  })
  async whyIncomplete(@Root() enrollment: EnrollmentRow, @Ctx() { loaders }: Context) {
    if (enrollment.status === "completed") return null;
    const [course, outline] = await Promise.all([loaders.courseById.load(enrollment.courseId), loaders.outlineOf.load(enrollment)]);
    return course && whyIncomplete(enrollment, outline);
  }
}

@Resolver(() => LearnerCareerPath)
export class LearnerCareerPathEdges {
  @Bound(bounds.pathMilestones)
  @Can("owner")
  @FieldResolver(() => [MilestoneCompletion], { nullable: true, description: "Its milestones in order." })
  milestones(@Root() path: PathRow, @Ctx() { loaders }: Context) {
    return loaders.milestonesByLearnerCareerPath.load(path.id);
  }

  @Can("owner")
  @FieldResolver(() => EnrollmentConnection, { nullable: true, description: "Enrollments made for it." })
  enrollments(@Root() path: PathRow, @Args(() => EnrollmentsArgs) args: EnrollmentsArgs, @Ctx() { loaders }: Context) {
    return loaders.enrollmentsByLearnerCareerPath.page(path.id, args);
  }
}

@Resolver(() => MilestoneCompletion)
export class MilestoneCompletionEdges {
  @Can("owner")
  @FieldResolver(() => LearnerCareerPath, { nullable: true, description: "The path that was taken up." })
  learnerCareerPath(@Root() { learnerCareerPathId }: MilestoneRow, @Ctx() { loaders }: Context) {
    return loaders.learnerCareerPathById.load(learnerCareerPathId);
  }
}

/** How `node` finds rows of this domain; loaders leave out what the viewer may not see. */
export const progressNodes = {
  Enrollment: "enrollmentById",
  ContentProgress: "contentProgressById",
  LearnerCareerPath: "learnerCareerPathById",
  MilestoneCompletion: "milestoneCompletionById",
  SkillMastery: "skillMasteryById",
  ProgressMetric: "progressMetricById",
} as const;
