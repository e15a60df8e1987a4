import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { contentProgress } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, EnumFilterOf, IDFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { Enrollment } from "./enrollment.js";
import { ProgressStatus, RecordedStatus } from "./enums.js";

type ProgressRow = typeof contentProgress.$inferSelect;

@Can("enrollment")
@ObjectType({
  description: "How far a learner is with a topic, a module (no topic) or a course (neither).",
  implements: Node,
  simpleResolvers: true,
})
export class ContentProgress extends Node implements Omit<ProgressRow, "id" | "userId" | "courseId" | "moduleId" | "topicId"> {
  @Field(() => ProgressStatus, { description: "How far; completed never turns back." })
  status!: ProgressRow["status"];

  @Field(() => Int, { description: "0 to 100; of a module or course: completed topics of all live ones, rounded down. Never falls." })
  progressPercent!: number;

  @Field(() => DateTime, { description: "When the learner last recorded something here." })
  lastAccessedAt!: string;

  @Field(() => DateTime, { nullable: true, description: "When it was completed." })
  completedAt!: string | null;

  @Field(() => DateTime, { description: "When it was first recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "Progress in a list." })
export class ContentProgressEdge extends EdgeOf(() => ContentProgress) {}

@ObjectType({ description: "A list of progress in topics, modules and courses." })
export class ContentProgressConnection extends ConnectionOf(() => ContentProgress, () => ContentProgressEdge) {}

@InputType({ description: "Conditions on how far something is; all that are given must hold." })
export class ProgressStatusFilter extends EnumFilterOf<ProgressRow["status"]>(() => ProgressStatus) {}

@InputType({ description: "Conditions on progress; all that are given must hold." })
@Combinable()
export class ContentProgressWhere implements Combined<ContentProgressWhere> {
  declare AND?: ContentProgressWhere[];
  declare OR?: ContentProgressWhere[];
  declare NOT?: ContentProgressWhere;

  @Field(() => ProgressStatusFilter, { nullable: true, description: "How far." })
  status?: ProgressStatusFilter;

  @Field(() => IDFilter, { nullable: true, description: "The module, with its topics." })
  module?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The topic." })
  topic?: IDFilter;
}

export const ContentProgressOrderField = orderFieldsOf("ContentProgressOrderField", {
  LAST_ACCESSED_AT: "By the time of the last record.",
});

@InputType({ description: "Order of progress." })
export class ContentProgressOrder extends OrderOf<keyof typeof ContentProgressOrderField>(() => ContentProgressOrderField) {}

@ArgsType()
export class ContentProgressArgs extends ListArgsOf(() => ContentProgressWhere, () => ContentProgressOrder, "latest first") {}

@InputType({ description: "How far the viewer is with a topic: status, percent or both." })
export class RecordTopicProgressInput {
  @Field(() => ID, { description: "A live topic of a course that the viewer is enrolled in." })
  topicId!: string;

  @Field(() => RecordedStatus, { nullable: true, description: "Whether it is done." })
  status?: "in_progress" | "completed";

  @Field(() => Int, { nullable: true, description: "0 to 100; 100 completes the topic. Less than was reached before changes nothing." })
  progressPercent?: number;

  @Field(() => Int, { nullable: true, description: "Minutes spent since the last record, 0 to 1440." })
  minutesSpent?: number;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `recordTopicProgress`." })
export class RecordTopicProgressPayload extends Payload {
  @Field(() => ContentProgress, { nullable: true, description: "The topic's progress now." })
  contentProgress!: ContentProgress | null;

  @Field(() => Enrollment, { nullable: true, description: "The enrollment now." })
  enrollment!: Enrollment | null;

  @Field(() => Int, { nullable: true, description: "Points earned by this: 10 for a topic, 25 for a module, 100 for the course, each once." })
  pointsEarned!: number | null;
}
