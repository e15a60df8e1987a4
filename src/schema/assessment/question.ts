import { Field, Float, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { quizQuestions } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { DateTime } from "../../graphql/scalars.js";
import { AnswerLetter, Difficulty, type Letter } from "./enums.js";

type QuestionRow = typeof quizQuestions.$inferSelect;

/** What every reader of a question gets. The rest stands in columns of its own loaders. */
type Open = Pick<QuestionRow, "questionNumber" | "questionText" | "difficulty" | "createdAt" | "updatedAt">;

@Can("questions")
@ObjectType({ description: "A question with two to four lettered options, one of them right.", implements: Node, simpleResolvers: true })
export class QuizQuestion extends Node implements Open {
  @Field(() => Int, { description: "Place in the quiz, from 1." })
  questionNumber!: number;

  @Field(() => String, { description: "The question." })
  questionText!: string;

  @Field(() => Difficulty, { nullable: true, description: "How hard it is, as its author thinks." })
  difficulty!: QuestionRow["difficulty"];

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("questions")
@ObjectType({ description: "One option of a question.", simpleResolvers: true })
export class QuizOption {
  @Field(() => AnswerLetter, { description: "Its letter." })
  letter!: Letter;

  @Field(() => String, { description: "What it says." })
  text!: string;
}

@Can("quizStaff")
@ObjectType({ description: "How often an option was chosen.", simpleResolvers: true })
export class OptionCount {
  @Field(() => AnswerLetter, { description: "Its letter." })
  letter!: Letter;

  @Field(() => Int, { description: "Learners who chose it." })
  count!: number;
}

@Can("quizStaff")
@ObjectType({ description: "How a question did among its learners.", simpleResolvers: true })
export class QuestionStatistics {
  @Field(() => Int, { description: "Place of the question in the quiz, from 1." })
  questionNumber!: number;

  @Field(() => Float, { nullable: true, description: "Share of learners who answered right, 0 to 1; null below 5 learners. No answer counts as wrong." })
  pValue!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Point-biserial correlation of the question with the rest of the quiz, -1 to 1; null below 5 learners, when everyone or nobody was right, or the rest does not differ.",
  })
  discrimination!: number | null;

  @Field(() => Int, { nullable: true, description: "Learners who gave no answer; null below 5 learners." })
  unanswered!: number | null;
}

@Can("quizStaff")
@ObjectType({ description: "How the questions of a quiz did, over the first submitted attempt of each learner. Staff, deleted accounts and who dropped the course are left out.", simpleResolvers: true })
export class QuizItemAnalysis {
  @Field(() => Int, { description: "Learners whose first submitted attempt is counted; below 5 nothing else is told, so that nobody's sheet shows." })
  sampleSize!: number;
}
