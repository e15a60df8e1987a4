import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { learnerCareerPaths, milestoneCompletions } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, EnumFilterOf, IDFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { CareerPathStatus, MilestoneStatus } from "./enums.js";

type PathRow = typeof learnerCareerPaths.$inferSelect;
type MilestoneRow = typeof milestoneCompletions.$inferSelect;

@Can("owner")
@ObjectType({
  description: "A career path that a learner took up; at most one unfinished try at each.",
  implements: Node,
  simpleResolvers: true,
})
export class LearnerCareerPath extends Node implements Omit<PathRow, "id" | "userId" | "careerPathId" | "jobRoleId"> {
  @Field(() => CareerPathStatus, { description: "Where the learner stands." })
  status!: PathRow["status"];

  @Field(() => Float, {
    nullable: true,
    description: "Readiness, 0 to 100: the weighted share of the asked skills that the learner masters. Null when the path asks for none.",
  })
  matchScore!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When the learner took it up." })
  startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When the learner wants to be done." })
  targetCompletionAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When the last milestone was completed." })
  completedAt!: string | null;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "How far a learner is with one milestone of a path taken up.", implements: Node, simpleResolvers: true })
export class MilestoneCompletion
  extends Node
  implements Omit<MilestoneRow, "id" | "userId" | "pathMilestoneId" | "learnerCareerPathId">
{
  @Field(() => MilestoneStatus, { description: "How far; completed never turns back." })
  status!: MilestoneRow["status"];

  @Field(() => Int, { description: "0 to 100; of a course it follows the enrollment." })
  progressPercent!: number;

  @Field(() => DateTime, { nullable: true, description: "When it was completed; for a course, when that was." })
  completedAt!: string | null;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A career path of a learner in a list." })
export class LearnerCareerPathEdge extends EdgeOf(() => LearnerCareerPath) {}

@ObjectType({ description: "A list of career paths that learners took up." })
export class LearnerCareerPathConnection extends ConnectionOf(() => LearnerCareerPath, () => LearnerCareerPathEdge) {}

@InputType({ description: "Conditions on where a learner stands on a path; all that are given must hold." })
export class CareerPathStatusFilter extends EnumFilterOf<PathRow["status"]>(() => CareerPathStatus) {}

@InputType({ description: "Conditions on career paths of learners; all that are given must hold." })
@Combinable()
export class LearnerCareerPathWhere implements Combined<LearnerCareerPathWhere> {
  declare AND?: LearnerCareerPathWhere[];
  declare OR?: LearnerCareerPathWhere[];
  declare NOT?: LearnerCareerPathWhere;

  @Field(() => CareerPathStatusFilter, { nullable: true, description: "Where the learner stands." })
  status?: CareerPathStatusFilter;

  @Field(() => IDFilter, { nullable: true, description: "The path." })
  careerPath?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The role aimed at." })
  jobRole?: IDFilter;
}

export const LearnerCareerPathOrderField = orderFieldsOf("LearnerCareerPathOrderField", {
  CREATED_AT: "By the time of taking it up.",
  STATUS: "By status: active, completed, paused.",
});

@InputType({ description: "Order of career paths of learners." })
export class LearnerCareerPathOrder extends OrderOf<keyof typeof LearnerCareerPathOrderField>(() => LearnerCareerPathOrderField) {}

@ArgsType()
export class LearnerCareerPathsArgs extends ListArgsOf(() => LearnerCareerPathWhere, () => LearnerCareerPathOrder, "latest first") {}

@InputType({ description: "What taking up a career path needs." })
export class StartCareerPathInput {
  @Field(() => ID, { description: "The path; not one that is under way or paused." })
  careerPathId!: string;

  @Field(() => ID, { nullable: true, description: "The role aimed at; the path's own when absent." })
  jobRoleId?: string;

  @Field(() => DateTime, { nullable: true, description: "When the learner wants to be done; in the future." })
  targetCompletionAt?: string;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `startCareerPath`." })
export class StartCareerPathPayload extends Payload {
  @Field(() => LearnerCareerPath, { nullable: true, description: "The path, taken up." })
  learnerCareerPath!: LearnerCareerPath | null;
}

@InputType({ description: "What pausing a career path needs." })
export class PauseCareerPathInput {
  @Field(() => ID, { description: "The viewer's path; not a completed one." })
  learnerCareerPathId!: string;
}

@ObjectType({ description: "Answer of `pauseCareerPath`." })
export class PauseCareerPathPayload extends Payload {
  @Field(() => LearnerCareerPath, { nullable: true, description: "The path, paused." })
  learnerCareerPath!: LearnerCareerPath | null;
}

@InputType({ description: "What resuming a career path needs." })
export class ResumeCareerPathInput {
  @Field(() => ID, { description: "The viewer's path; not a completed one." })
  learnerCareerPathId!: string;
}

@ObjectType({ description: "Answer of `resumeCareerPath`." })
export class ResumeCareerPathPayload extends Payload {
  @Field(() => LearnerCareerPath, { nullable: true, description: "The path, under way again." })
  learnerCareerPath!: LearnerCareerPath | null;
}

@InputType({ description: "What completing a milestone needs." })
export class CompleteMilestoneInput {
  @Field(() => ID, { description: "The viewer's milestone on a path under way; not one that a course stands for." })
  milestoneCompletionId!: string;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `completeMilestone`." })
export class CompleteMilestonePayload extends Payload {
  @Field(() => MilestoneCompletion, { nullable: true, description: "The milestone of the learner's path, completed." })
  milestoneCompletion!: MilestoneCompletion | null;

  @Field(() => LearnerCareerPath, { nullable: true, description: "The path now; completed with its last milestone." })
  learnerCareerPath!: LearnerCareerPath | null;
}
