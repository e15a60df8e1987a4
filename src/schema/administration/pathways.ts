import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import type { jobRoles } from "../../db/tables/index.js";
import { Payload } from "../../graphql/payload.js";
import { BigIntScalar, DateTime, UUID } from "../../graphql/scalars.js";
import { CareerPath } from "../pathways/career-path.js";
import { DemandLevel, JobRole, SalaryPeriod } from "../pathways/job-role.js";

type JobRoleRow = typeof jobRoles.$inferSelect;

@InputType({ description: "What a job role says besides its title." })
abstract class JobRoleFields {
  @Field(() => String, { nullable: true, description: "Short name in addresses: lower-case letters and digits with hyphens between words, at most 100 characters, unique." })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: "What people in this role do, at most 5000 characters." })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "Usual pay as a label for people, at most 255 characters." })
  typicalSalaryRange?: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Least usual pay in hundredths of the currency, 0 to 10^12." })
  salaryMinMinor?: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Greatest usual pay in hundredths of the currency, not below the least." })
  salaryMaxMinor?: number | null;

  @Field(() => String, { nullable: true, description: "Currency, three letters of ISO 4217; INR when a new role does not say." })
  salaryCurrency?: string | null;

  @Field(() => SalaryPeriod, { nullable: true, description: "What the pay is for; YEAR when a new role does not say." })
  salaryPeriod?: JobRoleRow["salaryPeriod"] | null;

  @Field(() => String, { nullable: true, description: "Industry, at most 100 characters." })
  industry?: string | null;

  @Field(() => DemandLevel, { nullable: true, description: "How much employers look for it; null when unknown." })
  demandLevel?: JobRoleRow["demandLevel"];
}

@InputType({ description: "A job role to add. Without a slug it gets one made from its title." })
export class CreateJobRoleInput extends JobRoleFields {
  @Field(() => String, { description: "Title, at most 255 characters." })
  title!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a job role. An absent field stays; null clears what may be empty." })
export class UpdateJobRoleInput extends JobRoleFields {
  @Field(() => ID, { description: "The role." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 255 characters; cannot be cleared." })
  title?: string | null;
}

@ObjectType({ description: "Answer of `createJobRole`.", simpleResolvers: true })
export class CreateJobRolePayload extends Payload {
  @Field(() => JobRole, { nullable: true, description: "The new role." })
  jobRole!: JobRole | null;
}

@ObjectType({ description: "Answer of `updateJobRole`.", simpleResolvers: true })
export class UpdateJobRolePayload extends Payload {
  @Field(() => JobRole, { nullable: true, description: "The role as it is now." })
  jobRole!: JobRole | null;
}

@InputType({ description: "A skill that a role asks for." })
export class JobRoleSkillInput {
  @Field(() => ID, { description: "The skill." })
  skillId!: string;

  @Field(() => Float, { nullable: true, description: "Mastery that it takes, 0 to 100; 70 when absent." })
  requiredLevel?: number | null;

  @Field(() => Float, { nullable: true, description: "How heavily it counts, 1 to 3; 1 when absent." })
  weight?: number | null;
}

@InputType({ description: "All skills that a role asks for; those that are not named no longer count." })
export class SetJobRoleSkillsInput {
  @Field(() => ID, { description: "The role." })
  jobRoleId!: string;

  @Field(() => DateTime, { description: "The role's `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => [JobRoleSkillInput], { description: "The skills, each once, at most 25." })
  skills!: JobRoleSkillInput[];
}

@ObjectType({ description: "Answer of `setJobRoleSkills`.", simpleResolvers: true })
export class SetJobRoleSkillsPayload extends Payload {
  @Field(() => JobRole, { nullable: true, description: "The role with its skills." })
  jobRole!: JobRole | null;
}

@InputType({ description: "What a career path says besides its role and title." })
abstract class CareerPathFields {
  @Field(() => Int, { nullable: true, description: "Months that it takes at least, 0 to 600." })
  durationMonthsMin?: number | null;

  @Field(() => Int, { nullable: true, description: "Months that it takes at most, not below the least." })
  durationMonthsMax?: number | null;

  @Field(() => String, { nullable: true, description: "Where it starts, such as `NSQF 3`, at most 100 characters." })
  levelStart?: string | null;

  @Field(() => String, { nullable: true, description: "Where it ends, such as `NSQF 5`, at most 100 characters." })
  levelEnd?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Is it a pattern for everyone? Yes when a new path does not say." })
  isTemplate?: boolean | null;
}

@InputType({ description: "A career path to add; its milestones follow with `createMilestone`." })
export class CreateCareerPathInput extends CareerPathFields {
  @Field(() => ID, { description: "The role it leads to." })
  jobRoleId!: string;

  @Field(() => String, { description: "Title, at most 255 characters." })
  title!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a career path. An absent field stays; null clears what may be empty." })
export class UpdateCareerPathInput extends CareerPathFields {
  @Field(() => ID, { description: "The path." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => ID, { nullable: true, description: "The role it leads to; cannot be cleared." })
  jobRoleId?: string | null;

  @Field(() => String, { nullable: true, description: "Title, at most 255 characters; cannot be cleared." })
  title?: string | null;
}

@ObjectType({ description: "Answer of `createCareerPath`.", simpleResolvers: true })
export class CreateCareerPathPayload extends Payload {
  @Field(() => CareerPath, { nullable: true, description: "The new path." })
  careerPath!: CareerPath | null;
}

@ObjectType({ description: "Answer of `updateCareerPath`.", simpleResolvers: true })
export class UpdateCareerPathPayload extends Payload {
  @Field(() => CareerPath, { nullable: true, description: "The path as it is now." })
  careerPath!: CareerPath | null;
}
