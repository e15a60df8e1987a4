import { eq, sql } from "drizzle-orm";
import { anyOf, type Database, type Tx } from "../../db/client.js";
import { streakActivities, streakFreezes, users, userStreaks } from "../../db/tables/index.js";
import { pointsTable } from "../points.js";
import type { Instant } from "./calendar.js";
import { countersOf, stateOf, textOf, type StateRows, type StreakRow } from "./rows.js";
import { settle } from "./settlement.js";
import { emptyState, type StreakState } from "./state.js";
import { rowChanges, view, type StreakStatus } from "./view.js";

/**
 * A learner's streak as shown at one moment: the row of `user_streaks` as settlement would leave it,
 * and what follows from it. Plain JSON, the same from the tables as in the payload of an event.
 */
export interface ShownStreak extends StreakRow {
  status: Lowercase<StreakStatus>;
  expiresAt: string | null;
  repairDates: string[];
  repairableUntil: string | null;
  repairCost: number;
  nextMilestone: { days: number; remaining: number };
}

/** `ShownStreak` from a row and its state; `now` in ms since 1970. */
export function shownStreak(row: StreakRow, state: StreakState, now: Instant): ShownStreak {
  const settled = settle(state, now);
  const shown = view(settled, now);
  const awaited = settled.restDaysFrom !== null && settled.restDaysFrom > shown.today;
  return {
    ...row,
    ...countersOf(settled),
    status: shown.status.toLowerCase() as Lowercase<StreakStatus>,
    expiresAt: shown.expiresAt === null ? null : textOf(shown.expiresAt),
    repairDates: [...shown.repairDates],
    repairableUntil: shown.repairableUntil === null ? null : textOf(shown.repairableUntil),
    repairCost: shown.repairDates.length * pointsTable.price.streak_repair,
    nextMilestone: { ...shown.nextMilestone },
    restDays: [...shown.restDays],
    // Settlement keeps a change for late events after it has come into force.
    ...(awaited ? {} : { nextRestDays: null, restDaysFrom: null }),
  };
}

/** A shown streak, and whether days or freezes are to be written before they may be listed. */
export interface Current {
  shown: ShownStreak;
  unsettled: boolean;
}

// A repair looks back 34 days for the one before it; nothing else that is shown reaches further.
const DAYS_SHOWN = sql.raw("40");

const recentDays = sql<StateRows["days"]>`(
  select coalesce(json_agg(json_build_object(
    'activityDate', day.activity_date, 'kind', day.kind, 'occurredAt', day.occurred_at,
    'timezone', day.timezone, 'activityCount', day.activity_count)), '[]')
  from ${streakActivities} day
  where day.user_id = ${users.id} and day.activity_date >= ${userStreaks.settledThrough} - ${DAYS_SHOWN})`;

const unspent = sql<StateRows["freezes"]>`(
  select coalesce(json_agg(json_build_object(
    'id', held.id, 'status', held.status, 'grantedAt', held.granted_at, 'usedForDate', null,
    'expiresAt', held.expires_at, 'grantedReason', held.granted_reason) order by held.granted_at, held.id), '[]')
  from ${streakFreezes} held
  where held.user_id = ${users.id} and held.status = 'available')`;

/**
 * The streaks of many learners as shown at `now`, settled in memory: one statement, so that
 * rows and counters fit each other. Learners without any activity have an empty streak under the id of their account.
 */
export async function currentStreaks(db: Database | Tx, userIds: readonly string[], now: Instant = Date.now()): Promise<Map<string, Current>> {
  const learners = await db
    .select({ user: { id: users.id, timezone: users.timezone, createdAt: users.createdAt }, row: userStreaks, days: recentDays, freezes: unspent })
    .from(users)
    .leftJoin(userStreaks, eq(userStreaks.userId, users.id))
    .where(anyOf(users.id, userIds, "uuid"));
  return new Map(
    learners.map(({ user, row, days, freezes }) => {
      const stored = row ?? emptyRow(user);
      const state = stateOf(stored, { days, freezes, milestones: [] });
      const changes = rowChanges(state, settle(state, now));
      const unsettled = changes.days.length > 0 || changes.freezes.length > 0;
      return [user.id, { shown: shownStreak(stored, state, now), unsettled }];
    }),
  );
}

function emptyRow({ id, timezone, createdAt }: { id: string; timezone: string; createdAt: string }): StreakRow {
  return { ...countersOf(emptyState({ timezone })), id, userId: id, version: 0, createdAt, updatedAt: createdAt };
}
