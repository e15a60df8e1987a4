import { ArgsType, Field, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { quizzes } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, DateTimeFilter, EnumFilterOf, IDFilter, IntFilter, StringFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime } from "../../graphql/scalars.js";
import { QuizType } from "./enums.js";

type QuizRow = typeof quizzes.$inferSelect;

@Can("quiz")
@ObjectType({
  description: "A quiz of a module, of a course, or for practice without one. Archived quizzes are listed no more; who took them still finds them by id.",
  implements: Node,
  simpleResolvers: true,
})
export class Quiz extends Node implements Omit<QuizRow, "id" | "courseId" | "moduleId" | "generatedAssetId"> {
  @Field(() => String, { description: "Public identifier, such as the one in an imported file; unique." })
  quizId!: string;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => String, { nullable: true, description: "What it is about." })
  description!: string | null;

  @Field(() => QuizType, { description: "What it is about: a module, a course, or practice." })
  quizType!: QuizRow["quizType"];

  @Field(() => Int, { description: "Percent of right answers that passes, 0 to 100." })
  passingScore!: number;

  @Field(() => Int, { nullable: true, description: "Minutes from the start of an attempt to its end; null for no limit." })
  timeLimitMinutes!: number | null;

  @Field(() => Int, { nullable: true, description: "How many attempts a learner may start; null for any number." })
  maxAttempts!: number | null;

  @Field(() => DateTime, { nullable: true, description: "When it was closed; null while it can be taken." })
  archivedAt!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed, questions included." })
  updatedAt!: string;
}

@ObjectType({ description: "A quiz in a list." })
export class QuizEdge extends EdgeOf(() => Quiz) {}

@ObjectType({ description: "A list of quizzes." })
export class QuizConnection extends ConnectionOf(() => Quiz, () => QuizEdge) {}

@InputType({ description: "Conditions on what a quiz is about; all that are given must hold." })
export class QuizTypeFilter extends EnumFilterOf<QuizRow["quizType"]>(() => QuizType) {}

@InputType({ description: "Conditions on quizzes; all that are given must hold." })
@Combinable()
export class QuizWhere implements Combined<QuizWhere> {
  declare AND?: QuizWhere[];
  declare OR?: QuizWhere[];
  declare NOT?: QuizWhere;

  @Field(() => String, { nullable: true, description: "The title contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => StringFilter, { nullable: true, description: "Public identifier." })
  quizId?: StringFilter;

  @Field(() => QuizTypeFilter, { nullable: true, description: "What it is about." })
  quizType?: QuizTypeFilter;

  @Field(() => IntFilter, { nullable: true, description: "Minutes that an attempt may take." })
  timeLimitMinutes?: IntFilter;

  @Field(() => IDFilter, { nullable: true, description: "The course." })
  course?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The module." })
  module?: IDFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was added." })
  createdAt?: DateTimeFilter;
}

export const QuizOrderField = orderFieldsOf("QuizOrderField", { CREATED_AT: "By the time of being added." });

@InputType({ description: "Order of quizzes." })
export class QuizOrder extends OrderOf<keyof typeof QuizOrderField>(() => QuizOrderField) {}

@ArgsType()
export class QuizzesArgs extends ListArgsOf(() => QuizWhere, () => QuizOrder, "in the order of being added") {}
