import { ArgsType, Field, Float, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { assessmentResults } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, DateTimeFilter, EnumFilterOf, IDFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime } from "../../graphql/scalars.js";
import { Assessor, ResultStatus } from "./enums.js";

type ResultRow = typeof assessmentResults.$inferSelect;
type Linked = "userId" | "quizAttemptId" | "courseId" | "skillId" | "assessorId";

@Can("enrollment")
@ObjectType({ description: "What an assessment showed of one skill, or as a whole.", implements: Node, simpleResolvers: true })
export class AssessmentResult extends Node implements Omit<ResultRow, "id" | Linked> {
  @Field(() => String, { description: "What was assessed, such as the title of the quiz." })
  title!: string;

  @Field(() => Float, { description: "Percent reached, 0 to 100." })
  score!: string;

  @Field(() => Float, { description: "What the best could reach, in the assessor's own points." })
  maxScore!: string;

  @Field(() => ResultStatus, { description: "How it ended." })
  result!: ResultRow["result"];

  @Field(() => Assessor, { description: "Who assessed." })
  assessedBy!: ResultRow["assessedBy"];

  @Field(() => String, { nullable: true, description: "What the assessor says." })
  feedback!: string | null;

  @Field(() => DateTime, { description: "When it was assessed." })
  assessedAt!: string;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A result in a list." })
export class AssessmentResultEdge extends EdgeOf(() => AssessmentResult) {}

@ObjectType({ description: "A list of results." })
export class AssessmentResultConnection extends ConnectionOf(() => AssessmentResult, () => AssessmentResultEdge) {}

@InputType({ description: "Conditions on how an assessment ended; all that are given must hold." })
export class ResultStatusFilter extends EnumFilterOf<ResultRow["result"]>(() => ResultStatus) {}

@InputType({ description: "Conditions on results; all that are given must hold." })
@Combinable()
export class AssessmentResultWhere implements Combined<AssessmentResultWhere> {
  declare AND?: AssessmentResultWhere[];
  declare OR?: AssessmentResultWhere[];
  declare NOT?: AssessmentResultWhere;

  @Field(() => ResultStatusFilter, { nullable: true, description: "How it ended." })
  result?: ResultStatusFilter;

  @Field(() => IDFilter, { nullable: true, description: "The skill." })
  skill?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The course." })
  course?: IDFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was assessed." })
  assessedAt?: DateTimeFilter;
}

export const AssessmentResultOrderField = orderFieldsOf("AssessmentResultOrderField", { ASSESSED_AT: "By the time of the assessment." });

@InputType({ description: "Order of results." })
export class AssessmentResultOrder extends OrderOf<keyof typeof AssessmentResultOrderField>(() => AssessmentResultOrderField) {}

@ArgsType()
export class AssessmentResultsArgs extends ListArgsOf(() => AssessmentResultWhere, () => AssessmentResultOrder, "latest first") {}
