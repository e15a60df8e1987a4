import { addDays, DAY, endOfLocalDate, localDate, type Instant, type LocalDate } from "./calendar.js";
import { milestoneAfter } from "./rewards.js";
import { isRestDate, restDaysOn } from "./runs.js";
import { settle } from "./settlement.js";
import {
  availableFreezes,
  dayAt,
  MAX_REPAIR_DATES,
  REPAIR_INTERVAL,
  REPAIR_WINDOW,
  type Day,
  type Freeze,
  type MilestoneReached,
  type StreakState,
} from "./state.js";

export type StreakStatus = "SAFE" | "AT_RISK" | "BROKEN";

/** What a learner is shown at one moment. */
export interface StreakView {
  readonly currentStreak: number;
  readonly longestStreak: number;
  readonly status: StreakStatus;
  /** When today ends for the learner, while AT_RISK; otherwise null. */
  readonly expiresAt: Instant | null;
  readonly today: LocalDate;
  readonly streakStartedOn: LocalDate | null;
  readonly lastActivityDate: LocalDate | null;
  readonly freezesAvailable: number;
  /** Length of the last run before the present one; 0 when there was none. */
  readonly brokenLength: number;
  /** The dates a repair would pay for, now; empty when none is possible. */
  readonly repairDates: readonly LocalDate[];
  /** Last instant at which that repair is possible; null when none is. */
  readonly repairableUntil: Instant | null;
  readonly nextMilestone: { readonly days: number; readonly remaining: number };
  /** ISO weekdays in force today. */
  readonly restDays: readonly number[];
}

/** The streak as shown at `now`, settled first (streak rule 4). */
export function view(state: StreakState, now: Instant): StreakView {
  const settled = settle(state, now);
  const { timezone, dayStartHour, currentStreak } = settled;
  const today = localDate(now, timezone, dayStartHour);
  const status = statusOn(settled, today);
  const repairDates = repairableDates(settled, now);
  const next = milestoneAfter(currentStreak);
  return {
    currentStreak,
    longestStreak: settled.longestStreak,
    status,
    expiresAt: status === "AT_RISK" ? endOfLocalDate(today, timezone, dayStartHour) : null,
    today,
    streakStartedOn: settled.streakStartedOn,
    lastActivityDate: settled.lastActivityDate,
    freezesAvailable: availableFreezes(settled).length,
    brokenLength: settled.brokenLength,
    repairDates,
    repairableUntil: repairDates.length > 0 ? repairDeadline(settled) : null,
    nextMilestone: { days: next, remaining: next - currentStreak },
    restDays: restDaysOn(settled, today),
  };
}

function statusOn(state: StreakState, today: LocalDate): StreakStatus {
  if (state.currentStreak === 0) return "BROKEN";
  // After a move westwards the learner may have been active on a date that is still to come here.
  const covered = dayAt(state, today) ?? dayAt(state, addDays(today, 1));
  return covered || isRestDate(state, today) ? "SAFE" : "AT_RISK";
}

function repairDeadline(state: StreakState): Instant | null {
  if (state.brokenOn === null) return null;
  return endOfLocalDate(state.brokenOn, state.timezone, state.dayStartHour) + REPAIR_WINDOW;
}

/**
 * The missed dates that a repair would cover at `now`, in order: all that separate the last run
 * from the present one or from today. Empty when nothing is broken, more than two are missed,
 * 48 h have passed since the first of them ended, or the last repair is less than 30 days old
 * (streak rule 6).
 */
export function repairableDates(state: StreakState, now: Instant): LocalDate[] {
  const settled = settle(state, now);
  const { brokenOn, settledThrough } = settled;
  const deadline = repairDeadline(settled);
  if (brokenOn === null || settledThrough === null || deadline === null || now > deadline) return [];
  if (repairedLately(settled, now)) return [];
  const missed: LocalDate[] = [];
  for (let date = brokenOn; date <= settledThrough && !dayAt(settled, date); date = addDays(date, 1)) {
    if (isRestDate(settled, date)) continue;
    missed.push(date);
    if (missed.length > MAX_REPAIR_DATES) return [];
  }
  return missed;
}

function repairedLately(state: StreakState, now: Instant): boolean {
  if (state.settledThrough === null) return false;
  // A repair never lies further from its date than its window, so these dates hold all that matter.
  const reach = Math.ceil((REPAIR_INTERVAL + 2 * REPAIR_WINDOW) / DAY);
  for (let offset = 0; offset <= reach; offset += 1) {
    const day = dayAt(state, addDays(state.settledThrough, -offset));
    if (day?.kind === "repair" && day.occurredAt !== null && now - day.occurredAt < REPAIR_INTERVAL) return true;
  }
  return false;
}

/** The rows that applying events or settling has made or altered; none is ever removed. */
export interface RowChanges {
  readonly days: readonly (readonly [LocalDate, Day])[];
  readonly freezes: readonly Freeze[];
  readonly milestones: readonly MilestoneReached[];
}

/** Rows of `after` that `before` did not hold, where `after` came from `before` through this engine. */
export function rowChanges(before: StreakState, after: StreakState): RowChanges {
  if (before === after) return { days: [], freezes: [], milestones: [] };
  const known = new Set<Freeze | MilestoneReached>([...before.freezes, ...before.milestones]);
  return {
    days: Object.entries(after.days).filter(([date, day]) => dayAt(before, date) !== day),
    freezes: after.freezes.filter((freeze) => !known.has(freeze)),
    milestones: after.milestones.filter((milestone) => !known.has(milestone)),
  };
}
