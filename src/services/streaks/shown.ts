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
export interface CurrentStreak extends ShownStreak {
  unsettled: boolean;
}

/** What is read of a learner for the streak: `row` is null without any activity. */
export interface StreakOf {
  user: { id: string; timezone: string; createdAt: string };
  row: StreakRow | null;
  days: StateRows["days"];
  freezes: StateRows["freezes"];
}

/** The streak at `now`, settled in memory. Without any activity it is empty, under the id of the account. */
export function currentStreak({ user, row, days, freezes }: StreakOf, now: Instant): CurrentStreak {
  const stored = row ?? emptyRow(user);
  const state = stateOf(stored, { days, freezes, milestones: [] });
  const changes = rowChanges(state, settle(state, now));
  return { ...shownStreak(stored, state, now), unsettled: changes.days.length > 0 || changes.freezes.length > 0 };
}

function emptyRow({ id, timezone, createdAt }: { id: string; timezone: string; createdAt: string }): StreakRow {
  return { ...countersOf(emptyState({ timezone })), id, userId: id, version: 0, createdAt, updatedAt: createdAt };
}
