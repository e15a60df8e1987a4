import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { skillProficiencies } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { SkillSource } from "../../graphql/shared-enums.js";
import { SkillLevel } from "./enums.js";

type ProficiencyRow = typeof skillProficiencies.$inferSelect;

@Can("owner")
@ObjectType({ description: "A skill that a learner claims or gave evidence of.", implements: Node, simpleResolvers: true })
export class SkillProficiency extends Node implements Omit<ProficiencyRow, "userId" | "skillId"> {
  @Field(() => String, { description: "Name in the catalogue, or as the learner wrote it when the catalogue does not know it." })
  skillName!: string;

  @Field(() => Int, { nullable: true, description: "Own rating, 1 to 5; null when not rated." })
  proficiencyLevel!: number | null;

  @Field(() => SkillLevel, { description: "The skill in words." })
  skillLevel!: ProficiencyRow["skillLevel"];

  @Field(() => Float, { description: "Score, 0 to 100; 0 when there is none." })
  proficiencyScore!: string;

  @Field(() => SkillSource, { description: "Where the statement comes from." })
  source!: ProficiencyRow["source"];

  @Field(() => String, { nullable: true, description: "Who vouches for it." })
  endorsedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was last confirmed; null when never." })
  lastValidatedAt!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "How well a skill is known." })
abstract class SkillFields {
  @Field(() => Int, { nullable: true, description: "Own rating, 1 to 5." })
  proficiencyLevel?: number | null;

  @Field(() => SkillLevel, { nullable: true, description: "The skill in words; beginner when null." })
  skillLevel?: ProficiencyRow["skillLevel"] | null;

  @Field(() => Float, { nullable: true, description: "Score, 0 to 100; 0 when null." })
  proficiencyScore?: number | null;
}

@InputType({ description: "A skill to add to the viewer's profile." })
export class AddSkillInput extends SkillFields {
  @Field(() => String, {
    description: "Name or another spelling that the catalogue knows, or any text of at most 255 characters. A skill that the profile already has is TAKEN.",
  })
  skillName!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({
  description: "Changes to a skill that the learner declared; a measured one cannot be changed (CONFLICT). An absent field stays, null clears it.",
})
export class UpdateSkillInput extends SkillFields {
  @Field(() => ID, { description: "The skill of the profile (`SkillProficiency.id`)." })
  id!: string;
}

@InputType({ description: "The skill to remove from the viewer's profile." })
export class RemoveSkillInput {
  @Field(() => ID, { description: "The skill of the profile (`SkillProficiency.id`)." })
  id!: string;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `addSkill`.", simpleResolvers: true })
export class AddSkillPayload extends Payload {
  @Field(() => SkillProficiency, { nullable: true, description: "The new skill; its `skill` is null when the catalogue does not know it." })
  skillProficiency!: SkillProficiency | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updateSkill`.", simpleResolvers: true })
export class UpdateSkillPayload extends Payload {
  @Field(() => SkillProficiency, { nullable: true, description: "The skill as it is now." })
  skillProficiency!: SkillProficiency | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `removeSkill`.", simpleResolvers: true })
export class RemoveSkillPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the skill proficiency that is gone." })
  removedId!: string | null;
}
