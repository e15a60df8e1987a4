import { Field, InputType, Int, ObjectType } from "type-graphql";
import { Bound, bounds } from "../../graphql/bounds.js";
import { enumOf } from "../../graphql/enums.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, LocalDate, UUID } from "../../graphql/scalars.js";
import { StreakMilestoneReached } from "./milestone.js";
import { Streak } from "./streak.js";

const claimedActivityKinds = ["card_reviewed", "learning_session"] as const;

export const ClaimedActivityKind = enumOf(
  "ClaimedActivityKind",
  "Learning that a client reports by itself. Topics and quizzes count through their own mutations.",
  claimedActivityKinds,
  {
    card_reviewed: "A flashcard was reviewed.",
    learning_session: "A stretch of learning; it counts from 60 seconds with at least one interaction.",
  },
);

@InputType({ description: "Learning that happened on a device, perhaps offline." })
export class RecordActivityInput {
  @Field(() => UUID, { description: "Made by the client for this one activity; the same id again changes nothing." })
  clientEventId!: string;

  @Field(() => ClaimedActivityKind, { description: "What the learner did." })
  kind!: (typeof claimedActivityKinds)[number];

  @Field(() => DateTime, { description: "When it happened, by the client's clock; at most 72 hours ago to count." })
  occurredAt!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "The client's clock as it sends this. A clock more than five minutes off is corrected by it.",
  })
  sentAt?: string | null;

  @Field(() => Int, { nullable: true, description: "Length of a LEARNING_SESSION in seconds, 0 to 86,400." })
  seconds?: number | null;

  @Field(() => Int, { nullable: true, description: "Interactions in a LEARNING_SESSION, 0 to 100,000." })
  interactions?: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes to add to the day, 0 to 1,440; whole minutes of `seconds` when absent." })
  minutesSpent?: number | null;
}

@ObjectType({ description: "Answer to recordActivity. With the error TOO_LATE the streak is there too: the activity is kept, but counts for no day." })
export class RecordActivityPayload extends Payload {
  @Field(() => Streak, { nullable: true, description: "The streak after it." })
  streak!: Streak | null;

  @Field(() => LocalDate, { nullable: true, description: "The day that it counts for; null when it counts for none." })
  activityDate!: string | null;

  @Bound(bounds.streakMilestones)
  @Field(() => [StreakMilestoneReached], { nullable: true, description: "Milestones that it reached; empty when repeated." })
  milestonesReached!: StreakMilestoneReached[] | null;
}

@InputType({ description: "A freeze to buy." })
export class BuyStreakFreezeInput {
  @Field(() => UUID, { nullable: true, description: "The same key again within 24 hours answers alike and buys nothing." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "Answer to buyStreakFreeze." })
export class BuyStreakFreezePayload extends Payload {
  @Field(() => Streak, { nullable: true, description: "The streak with its new freeze." })
  streak!: Streak | null;
}

@InputType({ description: "Missed days to repair." })
export class RepairStreakInput {
  @Field(() => [LocalDate], {
    nullable: true,
    description: "The days that the learner agreed to pay for, in any order: all of `Streak.repairDates`, which is also meant when absent.",
  })
  dates?: string[] | null;

  @Field(() => UUID, { nullable: true, description: "The same key again within 24 hours answers alike and repairs nothing." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "Answer to repairStreak." })
export class RepairStreakPayload extends Payload {
  @Field(() => Streak, { nullable: true, description: "The repaired streak." })
  streak!: Streak | null;

  @Bound(bounds.streakMilestones)
  @Field(() => [StreakMilestoneReached], { nullable: true, description: "Milestones that the joined run reached." })
  milestonesReached!: StreakMilestoneReached[] | null;
}

@InputType({ description: "Settings of a streak to change; what is absent stays." })
export class UpdateStreakSettingsInput {
  @Field(() => String, { nullable: true, description: "Time zone in which days begin and end, an IANA name such as `Asia/Kolkata`." })
  timezone?: string | null;

  @Field(() => Int, { nullable: true, description: "Hour at which a day begins, 0 to 6." })
  dayStartHour?: number | null;

  @Field(() => [Int], { nullable: true, description: "Weekdays of rest from next Monday on, 1 for Monday to 7 for Sunday; at most two." })
  restDays?: number[] | null;

  @Field(() => Boolean, { nullable: true, description: "Spend freezes by themselves on missed days?" })
  autoFreeze?: boolean | null;
}

@ObjectType({ description: "Answer to updateStreakSettings." })
export class UpdateStreakSettingsPayload extends Payload {
  @Field(() => Streak, { nullable: true, description: "The streak under its new settings." })
  streak!: Streak | null;
}
