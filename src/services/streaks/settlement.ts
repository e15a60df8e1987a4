import { addDays, endOfLocalDate, localDate, type Instant, type LocalDate } from "./calendar.js";
import { coverWithRest, isRestDate } from "./runs.js";
import { dayAt, draftOf, type Draft, type Freeze, type StreakState } from "./state.js";

// Older rest days stay known until no late event can reach the dates they governed.
const REST_DAYS_KEPT = 6;
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Settles every date that has ended by `now`, in order, once (streak rule 5). Reading or writing
 * at any later moment gives the same as settling every night. Costs nothing more after years away:
 * stepping ends where the run breaks.
 */
export function settle(state: StreakState, now: Instant): StreakState {
  const through = lastEndedDate(state, now);
  const behind = state.settledThrough === null || state.settledThrough < through;
  if (!behind && !state.freezes.some((freeze) => hasLapsed(freeze, now))) return state;
  const draft = draftOf(state);
  settleDraft(draft, now);
  return draft;
}

/** `settle` on a draft. */
export function settleDraft(draft: Draft, now: Instant): void {
  const through = lastEndedDate(draft, now);
  if (draft.settledThrough === null || draft.settledThrough < through) {
    const first = draft.settledThrough === null ? through : addDays(draft.settledThrough, 1);
    for (let date = first; draft.currentStreak > 0 && date <= through; date = addDays(date, 1)) {
      settleDate(draft, date);
    }
    draft.settledThrough = through;
    if (draft.nextRestDays && draft.restDaysFrom !== null && draft.restDaysFrom <= addDays(through, -REST_DAYS_KEPT)) {
      draft.restDays = draft.nextRestDays;
      draft.nextRestDays = null;
      draft.restDaysFrom = null;
    }
  }
  draft.freezes.forEach((freeze, index) => {
    if (hasLapsed(freeze, now)) draft.freezes[index] = { ...freeze, status: "expired" };
  });
}

function lastEndedDate(state: StreakState, now: Instant): LocalDate {
  return addDays(localDate(now, state.timezone, state.dayStartHour), -1);
}

function hasLapsed(freeze: Freeze, now: Instant): boolean {
  return freeze.status === "available" && freeze.expiresAt !== null && freeze.expiresAt <= now;
}

function settleDate(draft: Draft, date: LocalDate): void {
  if (dayAt(draft, date)) return;
  if (isRestDate(draft, date)) return coverWithRest(draft, date);
  const freeze = draft.autoFreeze ? freezeFor(draft, date) : undefined;
  if (freeze) {
    draft.freezes[draft.freezes.indexOf(freeze)] = { ...freeze, status: "used", usedForDate: date };
    draft.days[date] = { kind: "freeze", occurredAt: null, timezone: draft.timezone, activityCount: 0 };
    return;
  }
  draft.brokenLength = draft.currentStreak;
  draft.brokenOn = date;
  draft.currentStreak = 0;
  draft.streakStartedOn = null;
}

/** The freeze to spend on a date: one held before the date ended, the first to expire, then the oldest. */
function freezeFor(state: StreakState, date: LocalDate): Freeze | undefined {
  const end = endOfLocalDate(date, state.timezone, state.dayStartHour);
  return state.freezes
    .filter(
      (freeze) =>
        freeze.status === "available" &&
        freeze.grantedAt < end &&
        (freeze.expiresAt === null || freeze.expiresAt >= end),
    )
    .toSorted(
      (a, b) =>
        (a.expiresAt ?? NEVER) - (b.expiresAt ?? NEVER) || a.grantedAt - b.grantedAt || (a.id < b.id ? -1 : 1),
    )[0];
}
