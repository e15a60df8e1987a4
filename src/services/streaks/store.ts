import { and, asc, desc, eq, getTableColumns, or, sql, type SQL } from "drizzle-orm";
import { anyOf, type Database, type Tx } from "../../db/client.js";
import {
  streakActivities, streakEvents, streakFreezes, streakMilestones, streakMilestonesReached, users, userStreaks,
} from "../../db/tables/index.js";
import type { Instant } from "./calendar.js";
import type { StreakEvent } from "./events.js";
import { eventOf, eventRowOf, instantOf, stateOf, type StreakRow } from "./rows.js";
import type { StreakState } from "./state.js";

/** One learner's streak as stored. */
export interface Stored {
  row: StreakRow;
  state: StreakState;
}

const anyUser = (column: { getSQL(): SQL }, userIds: readonly string[]) => anyOf(column, userIds, "uuid");

/**
 * Locks the streak of a learner, made with the zone of the account when there is none, and loads all of it.
 * Whoever also locks the learner's balance of points locks this first.
 */
export async function lockStreak(tx: Tx, userId: string): Promise<Stored> {
  const [known] = await lockStreaks(tx, [userId]);
  if (known) return known;
  // The id of the account serves the streak too, so that the id is known before the first activity.
  const [user] = await tx.select({ timezone: users.timezone }).from(users).where(eq(users.id, userId));
  await tx.insert(userStreaks).values({ id: userId, userId, ...user }).onConflictDoNothing();
  const [made] = await lockStreaks(tx, [userId]);
  if (!made) throw new Error("There is no account to keep a streak for");
  return made;
}

/** Locks those of the streaks that exist, in the order of their learners, and loads all of them. */
export async function lockStreaks(tx: Tx, userIds: readonly string[]): Promise<Stored[]> {
  const rows = await tx
    .select()
    .from(userStreaks)
    .where(anyUser(userStreaks.userId, userIds))
    .orderBy(asc(userStreaks.userId))
    .for("update");
  return rows.length === 0 ? [] : loadStates(tx, rows);
}

/** The whole states of streaks: every day, since a late event may join runs of any length. */
export async function loadStates(db: Database | Tx, rows: readonly StreakRow[]): Promise<Stored[]> {
  const userIds = rows.map(({ userId }) => userId);
  const [days, freezes, milestones] = await Promise.all([
    db.select().from(streakActivities).where(anyUser(streakActivities.userId, userIds)),
    db
      .select()
      .from(streakFreezes)
      .where(anyUser(streakFreezes.userId, userIds))
      .orderBy(asc(streakFreezes.grantedAt), asc(streakFreezes.id)),
    db
      .select({ ...getTableColumns(streakMilestonesReached), days: streakMilestones.days })
      .from(streakMilestonesReached)
      .innerJoin(streakMilestones, eq(streakMilestones.id, streakMilestonesReached.streakMilestoneId))
      .where(anyUser(streakMilestonesReached.userId, userIds))
      .orderBy(asc(streakMilestonesReached.id)),
  ]);
  const of = <Row extends { userId: string }>(all: readonly Row[]) => Map.groupBy(all, ({ userId }) => userId);
  const [daysOf, freezesOf, milestonesOf] = [of(days), of(freezes), of(milestones)];
  return rows.map((row) => ({
    row,
    state: stateOf(row, {
      days: daysOf.get(row.userId) ?? [],
      freezes: freezesOf.get(row.userId) ?? [],
      milestones: milestonesOf.get(row.userId) ?? [],
    }),
  }));
}

/** What is known of a learner's events under the lock of the streak. */
export interface EventLog {
  /** When the latest event was received; null before the first. */
  lastReceivedAt: Instant | null;
  /** The event that already has this id. */
  known: StreakEvent | null;
}

/** The latest event of a learner and the one with an id, in one statement. */
export async function readEventLog(tx: Tx, userId: string, clientEventId: string): Promise<EventLog> {
  const latest = tx
    .select({ id: streakEvents.id })
    .from(streakEvents)
    .where(eq(streakEvents.userId, userId))
    .orderBy(desc(streakEvents.receivedAt))
    .limit(1);
  const rows = await tx
    .select()
    .from(streakEvents)
    .where(and(eq(streakEvents.userId, userId), or(eq(streakEvents.clientEventId, clientEventId), sql`${streakEvents.id} = (${latest})`)));
  const known = rows.find((row) => row.clientEventId === clientEventId);
  const times = rows.map(({ receivedAt }) => instantOf(receivedAt));
  return { lastReceivedAt: times.length === 0 ? null : Math.max(...times), known: known ? eventOf(known) : null };
}

/** All events of a learner in the order received. */
export async function readEvents(db: Database | Tx, userId: string): Promise<StreakEvent[]> {
  const rows = await db
    .select()
    .from(streakEvents)
    .where(eq(streakEvents.userId, userId))
    .orderBy(asc(streakEvents.receivedAt), asc(streakEvents.id));
  return rows.map(eventOf);
}

/** Keeps an event; false when the learner has one with this id, and then nothing may be applied. */
export async function keepEvent(tx: Tx, userId: string, event: StreakEvent): Promise<boolean> {
  const kept = await tx.insert(streakEvents).values(eventRowOf(userId, event)).onConflictDoNothing().returning({ id: streakEvents.id });
  return kept.length > 0;
}
