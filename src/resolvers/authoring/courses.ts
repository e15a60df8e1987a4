import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  CreateCourseInput, CreateCoursePayload, UpdateCourseInput, UpdateCoursePayload, SetCourseSkillsInput,
  SetCourseSkillsPayload, SetCoursePrerequisitesInput, SetCoursePrerequisitesPayload, PublishCourseInput,
  PublishCoursePayload, ArchiveCourseInput, ArchiveCoursePayload, RestoreCourseInput, RestoreCoursePayload,
} from "../../schema/authoring/courses.js";
import { createCourse, setCoursePrerequisites, setCourseSkills, updateCourse } from "../../services/authoring/courses.js";
import { archiveCourse, publishCourse, restoreCourse } from "../../services/authoring/life.js";

@Resolver()
export class CourseMutations {
  @Can("staff")
  @Mutation(() => CreateCoursePayload, { description: "Writes a draft, which only the viewer and admins see until it is published." })
  async createCourse(
    @Arg("input", () => CreateCourseInput, { description: "The course." }) input: CreateCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await createCourse(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => UpdateCoursePayload, { description: "Changes a course of the viewer's; admins change any. What is published shows at once." })
  async updateCourse(
    @Arg("input", () => UpdateCourseInput, { description: "What to change." }) input: UpdateCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await updateCourse(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => SetCourseSkillsPayload, { description: "Sets the list of skills that a course teaches. Mastery that learners were given stays." })
  async setCourseSkills(
    @Arg("input", () => SetCourseSkillsInput, { description: "The course, and its skills." }) input: SetCourseSkillsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await setCourseSkills(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => SetCoursePrerequisitesPayload, { description: "Sets the list of courses to complete before a course." })
  async setCoursePrerequisites(
    @Arg("input", () => SetCoursePrerequisitesInput, { description: "The course, and what comes before it." }) input: SetCoursePrerequisitesInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await setCoursePrerequisites(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => PublishCoursePayload, { description: "Opens a draft to everyone, or publishes the changed outline of an active course as its next version. A course without topics is published by admins only." })
  publishCourse(
    @Arg("input", () => PublishCourseInput, { description: "Which course." }) input: PublishCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return publishCourse(signedIn(viewer), db, input);
  }

  @Can("staff")
  @Mutation(() => ArchiveCoursePayload, { description: "Closes a course to newcomers; learners who are enrolled keep it." })
  async archiveCourse(
    @Arg("input", () => ArchiveCourseInput, { description: "Which course." }) input: ArchiveCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await archiveCourse(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => RestoreCoursePayload, { description: "Makes an archived course what it was: active when it was ever published, else a draft." })
  async restoreCourse(
    @Arg("input", () => RestoreCourseInput, { description: "Which course." }) input: RestoreCourseInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await restoreCourse(signedIn(viewer), db, input) };
  }
}
