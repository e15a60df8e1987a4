import { addDays, type Instant, type LocalDate } from "./calendar.js";
import { extendRest } from "./runs.js";
import { dayAt, TRAVEL_INTERVAL_DAYS, TRAVEL_WINDOW, type Draft, type StreakState } from "./state.js";

/** One qualifying activity, as it counts: its fixed date, its zone, its instant by the server's clock. */
export interface Mark {
  readonly date: LocalDate;
  readonly at: Instant;
  readonly timezone: string;
}

/** What covering dates gave back or added. */
export interface Covered {
  readonly freezesRefunded: string[];
  readonly repairsRefunded: LocalDate[];
  readonly travelInserted: LocalDate[];
}

/**
 * Marks a date ACTIVE, or counts one more activity on it, then covers with TRAVEL what the
 * learner's journey skipped. Tells whether the date is newly ACTIVE.
 */
export function coverActive(draft: Draft, mark: Mark, covered: Covered): boolean {
  const { date, at, timezone } = mark;
  const before = dayAt(draft, date);
  const fresh = before?.kind !== "active";
  if (fresh) {
    giveBack(draft, date, covered);
    draft.days[date] = { kind: "active", occurredAt: at, timezone, activityCount: 1 };
    if (draft.lastActivityDate === null || date > draft.lastActivityDate) draft.lastActivityDate = date;
    extendRest(draft, date);
  } else {
    // The latest activity wins whatever the order of arrival; a tie falls to the greater zone name.
    const known = before.occurredAt ?? at;
    const newer = at > known || (at === known && timezone > before.timezone);
    const latest = newer ? { occurredAt: at, timezone } : {};
    draft.days[date] = { ...before, ...latest, activityCount: before.activityCount + 1 };
  }
  // An ACTIVE day in the place of a TRAVEL frees its turn for a journey up to a week away.
  const reach = before?.kind === "travel" ? TRAVEL_INTERVAL_DAYS : 1;
  for (let offset = -reach; offset <= reach; offset += 1) coverTravel(draft, addDays(date, offset), mark, covered);
  return fresh;
}

/**
 * Covers a date with TRAVEL when it lies alone between two ACTIVE days of different zones at
 * most 36 h apart, and no other TRAVEL is less than seven dates away (streak rule 3).
 */
function coverTravel(draft: Draft, date: LocalDate, mark: Mark, covered: Covered): void {
  const kind = dayAt(draft, date)?.kind;
  if (kind === "active" || kind === "travel" || kind === "rest") return;
  const left = dayAt(draft, addDays(date, -1));
  const rightDate = addDays(date, 1);
  const right = dayAt(draft, rightDate);
  if (left?.kind !== "active" || right?.kind !== "active") return;
  // The journey ends with the activity at hand, which may be earlier than the latest of its date.
  const arrival = rightDate === mark.date ? mark : { at: right.occurredAt, timezone: right.timezone };
  if (left.occurredAt === null || arrival.at === null || left.timezone === arrival.timezone) return;
  const elapsed = arrival.at - left.occurredAt;
  if (elapsed < 0 || elapsed > TRAVEL_WINDOW || travelledNear(draft, date)) return;
  giveBack(draft, date, covered);
  draft.days[date] = { kind: "travel", occurredAt: null, timezone: arrival.timezone, activityCount: 0 };
  covered.travelInserted.push(date);
}

function travelledNear(state: StreakState, date: LocalDate): boolean {
  for (let offset = 1 - TRAVEL_INTERVAL_DAYS; offset < TRAVEL_INTERVAL_DAYS; offset += 1) {
    if (dayAt(state, addDays(date, offset))?.kind === "travel") return true;
  }
  return false;
}

/** Returns what was paid for a date that turns out to need no payment; this may exceed the maximum held. */
function giveBack(draft: Draft, date: LocalDate, covered: Covered): void {
  const kind = dayAt(draft, date)?.kind;
  if (kind === "repair") covered.repairsRefunded.push(date);
  if (kind !== "freeze") return;
  const index = draft.freezes.findIndex((freeze) => freeze.usedForDate === date);
  const freeze = draft.freezes[index];
  if (!freeze) return;
  draft.freezes[index] = { ...freeze, status: "available", usedForDate: null };
  covered.freezesRefunded.push(freeze.id);
}
