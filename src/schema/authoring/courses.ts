import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { CourseVersion } from "../catalog/content.js";
import { Course } from "../catalog/course.js";

@InputType({ description: "What a course says besides its title." })
abstract class CourseFields {
  @Field(() => String, { nullable: true, description: "What it is about, at most 5000 characters." })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: "Who offers it." })
  providerId?: string | null;

  @Field(() => Float, { nullable: true, description: "Level of the NSQF, 1 to 10 in half steps." })
  nsqfLevel?: number | null;

  @Field(() => Float, { nullable: true, description: "Credits of the NSQF, 0 to 999.99." })
  credits?: number | null;

  @Field(() => Int, { nullable: true, description: "Hours of learning it is planned for, 0 to 100000." })
  notionalHours?: number | null;

  @Field(() => Int, { nullable: true, description: "Length in months, 1 to 120." })
  durationMonths?: number | null;

  @Field(() => String, { nullable: true, description: "Language tag of the teaching, such as `en` or `hi`; `en` when a new course does not say. Cannot be cleared." })
  language?: string | null;

  @Field(() => String, { nullable: true, description: "State or region where it is offered, at most 100 characters; null for everywhere." })
  region?: string | null;

  @Field(() => [String], { nullable: true, description: "Words that it is found by: at most 20 of at most 100 characters. Cannot be cleared, but emptied." })
  keywords?: string[] | null;
}

@InputType({ description: "A course to write; it starts as a draft." })
export class CreateCourseInput extends CourseFields {
  @Field(() => String, { description: "Title, at most 300 characters." })
  title!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a course. An absent field stays, null clears it." })
export class UpdateCourseInput extends CourseFields {
  @Field(() => ID, { description: "The course." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 300 characters; cannot be cleared." })
  title?: string | null;
}

@InputType({ description: "Which course, as of when the client knows it." })
abstract class KnownCourse {
  @Field(() => ID, { description: "The course." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@InputType({ description: "A skill that a course teaches." })
export class CourseSkillInput {
  @Field(() => ID, { description: "The skill." })
  skillId!: string;

  @Field(() => Boolean, { nullable: true, description: "Is it a main subject? Completing the course shows more mastery of those. No when absent." })
  isPrimary?: boolean | null;
}

@InputType({ description: "The skills that a course teaches, all of them." })
export class SetCourseSkillsInput extends KnownCourse {
  @Field(() => [CourseSkillInput], { description: "At most 12, each skill once; what is not in the list is taken off." })
  skills!: CourseSkillInput[];
}

@InputType({ description: "The courses to complete before a course, all of them." })
export class SetCoursePrerequisitesInput extends KnownCourse {
  @Field(() => [ID], { description: "At most 20 courses, none of which asks for this one first; what is not in the list is taken off." })
  prerequisiteIds!: string[];
}

@InputType({ description: "The course to publish." })
export class PublishCourseInput extends KnownCourse {}

@InputType({ description: "The course to archive." })
export class ArchiveCourseInput extends KnownCourse {}

@InputType({ description: "The course to restore." })
export class RestoreCourseInput extends KnownCourse {}

@Can("staff")
@ObjectType({ description: "Answer of `createCourse`.", simpleResolvers: true })
export class CreateCoursePayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The draft." })
  course!: Course | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `updateCourse`.", simpleResolvers: true })
export class UpdateCoursePayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course as it is now." })
  course!: Course | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `setCourseSkills`.", simpleResolvers: true })
export class SetCourseSkillsPayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course as it is now." })
  course!: Course | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `setCoursePrerequisites`.", simpleResolvers: true })
export class SetCoursePrerequisitesPayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course as it is now." })
  course!: Course | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `publishCourse`.", simpleResolvers: true })
export class PublishCoursePayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course, active." })
  course!: Course | null;

  @Field(() => CourseVersion, { nullable: true, description: "The outline that is published now." })
  courseVersion!: CourseVersion | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `archiveCourse`.", simpleResolvers: true })
export class ArchiveCoursePayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course, archived." })
  course!: Course | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `restoreCourse`.", simpleResolvers: true })
export class RestoreCoursePayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course, active when it was ever published, else a draft." })
  course!: Course | null;
}
