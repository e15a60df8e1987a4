import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { Context } from "../graphql/context.js";
import { GenerateCourseInput, GenerateCoursePayload } from "../schema/generation.js";
import { generateCourse } from "../services/generation.js";

@Resolver()
export class GenerationMutations {
  @Can("staff")
  @Mutation(() => GenerateCoursePayload, {
    description: "Starts to make a draft of a course from uploaded documents, in the background; answers at once.",
  })
  async generateCourse(
    @Arg("input", () => GenerateCourseInput, { description: "The documents, and what is wished." }) input: GenerateCourseInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { job: await generateCourse(signedIn(viewer), db, input, jobs) };
  }
}
