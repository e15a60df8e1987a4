import { Field, Float, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { psychographics } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime } from "../../graphql/scalars.js";
import { LearningStyle } from "../../graphql/shared-enums.js";
import { DerivedFrom, GamificationPersona } from "./enums.js";

type PsychographicsRow = typeof psychographics.$inferSelect;

@Can("owner")
@ObjectType({ description: "How a learner learns, by survey or by estimate.", implements: Node, simpleResolvers: true })
export class Psychographics extends Node implements Omit<PsychographicsRow, "userId"> {
  @Field(() => String, { nullable: true, description: "What drives the learning." })
  learningMotivation!: string | null;

  @Field(() => LearningStyle, { nullable: true, description: "Learning style as estimated; the stated one is in the preferences." })
  learningStyle!: PsychographicsRow["learningStyle"];

  @Field(() => String, { nullable: true, description: "How the learner takes in something new." })
  cognitivePattern!: string | null;

  @Field(() => String, { nullable: true, description: "How the learner takes part." })
  engagementType!: string | null;

  @Field(() => GamificationPersona, { nullable: true, description: "What the learner enjoys in games." })
  gamificationPersona!: PsychographicsRow["gamificationPersona"];

  @Field(() => Float, { description: "How sure the estimate is, 0 to 1." })
  confidenceScore!: string;

  @Field(() => DerivedFrom, { description: "How it was found." })
  derivedFrom!: PsychographicsRow["derivedFrom"];

  @Field(() => DateTime, { description: "When it was first written." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "Answers of the survey on learning habits. An absent field stays, null clears it." })
export class UpdatePsychographicsInput {
  @Field(() => String, { nullable: true, description: "What drives the learning, at most 100 characters." })
  learningMotivation?: string | null;

  @Field(() => LearningStyle, { nullable: true, description: "Learning style by the survey." })
  learningStyle?: PsychographicsRow["learningStyle"];

  @Field(() => String, { nullable: true, description: "How the learner takes in something new, at most 1000 characters." })
  cognitivePattern?: string | null;

  @Field(() => String, { nullable: true, description: "How the learner takes part, at most 100 characters." })
  engagementType?: string | null;

  @Field(() => GamificationPersona, { nullable: true, description: "What the learner enjoys in games." })
  gamificationPersona?: PsychographicsRow["gamificationPersona"];
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updatePsychographics`.", simpleResolvers: true })
export class UpdatePsychographicsPayload extends Payload {
  @Field(() => Psychographics, { nullable: true, description: "The persona as it is now." })
  psychographics!: Psychographics | null;
}
