import { addDays, weekday, type LocalDate } from "./calendar.js";
import { dayAt, type Draft, type StreakState } from "./state.js";

/** An unbroken stretch of covered dates. `active` is its length as shown (streak rule 4). */
export interface Run {
  readonly start: LocalDate;
  readonly end: LocalDate;
  readonly active: number;
}

/** The run around a covered date. Takes time in proportion to the run. */
export function runAround(state: StreakState, date: LocalDate): Run {
  let active = 0;
  let start = date;
  for (let at = date; ; at = addDays(at, -1)) {
    const day = dayAt(state, at);
    if (!day) break;
    if (day.kind === "active") active += 1;
    start = at;
  }
  let end = date;
  for (let at = addDays(date, 1); ; at = addDays(at, 1)) {
    const day = dayAt(state, at);
    if (!day) break;
    if (day.kind === "active") active += 1;
    end = at;
  }
  return { start, end, active };
}

/** Date of the n-th ACTIVE day of a run, 1 to `run.active`. */
export function nthActiveDate(state: StreakState, run: Run, n: number): LocalDate {
  const fromEnd = n > run.active / 2;
  let left = fromEnd ? run.active - n + 1 : n;
  let at = fromEnd ? run.end : run.start;
  for (;;) {
    if (dayAt(state, at)?.kind === "active") left -= 1;
    if (left <= 0) return at;
    at = addDays(at, fromEnd ? -1 : 1);
  }
}

/** The rest days in force on a date (streak rule 7), as ISO weekdays. */
export function restDaysOn(state: StreakState, date: LocalDate): readonly number[] {
  const { nextRestDays, restDaysFrom } = state;
  return nextRestDays && restDaysFrom !== null && date >= restDaysFrom ? nextRestDays : state.restDays;
}

/** Whether the learner rests on a date. */
export function isRestDate(state: StreakState, date: LocalDate): boolean {
  return restDaysOn(state, date).includes(weekday(date));
}

/** Covers a rest date; the caller has seen that nothing covers it yet. */
export function coverWithRest(draft: Draft, date: LocalDate): void {
  draft.days[date] = { kind: "rest", occurredAt: null, timezone: draft.timezone, activityCount: 0 };
}

/**
 * Covers the settled rest dates that follow a date which has just been covered late,
 * as settlement would have done had the date been covered in time.
 */
export function extendRest(draft: Draft, date: LocalDate): void {
  const { settledThrough } = draft;
  if (settledThrough === null) return;
  for (let at = addDays(date, 1); at <= settledThrough; at = addDays(at, 1)) {
    if (dayAt(draft, at) || !isRestDate(draft, at)) return;
    coverWithRest(draft, at);
  }
}

/** Enters a run that has grown into the counters, and tells whether it closed the last break. */
export function enterRun(draft: Draft, run: Run): { rejoined: boolean } {
  draft.longestStreak = Math.max(draft.longestStreak, run.active);
  const live = draft.settledThrough === null || run.end >= draft.settledThrough;
  if (!live) {
    if (draft.brokenOn === null || addDays(run.end, 1) >= draft.brokenOn) setBroken(draft, run);
    return { rejoined: false };
  }
  draft.currentStreak = run.active;
  draft.streakStartedOn = run.start;
  if (draft.brokenOn === null || draft.brokenOn < run.start) return { rejoined: false };
  setBroken(draft, runBefore(draft, run.start));
  return { rejoined: true };
}

function setBroken(draft: Draft, run: Run | null): void {
  draft.brokenLength = run?.active ?? 0;
  draft.brokenOn = run && addDays(run.end, 1);
}

function runBefore(state: StreakState, start: LocalDate): Run | null {
  let last = "";
  for (const date of Object.keys(state.days)) if (date < start && date > last) last = date;
  return last === "" ? null : runAround(state, last);
}
