import DataLoader from "dataloader";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { own } from "../auth/visibility.js";
import { anyOf, asViewer } from "../db/client.js";
import { orderBy } from "../db/ordering.js";
import { rowMaker } from "../db/statements.js";
import {
  badges, streakActivities, streakFreezes, streakMilestones, streakMilestonesReached, users, userStreaks,
} from "../db/tables/index.js";
import { currentStreak, type CurrentStreak, type ShownStreak, type StreakOf } from "../services/streaks/shown.js";
import { settleForReading } from "../services/streaks/sweep.js";
import type { StreakMilestoneWhere } from "../schema/streaks/milestone.js";
import type { StreakActivityWhere, StreakFreezeWhere } from "../schema/streaks/streak.js";
import { perViewer, shared } from "./factory.js";
import { list, listBy, type ListSpec } from "./lists.js";
import { aliased } from "./reads.js";
import type { Loader, Read, Source } from "./source.js";
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

// A repair looks back 34 days for the one before it; nothing else that is shown reaches further.
const DAYS_SHOWN = sql.raw("40");

const recentDays = sql<StreakOf["days"]>`(
  select coalesce(json_agg(json_build_object(
    'activityDate', day.activity_date, 'kind', day.kind, 'occurredAt', day.occurred_at,
    'timezone', day.timezone, 'activityCount', day.activity_count)), '[]')
  from ${streakActivities} day
  where day.user_id = ${users.id} and day.activity_date >= ${userStreaks.settledThrough} - ${DAYS_SHOWN})`.as("days");

const unspent = sql<StreakOf["freezes"]>`(
  select coalesce(json_agg(json_build_object(
    'id', held.id, 'status', held.status, 'grantedAt', held.granted_at, 'usedForDate', null,
    'expiresAt', held.expires_at, 'grantedReason', held.granted_reason) order by held.granted_at, held.id), '[]')
  from ${streakFreezes} held
  where held.user_id = ${users.id} and held.status = 'available')`.as("freezes");

const learner = { learnerId: users.id, learnerZone: users.timezone, learnerSince: users.createdAt };
const learnerOf = rowMaker<{ learnerId: string; learnerZone: string; learnerSince: string }>(learner);
const stored = getTableColumns(userStreaks);
const storedOf = rowMaker<NonNullable<StreakOf["row"]>>(stored);
const visible = own(users.id);

function streakOf(values: unknown[]): StreakOf {
  const { learnerId, learnerZone, learnerSince } = learnerOf(values, 1);
  const row = storedOf(values, 1 + Object.keys(learner).length);
  const [days, freezes] = values.slice(-2) as [StreakOf["days"], StreakOf["freezes"]];
  return { user: { id: learnerId, timezone: learnerZone, createdAt: learnerSince }, row: row.id === null ? null : row, days, freezes };
}

/** Streaks as they stand at an instant in ms, settled in memory; one statement, so that rows and counters fit each other. */
export const streaksAt = (clock: () => number): Read<CurrentStreak | null> => ({
  variant: "current",
  key: users.id,
  table: userStreaks,
  visible,
  selection: { ...learner, ...stored, days: recentDays, freezes: unspent },
  only: () => streaksAt(clock),
  query: (keys, viewer) =>
    new QueryBuilder()
      .select({ key: sql`${users.id}`.as("key"), ...aliased({ ...learner, ...stored }), days: recentDays, freezes: unspent })
      .from(users)
      .leftJoin(userStreaks, eq(userStreaks.userId, users.id))
      .where(and(sql`${users.id} = any(${keys})`, visible(viewer))),
  collect(rows, keys) {
    const now = clock();
    const found = new Map(rows.map((values) => [String(values[0]), currentStreak(streakOf(values), now)]));
    return keys.map((key) => found.get(key) ?? null);
  },
});

/** The streak of a learner; null for those whom the viewer may not see. */
const streakByUser = perViewer.of(streaksAt(Date.now));
const currents = (source: Source) => source.loader("streakByUser") as Loader<CurrentStreak | null>;

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
    const found = await Promise.all(ids.map((id) => currents(source).load(userOf.get(id) ?? id)));
    return ids.map((id, index) => (found[index]?.id === id ? found[index] : null));
  });

/**
 * Waits until the days and freezes of a learner are written as settlement has made them, so that lists,
 * counts and cursors agree with the streak that is shown. It writes at most once a day for a learner.
 */
const settledByUser = (source: Source): DataLoader<string, true> =>
  new DataLoader(async (userIds) => {
    const found = await Promise.all(userIds.map((userId) => currents(source).load(userId)));
    const behind = userIds.filter((_, index) => found[index]?.unsettled);
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
