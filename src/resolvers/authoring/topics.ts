import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  CreateTopicInput, CreateTopicPayload, UpdateTopicInput, UpdateTopicPayload, ArchiveTopicInput, ArchiveTopicPayload,
  RestoreTopicInput, RestoreTopicPayload, MoveTopicInput, MoveTopicPayload, ReorderTopicsInput, ReorderTopicsPayload,
} from "../../schema/authoring/topics.js";
import { archiveTopic, createTopic, moveTopic, reorderTopics, restoreTopic, updateTopic } from "../../services/authoring/topics.js";

@Resolver()
export class TopicMutations {
  @Can("staff")
  @Mutation(() => CreateTopicPayload, { description: "Adds a topic at the end of a module." })
  async createTopic(
    @Arg("input", () => CreateTopicInput, { description: "The topic." }) input: CreateTopicInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { topic: await createTopic(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => UpdateTopicPayload, { description: "Changes a topic. Of an active course learners read the new content at once." })
  async updateTopic(
    @Arg("input", () => UpdateTopicInput, { description: "What to change." }) input: UpdateTopicInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { topic: await updateTopic(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => ArchiveTopicPayload, { description: "Takes a topic out of its course. What learners completed they keep; whoever had nothing else left has completed the module or the course." })
  async archiveTopic(
    @Arg("input", () => ArchiveTopicInput, { description: "Which topic." }) input: ArchiveTopicInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { topic: await archiveTopic(signedIn(viewer), db, input, jobs) };
  }

  @Can("staff")
  @Mutation(() => RestoreTopicPayload, { description: "Puts an archived topic back into its module. Nobody's progress falls by it." })
  async restoreTopic(
    @Arg("input", () => RestoreTopicInput, { description: "Which topic." }) input: RestoreTopicInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { topic: await restoreTopic(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => MoveTopicPayload, { description: "Moves a topic to the end of another module of the same course. What learners did in it goes along." })
  async moveTopic(
    @Arg("input", () => MoveTopicInput, { description: "Which topic, and where to." }) input: MoveTopicInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { topic: await moveTopic(signedIn(viewer), db, input, jobs) };
  }

  @Can("staff")
  @Mutation(() => ReorderTopicsPayload, { description: "Puts the topics of a module in another order." })
  async reorderTopics(
    @Arg("input", () => ReorderTopicsInput, { description: "The module, and the order." }) input: ReorderTopicsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { module: await reorderTopics(signedIn(viewer), db, input) };
  }
}
