import { ArgsType, Field, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import { enumOf } from "../graphql/enums.js";
import { BigIntScalar } from "../graphql/scalars.js";

const kinds = ["snapshot", "change", "resync"] as const;

export const UpdateKind = enumOf("UpdateKind", "What an update of a subscription is.", kinds, {
  snapshot: "The present state, as the first update.",
  change: "One change, in the order of `seq`.",
  resync: "The present state, because `after` is too old or unknown: drop what you hold and start from this.",
});

/**
 * Base of what subscriptions send. `seq` may exceed 32 bits, so it is a BigInt: a JSON number below
 * 2^53, which JavaScript reads exactly.
 */
@ObjectType({ simpleResolvers: true })
export abstract class Update {
  @Field(() => UpdateKind, { description: "What this update is." })
  kind!: (typeof kinds)[number];

  @Field(() => BigIntScalar, {
    description: "Place in the stream; rises, with gaps. Give the last one seen as `after` to resume without loss.",
  })
  seq!: number;
}

@Can("signedIn")
@ObjectType({ description: "How the viewer's streak stands, or how it changed.", simpleResolvers: true })
export class StreakUpdate extends Update {}

@Can("signedIn")
@ObjectType({ description: "How a job stands, or how it changed.", simpleResolvers: true })
export class JobUpdate extends Update {}

@Can("signedIn")
@ObjectType({ description: "The viewer's jobs, or one of them that changed.", simpleResolvers: true })
export class MyJobsUpdate extends Update {}

@Can("signedIn")
@ObjectType({ description: "The viewer's enrollments, or one of them that changed.", simpleResolvers: true })
export class EnrollmentUpdate extends Update {}

@ArgsType()
export class ResumeArgs {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: "The last `seq` seen: what followed it within 24 hours is sent again, each update once. A snapshot comes first when absent.",
  })
  after?: number | null;
}
