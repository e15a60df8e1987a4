import { ArgsType, Field, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { streakActivities, streakFreezes, userStreaks } from "../../db/tables/index.js";
import { freezeStatuses, streakDayKinds } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Combinable, EnumFilterOf, LocalDateFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, LocalDate } from "../../graphql/scalars.js";

type StreakRow = typeof userStreaks.$inferSelect;
type ActivityRow = typeof streakActivities.$inferSelect;
type FreezeRow = typeof streakFreezes.$inferSelect;

const streakStatuses = ["safe", "at_risk", "broken"] as const;

export const StreakStatus = enumOf("StreakStatus", "How a streak stands today.", streakStatuses, {
  safe: "Today is covered.",
  at_risk: "Yesterday was covered; without activity before `expiresAt` a freeze is spent or the streak breaks.",
  broken: "There is no run of days to lose.",
});

export const StreakDayKind = enumOf("StreakDayKind", "What covers a day of a streak. Only ACTIVE adds to the length.", streakDayKinds, {
  active: "The learner learnt.",
  freeze: "A freeze was spent on it.",
  repair: "It was repaired with points.",
  travel: "A journey between time zones skipped it.",
  rest: "It was a rest day.",
});

export const FreezeStatus = enumOf("FreezeStatus", "What became of a freeze.", freezeStatuses, {
  available: "It can still save a day.",
  used: "It saved a day.",
  expired: "It lapsed, or was earned while the learner held as many as one may.",
});

@Can("owner")
@ObjectType({ description: "The next length that is rewarded.", simpleResolvers: true })
export class NextStreakMilestone {
  @Field(() => Int, { description: "Active days that it takes." })
  days!: number;

  @Field(() => Int, { description: "Active days still missing, 1 or more." })
  remaining!: number;
}

@Can("owner")
@ObjectType({
  description: "A learner's streak as it stands now: days of learning without a gap, in the learner's own time zone.",
  implements: Node,
  simpleResolvers: true,
})
export class Streak extends Node implements Omit<StreakRow, "id" | "userId"> {
  @Field(() => Int, { description: "Active days of the present run, 0 when it is broken." })
  currentStreak!: number;

  @Field(() => Int, { description: "Active days of the longest run ever." })
  longestStreak!: number;

  @Field(() => StreakStatus, { description: "How it stands today." })
  status!: (typeof streakStatuses)[number];

  @Field(() => DateTime, { nullable: true, description: "When today ends for the learner; null unless the status is AT_RISK." })
  expiresAt!: string | null;

  @Field(() => LocalDate, { nullable: true, description: "The last active day; null before the first." })
  lastActivityDate!: string | null;

  @Field(() => LocalDate, { nullable: true, description: "First day of the present run; null when it is broken." })
  streakStartedOn!: string | null;

  @Field(() => Int, { description: "Freezes that can still save a day." })
  freezesAvailable!: number;

  @Field(() => Int, { description: "Active days of the run before the present one; 0 when there was none." })
  brokenLength!: number;

  @Field(() => LocalDate, { nullable: true, description: "The first day missed after that run." })
  brokenOn!: string | null;

  @Field(() => [LocalDate], { description: "The missed days that a repair would cover now, at most two; empty when none is possible." })
  repairDates!: string[];

  @Field(() => DateTime, { nullable: true, description: "The last instant at which that repair is possible; null when none is." })
  repairableUntil!: string | null;

  @Field(() => Int, { description: "What that repair costs in points; 0 when none is possible." })
  repairCost!: number;

  @Field(() => NextStreakMilestone, { description: "The next length that is rewarded." })
  nextMilestone!: NextStreakMilestone;

  @Field(() => String, { description: "Time zone in which days begin and end, an IANA name." })
  timezone!: string;

  @Field(() => Int, { description: "Hour at which a day begins, 0 to 6." })
  dayStartHour!: number;

  @Field(() => [Int], { description: "Weekdays of rest in force today, 1 for Monday to 7 for Sunday; at most two." })
  restDays!: number[];

  @Field(() => [Int], { nullable: true, description: "Weekdays of rest from `restDaysFrom` on; null when no change is under way." })
  nextRestDays!: number[] | null;

  @Field(() => LocalDate, { nullable: true, description: "The Monday from which `nextRestDays` hold." })
  restDaysFrom!: string | null;

  @Field(() => Boolean, { description: "Are freezes spent by themselves on missed days?" })
  autoFreeze!: boolean;

  @Field(() => LocalDate, { nullable: true, description: "Every day up to this one is settled; null before the first activity." })
  settledThrough!: string | null;

  @Field(() => Int, { description: "Rises with every stored change; 0 before the first." })
  version!: number;

  @Field(() => DateTime, { description: "When the streak was first kept; before the first activity, when the account was made." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it was last stored." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "A covered day of a learner's streak.", implements: Node, simpleResolvers: true })
export class StreakActivity extends Node implements Omit<ActivityRow, "id" | "userId"> {
  @Field(() => LocalDate, { description: "The day, in the zone that held when the activity arrived." })
  activityDate!: string;

  @Field(() => StreakDayKind, { description: "What covers it." })
  kind!: ActivityRow["kind"];

  @Field(() => DateTime, { nullable: true, description: "ACTIVE: the latest activity. REPAIR: when it was repaired. Otherwise null." })
  occurredAt!: string | null;

  @Field(() => String, { description: "Time zone that went with the day, an IANA name." })
  timezone!: string;

  @Field(() => Int, { description: "Activities that counted; 0 unless the kind is ACTIVE." })
  activityCount!: number;

  @Field(() => Int, { description: "Minutes spent on them." })
  minutesSpent!: number;

  @Field(() => Int, { description: "Points earned by them." })
  pointsEarned!: number;

  @Field(() => DateTime, { description: "When the day was first covered." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "A freeze: it saves one missed day.", implements: Node, simpleResolvers: true })
export class StreakFreeze extends Node implements Omit<FreezeRow, "id" | "userId"> {
  @Field(() => FreezeStatus, { description: "What became of it." })
  status!: FreezeRow["status"];

  @Field(() => DateTime, { description: "When the learner got it." })
  grantedAt!: string;

  @Field(() => LocalDate, { nullable: true, description: "The day that it saved; null unless it is USED." })
  usedForDate!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it lapses; null when it does not." })
  expiresAt!: string | null;

  @Field(() => String, { nullable: true, description: "Where it comes from: `bought`, `earned:` with a day of the run that earned it, or the reward that it was." })
  grantedReason!: string | null;

  @Field(() => DateTime, { description: "When it was stored." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A day of a streak in a list." })
export class StreakActivityEdge extends EdgeOf(() => StreakActivity) {}

@ObjectType({ description: "A list of the days of a streak." })
export class StreakActivityConnection extends ConnectionOf(() => StreakActivity, () => StreakActivityEdge) {}

@ObjectType({ description: "A freeze in a list." })
export class StreakFreezeEdge extends EdgeOf(() => StreakFreeze) {}

@ObjectType({ description: "A list of freezes." })
export class StreakFreezeConnection extends ConnectionOf(() => StreakFreeze, () => StreakFreezeEdge) {}

@InputType({ description: "Conditions on what covers a day; all that are given must hold." })
export class StreakDayKindFilter extends EnumFilterOf<ActivityRow["kind"]>(() => StreakDayKind) {}

@InputType({ description: "Conditions on days of a streak; all that are given must hold." })
@Combinable()
export class StreakActivityWhere implements Combined<StreakActivityWhere> {
  declare AND?: StreakActivityWhere[];
  declare OR?: StreakActivityWhere[];
  declare NOT?: StreakActivityWhere;

  @Field(() => LocalDateFilter, { nullable: true, description: "The day." })
  activityDate?: LocalDateFilter;

  @Field(() => StreakDayKindFilter, { nullable: true, description: "What covers it." })
  kind?: StreakDayKindFilter;
}

@InputType({ description: "Conditions on the status of a freeze; all that are given must hold." })
export class FreezeStatusFilter extends EnumFilterOf<FreezeRow["status"]>(() => FreezeStatus) {}

@InputType({ description: "Conditions on freezes; all that are given must hold." })
@Combinable()
export class StreakFreezeWhere implements Combined<StreakFreezeWhere> {
  declare AND?: StreakFreezeWhere[];
  declare OR?: StreakFreezeWhere[];
  declare NOT?: StreakFreezeWhere;

  @Field(() => FreezeStatusFilter, { nullable: true, description: "What became of it." })
  status?: FreezeStatusFilter;
}

export const StreakActivityOrderField = orderFieldsOf("StreakActivityOrderField", {
  ACTIVITY_DATE: "By day.",
});

@InputType({ description: "Order of days." })
export class StreakActivityOrder extends OrderOf<keyof typeof StreakActivityOrderField>(() => StreakActivityOrderField) {}

export const StreakFreezeOrderField = orderFieldsOf("StreakFreezeOrderField", {
  GRANTED_AT: "By the time of being granted.",
});

@InputType({ description: "Order of freezes." })
export class StreakFreezeOrder extends OrderOf<keyof typeof StreakFreezeOrderField>(() => StreakFreezeOrderField) {}

@ArgsType()
export class StreakActivitiesArgs extends ListArgsOf(() => StreakActivityWhere, () => StreakActivityOrder, "latest first") {}

@ArgsType()
export class StreakFreezesArgs extends ListArgsOf(() => StreakFreezeWhere, () => StreakFreezeOrder, "latest first") {}
