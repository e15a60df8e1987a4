import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { Context } from "../graphql/context.js";
import {
  CompleteMilestoneInput, CompleteMilestonePayload, PauseCareerPathInput, PauseCareerPathPayload,
  ResumeCareerPathInput, ResumeCareerPathPayload, StartCareerPathInput, StartCareerPathPayload,
} from "../schema/progress/career-path.js";
import { RecordTopicProgressInput, RecordTopicProgressPayload } from "../schema/progress/content.js";
import {
  CompleteEnrollmentInput, CompleteEnrollmentPayload, DropEnrollmentInput, DropEnrollmentPayload,
  EnrollInCourseInput, EnrollInCoursePayload,
} from "../schema/progress/enrollment.js";
import { completeMilestone, pauseCareerPath, resumeCareerPath, startCareerPath } from "../services/progress/career-paths.js";
import { completeEnrollment, dropEnrollment, enrollInCourse } from "../services/progress/enrollments.js";
import { recordTopicProgress } from "../services/progress/topics.js";

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
  @Mutation(() => RecordTopicProgressPayload, {
    description: "Records how far the viewer is with a topic. Module, course, enrollment, mastery, milestones, paths, points and streak follow at once; nothing is ever taken back.",
  })
  recordTopicProgress(
    @Arg("input", () => RecordTopicProgressInput, { description: "Which topic, and how far." }) input: RecordTopicProgressInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return recordTopicProgress(signedIn(viewer), db, input);
  }
}

@Resolver()
export class CareerPathMutations {
  @Can("signedIn")
  @Mutation(() => StartCareerPathPayload, { description: "Takes up a career path; courses that the viewer completed earlier count at once." })
  async startCareerPath(
    @Arg("input", () => StartCareerPathInput, { description: "Which path." }) input: StartCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await startCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => PauseCareerPathPayload, { description: "Puts a career path of the viewer to rest." })
  async pauseCareerPath(
    @Arg("input", () => PauseCareerPathInput, { description: "Which path." }) input: PauseCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await pauseCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => ResumeCareerPathPayload, { description: "Takes a paused career path up again; courses completed meanwhile count now." })
  async resumeCareerPath(
    @Arg("input", () => ResumeCareerPathInput, { description: "Which path." }) input: ResumeCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await resumeCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => CompleteMilestonePayload, { description: "Completes a milestone that no course stands for, and with the last one the path." })
  completeMilestone(
    @Arg("input", () => CompleteMilestoneInput, { description: "Which milestone." }) input: CompleteMilestoneInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return completeMilestone(signedIn(viewer), db, input);
  }
}
