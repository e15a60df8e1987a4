import DataLoader from "dataloader";
import { and } from "drizzle-orm";
import { isAdmin } from "../auth/viewer.js";
import { own } from "../auth/visibility.js";
import { anyOf, asViewer } from "../db/client.js";
import { orderBy } from "../db/ordering.js";
import {
  badges, streakActivities, streakFreezes, streakMilestones, streakMilestonesReached, userStreaks,
} from "../db/tables/index.js";
import { currentStreaks, type Current, type ShownStreak } from "../services/streaks/shown.js";
import { settleForReading } from "../services/streaks/sweep.js";
import type { StreakMilestoneWhere } from "../schema/streaks/milestone.js";
import type { StreakActivityWhere, StreakFreezeWhere } from "../schema/streaks/streak.js";
import { perViewer, shared } from "./factory.js";
import { list, listBy, type ListSpec } from "./lists.js";
import type { Source } from "./source.js";
import { streakActivityFilter, streakFreezeFilter, streakMilestoneFilter } from "./filters/streaks.js";

const milestoneList: ListSpec<typeof streakMilestones, StreakMilestoneWhere> = {
  table: streakMilestones,
  orders: [orderBy("DAYS", [streakMilestones.days, streakMilestones.id])],
  filter: streakMilestoneFilter,
};

const activityList: ListSpec<typeof streakActivities, StreakActivityWhere> = {
  table: streakActivities,
  orders: [orderBy("ACTIVITY_DATE", [streakActivities.activityDate, streakActivities.id], true)],
  filter: streakActivityFilter,
  visible: own(streakActivities.userId),
};

const freezeList: ListSpec<typeof streakFreezes, StreakFreezeWhere> = {
  table: streakFreezes,
  orders: [orderBy("GRANTED_AT", [streakFreezes.grantedAt, streakFreezes.id], true)],
  filter: streakFreezeFilter,
  visible: own(streakFreezes.userId),
};

const reachedList: ListSpec<typeof streakMilestonesReached, never> = {
  table: streakMilestonesReached,
  orders: [orderBy("REACHED_ON", [streakMilestonesReached.reachedOn, streakMilestonesReached.id], true)],
  visible: own(streakMilestonesReached.userId),
};

type Currents = DataLoader<string, Current | null>;

const currents = new WeakMap<Source, Currents>();

/** Streaks as they stand now, settled in memory; null for those of others. Shared by the loaders of one operation. */
function currentsOf(source: Source): Currents {
  const { db, viewer } = source;
  const known = currents.get(source);
  if (known) return known;
  const made: Currents = new DataLoader(async (userIds) => {
    const mine = userIds.filter((userId) => isAdmin(viewer) || userId === viewer.id);
    if (mine.length === 0) return userIds.map(() => null);
    const found = await asViewer(db, viewer, (scoped) => currentStreaks(scoped, mine));
    return userIds.map((userId) => found.get(userId) ?? null);
  });
  currents.set(source, made);
  return made;
}

/** The streak of a learner; null for those whom the viewer may not see. */
const streakByUser = (source: Source) => ({
  load: async (userId: string): Promise<ShownStreak | null> => (await currentsOf(source).load(userId))?.shown ?? null,
});

/** By the id of the streak; a learner without any activity has one under the id of the account. */
const streakById = (source: Source): DataLoader<string, ShownStreak | null> =>
  new DataLoader(async (ids) => {
    const { db, viewer } = source;
    const rows = await asViewer(db, viewer, (scoped) =>
      scoped
        .select({ id: userStreaks.id, userId: userStreaks.userId })
        .from(userStreaks)
        .where(and(anyOf(userStreaks.id, ids, "uuid"), own(userStreaks.userId)(viewer))),
    );
    const userOf = new Map(rows.map(({ id, userId }) => [id, userId]));
    const found = await currentsOf(source).loadMany(ids.map((id) => userOf.get(id) ?? id));
    return ids.map((id, index) => {
      const current = found[index];
      if (current instanceof Error) throw current;
      return current?.shown.id === id ? current.shown : null;
    });
  });

/**
 * Waits until the days and freezes of a learner are written as settlement has made them, so that lists,
 * counts and cursors agree with the streak that is shown. It writes at most once a day for a learner.
 */
const settledByUser = (source: Source): DataLoader<string, true> =>
  new DataLoader(async (userIds) => {
    const found = await currentsOf(source).loadMany(userIds);
    const behind = userIds.filter((_, index) => {
      const current = found[index];
      return current && !(current instanceof Error) && current.unsettled;
    });
    if (behind.length > 0) await settleForReading(source.db, source.viewer, behind);
    return userIds.map(() => true);
  });

export const streaksLoaders = {
  streakByUser,
  streakById,
  settledByUser,
  streakActivityById: perViewer.oneBy(streakActivities, "id", { visible: own(streakActivities.userId) }),
  streakActivitiesByUser: listBy(activityList, streakActivities.userId),
  streakFreezeById: perViewer.oneBy(streakFreezes, "id", { visible: own(streakFreezes.userId) }),
  streakFreezesByUser: listBy(freezeList, streakFreezes.userId),
  streakMilestoneReachedById: perViewer.oneBy(streakMilestonesReached, "id", { visible: own(streakMilestonesReached.userId) }),
  streakMilestonesReachedByUser: listBy(reachedList, streakMilestonesReached.userId),
  streakMilestoneById: shared.oneBy(streakMilestones, "id"),
  streakMilestoneByDays: shared.oneBy(streakMilestones, "days"),
  streakMilestones: list(milestoneList),
  badgeById: shared.oneBy(badges, "id"),
};
