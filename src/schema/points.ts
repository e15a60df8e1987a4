import { ArgsType, Field, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { pointsTransactions, userPoints } from "../db/tables/index.js";
import { pointsReasons } from "../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../graphql/connection.js";
import { enumOf } from "../graphql/enums.js";
import { Combinable, DateTimeFilter, EnumFilterOf, IntFilter, type Combined } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../graphql/order.js";
import { BigIntScalar, DateTime } from "../graphql/scalars.js";

type PointsRow = typeof userPoints.$inferSelect;
type TransactionRow = typeof pointsTransactions.$inferSelect;

export const PointsReason = enumOf("PointsReason", "Why points moved.", pointsReasons, {
  topic: "A topic was completed for the first time.",
  module: "A module was completed for the first time.",
  course: "A course was completed.",
  quiz: "A quiz was passed.",
  streak: "A milestone of the streak was reached.",
  streak_freeze: "A freeze for the streak was bought.",
  streak_repair: "Missed days of the streak were repaired.",
  badge: "A badge was earned.",
  duel: "The stake or the prize of a duel.",
  milestone: "A milestone of a career path was completed.",
  manual: "Given or taken by an admin.",
  reversal: "An earlier entry was taken back.",
});

@Can("owner")
@ObjectType({ description: "A learner's balance of points; always the sum of the ledger.", implements: Node, simpleResolvers: true })
export class UserPoints extends Node implements Omit<PointsRow, "id" | "userId" | "weeklyPoints"> {
  @Field(() => BigIntScalar, { description: "Points to spend, 0 or more." })
  xpPoints!: number;

  @Field(() => Int, { description: "1 + floor(sqrt(sum of all positive amounts / 100)); spending never lowers it." })
  level!: number;

  @Field(() => DateTime, { nullable: true, description: "When points were last earned." })
  lastEarnedAt!: string | null;

  @Field(() => DateTime, { description: "When the first points were earned." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "An entry of the ledger of points; never changed.", implements: Node, simpleResolvers: true })
export class PointsTransaction
  extends Node
  implements Omit<TransactionRow, "id" | "userId" | "entityType" | "entityId" | "idempotencyKey">
{
  @Field(() => Int, { description: "Points earned, or spent when below 0." })
  amount!: number;

  @Field(() => BigIntScalar, { description: "The balance after it." })
  balanceAfter!: number;

  @Field(() => PointsReason, { description: "Why points moved." })
  reason!: TransactionRow["reason"];

  @Field(() => String, { nullable: true, description: "A note for people." })
  note!: string | null;

  @Field(() => DateTime, { description: "When it was written." })
  createdAt!: string;
}

@ObjectType({ description: "An entry of the ledger in a list." })
export class PointsTransactionEdge extends EdgeOf(() => PointsTransaction) {}

@ObjectType({ description: "A list of entries of the ledger." })
export class PointsTransactionConnection extends ConnectionOf(() => PointsTransaction, () => PointsTransactionEdge) {}

@InputType({ description: "Conditions on why points moved; all that are given must hold." })
export class PointsReasonFilter extends EnumFilterOf<TransactionRow["reason"]>(() => PointsReason) {}

@InputType({ description: "Conditions on entries of the ledger; all that are given must hold." })
@Combinable()
export class PointsTransactionWhere implements Combined<PointsTransactionWhere> {
  declare AND?: PointsTransactionWhere[];
  declare OR?: PointsTransactionWhere[];
  declare NOT?: PointsTransactionWhere;

  @Field(() => PointsReasonFilter, { nullable: true, description: "Why points moved." })
  reason?: PointsReasonFilter;

  @Field(() => IntFilter, { nullable: true, description: "The amount; below 0 when spent." })
  amount?: IntFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was written." })
  createdAt?: DateTimeFilter;
}

export const PointsTransactionOrderField = orderFieldsOf("PointsTransactionOrderField", {
  CREATED_AT: "By the time of writing.",
});

@InputType({ description: "Order of entries of the ledger." })
export class PointsTransactionOrder extends OrderOf<keyof typeof PointsTransactionOrderField>(() => PointsTransactionOrderField) {}

@ArgsType()
export class PointsTransactionsArgs extends ListArgsOf(
  () => PointsTransactionWhere,
  () => PointsTransactionOrder,
  "latest first",
) {}
