import { streakActivities, streakFreezes, streakMilestones } from "../../db/tables/index.js";
import { matches, whereOf } from "../../db/filters.js";
import type { StreakMilestoneWhere } from "../../schema/streaks/milestone.js";
import type { StreakActivityWhere, StreakFreezeWhere } from "../../schema/streaks/streak.js";

export const streakActivityFilter = whereOf<StreakActivityWhere>({
  activityDate: matches(streakActivities.activityDate),
  kind: matches(streakActivities.kind),
});

export const streakFreezeFilter = whereOf<StreakFreezeWhere>({
  status: matches(streakFreezes.status),
});

export const streakMilestoneFilter = whereOf<StreakMilestoneWhere>({
  days: matches(streakMilestones.days),
});
