import { v5 as uuidv5 } from "uuid";
import type {
  streakActivities, streakEvents, streakFreezes, streakMilestonesReached, userStreaks,
} from "../../db/tables/index.js";
import type { Instant, LocalDate } from "./calendar.js";
import type { StreakEvent } from "./events.js";
import { availableFreezes, type Day, type Freeze, type MilestoneReached, type StreakState } from "./state.js";

export type StreakRow = typeof userStreaks.$inferSelect;
export type ActivityRow = typeof streakActivities.$inferSelect;
export type FreezeRow = typeof streakFreezes.$inferSelect;
export type ReachedRow = typeof streakMilestonesReached.$inferSelect;
export type EventRow = typeof streakEvents.$inferSelect;

/** A milestone reached as its row tells it, with the length from the milestone's definition. */
export type ReachedWithDays = Pick<ReachedRow, "runStartedOn" | "reachedOn"> & { days: number };

/** What the rows of one learner say, beside the row of the counters. */
export interface StateRows {
  days: readonly Pick<ActivityRow, "activityDate" | "kind" | "occurredAt" | "timezone" | "activityCount">[];
  freezes: readonly Pick<FreezeRow, "id" | "status" | "grantedAt" | "usedForDate" | "expiresAt" | "grantedReason">[];
  milestones: readonly ReachedWithDays[];
}

/** An instant of the database as milliseconds; the engine has no use for microseconds. */
export const instantOf = (text: string): Instant => Date.parse(text);

/** An instant as the database takes it. */
export const textOf = (at: Instant): string => new Date(at).toISOString();

const orNull = <From, To>(value: From | null, map: (value: From) => To): To | null => (value === null ? null : map(value));

/** The engine's state from the caches; `seen` stays empty, the unique key of the events stands for it. */
export function stateOf(row: StreakRow, rows: StateRows): StreakState {
  const { currentStreak, longestStreak, lastActivityDate, streakStartedOn, timezone, dayStartHour } = row;
  const { restDays, nextRestDays, restDaysFrom, autoFreeze, settledThrough, brokenLength, brokenOn } = row;
  return {
    currentStreak, longestStreak, lastActivityDate, streakStartedOn, timezone, dayStartHour,
    restDays, nextRestDays, restDaysFrom, autoFreeze, settledThrough, brokenLength, brokenOn,
    days: Object.fromEntries(rows.days.map((day) => [day.activityDate, dayOf(day)])),
    freezes: rows.freezes.map(freezeOf),
    milestones: rows.milestones.map(({ days, runStartedOn, reachedOn }) => ({ days, runStartedOn, reachedOn })),
    seen: [],
  };
}

function dayOf({ kind, occurredAt, timezone, activityCount }: StateRows["days"][number]): Day {
  return { kind, occurredAt: orNull(occurredAt, instantOf), timezone, activityCount };
}

function freezeOf({ id, status, grantedAt, usedForDate, expiresAt, grantedReason }: StateRows["freezes"][number]): Freeze {
  return {
    id,
    status,
    grantedAt: instantOf(grantedAt),
    usedForDate,
    expiresAt: orNull(expiresAt, instantOf),
    reason: grantedReason ?? "granted",
  };
}

/** The columns of `user_streaks` that a state determines. */
export function countersOf(state: StreakState) {
  const { days: _days, freezes: _freezes, milestones: _milestones, seen: _seen, ...counters } = state;
  return {
    ...counters,
    restDays: [...state.restDays],
    nextRestDays: orNull(state.nextRestDays, (days) => [...days]),
    freezesAvailable: availableFreezes(state).length,
  };
}

const namespace = "6f0c3f5e-5a3a-4f0a-9a53-1d2c7c0be2a4";

/** The same learner and name always give the same id. */
const idOf = (userId: string, name: string): string => uuidv5(`${userId}:${name}`, namespace);

/** The engine names a new freeze by the event that brought it; the row's id is derived from that name. */
const freezeId = (userId: string, id: string): string => (id.includes(":") ? idOf(userId, id) : id);

export function activityRowOf(userId: string, date: LocalDate, day: Day) {
  return {
    userId,
    activityDate: date,
    kind: day.kind,
    occurredAt: orNull(day.occurredAt, textOf),
    timezone: day.timezone,
    activityCount: day.activityCount,
  };
}

export function freezeRowOf(userId: string, freeze: Freeze) {
  const { status, usedForDate } = freeze;
  return {
    id: freezeId(userId, freeze.id),
    userId,
    status,
    usedForDate,
    grantedAt: textOf(freeze.grantedAt),
    expiresAt: orNull(freeze.expiresAt, textOf),
    grantedReason: freeze.reason,
  };
}

/** Names a milestone reached in a run, for keys. */
export const reachedKey = ({ days, runStartedOn }: Pick<MilestoneReached, "days" | "runStartedOn">): string =>
  `milestone:${days}:${runStartedOn}`;

/** The row that keeps an event as it arrived. */
export function eventRowOf(userId: string, event: StreakEvent) {
  const { clientEventId, kind, activityDate, timezone, payload } = event;
  return {
    userId, clientEventId, kind, activityDate, timezone, payload,
    occurredAt: textOf(event.occurredAt),
    sentAt: orNull(event.sentAt, textOf),
    receivedAt: textOf(event.receivedAt),
  };
}

/** An event as it was ingested, from its row. */
export function eventOf(row: EventRow): StreakEvent {
  const { clientEventId, kind, activityDate, timezone, payload } = row;
  return {
    clientEventId, kind, activityDate, timezone, payload,
    occurredAt: instantOf(row.occurredAt),
    sentAt: orNull(row.sentAt, instantOf),
    receivedAt: instantOf(row.receivedAt),
  } as StreakEvent;
}
