import { ArgsType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import type { courses, providers } from "../db/tables/index.js";
import { courseStatuses } from "../db/value-sets.js";
import { ConnectionOf, EdgeOf, PageArgs } from "../graphql/connection.js";
import { enumOf } from "../graphql/enums.js";
import { BooleanFilter, Combinable, FloatFilter, IDFilter, StringFilter, type Combined } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { orderFieldsOf, SortDirection } from "../graphql/order.js";
import { DateTime } from "../graphql/scalars.js";

type ProviderRow = typeof providers.$inferSelect;
type CourseRow = typeof courses.$inferSelect;

export const CourseStatus = enumOf("CourseStatus", "Life of a course.", courseStatuses, {
  draft: "Being written; visible to its author and admins.",
  active: "Open to everyone.",
  archived: "Closed to newcomers; learners who are enrolled keep it.",
});

@Public()
@ObjectType({ description: "An institution that offers courses.", implements: Node, simpleResolvers: true })
export class Provider
  extends Node
  implements Pick<ProviderRow, "name" | "slug" | "region" | "websiteUrl" | "isNsqfAligned" | "createdAt" | "updatedAt">
{
  @Field(() => String, { description: "Official name." })
  name!: string;

  @Field(() => String, { description: "Short name in addresses, unique." })
  slug!: string;

  @Field(() => String, { nullable: true, description: "State or region it serves; null for the whole country." })
  region!: string | null;

  @Field(() => String, { nullable: true, description: "Its web site." })
  websiteUrl!: string | null;

  @Field(() => Boolean, { description: "Do its courses follow the NSQF?" })
  isNsqfAligned!: boolean;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A provider in a list." })
export class ProviderEdge extends EdgeOf(() => Provider) {}

@ObjectType({ description: "A list of providers." })
export class ProviderConnection extends ConnectionOf(() => Provider, () => ProviderEdge) {}

@InputType({ description: "Conditions on providers; all that are given must hold." })
@Combinable()
export class ProviderWhere implements Combined<ProviderWhere> {
  declare AND?: ProviderWhere[];
  declare OR?: ProviderWhere[];
  declare NOT?: ProviderWhere;

  @Field(() => String, { nullable: true, description: "The name contains this or resembles it." })
  search?: string;

  @Field(() => StringFilter, { nullable: true, description: "State or region." })
  region?: StringFilter;

  @Field(() => BooleanFilter, { nullable: true, description: "Follows the NSQF or not." })
  isNsqfAligned?: BooleanFilter;
}

export const ProviderOrderField = orderFieldsOf("ProviderOrderField", {
  NAME: "By name.",
  CREATED_AT: "By the time of being added.",
});

@InputType({ description: "Order of providers." })
export class ProviderOrder {
  @Field(() => ProviderOrderField, { description: "What to order by." })
  field!: keyof typeof ProviderOrderField;

  @Field(() => SortDirection, { description: "Which way." })
  direction!: SortDirection;
}

@ArgsType()
export class ProvidersArgs extends PageArgs {
  @Field(() => ProviderWhere, { nullable: true, description: "Only providers for which this holds." })
  where?: ProviderWhere;

  @Field(() => ProviderOrder, { nullable: true, description: "The order; by name when absent." })
  orderBy?: ProviderOrder;
}

@Can("course")
@ObjectType({ description: "A course: an entry of the NSQF catalogue or one made by a teacher.", implements: Node, simpleResolvers: true })
export class Course extends Node implements Pick<CourseRow, "courseId" | "title" | "credits"> {
  @Field(() => String, { description: "Public identifier, such as the code in the qualification register." })
  courseId!: string;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => Float, { nullable: true, description: "Credits of the NSQF, 0 or more." })
  credits!: string | null;

  @Field(() => Int, { description: "Learners enrolled, dropped ones left out; refreshed by the rollup job." })
  enrollmentCount!: number;
}

@ObjectType({ description: "A course in a list." })
export class CourseEdge extends EdgeOf(() => Course) {}

@ObjectType({ description: "A list of courses." })
export class CourseConnection extends ConnectionOf(() => Course, () => CourseEdge) {}

@InputType({ description: "Conditions on courses; all that are given must hold." })
@Combinable()
export class CourseWhere implements Combined<CourseWhere> {
  declare AND?: CourseWhere[];
  declare OR?: CourseWhere[];
  declare NOT?: CourseWhere;

  @Field(() => String, { nullable: true, description: "The title contains this or resembles it." })
  search?: string;

  @Field(() => FloatFilter, { nullable: true, description: "NSQF level." })
  nsqfLevel?: FloatFilter;

  @Field(() => StringFilter, { nullable: true, description: "Language tag of the teaching, such as `en` or `hi`." })
  language?: StringFilter;

  @Field(() => IDFilter, { nullable: true, description: "Who offers the course." })
  provider?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "A skill that the course teaches." })
  skill?: IDFilter;
}

export const CourseOrderField = orderFieldsOf("CourseOrderField", {
  CREATED_AT: "By the time of being added.",
  TITLE: "By title.",
  NSQF_LEVEL: "By NSQF level.",
  ENROLLMENT_COUNT: "By the number of learners.",
});

@InputType({ description: "Order of courses." })
export class CourseOrder {
  @Field(() => CourseOrderField, { description: "What to order by." })
  field!: keyof typeof CourseOrderField;

  @Field(() => SortDirection, { description: "Which way." })
  direction!: SortDirection;
}

@ArgsType()
export class CoursesArgs extends PageArgs {
  @Field(() => CourseWhere, { nullable: true, description: "Only courses for which this holds." })
  where?: CourseWhere;

  @Field(() => CourseOrder, { nullable: true, description: "The order; newest first when absent." })
  orderBy?: CourseOrder;
}
