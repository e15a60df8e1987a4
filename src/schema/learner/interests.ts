import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { interests } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";

type InterestRow = typeof interests.$inferSelect;

@Can("owner")
@ObjectType({ description: "Something that a learner likes to hear about.", implements: Node, simpleResolvers: true })
export class LearnerInterest extends Node implements Omit<InterestRow, "userId"> {
  @Field(() => String, { description: "The interest in words; unique for the learner, whatever the case." })
  interest!: string;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "An interest to add." })
export class AddInterestInput {
  @Field(() => String, { description: "The interest, at most 255 characters. One that is there already, in any case, is answered unchanged." })
  interest!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "The interest to remove." })
export class RemoveInterestInput {
  @Field(() => ID, { description: "The interest." })
  id!: string;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `addInterest`.", simpleResolvers: true })
export class AddInterestPayload extends Payload {
  @Field(() => LearnerInterest, { nullable: true, description: "The interest, new or as it was." })
  interest!: LearnerInterest | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `removeInterest`.", simpleResolvers: true })
export class RemoveInterestPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the interest that is gone." })
  removedId!: string | null;
}
