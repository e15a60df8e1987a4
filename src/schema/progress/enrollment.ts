import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { enrollments } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, DateTimeFilter, EnumFilterOf, IDFilter, IntFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { EnrollmentSource, EnrollmentStatus, IncompleteCode, type IncompleteCodeValue } from "./enums.js";

type EnrollmentRow = typeof enrollments.$inferSelect;

@Can("enrollment")
@ObjectType({
  description: "A learner in a course; at most one at a time that was not dropped.",
  implements: Node,
  simpleResolvers: true,
})
export class Enrollment
  extends Node
  implements Omit<EnrollmentRow, "id" | "userId" | "courseId" | "learnerCareerPathId">
{
  @Field(() => EnrollmentStatus, { description: "Where the learner stands." })
  status!: EnrollmentRow["status"];

  @Field(() => EnrollmentSource, { description: "What led to it." })
  source!: EnrollmentRow["source"];

  @Field(() => Int, { description: "Number of the outline that the learner goes by: the one published when they enrolled, or taken over since." })
  courseVersion!: number;

  @Field(() => Int, { description: "Completed topics of all live ones, in percent, rounded down; never falls." })
  progressPercent!: number;

  @Field(() => DateTime, { description: "When the learner enrolled." })
  enrolledAt!: string;

  @Field(() => DateTime, { nullable: true, description: "When the learner first recorded progress." })
  startedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was completed." })
  completedAt!: string | null;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "An enrollment in a list." })
export class EnrollmentEdge extends EdgeOf(() => Enrollment) {}

@ObjectType({ description: "A list of enrollments." })
export class EnrollmentConnection extends ConnectionOf(() => Enrollment, () => EnrollmentEdge) {}

@Can("enrollment")
@ObjectType({ description: "How far an enrollment is, counted in live topics and modules.", simpleResolvers: true })
export class ProgressSummary {
  @Field(() => Int, { description: "Live topics that are completed." })
  completedTopics!: number;

  @Field(() => Int, { description: "Live topics." })
  liveTopics!: number;

  @Field(() => Int, { description: "Modules whose live topics are all completed." })
  completedModules!: number;

  @Field(() => Int, { description: "Modules with live topics." })
  liveModules!: number;
}

@Can("enrollment")
@ObjectType({ description: "A reason for which an enrollment is not completed.", simpleResolvers: true })
export class IncompleteReason {
  @Field(() => IncompleteCode, { description: "The reason, for programs." })
  code!: IncompleteCodeValue;

  @Field(() => String, { description: "The reason, for people." })
  message!: string;

  @Field(() => Int, { description: "How many topics of the module are open; 0 where topics are not the reason." })
  openTopics!: number;
}

@InputType({ description: "Conditions on the status of an enrollment; all that are given must hold." })
export class EnrollmentStatusFilter extends EnumFilterOf<EnrollmentRow["status"]>(() => EnrollmentStatus) {}

@InputType({ description: "Conditions on the source of an enrollment; all that are given must hold." })
export class EnrollmentSourceFilter extends EnumFilterOf<EnrollmentRow["source"]>(() => EnrollmentSource) {}

@InputType({ description: "Conditions on enrollments; all that are given must hold." })
@Combinable()
export class EnrollmentWhere implements Combined<EnrollmentWhere> {
  declare AND?: EnrollmentWhere[];
  declare OR?: EnrollmentWhere[];
  declare NOT?: EnrollmentWhere;

  @Field(() => EnrollmentStatusFilter, { nullable: true, description: "Where the learner stands." })
  status?: EnrollmentStatusFilter;

  @Field(() => EnrollmentSourceFilter, { nullable: true, description: "What led to it." })
  source?: EnrollmentSourceFilter;

  @Field(() => IntFilter, { nullable: true, description: "Percent that is completed." })
  progressPercent?: IntFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When the learner enrolled." })
  enrolledAt?: DateTimeFilter;

  @Field(() => IDFilter, { nullable: true, description: "The course." })
  course?: IDFilter;
}

export const EnrollmentOrderField = orderFieldsOf("EnrollmentOrderField", {
  ENROLLED_AT: "By the time of enrolling.",
  STATUS: "By status: completed, dropped, enrolled, in progress.",
});

@InputType({ description: "Order of enrollments." })
export class EnrollmentOrder extends OrderOf<keyof typeof EnrollmentOrderField>(() => EnrollmentOrderField) {}

@ArgsType()
export class EnrollmentsArgs extends ListArgsOf(() => EnrollmentWhere, () => EnrollmentOrder, "latest first") {}

@InputType({ description: "What enrolling needs." })
export class EnrollInCourseInput {
  @Field(() => ID, { description: "The course: active, and with its prerequisites completed." })
  courseId!: string;

  @Field(() => EnrollmentSource, { nullable: true, description: "What led to it; CAREER_PATH when a path is given, else MANUAL." })
  source?: EnrollmentRow["source"];

  @Field(() => ID, { nullable: true, description: "The learner's career path that the course is taken for." })
  learnerCareerPathId?: string;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `enrollInCourse`." })
export class EnrollInCoursePayload extends Payload {
  @Field(() => Enrollment, { nullable: true, description: "The new enrollment." })
  enrollment!: Enrollment | null;
}

@InputType({ description: "What dropping an enrollment needs." })
export class DropEnrollmentInput {
  @Field(() => ID, { description: "The viewer's enrollment; not a completed one." })
  enrollmentId!: string;
}

@ObjectType({ description: "Answer of `dropEnrollment`." })
export class DropEnrollmentPayload extends Payload {
  @Field(() => Enrollment, { nullable: true, description: "The enrollment, dropped." })
  enrollment!: Enrollment | null;
}

@InputType({ description: "What completing an enrollment by word needs." })
export class CompleteEnrollmentInput {
  @Field(() => ID, { description: "The viewer's enrollment in a course without open topics." })
  enrollmentId!: string;

  @Field(() => UUID, { nullable: true, description: "Makes repeating safe: the same key within 24 hours has one effect." })
  idempotencyKey?: string;
}

@ObjectType({ description: "Answer of `completeEnrollment`." })
export class CompleteEnrollmentPayload extends Payload {
  @Field(() => Enrollment, { nullable: true, description: "The enrollment, completed." })
  enrollment!: Enrollment | null;
}

@InputType({ description: "The enrollment to take over to the latest outline." })
export class UpgradeEnrollmentInput {
  @Field(() => ID, { description: "The viewer's enrollment; not a dropped one." })
  id!: string;
}

@ObjectType({ description: "Answer of `upgradeEnrollment`." })
export class UpgradeEnrollmentPayload extends Payload {
  @Field(() => Enrollment, { nullable: true, description: "The enrollment on the latest version." })
  enrollment!: Enrollment | null;
}
