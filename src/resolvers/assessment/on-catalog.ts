import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courses, modules } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { QuizConnection, QuizzesArgs } from "../../schema/assessment/quiz.js";
import { Module } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";

@Resolver(() => Course)
export class CourseQuizEdges {
  @Can("course")
  @FieldResolver(() => QuizConnection, { description: "Its quizzes and those of its modules, archived ones left out." })
  quizzes(@Root() course: typeof courses.$inferSelect, @Args(() => QuizzesArgs) args: QuizzesArgs, @Ctx() { loaders }: Context) {
    return loaders.quizzesByCourse.page(course.id, args);
  }
}

@Resolver(() => Module)
export class ModuleQuizEdges {
  @Can("course")
  @FieldResolver(() => QuizConnection, { description: "Its quizzes, archived ones left out." })
  quizzes(@Root() module: typeof modules.$inferSelect, @Args(() => QuizzesArgs) args: QuizzesArgs, @Ctx() { loaders }: Context) {
    return loaders.quizzesByModule.page(module.id, args);
  }
}
