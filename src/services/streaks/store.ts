import { and, asc, desc, eq, getTableColumns, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { v7 as uuidv7 } from "uuid";
import { boundArray, type Database, type Tx } from "../../db/client.js";
import { constant, together } from "../../db/constant.js";
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

/** A streak under its lock; `log` as seen for an event that is to come, if one was named. */
export interface Locked extends Stored {
  log: EventLog | null;
}

/**
 * Locks the streak of a learner, made with the zone of the account when there is none, and loads all of it.
 * Whoever also locks the learner's balance of points locks this first.
 */
export async function lockStreak(tx: Tx, userId: string, clientEventId: string | null): Promise<Locked> {
  const known = await lockKnown(tx, userId, clientEventId);
  if (known) return known;
  // The id of the account serves the streak too, so that the id is known before the first activity.
  const [user] = await tx.select({ timezone: users.timezone }).from(users).where(eq(users.id, userId));
  await tx.insert(userStreaks).values({ id: userId, userId, ...user }).onConflictDoNothing();
  const made = await lockKnown(tx, userId, clientEventId);
  if (!made) throw new Error("There is no account to keep a streak for");
  return made;
}

async function lockKnown(tx: Tx, userId: string, clientEventId: string | null): Promise<Locked | null> {
  const [[stored], log] = await together([lockStreaks(tx, [userId]), clientEventId === null ? null : readEventLog(tx, userId, clientEventId)]);
  return stored ? { ...stored, log } : null;
}

/** Locks those of the streaks that exist, in the order of their learners, and loads all of them. */
export async function lockStreaks(tx: Tx, userIds: readonly string[]): Promise<Stored[]> {
  const [rows, states] = await together([lockRows(tx, { userIds: [...userIds] }), readStates(tx, userIds)]);
  return storedOf(rows, states);
}

/** The whole states of streaks: every day, since a late event may join runs of any length. */
export async function loadStates(db: Database | Tx, rows: readonly StreakRow[]): Promise<Stored[]> {
  return storedOf(rows, await readStates(db, rows.map(({ userId }) => userId)));
}

const anyUser = (column: PgColumn): SQL => sql`${column} = any(${boundArray("userIds", "uuid")})`;

const lockRows = constant(getTableColumns(userStreaks), (db, columns) =>
  db.select(columns).from(userStreaks).where(anyUser(userStreaks.userId)).orderBy(asc(userStreaks.userId)).for("update"),
);

const readDays = constant(getTableColumns(streakActivities), (db, columns) =>
  db.select(columns).from(streakActivities).where(anyUser(streakActivities.userId)),
);

const readFreezes = constant(getTableColumns(streakFreezes), (db, columns) =>
  db.select(columns).from(streakFreezes).where(anyUser(streakFreezes.userId)).orderBy(asc(streakFreezes.grantedAt), asc(streakFreezes.id)),
);

const readReached = constant({ ...getTableColumns(streakMilestonesReached), days: streakMilestones.days }, (db, columns) =>
  db
    .select(columns)
    .from(streakMilestonesReached)
    .innerJoin(streakMilestones, eq(streakMilestones.id, streakMilestonesReached.streakMilestoneId))
    .where(anyUser(streakMilestonesReached.userId))
    .orderBy(asc(streakMilestonesReached.id)),
);

function readStates(db: Database | Tx, userIds: readonly string[]) {
  const bound = { userIds: [...userIds] };
  return together([readDays(db, bound), readFreezes(db, bound), readReached(db, bound)]);
}

function storedOf(rows: readonly StreakRow[], [days, freezes, milestones]: Awaited<ReturnType<typeof readStates>>): Stored[] {
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
  clientEventId: string;
  /** When the latest event was received; null before the first. */
  lastReceivedAt: Instant | null;
  /** The event that already has this id. */
  known: StreakEvent | null;
}

/** The latest event of a learner and the one with an id, in one statement. */
export async function readEventLog(tx: Tx, userId: string, clientEventId: string): Promise<EventLog> {
  const rows = await latestAndSame(tx, { userId, clientEventId });
  const known = rows.find((row) => row.clientEventId === clientEventId);
  const times = rows.map(({ receivedAt }) => instantOf(receivedAt));
  return { clientEventId, lastReceivedAt: times.length === 0 ? null : Math.max(...times), known: known ? eventOf(known) : null };
}

const latestAndSame = constant(getTableColumns(streakEvents), (db, columns) => {
  const ofUser = eq(streakEvents.userId, sql.placeholder("userId"));
  const latest = db.select({ id: streakEvents.id }).from(streakEvents).where(ofUser).orderBy(desc(streakEvents.receivedAt)).limit(1);
  return db
    .select(columns)
    .from(streakEvents)
    .where(and(ofUser, or(eq(streakEvents.clientEventId, sql.placeholder("clientEventId")), sql`${streakEvents.id} = (${latest})`)));
});

/** All events of a learner in the order received. */
export async function readEvents(db: Database | Tx, userId: string): Promise<StreakEvent[]> {
  const rows = await db
    .select()
    .from(streakEvents)
    .where(eq(streakEvents.userId, userId))
    .orderBy(asc(streakEvents.receivedAt), asc(streakEvents.id));
  return rows.map(eventOf);
}

/**
 * Keeps an event that was applied.
 * @throws {Error} when the learner has one with this id.
 */
export async function keepEvent(tx: Tx, userId: string, event: StreakEvent): Promise<void> {
  await insertEvent(tx, { ...eventRowOf(userId, event), id: uuidv7() });
}

const insertEvent = constant({}, (db) =>
  db
    .insert(streakEvents)
    .values({
      id: sql.placeholder("id"),
      userId: sql.placeholder("userId"),
      clientEventId: sql.placeholder("clientEventId"),
      kind: sql.placeholder("kind"),
      activityDate: sql.placeholder("activityDate"),
      timezone: sql.placeholder("timezone"),
      payload: sql.placeholder("payload"),
      occurredAt: sql.placeholder("occurredAt"),
      sentAt: sql.placeholder("sentAt"),
      receivedAt: sql.placeholder("receivedAt"),
    }),
);
