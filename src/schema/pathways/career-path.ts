import { ArgsType, Field, InputType, Int, ObjectType } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { careerPaths, pathMilestones } from "../../db/tables/index.js";
import { milestoneTypes } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { BooleanFilter, Combinable, EnumFilterOf, IDFilter, IntFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, JSONValue } from "../../graphql/scalars.js";

type CareerPathRow = typeof careerPaths.$inferSelect;
type PathMilestoneRow = typeof pathMilestones.$inferSelect;

export const MilestoneType = enumOf("MilestoneType", "Kind of a step on a career path.", milestoneTypes, {
  onboarding: "Getting started.",
  course: "Completing a course.",
  internship: "Working under guidance.",
  certification: "Earning a certificate.",
  job: "Taking up a job; the only step with pay and companies.",
});

@Public()
@ObjectType({ description: "A way to a job role, in milestones.", implements: Node, simpleResolvers: true })
export class CareerPath extends Node implements Omit<CareerPathRow, "id" | "jobRoleId"> {
  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => Int, { nullable: true, description: "Months that it takes at least." })
  durationMonthsMin!: number | null;

  @Field(() => Int, { nullable: true, description: "Months that it takes at most." })
  durationMonthsMax!: number | null;

  @Field(() => String, { nullable: true, description: "Where it starts, such as `NSQF 3`." })
  levelStart!: string | null;

  @Field(() => String, { nullable: true, description: "Where it ends, such as `NSQF 5`." })
  levelEnd!: string | null;

  @Field(() => Boolean, { description: "Is it a pattern for everyone, rather than one person's variant?" })
  isTemplate!: boolean;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Public()
@ObjectType({ description: "A step of a career path.", implements: Node, simpleResolvers: true })
export class PathMilestone
  extends Node
  implements Omit<PathMilestoneRow, "id" | "careerPathId" | "providerId" | "courseId">
{
  @Field(() => Int, { description: "Place on the path, from 1; unique within it." })
  sequence!: number;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => MilestoneType, { description: "Kind of step." })
  type!: PathMilestoneRow["type"];

  @Field(() => String, { nullable: true, description: "What the step is about." })
  description!: string | null;

  @Field(() => Int, { nullable: true, description: "Weeks that it takes." })
  durationWeeks!: number | null;

  @Field(() => String, { nullable: true, description: "Level of the step, such as `NSQF 4`." })
  level!: string | null;

  @Field(() => String, { nullable: true, description: "What helps with it." })
  resources!: string | null;

  @Field(() => JSONValue, { description: "What to do next: a list of texts." })
  nextSteps!: unknown;

  @Field(() => String, { nullable: true, description: "Pay to expect; on steps of type JOB only." })
  salaryInfo!: string | null;

  @Field(() => JSONValue, { nullable: true, description: "Employers, a list of names; on steps of type JOB only." })
  companies!: unknown;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A career path in a list." })
export class CareerPathEdge extends EdgeOf(() => CareerPath) {}

@ObjectType({ description: "A list of career paths." })
export class CareerPathConnection extends ConnectionOf(() => CareerPath, () => CareerPathEdge) {}

@InputType({ description: "Conditions on career paths; all that are given must hold." })
@Combinable()
export class CareerPathWhere implements Combined<CareerPathWhere> {
  declare AND?: CareerPathWhere[];
  declare OR?: CareerPathWhere[];
  declare NOT?: CareerPathWhere;

  @Field(() => String, { nullable: true, description: "The title contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => BooleanFilter, { nullable: true, description: "A pattern for everyone, or one person's variant." })
  isTemplate?: BooleanFilter;

  @Field(() => IntFilter, { nullable: true, description: "Months that it takes at least." })
  durationMonthsMin?: IntFilter;

  @Field(() => IntFilter, { nullable: true, description: "Months that it takes at most." })
  durationMonthsMax?: IntFilter;

  @Field(() => IDFilter, { nullable: true, description: "The role it leads to." })
  jobRole?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "A skill that one of its steps builds." })
  skill?: IDFilter;
}

export const CareerPathOrderField = orderFieldsOf("CareerPathOrderField", {
  TITLE: "By title.",
  CREATED_AT: "By the time of being added.",
});

@InputType({ description: "Order of career paths." })
export class CareerPathOrder extends OrderOf<keyof typeof CareerPathOrderField>(() => CareerPathOrderField) {}

@ArgsType()
export class CareerPathsArgs extends ListArgsOf(() => CareerPathWhere, () => CareerPathOrder, "by title") {}

@ObjectType({ description: "A step of a career path in a list." })
export class PathMilestoneEdge extends EdgeOf(() => PathMilestone) {}

@ObjectType({ description: "A list of steps of career paths." })
export class PathMilestoneConnection extends ConnectionOf(() => PathMilestone, () => PathMilestoneEdge) {}

@InputType({ description: "Conditions on the kind of a step; all that are given must hold." })
export class MilestoneTypeFilter extends EnumFilterOf<PathMilestoneRow["type"]>(() => MilestoneType) {}

@InputType({ description: "Conditions on steps of career paths; all that are given must hold." })
@Combinable()
export class PathMilestoneWhere implements Combined<PathMilestoneWhere> {
  declare AND?: PathMilestoneWhere[];
  declare OR?: PathMilestoneWhere[];
  declare NOT?: PathMilestoneWhere;

  @Field(() => MilestoneTypeFilter, { nullable: true, description: "Kind of step." })
  type?: MilestoneTypeFilter;

  @Field(() => IDFilter, { nullable: true, description: "The path it belongs to." })
  careerPath?: IDFilter;
}

export const PathMilestoneOrderField = orderFieldsOf("PathMilestoneOrderField", {
  SEQUENCE: "By career path, then by place on it.",
});

@InputType({ description: "Order of steps of career paths." })
export class PathMilestoneOrder extends OrderOf<keyof typeof PathMilestoneOrderField>(() => PathMilestoneOrderField) {}

@ArgsType()
export class PathMilestonesArgs extends ListArgsOf(
  () => PathMilestoneWhere,
  () => PathMilestoneOrder,
  "by career path, then by place on it",
) {}
