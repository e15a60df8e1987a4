import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { quizQuestions } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import type { ItemAnalysisRow, QuestionStatisticsRow } from "../../loaders/item-analysis.js";
import { AnswerLetter } from "../../schema/assessment/enums.js";
import { OptionCount, QuestionStatistics, QuizItemAnalysis, QuizOption, QuizQuestion } from "../../schema/assessment/question.js";
import { Quiz } from "../../schema/assessment/quiz.js";
import { SourceFile } from "../../schema/source-files.js";
import { optionsOf } from "../../services/assessment/options.js";

type QuestionRow = Omit<typeof quizQuestions.$inferSelect, "correctAnswer" | "explanation" | "sourceFileId" | "sourcePage">;

@Resolver(() => QuizQuestion)
export class QuizQuestionEdges {
  @Can("questions")
  @FieldResolver(() => Quiz, { nullable: true, description: "The quiz." })
  quiz(@Root() { quizId }: QuestionRow, @Ctx() { loaders }: Context) {
    return loaders.quizById.load(quizId);
  }

  @Bound(bounds.questionOptions)
  @Can("questions")
  @FieldResolver(() => [QuizOption], { description: "Its options by letter, two to four from A on." })
  options(@Root() { options }: QuestionRow) {
    return optionsOf(options);
  }

  @Can("answerKey")
  @FieldResolver(() => AnswerLetter, { nullable: true, description: "The letter of the right option." })
  async correctAnswer(@Root() question: QuestionRow, @Ctx() { loaders }: Context) {
    return (await loaders.answerKeyByQuestion.load(question.id))?.correctAnswer ?? null;
  }

  @Can("answerKey")
  @FieldResolver(() => String, { nullable: true, description: "Why it is right; null when its author did not say." })
  async explanation(@Root() question: QuestionRow, @Ctx() { loaders }: Context) {
    return (await loaders.answerKeyByQuestion.load(question.id))?.explanation ?? null;
  }

  @Can("quizStaff")
  @FieldResolver(() => Int, { nullable: true, description: "Page of the source file that it was made from; null when there is none." })
  async sourcePage(@Root() question: QuestionRow, @Ctx() { loaders }: Context) {
    return (await loaders.sourceByQuestion.load(question.id))?.sourcePage ?? null;
  }

  @Can("quizStaff")
  @FieldResolver(() => SourceFile, { nullable: true, description: "The document that it was made from; null when there is none." })
  async sourceFile(@Root() question: QuestionRow, @Ctx() { loaders }: Context) {
    const source = await loaders.sourceByQuestion.load(question.id);
    return source?.sourceFileId == null ? null : loaders.sourceFileById.load(source.sourceFileId);
  }
}

@Resolver(() => QuizItemAnalysis)
export class QuizItemAnalysisEdges {
  @Bound(bounds.quizQuestions)
  @Can("quizStaff")
  @FieldResolver(() => [QuestionStatistics], { nullable: true, description: "One entry for each question, in order." })
  items(@Root() { items }: ItemAnalysisRow) {
    return items;
  }
}

@Resolver(() => QuestionStatistics)
export class QuestionStatisticsEdges {
  @Can("quizStaff")
  @FieldResolver(() => QuizQuestion, { nullable: true, description: "The question." })
  question(@Root() { questionId }: QuestionStatisticsRow, @Ctx() { loaders }: Context) {
    return loaders.questionById.load(questionId);
  }

  @Bound(bounds.questionOptions)
  @Can("quizStaff")
  @FieldResolver(() => [OptionCount], { nullable: true, description: "How often each of its options was chosen; empty below 5 learners." })
  optionCounts(@Root() { letters, chosen }: QuestionStatisticsRow) {
    return chosen === null ? [] : letters.map((letter) => ({ letter, count: chosen[letter] ?? 0 }));
  }
}
