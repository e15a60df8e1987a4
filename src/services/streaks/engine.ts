import { correctedInstant, ingest, refusalOf } from "./events.js";
import type {
  ActivityEvent,
  FreezeBoughtInput,
  FreezeGrantedInput,
  Refusal,
  RepairInput,
  SettingsChangedInput,
  StreakEvent,
  StreakInput,
} from "./events.js";
import { isZone, localDate, nextMonday, type Instant, type LocalDate } from "./calendar.js";
import { coverActive, type Covered } from "./cover.js";
import { earnFreezes, isFreeReason, reachMilestones, type Growth } from "./rewards.js";
import { enterRun, extendRest, restDaysOn, runAround, type Run } from "./runs.js";
import { settleDraft } from "./settlement.js";
import {
  ACTIVE_DAYS_PER_FREEZE,
  availableFreezes,
  draftOf,
  emptyState,
  MAX_FREEZES,
  MAX_REST_DAYS,
  type Draft,
  type InitialSettings,
  type MilestoneReached,
  type StreakState,
} from "./state.js";
import { repairableDates } from "./view.js";

export type OutcomeCode =
  /** The event changed the streak, the freezes or the settings. */
  | "APPLIED"
  /** The date was ACTIVE already; only its count, at most a TRAVEL, changed. */
  | "REPEATED"
  /** An event with this id was applied before; nothing changed. */
  | "DUPLICATE"
  | Refusal
  | "FREEZE_LIMIT"
  | "NOT_REPAIRABLE"
  | "INVALID_SETTINGS"
  | "INVALID_REASON";

/** What one event did, beyond the settlement that went before it. */
export interface Outcome extends Covered {
  readonly code: OutcomeCode;
  readonly activityDate: LocalDate | null;
  /** The date became ACTIVE. */
  readonly newDay: boolean;
  /** The date had been settled before the event came. */
  readonly late: boolean;
  /** The last broken run is part of the present one again. */
  readonly rejoined: boolean;
  /** Ids of freezes that arrived: bought, granted or earned. */
  readonly freezesGained: readonly string[];
  /** Ids of freezes earned at the maximum, and so lost. */
  readonly freezesForfeited: readonly string[];
  readonly repaired: readonly LocalDate[];
  readonly milestones: readonly MilestoneReached[];
}

/** A state and what the last event did to it. */
export interface Applied {
  readonly state: StreakState;
  readonly outcome: Outcome;
}

/**
 * Settles up to the moment the event was received, then applies it. Deterministic: the same
 * events in the same order give the same state. Throws only on a state with an unknown zone.
 */
export function apply(state: StreakState, event: StreakEvent): Applied {
  if (state.seen.includes(event.clientEventId)) {
    return { state, outcome: outcomeOf("DUPLICATE", { activityDate: event.activityDate }) };
  }
  const draft = draftOf(state);
  const outcome = applyTo(draft, event);
  return { state: draft, outcome };
}

/** Fixes date and zone of an event that has just arrived, and applies it. Store `event` as returned. */
export function record(state: StreakState, input: StreakInput): Applied & { readonly event: StreakEvent } {
  const event = ingest(state, input);
  return { event, ...apply(state, event) };
}

/**
 * Rebuilds the caches of a learner from their events in the order received, settled up to `now`.
 * Applying an event at the end of a run takes constant time.
 */
export function replay(events: Iterable<StreakEvent>, now: Instant, settings: InitialSettings = {}): StreakState {
  const draft = draftOf(emptyState(settings));
  const seen = new Set<string>();
  for (const event of events) {
    if (seen.has(event.clientEventId)) continue;
    seen.add(event.clientEventId);
    applyTo(draft, event);
  }
  settleDraft(draft, now);
  return draft;
}

function outcomeOf(code: OutcomeCode, more: Partial<Outcome> = {}): Outcome {
  return {
    code,
    activityDate: null,
    newDay: false,
    late: false,
    rejoined: false,
    freezesRefunded: [],
    repairsRefunded: [],
    travelInserted: [],
    freezesGained: [],
    freezesForfeited: [],
    repaired: [],
    milestones: [],
    ...more,
  };
}

function applyTo(draft: Draft, event: StreakEvent): Outcome {
  draft.seen.push(event.clientEventId);
  if (!Number.isFinite(event.receivedAt)) return outcomeOf("INVALID_CLOCK");
  settleDraft(draft, event.receivedAt);
  const outcome = dispatch(draft, event);
  // A refund may bring back a freeze that has lapsed, and a new zone may end a date.
  settleDraft(draft, event.receivedAt);
  return outcome;
}

function dispatch(draft: Draft, event: StreakEvent): Outcome {
  switch (event.kind) {
    case "freeze_bought":
    case "freeze_granted":
      return applyFreeze(draft, event);
    case "repair":
      return applyRepair(draft, event);
    case "settings_changed":
      return applySettings(draft, event);
    default:
      return applyActivity(draft, event);
  }
}

function applyActivity(draft: Draft, event: ActivityEvent): Outcome {
  const { activityDate: date, timezone, receivedAt } = event;
  const refusal = refusalOf(event);
  if (refusal) return outcomeOf(refusal);
  const today = localDate(receivedAt, draft.timezone, draft.dayStartHour);
  if (date === null || date > today) return outcomeOf("INVALID_CLOCK", { activityDate: date });

  const late = draft.settledThrough !== null && date <= draft.settledThrough;
  const extendsRun = !late && draft.currentStreak > 0;
  const covered: Covered = { freezesRefunded: [], repairsRefunded: [], travelInserted: [] };
  const at = correctedInstant(event.occurredAt, event.sentAt, receivedAt);
  const newDay = coverActive(draft, { date, at, timezone }, covered);
  const code = newDay ? "APPLIED" : "REPEATED";
  if (!newDay && covered.travelInserted.length === 0) return outcomeOf(code, { activityDate: date, late });

  // Only a late date or a TRAVEL can join runs; the usual next day has no need to walk the run.
  const appended = extendsRun && covered.travelInserted.length === 0 && draft.streakStartedOn !== null;
  const run: Run = appended
    ? { start: draft.streakStartedOn ?? date, end: date, active: draft.currentStreak + 1 }
    : runAround(draft, date);
  const growth = { eventId: event.clientEventId, at: receivedAt, date };
  const grown = growRun(draft, run, growth, appended);
  return outcomeOf(code, { activityDate: date, newDay, late, ...covered, ...grown });
}

function growRun(draft: Draft, run: Run, growth: Growth, appended: boolean): Partial<Outcome> {
  const { rejoined } = enterRun(draft, run);
  const milestones = reachMilestones(draft, run, appended ? run.active - 1 : 0);
  const mayEarn = !appended || run.active % ACTIVE_DAYS_PER_FREEZE === 0;
  const { earned, forfeited } = mayEarn ? earnFreezes(draft, run, growth) : { earned: [], forfeited: [] };
  return {
    rejoined,
    milestones,
    freezesGained: earned.map(({ id }) => id),
    freezesForfeited: forfeited.map(({ id }) => id),
  };
}

function applyFreeze(draft: Draft, event: FreezeBoughtInput | FreezeGrantedInput): Outcome {
  if (availableFreezes(draft).length >= MAX_FREEZES) return outcomeOf("FREEZE_LIMIT");
  const reason = event.kind === "freeze_bought" ? "bought" : (event.payload.reason ?? "granted");
  if (!isFreeReason(reason)) return outcomeOf("INVALID_REASON");
  const id = `${event.kind}:${event.clientEventId}`;
  draft.freezes.push({
    id,
    status: "available",
    grantedAt: event.receivedAt,
    usedForDate: null,
    expiresAt: event.payload.expiresAt ?? null,
    reason,
  });
  return outcomeOf("APPLIED", { freezesGained: [id] });
}

function applyRepair(draft: Draft, event: RepairInput): Outcome {
  const dates = repairableDates(draft, event.receivedAt);
  const [first] = dates;
  const asked = event.payload.dates;
  if (first === undefined || asked.length !== dates.length || !dates.every((date) => asked.includes(date))) {
    return outcomeOf("NOT_REPAIRABLE");
  }
  for (const date of dates) {
    draft.days[date] = {
      kind: "repair",
      occurredAt: event.receivedAt,
      timezone: draft.timezone,
      activityCount: 0,
    };
    extendRest(draft, date);
  }
  const growth = { eventId: event.clientEventId, at: event.receivedAt, date: first };
  const grown = growRun(draft, runAround(draft, first), growth, false);
  return outcomeOf("APPLIED", { repaired: dates, ...grown });
}

function applySettings(draft: Draft, event: SettingsChangedInput): Outcome {
  const { timezone, dayStartHour, restDays, autoFreeze } = event.payload;
  const hourOk = dayStartHour === undefined || (Number.isInteger(dayStartHour) && dayStartHour >= 0 && dayStartHour <= 6);
  const zoneOk = timezone === undefined || isZone(timezone);
  if (!hourOk || !zoneOk || (restDays && !areRestDays(restDays))) return outcomeOf("INVALID_SETTINGS");
  draft.timezone = timezone ?? draft.timezone;
  draft.dayStartHour = dayStartHour ?? draft.dayStartHour;
  draft.autoFreeze = autoFreeze ?? draft.autoFreeze;
  if (restDays) {
    const today = localDate(event.receivedAt, draft.timezone, draft.dayStartHour);
    draft.restDays = restDaysOn(draft, today);
    draft.nextRestDays = restDays.toSorted((a, b) => a - b);
    draft.restDaysFrom = nextMonday(today);
  }
  return outcomeOf("APPLIED");
}

function areRestDays(days: readonly number[]): boolean {
  const valid = days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  return valid && days.length <= MAX_REST_DAYS && new Set(days).size === days.length;
}
