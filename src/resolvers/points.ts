import { Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { pointsTransactions, userPoints, users } from "../db/tables/index.js";
import type { Context } from "../graphql/context.js";
import { toGlobalId } from "../graphql/node.js";
import { User } from "../schema/identity/user.js";
import { PointsTransaction, PointsTransactionConnection, PointsTransactionsArgs, UserPoints } from "../schema/points.js";
import { weeklyPointsOf } from "../services/points.js";

type PointsRow = typeof userPoints.$inferSelect;
type TransactionRow = typeof pointsTransactions.$inferSelect;

@Resolver(() => User)
export class UserBalanceEdges {
  @Can("self")
  @FieldResolver(() => UserPoints, { nullable: true, description: "Points and level; null before the first points." })
  points(@Root() user: typeof users.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.pointsByUser.load(user.id);
  }
}

@Resolver(() => UserPoints)
export class UserPointsEdges {
  @Can("owner")
  @FieldResolver(() => Int, { nullable: true, description: "Points earned since Monday, 00:00 UTC." })
  weeklyPoints(@Root() points: PointsRow) {
    return weeklyPointsOf(points);
  }

  @Can("owner")
  @FieldResolver(() => PointsTransactionConnection, { nullable: true, description: "The ledger." })
  transactions(
    @Root() { userId }: PointsRow,
    @Args(() => PointsTransactionsArgs) args: PointsTransactionsArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.pointsTransactionsByUser.page(userId, args);
  }
}

/** `streak_milestone` as the graph names it: `StreakMilestone`. */
const typeOf = (entityType: string): string =>
  entityType.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");

@Resolver(() => PointsTransaction)
export class PointsTransactionEdges {
  @Can("owner")
  @FieldResolver(() => ID, { nullable: true, description: "Global id of what the points were for, such as a topic; `node` finds it." })
  entityId(@Root() { entityType, entityId }: TransactionRow) {
    return entityType === null || entityId === null ? null : toGlobalId(typeOf(entityType), entityId);
  }
}
