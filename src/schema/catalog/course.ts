import { ArgsType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courses } from "../../db/tables/index.js";
import { courseStatuses } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import {
  Combinable, DateTimeFilter, EnumFilterOf, FloatFilter, IDFilter, IntFilter, StringFilter, type Combined,
} from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, JSONValue } from "../../graphql/scalars.js";

type CourseRow = typeof courses.$inferSelect;

export const CourseStatus = enumOf("CourseStatus", "Life of a course.", courseStatuses, {
  draft: "Being written; visible to its author and admins.",
  active: "Open to everyone.",
  archived: "Closed to newcomers; learners who are enrolled keep it.",
});

@Can("course")
@ObjectType({
  description: "A course: an entry of the NSQF catalogue or one made by a teacher.",
  implements: Node,
  simpleResolvers: true,
})
export class Course
  extends Node
  implements Omit<CourseRow, "id" | "nsqfLevel" | "providerId" | "createdById">
{
  @Field(() => String, { description: "Public identifier, such as the code in the qualification register; unique." })
  courseId!: string;

  @Field(() => Int, { nullable: true, description: "Number of the course in systems that count their courses; unique." })
  courseNumber!: number | null;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => String, { nullable: true, description: "What it is about." })
  description!: string | null;

  @Field(() => Float, { nullable: true, description: "Credits of the NSQF, 0 or more." })
  credits!: string | null;

  @Field(() => Int, { nullable: true, description: "Hours of learning it is planned for; the least when the register gives a range." })
  notionalHours!: number | null;

  @Field(() => Int, { nullable: true, description: "Length in months, 1 or more." })
  durationMonths!: number | null;

  @Field(() => String, { description: "Language tag of the teaching, such as `en` or `hi`." })
  language!: string;

  @Field(() => String, { nullable: true, description: "State or region where it is offered; null for everywhere." })
  region!: string | null;

  @Field(() => CourseStatus, { description: "Where it stands in its life." })
  status!: CourseRow["status"];

  @Field(() => Int, { description: "Number of the outline last published, from 1." })
  version!: number;

  @Field(() => [String], { description: "Words that it is found by." })
  keywords!: string[];

  @Field(() => Int, { description: "Learners enrolled, dropped ones left out; refreshed by the rollup job." })
  enrollmentCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Percentage of enrolled learners who completed it, 0 to 100; null before anyone enrolled. Refreshed by the rollup job.",
  })
  completionRate!: string | null;

  @Field(() => JSONValue, { description: "What its source says beyond the fields, such as the sector or the range of hours." })
  metadata!: unknown;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

const completionRuleKinds = ["topics", "learner_confirms"] as const;

export const CompletionRuleKind = enumOf("CompletionRuleKind", "How a course comes to be completed.", completionRuleKinds, {
  topics: "By completing every topic that is not archived.",
  learner_confirms: "By the learner saying so, because the course has no topics to count.",
});

@Can("course")
@ObjectType({ description: "What completing a course takes.", simpleResolvers: true })
export class CompletionRule {
  @Field(() => CompletionRuleKind, { description: "How it comes to be completed." })
  kind!: (typeof completionRuleKinds)[number];

  @Field(() => Int, { description: "Topics that count, archived ones left out." })
  liveTopics!: number;

  @Field(() => String, { description: "The rule in a sentence, for people." })
  description!: string;
}

@ObjectType({ description: "A course in a list." })
export class CourseEdge extends EdgeOf(() => Course) {}

@ObjectType({ description: "A list of courses." })
export class CourseConnection extends ConnectionOf(() => Course, () => CourseEdge) {}

@InputType({ description: "Conditions on the status of a course; all that are given must hold." })
export class CourseStatusFilter extends EnumFilterOf<CourseRow["status"]>(() => CourseStatus) {}

@InputType({ description: "Conditions on courses; all that are given must hold." })
@Combinable()
export class CourseWhere implements Combined<CourseWhere> {
  declare AND?: CourseWhere[];
  declare OR?: CourseWhere[];
  declare NOT?: CourseWhere;

  @Field(() => String, { nullable: true, description: "The title contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => StringFilter, { nullable: true, description: "Public identifier." })
  courseId?: StringFilter;

  @Field(() => IntFilter, { nullable: true, description: "Course number." })
  courseNumber?: IntFilter;

  @Field(() => CourseStatusFilter, { nullable: true, description: "Status; only courses that the viewer may see are ever listed." })
  status?: CourseStatusFilter;

  @Field(() => FloatFilter, { nullable: true, description: "NSQF level." })
  nsqfLevel?: FloatFilter;

  @Field(() => FloatFilter, { nullable: true, description: "Credits." })
  credits?: FloatFilter;

  @Field(() => IntFilter, { nullable: true, description: "Planned hours of learning." })
  notionalHours?: IntFilter;

  @Field(() => IntFilter, { nullable: true, description: "Length in months." })
  durationMonths?: IntFilter;

  @Field(() => StringFilter, { nullable: true, description: "Language tag of the teaching, such as `en` or `hi`." })
  language?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "State or region." })
  region?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "A word that the course is found by." })
  keyword?: StringFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was added." })
  createdAt?: DateTimeFilter;

  @Field(() => IDFilter, { nullable: true, description: "Who offers the course." })
  provider?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "A skill that the course teaches." })
  skill?: IDFilter;
}

export const CourseOrderField = orderFieldsOf("CourseOrderField", {
  CREATED_AT: "By the time of being added.",
  TITLE: "By title.",
  NSQF_LEVEL: "By NSQF level; courses without one come last when ascending, first when descending.",
  ENROLLMENT_COUNT: "By the number of learners.",
});

@InputType({ description: "Order of courses." })
export class CourseOrder extends OrderOf<keyof typeof CourseOrderField>(() => CourseOrderField) {}

@ArgsType()
export class CoursesArgs extends ListArgsOf(() => CourseWhere, () => CourseOrder, "newest first") {}
