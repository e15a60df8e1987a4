import { ArgsType, Field, Float, InputType, ObjectType } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { jobRoles, jobRoleSkills } from "../../db/tables/index.js";
import { demandLevels, salaryPeriods } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Combinable, EnumFilterOf, FloatFilter, IDFilter, StringFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { BigIntScalar, DateTime } from "../../graphql/scalars.js";

type JobRoleRow = typeof jobRoles.$inferSelect;
type JobRoleSkillRow = typeof jobRoleSkills.$inferSelect;

export const DemandLevel = enumOf("DemandLevel", "How much employers look for something.", demandLevels, {
  high: "More openings than people.",
  medium: "About as many openings as people.",
  low: "Fewer openings than people.",
});

export const SalaryPeriod = enumOf("SalaryPeriod", "What a salary is paid for.", salaryPeriods, {
  month: "A month.",
  year: "A year.",
});

@Public()
@ObjectType({ description: "A kind of job that career paths lead to.", implements: Node, simpleResolvers: true })
export class JobRole extends Node implements Omit<JobRoleRow, "id"> {
  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => String, { description: "Short name in addresses, unique." })
  slug!: string;

  @Field(() => String, { nullable: true, description: "What people in this role do." })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "Usual pay as a label for people; indicative." })
  typicalSalaryRange!: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Least usual pay in hundredths of the currency, such as paise." })
  salaryMinMinor!: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Greatest usual pay in hundredths of the currency, such as paise." })
  salaryMaxMinor!: number | null;

  @Field(() => String, { description: "Currency of the pay, three letters of ISO 4217." })
  salaryCurrency!: string;

  @Field(() => SalaryPeriod, { description: "What the pay is for." })
  salaryPeriod!: JobRoleRow["salaryPeriod"];

  @Field(() => String, { nullable: true, description: "Industry." })
  industry!: string | null;

  @Field(() => DemandLevel, { nullable: true, description: "How much employers look for it; null when unknown." })
  demandLevel!: JobRoleRow["demandLevel"];

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Public()
@ObjectType({ description: "How far a role asks for a skill.", simpleResolvers: true })
export class JobRoleSkill implements Pick<JobRoleSkillRow, "requiredLevel" | "weight"> {
  @Field(() => Float, { description: "Mastery that it takes, 0 to 100." })
  requiredLevel!: string;

  @Field(() => Float, { description: "How heavily it counts, 1 to 3." })
  weight!: string;
}

@ObjectType({ description: "A job role in a list." })
export class JobRoleEdge extends EdgeOf(() => JobRole) {}

@ObjectType({ description: "A list of job roles." })
export class JobRoleConnection extends ConnectionOf(() => JobRole, () => JobRoleEdge) {}

@InputType({ description: "Conditions on demand; all that are given must hold." })
export class DemandLevelFilter extends EnumFilterOf<NonNullable<JobRoleRow["demandLevel"]>>(() => DemandLevel) {}

@InputType({ description: "Conditions on job roles; all that are given must hold." })
@Combinable()
export class JobRoleWhere implements Combined<JobRoleWhere> {
  declare AND?: JobRoleWhere[];
  declare OR?: JobRoleWhere[];
  declare NOT?: JobRoleWhere;

  @Field(() => String, { nullable: true, description: "The title contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => StringFilter, { nullable: true, description: "Short name in addresses." })
  slug?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "Industry." })
  industry?: StringFilter;

  @Field(() => DemandLevelFilter, { nullable: true, description: "How much employers look for it." })
  demandLevel?: DemandLevelFilter;

  @Field(() => FloatFilter, { nullable: true, description: "Least usual pay in hundredths of the currency." })
  salaryMinMinor?: FloatFilter;

  @Field(() => FloatFilter, { nullable: true, description: "Greatest usual pay in hundredths of the currency." })
  salaryMaxMinor?: FloatFilter;

  @Field(() => IDFilter, { nullable: true, description: "A skill that the role asks for." })
  skill?: IDFilter;
}

export const JobRoleOrderField = orderFieldsOf("JobRoleOrderField", {
  TITLE: "By title.",
  CREATED_AT: "By the time of being added.",
});

@InputType({ description: "Order of job roles." })
export class JobRoleOrder extends OrderOf<keyof typeof JobRoleOrderField>(() => JobRoleOrderField) {}

@ArgsType()
export class JobRolesArgs extends ListArgsOf(() => JobRoleWhere, () => JobRoleOrder, "by title") {}
