import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { jobEvents, jobQueue } from "../db/tables/index.js";
import { jobStatuses, jobTypes } from "../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../graphql/connection.js";
import { enumOf } from "../graphql/enums.js";
import { Combinable, DateTimeFilter, EnumFilterOf, IDFilter, StringFilter, type Combined } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { OrderOf, orderFieldsOf } from "../graphql/order.js";
import { Payload } from "../graphql/payload.js";
import { DateTime, JSONValue, UUID } from "../graphql/scalars.js";

type JobRow = typeof jobQueue.$inferSelect;
type JobEventRow = typeof jobEvents.$inferSelect;

export const JobType = enumOf("JobType", "What a job does.", jobTypes, {
  pdf_processing: "Reads the text out of a document.",
  quiz_generation: "Writes questions on a course or a document.",
  course_generation: "Drafts a course from a document.",
  catalog_import: "Loads a file of courses into the catalogue; started on the command line.",
  embedding: "Prepares texts for being found by meaning.",
  rollup: "Refreshes counts of enrollments, completion rates and match scores; or, for one course, the progress of its learners after something was archived or moved.",
  report: "Writes a report.",
  retention: "Archives or removes data whose time is over.",
  erasure: "Removes what is personal about a deleted account.",
});

export const JobStatus = enumOf("JobStatus", "Where a job stands.", jobStatuses, {
  pending: "Waits for a worker, for the first time or again.",
  processing: "A worker is at it.",
  completed: "Done; the result is there.",
  failed: "Ended without success; the error says why.",
  cancelled: "Stopped by a person; what was not finished has no effect.",
});

@Can("creator")
@ObjectType({ description: "Work in the background, from being asked for to its end.", implements: Node, simpleResolvers: true })
export class Job extends Node implements Omit<JobRow, "id" | "taskId" | "payload" | "createdById" | "courseId"> {
  @Field(() => String, { description: "Public identifier, unique." })
  jobId!: string;

  @Field(() => JobType, { description: "What it does." })
  jobType!: JobRow["jobType"];

  @Field(() => JobStatus, { description: "Where it stands." })
  status!: JobRow["status"];

  @Field(() => Int, { description: "How far it is, 0 to 100; starts again at 0 with each attempt." })
  progress!: number;

  @Field(() => String, { nullable: true, description: "What it is doing, for people." })
  message!: string | null;

  @Field(() => JSONValue, { nullable: true, description: "What came of it, by type of job; null until it is completed." })
  result!: unknown;

  @Field(() => String, { nullable: true, description: "Why it failed: a code and a sentence; null otherwise." })
  error!: string | null;

  @Field(() => Int, { description: "How often a worker began it." })
  attempts!: number;

  @Field(() => DateTime, { nullable: true, description: "When the latest attempt began." })
  startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended, with success or without." })
  completedAt!: string | null;

  @Field(() => DateTime, { description: "When it was asked for." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A job in a list." })
export class JobEdge extends EdgeOf(() => Job) {}

@ObjectType({ description: "A list of jobs." })
export class JobConnection extends ConnectionOf(() => Job, () => JobEdge) {}

@Can("creator")
@ObjectType({ description: "A step in the life of a job.", implements: Node, simpleResolvers: true })
export class JobEvent extends Node implements Omit<JobEventRow, "id" | "jobId"> {
  @Field(() => JobStatus, { description: "Where the job stood." })
  status!: JobEventRow["status"];

  @Field(() => Int, { description: "How far it was, 0 to 100." })
  progress!: number;

  @Field(() => String, { nullable: true, description: "What it was doing, for people." })
  message!: string | null;

  @Field(() => DateTime, { description: "When." })
  createdAt!: string;
}

@ObjectType({ description: "A step of a job in a list." })
export class JobEventEdge extends EdgeOf(() => JobEvent) {}

@ObjectType({ description: "The steps of a job." })
export class JobEventConnection extends ConnectionOf(() => JobEvent, () => JobEventEdge) {}

@InputType({ description: "Conditions on the type of a job." })
export class JobTypeFilter extends EnumFilterOf<JobRow["jobType"]>(() => JobType) {}

@InputType({ description: "Conditions on the status of a job." })
export class JobStatusFilter extends EnumFilterOf<JobRow["status"]>(() => JobStatus) {}

@InputType({ description: "Conditions on jobs; all that are given must hold." })
@Combinable()
export class JobWhere implements Combined<JobWhere> {
  declare AND?: JobWhere[];
  declare OR?: JobWhere[];
  declare NOT?: JobWhere;

  @Field(() => StringFilter, { nullable: true, description: "Public identifier." })
  jobId?: StringFilter;

  @Field(() => JobTypeFilter, { nullable: true, description: "What it does." })
  jobType?: JobTypeFilter;

  @Field(() => JobStatusFilter, { nullable: true, description: "Where it stands." })
  status?: JobStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was asked for." })
  createdAt?: DateTimeFilter;

  @Field(() => IDFilter, { nullable: true, description: "Who asked for it." })
  createdBy?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The course it is about." })
  course?: IDFilter;
}

export const JobOrderField = orderFieldsOf("JobOrderField", {
  CREATED_AT: "By the time of being asked for.",
});

@InputType({ description: "Order of jobs." })
export class JobOrder extends OrderOf<keyof typeof JobOrderField>(() => JobOrderField) {}

@ArgsType()
export class JobsArgs extends ListArgsOf(() => JobWhere, () => JobOrder, "newest first") {}

@InputType({ description: "Starts the refresh of counts and scores." })
export class StartRollupInput {
  @Field(() => UUID, { nullable: true, description: "Repeating the mutation with the same key starts nothing more, for 24 hours." })
  idempotencyKey?: string;
}

@ObjectType({ description: "The started refresh." })
export class StartRollupPayload extends Payload {
  @Field(() => Job, { nullable: true, description: "The job that does it." })
  job?: JobRow;
}

@InputType({ description: "Cancels a job." })
export class CancelJobInput {
  @Field(() => ID, { description: "The job." })
  id!: string;
}

@ObjectType({ description: "The cancelled job." })
export class CancelJobPayload extends Payload {
  @Field(() => Job, { nullable: true, description: "The job, cancelled." })
  job?: JobRow;
}

@InputType({ description: "Starts a job again that failed or was cancelled." })
export class RetryJobInput {
  @Field(() => ID, { description: "The job." })
  id!: string;

  @Field(() => UUID, { nullable: true, description: "Repeating the mutation with the same key starts nothing more, for 24 hours." })
  idempotencyKey?: string;
}

@ObjectType({ description: "The job that starts again." })
export class RetryJobPayload extends Payload {
  @Field(() => Job, { nullable: true, description: "The job, waiting for a worker." })
  job?: JobRow;
}
