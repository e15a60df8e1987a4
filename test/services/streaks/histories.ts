import fc from "fast-check";
import { addDays, weekday, type Instant, type LocalDate } from "../../../src/services/streaks/calendar.js";
import { record } from "../../../src/services/streaks/engine.js";
import type { SettingsChangedInput, StreakEvent, StreakInput } from "../../../src/services/streaks/events.js";
import { emptyState, type InitialSettings, type StreakState } from "../../../src/services/streaks/state.js";
import { repairableDates } from "../../../src/services/streaks/view.js";
import { HOURS } from "./learner.js";

/** One thing a learner may do, `wait` hours after the one before. */
export type Step = { readonly wait: number } & (
  | { readonly does: "learn"; readonly lag: number; readonly skew: number }
  | { readonly does: "buy"; readonly lasts: number | null }
  | { readonly does: "repair" }
  | { readonly does: "change"; readonly to: SettingsChangedInput["payload"] }
);

export const zones = ["Asia/Kolkata", "America/New_York", "Europe/Paris", "Pacific/Kiritimati", "Asia/Tokyo"];

/** Hours in whole minutes, evenly spread: fast-check leans to the ends of a range by default. */
export function hours(min: number, max: number): fc.Arbitrary<number> {
  return fc.noBias(fc.integer({ min: Math.round(min * 60), max: Math.round(max * 60) })).map((minutes) => minutes / 60);
}

const wait = fc.oneof(
  { weight: 40, arbitrary: hours(0, 28) },
  { weight: 4, arbitrary: hours(28, 80) },
  { weight: 1, arbitrary: hours(80, 2_000) },
);

// Most of what is learnt arrives at once, the rest up to a little more than three days late.
const lag = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: hours(0, 74) },
);

const learn: fc.Arbitrary<Step> = fc.record({
  does: fc.constant("learn" as const),
  wait,
  lag,
  skew: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: hours(-30, 30) }),
});

const buy: fc.Arbitrary<Step> = fc.record({
  does: fc.constant("buy" as const),
  wait,
  lasts: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
});

const repair: fc.Arbitrary<Step> = fc.record({ does: fc.constant("repair" as const), wait });

const restDays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 2 });

const change: fc.Arbitrary<Step> = fc.record({
  does: fc.constant("change" as const),
  wait,
  to: fc.record(
    {
      timezone: fc.constantFrom(...zones),
      dayStartHour: fc.integer({ min: 0, max: 6 }),
      restDays,
      autoFreeze: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
});

export const settings: fc.Arbitrary<InitialSettings> = fc.record({
  timezone: fc.constantFrom(...zones),
  dayStartHour: fc.integer({ min: 0, max: 6 }),
  restDays,
  autoFreeze: fc.boolean(),
});

/** Steps of every kind, mostly learning. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: learn },
    { weight: 2, arbitrary: buy },
    { weight: 2, arbitrary: repair },
    { weight: 2, arbitrary: change },
  ),
  { maxLength: 80, size: "max" },
);

/** The same without changes of settings. */
export const steadySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 30, arbitrary: learn }, { weight: 2, arbitrary: buy }, { weight: 2, arbitrary: repair }),
  { maxLength: 60, size: "max" },
);

/** A history as it was recorded: the events stored and the state after the last. */
export interface History {
  readonly events: readonly StreakEvent[];
  readonly state: StreakState;
  readonly now: Instant;
  readonly initial: InitialSettings;
}

/** A qualifying activity `lag` hours old on arrival. */
export function learnt(id: string, receivedAt: Instant, hours: number, skew = 0): StreakInput {
  const clientNow = receivedAt + skew * HOURS;
  const occurredAt = Math.round(clientNow - hours * HOURS);
  return { kind: "card_reviewed", payload: {}, clientEventId: id, occurredAt, sentAt: clientNow, receivedAt };
}

/** Plays steps from the first hours of 2025; `watch` may replace the state before each event. */
export function play(
  initial: InitialSettings,
  all: readonly Step[],
  watch: (state: StreakState, from: Instant, to: Instant) => StreakState = (state) => state,
): History {
  let now = Date.UTC(2025, 0, 1, 5);
  let state = emptyState(initial);
  const events: StreakEvent[] = [];
  all.forEach((step, index) => {
    const receivedAt = Math.round(now + step.wait * HOURS);
    state = watch(state, now, receivedAt);
    now = receivedAt;
    const recorded = record(state, inputOf(step, `event-${index}`, state, now));
    state = recorded.state;
    events.push(recorded.event);
  });
  return { events, state, now, initial };
}

function inputOf(step: Step, clientEventId: string, state: StreakState, now: Instant): StreakInput {
  const server = { clientEventId, occurredAt: now, sentAt: null, receivedAt: now };
  switch (step.does) {
    case "learn":
      return learnt(clientEventId, now, step.lag, step.skew);
    case "buy":
      return {
        kind: "freeze_bought",
        payload: { expiresAt: step.lasts === null ? null : now + step.lasts * HOURS },
        ...server,
      };
    case "repair":
      return { kind: "repair", payload: { dates: repairableDates(state, now) }, ...server };
    case "change":
      return { kind: "settings_changed", payload: step.to, ...server };
  }
}

/** What a set of dates alone says of a streak: written apart from the engine, as a check on it. */
export function countDates(active: ReadonlySet<LocalDate>, yesterday: LocalDate, rest: readonly number[] = []) {
  const sorted = [...active].toSorted();
  const lengths = new Map<LocalDate, number>();
  for (const date of sorted) {
    let before = addDays(date, -1);
    while (!active.has(before) && rest.includes(weekday(before))) before = addDays(before, -1);
    lengths.set(date, (lengths.get(before) ?? 0) + 1);
  }
  let last = active.has(addDays(yesterday, 1)) ? addDays(yesterday, 1) : yesterday;
  while (!active.has(last) && rest.includes(weekday(last))) last = addDays(last, -1);
  return { current: lengths.get(last) ?? 0, longest: Math.max(0, ...lengths.values()) };
}
