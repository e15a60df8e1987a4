import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { jobQueue } from "../db/tables/index.js";
import { Payload } from "../graphql/payload.js";
import { UUID } from "../graphql/scalars.js";
import { Job } from "./jobs.js";

@InputType({ description: "Documents to make a course from, and what the course should be like." })
export class GenerateCourseInput {
  @Field(() => [ID], {
    description: "1 to 10 uploaded files of the viewer's, in the order of the course; admins may name anybody's. None may be in use by a course.",
  })
  fileIds!: string[];

  @Field(() => String, { nullable: true, description: "Title of the course, at most 300 characters; from the documents when absent." })
  title?: string | null;

  @Field(() => Float, { nullable: true, description: "NSQF level, 1 to 10 in half steps; none when absent." })
  nsqfLevel?: number | null;

  @Field(() => String, { nullable: true, description: "Language of the course, ISO 639-1 such as `hi`; that of the documents when absent." })
  language?: string | null;

  @Field(() => Int, { nullable: true, description: "Weeks of the course, 1 to 30; from the documents when absent." })
  weeks?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether each week ends with a quiz; it does when absent." })
  withQuizzes?: boolean | null;

  @Field(() => UUID, { nullable: true, description: "Repeating the mutation with the same key starts nothing more, for 24 hours." })
  idempotencyKey?: string;
}

@Can("staff")
@ObjectType({ description: "The job that makes the course.", simpleResolvers: true })
export class GenerateCoursePayload extends Payload {
  @Field(() => Job, { nullable: true, description: "The job; follow it with `jobUpdated`. Its `course` is there when it has completed." })
  job?: typeof jobQueue.$inferSelect;
}
