import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { goals } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, LocalDate, UUID } from "../../graphql/scalars.js";
import { GoalType } from "./enums.js";

type GoalRow = typeof goals.$inferSelect;

@Can("owner")
@ObjectType({ description: "Something that a learner wants to reach.", implements: Node, simpleResolvers: true })
export class LearnerGoal extends Node implements Omit<GoalRow, "userId" | "desiredJobRoleId"> {
  @Field(() => GoalType, { description: "What kind of thing it is." })
  goalType!: GoalRow["goalType"];

  @Field(() => String, { nullable: true, description: "The goal in words." })
  value!: string | null;

  @Field(() => Int, { description: "1 for a main goal, 2 for one beside it." })
  priority!: number;

  @Field(() => String, { nullable: true, description: "Job that the learner wants, in words." })
  desiredRole!: string | null;

  @Field(() => String, { nullable: true, description: "Skills that it needs, as they were written." })
  targetSkillsNote!: string | null;

  @Field(() => String, { nullable: true, description: "Why the learner wants it." })
  careerMotivation!: string | null;

  @Field(() => String, { nullable: true, description: "By when, in words, such as \"6 months\"." })
  targetTimeline!: string | null;

  @Field(() => LocalDate, { nullable: true, description: "By which day." })
  targetDate!: string | null;

  @Field(() => Float, { description: "How far the learner has come, 0 to 100." })
  progressPercent!: string;

  @Field(() => DateTime, { nullable: true, description: "When the learner last went over it; null before the first time." })
  lastReviewedAt!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "What a goal says." })
abstract class GoalFields {
  @Field(() => String, { nullable: true, description: "The goal in words, at most 500 characters." })
  value?: string | null;

  @Field(() => Int, { nullable: true, description: "1 for a main goal, 2 for one beside it; 1 when null." })
  priority?: number | null;

  @Field(() => String, { nullable: true, description: "Job that the learner wants, at most 255 characters; the title of `desiredJobRoleId` when there is none." })
  desiredRole?: string | null;

  @Field(() => ID, { nullable: true, description: "Job role that the learner wants." })
  desiredJobRoleId?: string | null;

  @Field(() => [ID], { nullable: true, description: "Skills that it needs, at most 50." })
  targetSkillIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Skills that it needs, in words, at most 2000 characters, between commas, semicolons or lines, at most 50 of them. Those that the catalogue knows join `targetSkills`.",
  })
  targetSkillsNote?: string | null;

  @Field(() => String, { nullable: true, description: "Why the learner wants it, at most 2000 characters." })
  careerMotivation?: string | null;

  @Field(() => String, { nullable: true, description: "By when, in words, at most 100 characters." })
  targetTimeline?: string | null;

  @Field(() => LocalDate, { nullable: true, description: "By which day." })
  targetDate?: string | null;

  @Field(() => Float, { nullable: true, description: "How far the learner has come, 0 to 100; 0 when null." })
  progressPercent?: number | null;
}

@InputType({ description: "A goal to add; `value`, `desiredRole` or `desiredJobRoleId` must be given." })
export class AddGoalInput extends GoalFields {
  @Field(() => GoalType, { description: "What kind of thing it is." })
  goalType!: GoalRow["goalType"];

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({
  description:
    "Changes to a goal. An absent field stays, null clears it. When `targetSkillIds` or `targetSkillsNote` is given, `targetSkills` becomes those ids and the skills in the note, no others.",
})
export class UpdateGoalInput extends GoalFields {
  @Field(() => ID, { description: "The goal." })
  id!: string;

  @Field(() => GoalType, { nullable: true, description: "What kind of thing it is; cannot be cleared." })
  goalType?: GoalRow["goalType"] | null;
}

@InputType({ description: "The goal to remove." })
export class RemoveGoalInput {
  @Field(() => ID, { description: "The goal." })
  id!: string;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `addGoal`.", simpleResolvers: true })
export class AddGoalPayload extends Payload {
  @Field(() => LearnerGoal, { nullable: true, description: "The new goal." })
  goal!: LearnerGoal | null;

  @Field(() => [String], { nullable: true, description: "Skills in the note that the catalogue does not know; null when there are errors." })
  unmatchedSkills!: string[] | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updateGoal`.", simpleResolvers: true })
export class UpdateGoalPayload extends Payload {
  @Field(() => LearnerGoal, { nullable: true, description: "The goal as it is now." })
  goal!: LearnerGoal | null;

  @Field(() => [String], { nullable: true, description: "Skills in a given note that the catalogue does not know; null when there are errors." })
  unmatchedSkills!: string[] | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `removeGoal`.", simpleResolvers: true })
export class RemoveGoalPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the goal that is gone." })
  removedId!: string | null;
}
