import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { enrollments } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { LearnerCareerPath } from "../../schema/progress/career-path.js";
import { ContentProgressArgs, ContentProgressConnection } from "../../schema/progress/content.js";
import {
  CompleteEnrollmentInput, CompleteEnrollmentPayload, DropEnrollmentInput, DropEnrollmentPayload, EnrollInCourseInput,
  EnrollInCoursePayload, Enrollment, IncompleteReason, ProgressSummary, UpgradeEnrollmentInput, UpgradeEnrollmentPayload,
} from "../../schema/progress/enrollment.js";
import { completeEnrollment, dropEnrollment, enrollInCourse, upgradeEnrollment } from "../../services/progress/enrollments.js";
import { summaryOf, whyIncomplete } from "../../services/progress/reasons.js";

type EnrollmentRow = typeof enrollments.$inferSelect;

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

@Resolver()
export class EnrollmentMutations {
  @Can("signedIn")
  @Mutation(() => EnrollInCoursePayload, { description: "Enrols the viewer in an active course. Whoever dropped it goes on where they were." })
  async enrollInCourse(
    @Arg("input", () => EnrollInCourseInput, { description: "Which course, and why." }) input: EnrollInCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { enrollment: await enrollInCourse(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => DropEnrollmentPayload, { description: "Takes the viewer out of a course that is not completed; what was reached in it is kept." })
  async dropEnrollment(
    @Arg("input", () => DropEnrollmentInput, { description: "Which enrollment." }) input: DropEnrollmentInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { enrollment: await dropEnrollment(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => CompleteEnrollmentPayload, { description: "The viewer says that a course without open topics is done." })
  async completeEnrollment(
    @Arg("input", () => CompleteEnrollmentInput, { description: "Which enrollment." }) input: CompleteEnrollmentInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { enrollment: await completeEnrollment(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpgradeEnrollmentPayload, { description: "Takes the viewer over to the outline last published; `Course.changesSince` shows what that changes. Nothing completed is lost." })
  async upgradeEnrollment(
    @Arg("input", () => UpgradeEnrollmentInput, { description: "Which enrollment." }) input: UpgradeEnrollmentInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { enrollment: await upgradeEnrollment(signedIn(viewer), db, input) };
  }
}
