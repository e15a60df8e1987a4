import { ArgsType, Field, InputType, Int, ObjectType } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { badges, streakMilestones, streakMilestonesReached } from "../../db/tables/index.js";
import { rarities } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Combinable, IntFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, JSONValue, LocalDate } from "../../graphql/scalars.js";

type MilestoneRow = typeof streakMilestones.$inferSelect;
type ReachedRow = typeof streakMilestonesReached.$inferSelect;
type BadgeRow = typeof badges.$inferSelect;

export const Rarity = enumOf("Rarity", "How hard a badge is to come by.", rarities, {
  common: "Most learners get it.",
  rare: "It takes weeks.",
  epic: "It takes months.",
  legendary: "It takes a year or more.",
});

@Public()
@ObjectType({ description: "A length of streak that is rewarded.", implements: Node, simpleResolvers: true })
export class StreakMilestone extends Node implements Omit<MilestoneRow, "id" | "badgeId"> {
  @Field(() => Int, { description: "Active days that it takes; unique." })
  days!: number;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => Int, { description: "Points for reaching it." })
  pointsReward!: number;

  @Field(() => Int, { description: "Freezes for reaching it; more than a learner may hold are lost." })
  freezeReward!: number;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Public()
@ObjectType({ description: "A badge that can be earned.", implements: Node, simpleResolvers: true })
export class Badge extends Node implements Omit<BadgeRow, "id"> {
  @Field(() => String, { description: "Name for programs; unique." })
  code!: string;

  @Field(() => String, { description: "Name for people; unique." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is given for." })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "Address of a picture." })
  iconUrl!: string | null;

  @Field(() => Rarity, { description: "How hard it is to come by." })
  rarity!: BadgeRow["rarity"];

  @Field(() => JSONValue, { description: "What it takes, for programs." })
  criteria!: unknown;

  @Field(() => Int, { description: "Points that come with it." })
  pointsReward!: number;

  @Field(() => Boolean, { description: "Can it still be earned?" })
  isActive!: boolean;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "A milestone that a learner reached in one run; a later run may reach it again.", implements: Node, simpleResolvers: true })
export class StreakMilestoneReached extends Node implements Omit<ReachedRow, "id" | "userId" | "streakMilestoneId"> {
  @Field(() => LocalDate, { description: "First day of the run when it was reached." })
  runStartedOn!: string;

  @Field(() => LocalDate, { description: "The active day that reached it." })
  reachedOn!: string;

  @Field(() => DateTime, { description: "When it was granted." })
  createdAt!: string;
}

@ObjectType({ description: "A milestone in a list." })
export class StreakMilestoneEdge extends EdgeOf(() => StreakMilestone) {}

@ObjectType({ description: "A list of milestones." })
export class StreakMilestoneConnection extends ConnectionOf(() => StreakMilestone, () => StreakMilestoneEdge) {}

@ObjectType({ description: "A milestone reached, in a list." })
export class StreakMilestoneReachedEdge extends EdgeOf(() => StreakMilestoneReached) {}

@ObjectType({ description: "A list of milestones reached." })
export class StreakMilestoneReachedConnection extends ConnectionOf(() => StreakMilestoneReached, () => StreakMilestoneReachedEdge) {}

@InputType({ description: "Conditions on milestones; all that are given must hold." })
@Combinable()
export class StreakMilestoneWhere implements Combined<StreakMilestoneWhere> {
  declare AND?: StreakMilestoneWhere[];
  declare OR?: StreakMilestoneWhere[];
  declare NOT?: StreakMilestoneWhere;

  @Field(() => IntFilter, { nullable: true, description: "Active days that it takes." })
  days?: IntFilter;
}

export const StreakMilestoneOrderField = orderFieldsOf("StreakMilestoneOrderField", {
  DAYS: "By length.",
});

@InputType({ description: "Order of milestones." })
export class StreakMilestoneOrder extends OrderOf<keyof typeof StreakMilestoneOrderField>(() => StreakMilestoneOrderField) {}

@ArgsType()
export class StreakMilestonesArgs extends ListArgsOf(() => StreakMilestoneWhere, () => StreakMilestoneOrder, "shortest first") {}
