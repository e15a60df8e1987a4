import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import type { streakMilestones, users } from "../db/tables/index.js";
import { PageArgs } from "../graphql/connection.js";
import type { Context } from "../graphql/context.js";
import { User } from "../schema/identity.js";
import {
  Badge, StreakMilestone, StreakMilestoneConnection, StreakMilestoneReached, StreakMilestoneReachedConnection,
  StreakMilestonesArgs,
} from "../schema/streaks/milestone.js";
import {
  NextStreakMilestone, Streak, StreakActivitiesArgs, StreakActivity, StreakActivityConnection, StreakFreeze,
  StreakFreezeConnection, StreakFreezesArgs,
} from "../schema/streaks/streak.js";
import type { ActivityRow, FreezeRow, ReachedRow } from "../services/streaks/rows.js";
import type { ShownStreak } from "../services/streaks/shown.js";

@Resolver()
export class StreakQueries {
  @Public()
  @Query(() => StreakMilestoneConnection, { description: "Lengths of streaks that are rewarded." })
  streakMilestones(@Args(() => StreakMilestonesArgs) args: StreakMilestonesArgs, @Ctx() { loaders }: Context) {
    return loaders.streakMilestones.page(args);
  }
}

@Resolver(() => User)
export class UserStreakEdges {
  @Can("self")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak as it stands now; an empty one before the first activity." })
  streak(@Root() user: typeof users.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.streakByUser.load(user.id);
  }
}

@Resolver(() => Streak)
export class StreakEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose streak it is." })
  user(@Root() streak: ShownStreak, @Ctx() { loaders }: Context) {
    return loaders.userById.load(streak.userId);
  }

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

@Resolver(() => StreakMilestone)
export class StreakMilestoneEdges {
  @Public()
  @FieldResolver(() => Badge, { nullable: true, description: "The badge that comes with it; null when none does." })
  badge(@Root() milestone: typeof streakMilestones.$inferSelect, @Ctx() { loaders }: Context) {
    return milestone.badgeId === null ? null : loaders.badgeById.load(milestone.badgeId);
  }
}

/** How `node` finds rows of this domain; loaders leave out what the viewer may not see. */
export const streaksNodes = {
  Badge: "badgeById",
  Streak: "streakById",
  StreakActivity: "streakActivityById",
  StreakFreeze: "streakFreezeById",
  StreakMilestone: "streakMilestoneById",
  StreakMilestoneReached: "streakMilestoneReachedById",
} as const;
