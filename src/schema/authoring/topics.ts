import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { Module, Topic } from "../catalog/content.js";

@InputType({ description: "What a topic says besides its title." })
abstract class TopicFields {
  @Field(() => String, { nullable: true, description: "The page: Markdown, which may hold HTML, at most 200000 characters. Cannot be cleared, but emptied." })
  content?: string | null;

  @Field(() => Int, { nullable: true, description: "Minutes that it takes, 0 to 600." })
  estimatedMinutes?: number | null;
}

@InputType({ description: "A topic to add at the end of a module." })
export class CreateTopicInput extends TopicFields {
  @Field(() => ID, { description: "The module; it holds at most 20 topics that are not archived." })
  moduleId!: string;

  @Field(() => String, { description: "Title, at most 300 characters." })
  title!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a topic. An absent field stays, null clears it." })
export class UpdateTopicInput extends TopicFields {
  @Field(() => ID, { description: "The topic." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 300 characters; cannot be cleared." })
  title?: string | null;
}

@InputType({ description: "Which topic, as of when the client knows it." })
abstract class KnownTopic {
  @Field(() => ID, { description: "The topic." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@InputType({ description: "The topic to archive." })
export class ArchiveTopicInput extends KnownTopic {}

@InputType({ description: "The topic to restore." })
export class RestoreTopicInput extends KnownTopic {}

@InputType({ description: "The topic to move, and where to." })
export class MoveTopicInput extends KnownTopic {
  @Field(() => ID, { description: "Another module of the same course; the topic comes at its end." })
  moduleId!: string;
}

@InputType({ description: "The topics of a module in their new order." })
export class ReorderTopicsInput {
  @Field(() => ID, { description: "The module." })
  id!: string;

  @Field(() => DateTime, { description: "The module's `updatedAt` as it was read; CONFLICT when somebody changed it or its list of topics since." })
  expectedUpdatedAt!: string;

  @Field(() => [ID], { description: "All its topics that are not archived, each once." })
  topicIds!: string[];
}

@Can("staff")
@ObjectType({ description: "Answer of `createTopic`.", simpleResolvers: true })
export class CreateTopicPayload extends Payload {
  @Field(() => Topic, { nullable: true, description: "The new topic." })
  topic!: Topic | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `updateTopic`.", simpleResolvers: true })
export class UpdateTopicPayload extends Payload {
  @Field(() => Topic, { nullable: true, description: "The topic as it is now." })
  topic!: Topic | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `archiveTopic`.", simpleResolvers: true })
export class ArchiveTopicPayload extends Payload {
  @Field(() => Topic, { nullable: true, description: "The topic, no longer in the course." })
  topic!: Topic | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `restoreTopic`.", simpleResolvers: true })
export class RestoreTopicPayload extends Payload {
  @Field(() => Topic, { nullable: true, description: "The topic, in the course again." })
  topic!: Topic | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `moveTopic`.", simpleResolvers: true })
export class MoveTopicPayload extends Payload {
  @Field(() => Topic, { nullable: true, description: "The topic in its new module." })
  topic!: Topic | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `reorderTopics`.", simpleResolvers: true })
export class ReorderTopicsPayload extends Payload {
  @Field(() => Module, { nullable: true, description: "The module with its topics in the new order." })
  module!: Module | null;
}
