import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { quizAttempts } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { BooleanFilter, Combinable, DateTimeFilter, EnumFilterOf, IDFilter, IntFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { AnswerLetter, AttemptStatus, type Letter } from "./enums.js";

type AttemptRow = typeof quizAttempts.$inferSelect;

@Can("enrollment")
@ObjectType({ description: "A learner's try at a quiz; at most one of a quiz is open at a time.", implements: Node, simpleResolvers: true })
export class QuizAttempt extends Node implements Omit<AttemptRow, "id" | "quizId" | "userId" | "answers"> {
  @Field(() => AttemptStatus, { description: "Where it stands." })
  status!: AttemptRow["status"];

  @Field(() => Int, { description: "Number among the learner's attempts at the quiz, from 1." })
  attemptNumber!: number;

  @Field(() => Int, { nullable: true, description: "Percent of right answers, rounded half up; null until it is submitted." })
  score!: number | null;

  @Field(() => Int, { nullable: true, description: "Questions of the quiz when it was submitted; null until then." })
  totalQuestions!: number | null;

  @Field(() => Int, { nullable: true, description: "Questions answered right; null until it is submitted." })
  correctAnswers!: number | null;

  @Field(() => Boolean, { nullable: true, description: "Did the score reach the passing score? Null until it is submitted." })
  passed!: boolean | null;

  @Field(() => DateTime, { nullable: true, description: "When it was started, by the server's clock." })
  startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was submitted, at the latest when its time ended." })
  submittedAt!: string | null;

  @Field(() => Int, { nullable: true, description: "Seconds from start to submission, by the server's clock." })
  timeTakenSeconds!: number | null;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed, as by saving answers." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "What a learner answered to a question.", simpleResolvers: true })
export class QuizAnswer {
  @Field(() => Int, { description: "Number of the question in the quiz." })
  questionNumber!: number;

  @Field(() => AnswerLetter, { description: "The option that was chosen." })
  answer!: Letter;
}

@ObjectType({ description: "An attempt in a list." })
export class QuizAttemptEdge extends EdgeOf(() => QuizAttempt) {}

@ObjectType({ description: "A list of attempts." })
export class QuizAttemptConnection extends ConnectionOf(() => QuizAttempt, () => QuizAttemptEdge) {}

@InputType({ description: "Conditions on the status of an attempt; all that are given must hold." })
export class AttemptStatusFilter extends EnumFilterOf<AttemptRow["status"]>(() => AttemptStatus) {}

@InputType({ description: "Conditions on attempts; all that are given must hold." })
@Combinable()
export class QuizAttemptWhere implements Combined<QuizAttemptWhere> {
  declare AND?: QuizAttemptWhere[];
  declare OR?: QuizAttemptWhere[];
  declare NOT?: QuizAttemptWhere;

  @Field(() => AttemptStatusFilter, { nullable: true, description: "Where it stands." })
  status?: AttemptStatusFilter;

  @Field(() => IntFilter, { nullable: true, description: "Percent of right answers." })
  score?: IntFilter;

  @Field(() => BooleanFilter, { nullable: true, description: "Was it passed?" })
  passed?: BooleanFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was submitted." })
  submittedAt?: DateTimeFilter;

  @Field(() => IDFilter, { nullable: true, description: "The quiz." })
  quiz?: IDFilter;
}

export const QuizAttemptOrderField = orderFieldsOf("QuizAttemptOrderField", {
  CREATED_AT: "By the time of being recorded.",
  SUBMITTED_AT: "By the time of submission; open ones come last when ascending, first when descending.",
});

@InputType({ description: "Order of attempts." })
export class QuizAttemptOrder extends OrderOf<keyof typeof QuizAttemptOrderField>(() => QuizAttemptOrderField) {}

@ArgsType()
export class QuizAttemptsArgs extends ListArgsOf(() => QuizAttemptWhere, () => QuizAttemptOrder, "latest first") {}

@InputType({ description: "What starting a quiz needs." })
export class StartQuizAttemptInput {
  @Field(() => ID, { description: "The quiz: of a course that the viewer is enrolled in, or without a course." })
  quizId!: string;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `startQuizAttempt`." })
export class StartQuizAttemptPayload extends Payload {
  @Field(() => QuizAttempt, { nullable: true, description: "The new attempt, or the open one." })
  attempt!: QuizAttempt | null;
}

@InputType({ description: "An answer to one question." })
export class QuizAnswerInput {
  @Field(() => ID, { description: "The question." })
  questionId!: string;

  @Field(() => AnswerLetter, { nullable: true, description: "The option chosen; null takes the answer back." })
  answer!: Letter | null;
}

@InputType({ description: "What saving answers needs." })
export class SaveQuizAnswersInput {
  @Field(() => ID, { description: "The viewer's open attempt." })
  attemptId!: string;

  @Field(() => [QuizAnswerInput], { description: "Answers to add or to change, at most 100, each question once; others stay as they were saved." })
  answers!: QuizAnswerInput[];
}

@ObjectType({ description: "Answer of `saveQuizAnswers`." })
export class SaveQuizAnswersPayload extends Payload {
  @Field(() => QuizAttempt, { nullable: true, description: "The attempt with all answers saved so far." })
  attempt!: QuizAttempt | null;
}

@InputType({ description: "What submitting an attempt needs." })
export class SubmitQuizAttemptInput {
  @Field(() => ID, { description: "The viewer's attempt." })
  attemptId!: string;

  @Field(() => [QuizAnswerInput], { nullable: true, description: "Last answers, saved before grading; at most 100, each question once." })
  answers?: QuizAnswerInput[];

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe; without one, a submitted attempt answers with its result too." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `submitQuizAttempt`." })
export class SubmitQuizAttemptPayload extends Payload {
  @Field(() => QuizAttempt, { nullable: true, description: "The attempt, graded. It is there beside TOO_LATE, when answers came after the end." })
  attempt!: QuizAttempt | null;

  @Field(() => Int, { nullable: true, description: "Points that this submission brought: 20 for the first pass of a quiz." })
  pointsEarned!: number | null;
}
