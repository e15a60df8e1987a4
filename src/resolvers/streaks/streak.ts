import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import { PageArgs } from "../../graphql/connection.js";
import type { Context } from "../../graphql/context.js";
import { StreakMilestone, StreakMilestoneReachedConnection } from "../../schema/streaks/milestone.js";
import {
  NextStreakMilestone, Streak, StreakActivitiesArgs, StreakActivity, StreakActivityConnection, StreakFreeze,
  StreakFreezeConnection, StreakFreezesArgs,
} from "../../schema/streaks/streak.js";
import type { ActivityRow, FreezeRow } from "../../services/streaks/rows.js";
import type { ShownStreak } from "../../services/streaks/shown.js";

@Resolver(() => Streak)
export class StreakEdges {
  @Can("owner")
  @FieldResolver(() => StreakActivityConnection, { nullable: true, description: "Covered days, those saved by a freeze included." })
  async activities(@Root() streak: ShownStreak, @Args(() => StreakActivitiesArgs) args: StreakActivitiesArgs, @Ctx() { loaders }: Context) {
    await loaders.settledByUser.load(streak.userId);
    return loaders.streakActivitiesByUser.page(streak.userId, args);
  }

  @Can("owner")
  @FieldResolver(() => StreakFreezeConnection, { nullable: true, description: "Freezes, spent and lapsed ones included." })
  async freezes(@Root() streak: ShownStreak, @Args(() => StreakFreezesArgs) args: StreakFreezesArgs, @Ctx() { loaders }: Context) {
    await loaders.settledByUser.load(streak.userId);
    return loaders.streakFreezesByUser.page(streak.userId, args);
  }

  @Can("owner")
  @FieldResolver(() => StreakMilestoneReachedConnection, { nullable: true, description: "Milestones reached, latest first." })
  milestonesReached(@Root() streak: ShownStreak, @Args(() => PageArgs) args: PageArgs, @Ctx() { loaders }: Context) {
    return loaders.streakMilestonesReachedByUser.page(streak.userId, args);
  }
}

@Resolver(() => NextStreakMilestone)
export class NextStreakMilestoneEdges {
  @Public()
  @FieldResolver(() => StreakMilestone, { nullable: true, description: "The milestone; null for a year that nobody has reached yet." })
  milestone(@Root() next: ShownStreak["nextMilestone"], @Ctx() { loaders }: Context) {
    return loaders.streakMilestoneByDays.load(String(next.days));
  }
}

@Resolver(() => StreakActivity)
export class StreakActivityEdges {
  @Can("owner")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak that the day belongs to." })
  streak(@Root() activity: ActivityRow, @Ctx() { loaders }: Context) {
    return loaders.streakByUser.load(activity.userId);
  }
}

@Resolver(() => StreakFreeze)
export class StreakFreezeEdges {
  @Can("owner")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak that it protects." })
  streak(@Root() freeze: FreezeRow, @Ctx() { loaders }: Context) {
    return loaders.streakByUser.load(freeze.userId);
  }
}
