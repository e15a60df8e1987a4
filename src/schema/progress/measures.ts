import { ArgsType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { progressMetrics, skillMastery } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import {
  Combinable, DateTimeFilter, EnumFilterOf, IDFilter, IntFilter, StringFilter, type Combined,
} from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, JSONValue } from "../../graphql/scalars.js";
import { SkillSource } from "../../graphql/shared-enums.js";
import { AggregationType, MetricType, TimePeriod } from "./enums.js";

type MasteryRow = typeof skillMastery.$inferSelect;
type MetricRow = typeof progressMetrics.$inferSelect;

@Can("owner")
@ObjectType({ description: "How well a learner was seen to master a skill.", implements: Node, simpleResolvers: true })
export class SkillMastery extends Node implements Omit<MasteryRow, "id" | "userId" | "skillId"> {
  @Field(() => Int, { description: "0 to 100; a completed course shows 70 of its main skills and 50 of the others." })
  level!: number;

  @Field(() => SkillSource, { description: "What showed it: INFERRED, ASSESSMENT or COURSE." })
  source!: MasteryRow["source"];

  @Field(() => DateTime, { description: "When the level last changed." })
  lastUpdatedAt!: string;

  @Field(() => DateTime, { description: "When it was first recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When the record last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "Mastery of a skill in a list." })
export class SkillMasteryEdge extends EdgeOf(() => SkillMastery) {}

@ObjectType({ description: "A list of mastery of skills." })
export class SkillMasteryConnection extends ConnectionOf(() => SkillMastery, () => SkillMasteryEdge) {}

@InputType({ description: "Conditions on mastery; all that are given must hold." })
@Combinable()
export class SkillMasteryWhere implements Combined<SkillMasteryWhere> {
  declare AND?: SkillMasteryWhere[];
  declare OR?: SkillMasteryWhere[];
  declare NOT?: SkillMasteryWhere;

  @Field(() => IDFilter, { nullable: true, description: "The skill." })
  skill?: IDFilter;

  @Field(() => IntFilter, { nullable: true, description: "The level." })
  level?: IntFilter;
}

export const SkillMasteryOrderField = orderFieldsOf("SkillMasteryOrderField", {
  LEVEL: "By level.",
  CREATED_AT: "By the time of the first record.",
});

@InputType({ description: "Order of mastery." })
export class SkillMasteryOrder extends OrderOf<keyof typeof SkillMasteryOrderField>(() => SkillMasteryOrderField) {}

@ArgsType()
export class SkillMasteryArgs extends ListArgsOf(() => SkillMasteryWhere, () => SkillMasteryOrder, "highest level first") {}

@Can("owner")
@ObjectType({ description: "A measured value of learning.", implements: Node, simpleResolvers: true })
export class ProgressMetric extends Node implements Omit<MetricRow, "id" | "userId" | "learningSessionId"> {
  @Field(() => MetricType, { description: "What was measured, and in which unit." })
  metricType!: MetricRow["metricType"];

  @Field(() => Float, { description: "The value, in the unit of its type." })
  metricValue!: number;

  @Field(() => JSONValue, { nullable: true, description: "What it was measured on, such as the global id of a topic." })
  metricData!: unknown;

  @Field(() => DateTime, { description: "When it was measured." })
  recordedAt!: string;

  @Field(() => TimePeriod, { nullable: true, description: "The span that it sums up; null for a single value." })
  timePeriod!: MetricRow["timePeriod"];

  @Field(() => String, { nullable: true, description: "What the learning was about." })
  subjectArea!: string | null;

  @Field(() => AggregationType, { nullable: true, description: "How single values became one." })
  aggregationType!: MetricRow["aggregationType"];
}

@ObjectType({ description: "A measured value in a list." })
export class ProgressMetricEdge extends EdgeOf(() => ProgressMetric) {}

@ObjectType({ description: "A list of measured values." })
export class ProgressMetricConnection extends ConnectionOf(() => ProgressMetric, () => ProgressMetricEdge) {}

@InputType({ description: "Conditions on what was measured; all that are given must hold." })
export class MetricTypeFilter extends EnumFilterOf<MetricRow["metricType"]>(() => MetricType) {}

@InputType({ description: "Conditions on the span of a value; all that are given must hold." })
export class TimePeriodFilter extends EnumFilterOf<NonNullable<MetricRow["timePeriod"]>>(() => TimePeriod) {}

@InputType({ description: "Conditions on measured values; all that are given must hold." })
@Combinable()
export class ProgressMetricWhere implements Combined<ProgressMetricWhere> {
  declare AND?: ProgressMetricWhere[];
  declare OR?: ProgressMetricWhere[];
  declare NOT?: ProgressMetricWhere;

  @Field(() => MetricTypeFilter, { nullable: true, description: "What was measured." })
  metricType?: MetricTypeFilter;

  @Field(() => TimePeriodFilter, { nullable: true, description: "The span that it sums up." })
  timePeriod?: TimePeriodFilter;

  @Field(() => StringFilter, { nullable: true, description: "What the learning was about." })
  subjectArea?: StringFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was measured." })
  recordedAt?: DateTimeFilter;
}

export const ProgressMetricOrderField = orderFieldsOf("ProgressMetricOrderField", {
  RECORDED_AT: "By the time of measuring.",
});

@InputType({ description: "Order of measured values." })
export class ProgressMetricOrder extends OrderOf<keyof typeof ProgressMetricOrderField>(() => ProgressMetricOrderField) {}

@ArgsType()
export class ProgressMetricsArgs extends ListArgsOf(() => ProgressMetricWhere, () => ProgressMetricOrder, "latest first") {}
