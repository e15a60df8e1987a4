import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { RecordTopicProgressInput, RecordTopicProgressPayload } from "../../schema/progress/content.js";
import { recordTopicProgress } from "../../services/progress/topics.js";

@Resolver()
export class ContentProgressMutations {
  @Can("signedIn")
  @Mutation(() => RecordTopicProgressPayload, {
    description: "Records how far the viewer is with a topic. Module, course, enrollment, mastery, milestones, paths, points and streak follow at once; nothing is ever taken back.",
  })
  recordTopicProgress(
    @Arg("input", () => RecordTopicProgressInput, { description: "Which topic, and how far." }) input: RecordTopicProgressInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return recordTopicProgress(signedIn(viewer), db, input);
  }
}
