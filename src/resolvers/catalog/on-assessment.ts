import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { assessmentResults, quizQuestions, quizzes } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { QuizQuestion } from "../../schema/assessment/question.js";
import { Quiz } from "../../schema/assessment/quiz.js";
import { AssessmentResult } from "../../schema/assessment/result.js";
import { Module } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";
import { Skill } from "../../schema/catalog/skill.js";

type QuizRow = typeof quizzes.$inferSelect;
type ResultRow = typeof assessmentResults.$inferSelect;

@Resolver(() => Quiz)
export class QuizCatalogEdges {
  @Can("quiz")
  @FieldResolver(() => Course, { nullable: true, description: "The course; null for practice without one." })
  course(@Root() { courseId }: QuizRow, @Ctx() { loaders }: Context) {
    return courseId === null ? null : loaders.courseById.load(courseId);
  }

  @Can("quiz")
  @FieldResolver(() => Module, { nullable: true, description: "The module; null for a quiz of the course as a whole." })
  module(@Root() { moduleId }: QuizRow, @Ctx() { loaders }: Context) {
    return moduleId === null ? null : loaders.moduleById.load(moduleId);
  }
}

@Resolver(() => QuizQuestion)
export class QuizQuestionCatalogEdges {
  @Can("questions")
  @FieldResolver(() => Skill, { nullable: true, description: "The skill that it asks for; null when it names none." })
  skill(@Root() { skillId }: Pick<typeof quizQuestions.$inferSelect, "skillId">, @Ctx() { loaders }: Context) {
    return skillId === null ? null : loaders.skillById.load(skillId);
  }
}

@Resolver(() => AssessmentResult)
export class AssessmentResultCatalogEdges {
  @Can("enrollment")
  @FieldResolver(() => Course, { nullable: true, description: "The course that it belongs to; null without one." })
  course(@Root() { courseId }: ResultRow, @Ctx() { loaders }: Context) {
    return courseId === null ? null : loaders.courseById.load(courseId);
  }

  @Can("enrollment")
  @FieldResolver(() => Skill, { nullable: true, description: "The skill that it is about; null for an assessment as a whole." })
  skill(@Root() { skillId }: ResultRow, @Ctx() { loaders }: Context) {
    return skillId === null ? null : loaders.skillById.load(skillId);
  }
}
