import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  ArchiveQuizInput, ArchiveQuizPayload, CreateQuizInput, CreateQuizPayload, RestoreQuizInput, RestoreQuizPayload, SetQuizQuestionsInput, SetQuizQuestionsPayload,
  UpdateQuizInput, UpdateQuizPayload,
} from "../../schema/assessment/authoring.js";
import { archiveQuiz, createQuiz, restoreQuiz, updateQuiz } from "../../services/assessment/authoring.js";
import { setQuizQuestions } from "../../services/assessment/questions.js";

@Resolver()
export class QuizMutations {
  @Can("staff")
  @Mutation(() => CreateQuizPayload, { description: "Adds a quiz to a course of the viewer's; admins also add quizzes for practice without a course." })
  async createQuiz(
    @Arg("input", () => CreateQuizInput, { description: "The quiz." }) input: CreateQuizInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { quiz: await createQuiz(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => UpdateQuizPayload, { description: "Changes a quiz of a course of the viewer's." })
  async updateQuiz(
    @Arg("input", () => UpdateQuizInput, { description: "What to change." }) input: UpdateQuizInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { quiz: await updateQuiz(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => ArchiveQuizPayload, { description: "Closes a quiz of a course of the viewer's: nobody starts it any more, what was reached in it stays." })
  async archiveQuiz(
    @Arg("input", () => ArchiveQuizInput, { description: "Which quiz." }) input: ArchiveQuizInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { quiz: await archiveQuiz(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => RestoreQuizPayload, { description: "Opens an archived quiz of a course of the viewer's again." })
  async restoreQuiz(
    @Arg("input", () => RestoreQuizInput, { description: "Which quiz." }) input: RestoreQuizInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { quiz: await restoreQuiz(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => SetQuizQuestionsPayload, { description: "Gives a quiz its questions: adds, changes, removes and orders them at once." })
  async setQuizQuestions(
    @Arg("input", () => SetQuizQuestionsInput, { description: "All questions in order." }) input: SetQuizQuestionsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { quiz: await setQuizQuestions(signedIn(viewer), db, input) };
  }
}
