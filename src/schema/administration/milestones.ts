import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { pathMilestones } from "../../db/tables/index.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { CareerPath, MilestoneType, PathMilestone } from "../pathways/career-path.js";

type MilestoneKind = (typeof pathMilestones.$inferSelect)["type"];

@InputType({ description: "What a milestone says besides its title and type." })
abstract class MilestoneFields {
  @Field(() => String, { nullable: true, description: "What the step is about, at most 5000 characters." })
  description?: string | null;

  @Field(() => Int, { nullable: true, description: "Weeks that it takes, 0 to 520." })
  durationWeeks?: number | null;

  @Field(() => ID, { nullable: true, description: "Who offers the step." })
  providerId?: string | null;

  @Field(() => ID, { nullable: true, description: "The course to complete, an active one; needed by type COURSE, and by no other." })
  courseId?: string | null;

  @Field(() => String, { nullable: true, description: "Level of the step, such as `NSQF 4`, at most 100 characters." })
  level?: string | null;

  @Field(() => String, { nullable: true, description: "What helps with it, at most 5000 characters." })
  resources?: string | null;

  @Field(() => [String], { nullable: true, description: "What to do next: at most 20 texts of 500 characters." })
  nextSteps?: string[] | null;

  @Field(() => String, { nullable: true, description: "Pay to expect, at most 255 characters; with type JOB only." })
  salaryInfo?: string | null;

  @Field(() => [String], { nullable: true, description: "Employers, at most 50 names of 255 characters; with type JOB only." })
  companies?: string[] | null;
}

@InputType({ description: "A milestone to add to a career path." })
export class CreateMilestoneInput extends MilestoneFields {
  @Field(() => ID, { description: "The path; it may have 12 milestones." })
  careerPathId!: string;

  @Field(() => Int, { nullable: true, description: "Its place on the path, from 1; those behind it move down. At the end when absent." })
  sequence?: number | null;

  @Field(() => String, { description: "Title, at most 255 characters." })
  title!: string;

  @Field(() => MilestoneType, { description: "Kind of step." })
  type!: MilestoneKind;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a milestone. An absent field stays; null clears what may be empty." })
export class UpdateMilestoneInput extends MilestoneFields {
  @Field(() => ID, { description: "The milestone." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 255 characters; cannot be cleared." })
  title?: string | null;

  @Field(() => MilestoneType, { nullable: true, description: "Kind of step; cannot be cleared. Clear what the new kind does not have." })
  type?: MilestoneKind | null;
}

@InputType({ description: "A milestone that no learner has begun." })
export class RemoveMilestoneInput {
  @Field(() => ID, { description: "The milestone." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@InputType({ description: "Another order of the milestones of a path." })
export class ReorderMilestonesInput {
  @Field(() => ID, { description: "The path." })
  careerPathId!: string;

  @Field(() => DateTime, { description: "The path's `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => [ID], { description: "All its milestones in their new order, each once." })
  milestoneIds!: string[];
}

@InputType({ description: "All skills that a milestone builds." })
export class SetMilestoneSkillsInput {
  @Field(() => ID, { description: "The milestone." })
  milestoneId!: string;

  @Field(() => DateTime, { description: "The milestone's `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => [ID], { description: "The skills, each once, at most 12." })
  skillIds!: string[];
}

@ObjectType({ description: "Answer of `createMilestone`.", simpleResolvers: true })
export class CreateMilestonePayload extends Payload {
  @Field(() => PathMilestone, { nullable: true, description: "The new milestone." })
  milestone!: PathMilestone | null;
}

@ObjectType({ description: "Answer of `updateMilestone`.", simpleResolvers: true })
export class UpdateMilestonePayload extends Payload {
  @Field(() => PathMilestone, { nullable: true, description: "The milestone as it is now." })
  milestone!: PathMilestone | null;
}

@ObjectType({ description: "Answer of `removeMilestone`.", simpleResolvers: true })
export class RemoveMilestonePayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the milestone that is gone." })
  removedId!: string | null;

  @Field(() => CareerPath, { nullable: true, description: "The path with the milestones that are left." })
  careerPath!: CareerPath | null;
}

@ObjectType({ description: "Answer of `reorderMilestones`.", simpleResolvers: true })
export class ReorderMilestonesPayload extends Payload {
  @Field(() => CareerPath, { nullable: true, description: "The path in its new order." })
  careerPath!: CareerPath | null;
}

@ObjectType({ description: "Answer of `setMilestoneSkills`.", simpleResolvers: true })
export class SetMilestoneSkillsPayload extends Payload {
  @Field(() => PathMilestone, { nullable: true, description: "The milestone with its skills." })
  milestone!: PathMilestone | null;
}
