import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { quizQuestions, quizzes } from "../../db/tables/index.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { AnswerLetter, Difficulty, QuizType, type Letter } from "./enums.js";
import { Quiz } from "./quiz.js";

type QuizRow = typeof quizzes.$inferSelect;

@InputType({ description: "How a quiz is taken." })
abstract class QuizSettings {
  @Field(() => String, { nullable: true, description: "What it is about, at most 5000 characters." })
  description?: string | null;

  @Field(() => Int, { nullable: true, description: "Percent of right answers that passes, 0 to 100; 70 for a new quiz when absent." })
  passingScore?: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes from the start of an attempt to its end, 1 to 1440; null for no limit." })
  timeLimitMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: "How many attempts a learner may start, 1 to 100; null for any number." })
  maxAttempts?: number | null;
}

@InputType({ description: "A quiz to add: of a module, of a course, or, for admins, for practice without a course." })
export class CreateQuizInput extends QuizSettings {
  @Field(() => String, { description: "Title, at most 255 characters." })
  title!: string;

  @Field(() => ID, { nullable: true, description: "A course of which the viewer is staff; that of the module when absent." })
  courseId?: string | null;

  @Field(() => ID, { nullable: true, description: "A module of the course." })
  moduleId?: string | null;

  @Field(() => QuizType, { nullable: true, description: "What it is about; when absent MODULE with a module, COURSE with a course, else PRACTICE." })
  quizType?: QuizRow["quizType"] | null;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "Answer of `createQuiz`." })
export class CreateQuizPayload extends Payload {
  @Field(() => Quiz, { nullable: true, description: "The new quiz, without questions." })
  quiz!: Quiz | null;
}

@InputType({ description: "Changes to a quiz. An absent field stays; null clears description, time limit and number of attempts." })
export class UpdateQuizInput extends QuizSettings {
  @Field(() => ID, { description: "The quiz." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 255 characters." })
  title?: string | null;
}

@ObjectType({ description: "Answer of `updateQuiz`." })
export class UpdateQuizPayload extends Payload {
  @Field(() => Quiz, { nullable: true, description: "The quiz as it is now." })
  quiz!: Quiz | null;
}

@InputType({ description: "What closing a quiz needs." })
export class ArchiveQuizInput {
  @Field(() => ID, { description: "The quiz." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@ObjectType({ description: "Answer of `archiveQuiz`." })
export class ArchiveQuizPayload extends Payload {
  @Field(() => Quiz, { nullable: true, description: "The quiz, archived." })
  quiz!: Quiz | null;
}

@InputType({ description: "What opening an archived quiz needs." })
export class RestoreQuizInput {
  @Field(() => ID, { description: "The quiz." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@ObjectType({ description: "Answer of `restoreQuiz`." })
export class RestoreQuizPayload extends Payload {
  @Field(() => Quiz, { nullable: true, description: "The quiz, open again." })
  quiz!: Quiz | null;
}

@InputType({ description: "A question of a quiz." })
export class QuizQuestionInput {
  @Field(() => ID, { nullable: true, description: "A question of the quiz that stays; absent for a new one." })
  id?: string | null;

  @Field(() => String, { description: "The question, at most 2000 characters." })
  questionText!: string;

  @Field(() => [String], { description: "Two to four different options, in the order of their letters from A on; at most 1000 characters each." })
  options!: string[];

  @Field(() => AnswerLetter, { description: "The letter of the right option." })
  correctAnswer!: Letter;

  @Field(() => String, { nullable: true, description: "Why it is right, at most 5000 characters." })
  explanation?: string | null;

  @Field(() => Difficulty, { nullable: true, description: "How hard it is." })
  difficulty?: (typeof quizQuestions.$inferSelect)["difficulty"];

  @Field(() => ID, { nullable: true, description: "The skill that it asks for." })
  skillId?: string | null;
}

@InputType({ description: "All questions of a quiz, in order; those that are left out are removed." })
export class SetQuizQuestionsInput {
  @Field(() => ID, { description: "The quiz." })
  quizId!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => [QuizQuestionInput], { description: "At most 100. Once the quiz was started, only explanation, difficulty and skill can change." })
  questions!: QuizQuestionInput[];
}

@ObjectType({ description: "Answer of `setQuizQuestions`." })
export class SetQuizQuestionsPayload extends Payload {
  @Field(() => Quiz, { nullable: true, description: "The quiz with its questions." })
  quiz!: Quiz | null;
}
