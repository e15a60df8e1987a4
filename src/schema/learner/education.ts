import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { educationRecords } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";

type EducationRow = typeof educationRecords.$inferSelect;

@Can("owner")
@ObjectType({ description: "A stay at a school, a college or another place of education.", implements: Node, simpleResolvers: true })
export class EducationRecord extends Node implements Omit<EducationRow, "userId"> {
  @Field(() => String, { nullable: true, description: "School, college or university." })
  institution!: string | null;

  @Field(() => String, { nullable: true, description: "Qualification that was earned or is aimed at." })
  qualification!: string | null;

  @Field(() => String, { nullable: true, description: "Branch or main subject." })
  specialization!: string | null;

  @Field(() => Int, { nullable: true, description: "Calendar year of the beginning." })
  startYear!: number | null;

  @Field(() => Int, { nullable: true, description: "Calendar year of the end; null while it goes on." })
  endYear!: number | null;

  @Field(() => Boolean, { description: "Does it go on?" })
  isCurrent!: boolean;

  @Field(() => Float, { nullable: true, description: "Grade point average, 0 to `gpaScale`." })
  gpa!: string | null;

  @Field(() => Float, { description: "Best possible grade point average, such as 10 or 4." })
  gpaScale!: string;

  @Field(() => String, { nullable: true, description: "Prizes and other achievements." })
  achievements!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@InputType({ description: "What an education record says." })
abstract class EducationRecordFields {
  @Field(() => String, { nullable: true, description: "School, college or university, at most 255 characters." })
  institution?: string | null;

  @Field(() => String, { nullable: true, description: "Qualification, at most 255 characters." })
  qualification?: string | null;

  @Field(() => String, { nullable: true, description: "Branch or main subject, at most 255 characters." })
  specialization?: string | null;

  @Field(() => Int, { nullable: true, description: "Year of the beginning, 1900 to 2155." })
  startYear?: number | null;

  @Field(() => Int, { nullable: true, description: "Year of the end, not before the beginning; none while it goes on." })
  endYear?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Does it go on? No when null." })
  isCurrent?: boolean | null;

  @Field(() => Float, { nullable: true, description: "Grade point average, 0 to `gpaScale`." })
  gpa?: number | null;

  @Field(() => Float, { nullable: true, description: "Best possible grade point average, above 0, at most 100; 10 when null." })
  gpaScale?: number | null;

  @Field(() => String, { nullable: true, description: "Prizes and other achievements, at most 2000 characters." })
  achievements?: string | null;
}

@InputType({ description: "A new education record; an institution or a qualification must be given." })
export class AddEducationRecordInput extends EducationRecordFields {
  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to an education record. An absent field stays, null clears it." })
export class UpdateEducationRecordInput extends EducationRecordFields {
  @Field(() => ID, { description: "The education record." })
  id!: string;
}

@InputType({ description: "The education record to remove." })
export class RemoveEducationRecordInput {
  @Field(() => ID, { description: "The education record." })
  id!: string;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `addEducationRecord`.", simpleResolvers: true })
export class AddEducationRecordPayload extends Payload {
  @Field(() => EducationRecord, { nullable: true, description: "The new education record." })
  educationRecord!: EducationRecord | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updateEducationRecord`.", simpleResolvers: true })
export class UpdateEducationRecordPayload extends Payload {
  @Field(() => EducationRecord, { nullable: true, description: "The education record as it is now." })
  educationRecord!: EducationRecord | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `removeEducationRecord`.", simpleResolvers: true })
export class RemoveEducationRecordPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the education record that is gone." })
  removedId!: string | null;
}
