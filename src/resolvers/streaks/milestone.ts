import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { streakMilestones } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import {
  Badge, StreakMilestone, StreakMilestoneConnection, StreakMilestoneReached, StreakMilestonesArgs,
} from "../../schema/streaks/milestone.js";
import { Streak } from "../../schema/streaks/streak.js";
import type { ReachedRow } from "../../services/streaks/rows.js";

@Resolver()
export class StreakMilestoneQueries {
  @Public()
  @Query(() => StreakMilestoneConnection, { description: "Lengths of streaks that are rewarded." })
  streakMilestones(@Args(() => StreakMilestonesArgs) args: StreakMilestonesArgs, @Ctx() { loaders }: Context) {
    return loaders.streakMilestones.page(args);
  }
}

@Resolver(() => StreakMilestone)
export class StreakMilestoneEdges {
  @Public()
  @FieldResolver(() => Badge, { nullable: true, description: "The badge that comes with it; null when none does." })
  badge(@Root() milestone: typeof streakMilestones.$inferSelect, @Ctx() { loaders }: Context) {
    return milestone.badgeId === null ? null : loaders.badgeById.load(milestone.badgeId);
  }
}

@Resolver(() => StreakMilestoneReached)
export class StreakMilestoneReachedEdges {
  @Can("owner")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak in which it was reached." })
  streak(@Root() reached: ReachedRow, @Ctx() { loaders }: Context) {
    return loaders.streakByUser.load(reached.userId);
  }

  @Can("owner")
  @FieldResolver(() => StreakMilestone, { nullable: true, description: "Which milestone." })
  milestone(@Root() reached: ReachedRow, @Ctx() { loaders }: Context) {
    return loaders.streakMilestoneById.load(reached.streakMilestoneId);
  }
}
