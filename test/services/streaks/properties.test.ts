import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, endOfLocalDate, localDate, type Instant } from "../../../src/services/streaks/calendar.js";
import { apply, record, replay } from "../../../src/services/streaks/engine.js";
import { milestoneAfter } from "../../../src/services/streaks/rewards.js";
import { runAround } from "../../../src/services/streaks/runs.js";
import { settle } from "../../../src/services/streaks/settlement.js";
import { emptyState, type StreakState } from "../../../src/services/streaks/state.js";
import { view, type StreakStatus } from "../../../src/services/streaks/view.js";
import { countDates, hours, learnt, play, settings, steadySteps, steps, zones } from "./histories.js";
import { HOURS } from "./learner.js";

const runs = { numRuns: 250 };
const later = hours(0, 100);

function activeDates(state: StreakState): string[] {
  return Object.keys(state.days)
    .filter((date) => state.days[date]?.kind === "active")
    .toSorted();
}

/** Settles at the end of every date and at a few odd hours between two instants. */
function sweep(state: StreakState, from: Instant, to: Instant): StreakState {
  let swept = state;
  let at = from;
  while (at < to) {
    const date = localDate(at, swept.timezone, swept.dayStartHour);
    swept = settle(swept, at);
    at = Math.min(endOfLocalDate(date, swept.timezone, swept.dayStartHour), at + 17 * HOURS);
  }
  return settle(swept, to);
}

describe("over random histories", () => {
  it("settling lazily equals sweeping every day", () => {
    fc.assert(
      fc.property(settings, steps, later, (initial, all, gap) => {
        const lazy = play(initial, all);
        const eager = play(initial, all, sweep);
        const end = Math.round(lazy.now + gap * HOURS);
        expect(eager.events).toEqual(lazy.events);
        expect(sweep(eager.state, eager.now, end)).toEqual(settle(lazy.state, end));
        expect(view(eager.state, end)).toEqual(view(lazy.state, end));
      }),
      runs,
    );
  });

  it("a late event never shortens or worsens what is shown", () => {
    const rank: Record<StreakStatus, number> = { BROKEN: 0, AT_RISK: 1, SAFE: 2 };
    fc.assert(
      fc.property(settings, steps, later, hours(0, 80), (initial, all, gap, lag) => {
        const { state, now } = play(initial, all);
        const at = Math.round(now + gap * HOURS);
        const before = view(state, at);
        const next = record(state, learnt("late", at, lag)).state;
        const after = view(next, at);
        expect(after.currentStreak).toBeGreaterThanOrEqual(before.currentStreak);
        expect(after.longestStreak).toBeGreaterThanOrEqual(before.longestStreak);
        expect(rank[after.status]).toBeGreaterThanOrEqual(rank[before.status]);
        expect(after.freezesAvailable).toBeGreaterThanOrEqual(before.freezesAvailable - lapsed(state, at));
        expect(Object.keys(next.days)).toEqual(expect.arrayContaining(Object.keys(settle(state, at).days)));
        expect(next.milestones.slice(0, state.milestones.length)).toEqual(state.milestones);
      }),
      runs,
    );
  });

  it("replaying the events gives the caches, through JSON at every step", () => {
    fc.assert(
      fc.property(settings, steps, later, (initial, all, gap) => {
        const history = play(initial, all, (state) => JSON.parse(JSON.stringify(state)) as StreakState);
        const end = Math.round(history.now + gap * HOURS);
        expect(replay(history.events, end, initial)).toEqual(settle(history.state, end));
      }),
      runs,
    );
  });

  it("the same event twice changes nothing", () => {
    fc.assert(
      fc.property(settings, steps, fc.array(fc.nat(), { maxLength: 10 }), later, (initial, all, picks, gap) => {
        const { events, state, now } = play(initial, all);
        const again = [...events];
        for (const pick of picks) {
          const event = events[pick % Math.max(events.length, 1)];
          if (!event) continue;
          const resent = { ...event, receivedAt: now + Math.round(gap * HOURS) };
          const repeated = apply(state, resent);
          expect(repeated.outcome.code).toBe("DUPLICATE");
          expect(repeated.state).toBe(state);
          again.push(resent);
        }
        expect(replay(again, now, initial)).toEqual(settle(state, now));
      }),
      runs,
    );
  });

  it("the counters say what the covered dates say", () => {
    fc.assert(
      fc.property(settings, steps, (initial, all) => {
        const { state } = play(initial, all);
        const through = state.settledThrough ?? "";
        const live = Object.keys(state.days).filter((date) => date >= through).toSorted()[0];
        const run = live === undefined ? null : runAround(state, live);
        expect([state.currentStreak, state.streakStartedOn]).toEqual([run?.active ?? 0, run?.start ?? null]);
        expect(state.longestStreak).toBeGreaterThanOrEqual(state.currentStreak);
        expect(state.lastActivityDate).toBe(activeDates(state).at(-1) ?? null);

        const frozen = Object.keys(state.days).filter((date) => state.days[date]?.kind === "freeze");
        const used = state.freezes.filter(({ status }) => status === "used").map(({ usedForDate }) => usedForDate);
        expect(used.toSorted()).toEqual(frozen.toSorted());
        expect(new Set(state.freezes.map(({ id }) => id)).size).toBe(state.freezes.length);
        expect(state.freezes.every(({ status, usedForDate }) => (status === "used") === (usedForDate !== null))).toBe(true);

        const keys = state.milestones.map(({ days, runStartedOn }) => `${days} ${runStartedOn}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const date of activeDates(state)) {
          const { start, end, active } = runAround(state, date);
          const inside = (on: string) => on >= start && on <= end;
          const earned = state.freezes.filter(({ reason }) => reason.startsWith("earned:") && inside(reason.slice(7)));
          expect(earned).toHaveLength(Math.floor(active / 7));
          for (let days = milestoneAfter(0); days <= active; days = milestoneAfter(days)) {
            expect(state.milestones.some((known) => known.days === days && inside(known.reachedOn))).toBe(true);
          }
        }
      }),
      runs,
    );
  });
});

describe("events of one window commute", () => {
  it("wholly, when they arrive on one open date in any order", () => {
    const batch = fc.array(hours(0, 72), { minLength: 2, maxLength: 7, size: "max" });
    fc.assert(
      fc.property(settings, steadySteps, later, batch, fc.infiniteStream(fc.nat()), (initial, all, gap, lags, shuffle) => {
        const { state, now } = play(initial, all);
        const at = Math.round(now + gap * HOURS);
        const order = lags
          .map((lag, index) => ({ lag, index, key: shuffle.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key);
        const forward = lags.reduce((s, lag, index) => record(s, learnt(`batch-${index}`, at, lag)).state, state);
        const shuffled = order.reduce((s, { lag, index }) => record(s, learnt(`batch-${index}`, at, lag)).state, state);
        const facts = (s: StreakState) => ({
          days: s.days,
          view: { ...view(s, at), freezesAvailable: null },
          broken: [s.brokenLength, s.brokenOn],
          // A run rejoined late may have reached a low milestone on either side of the gap.
          milestones: new Set(s.milestones.map(({ days }) => days)),
          freezes: s.freezes.length,
        });
        expect(facts(shuffled)).toEqual(facts(forward));
      }),
      runs,
    );
  });

  // What may differ after a change of zone is the TRAVEL beside a date with activity in two zones:
  // the caches keep one instant and one zone of a date, and a TRAVEL once shown is not taken back.
  it("in ACTIVE dates and what each holds, whatever settings came before", () => {
    fc.assert(
      fc.property(settings, steps, later, fc.array(hours(0, 72), { maxLength: 7 }), (initial, all, gap, lags) => {
        const { state, now } = play(initial, all);
        const at = Math.round(now + gap * HOURS);
        const inputs = lags.map((lag, index) => learnt(`batch-${index}`, at, lag));
        const active = (batch: typeof inputs) => {
          const { days } = batch.reduce((s, input) => record(s, input).state, state);
          return Object.fromEntries(Object.entries(days).filter(([, day]) => day.kind === "active"));
        };
        expect(active(inputs.toReversed())).toEqual(active(inputs));
      }),
      runs,
    );
  });

  it("in dates, length and break, when they arrive across dates and no freeze is spent", () => {
    const activity = fc.record({
      at: hours(0, 30 * 24),
      delay: fc.oneof(fc.constant(0), hours(0, 71.9)),
    });
    fc.assert(
      fc.property(
        settings,
        fc.array(activity, { maxLength: 80, size: "max" }),
        hours(0, 100),
        (given, activities, rest) => {
          const initial = { ...given, autoFreeze: false };
          const start = Date.UTC(2025, 2, 1);
          const end = start + (30 * 24 + 72 + rest) * HOURS;
          const arrive = (delays: boolean) => {
            const arrivals = activities
              .map(({ at, delay }, index) => ({ index, delay: delays ? delay : 0, at }))
              .toSorted((a, b) => a.at + a.delay - (b.at + b.delay));
            const state = arrivals.reduce((s, { index, at, delay }) => {
              const received = Math.round(start + (at + delay) * HOURS);
              return record(s, learnt(`event-${index}`, received, delay)).state;
            }, emptyState(initial));
            return settle(state, end);
          };
          const [inTime, delayed] = [arrive(false), arrive(true)];
          expect(activeDates(delayed)).toEqual(activeDates(inTime));
          expect(Object.keys(delayed.days).toSorted()).toEqual(Object.keys(inTime.days).toSorted());
          const shown = (s: StreakState) => ({ ...view(s, end), freezesAvailable: null });
          expect(shown(delayed)).toEqual(shown(inTime));

          const yesterday = addDays(view(inTime, end).today, -1);
          const counted = countDates(new Set(activeDates(inTime)), yesterday, initial.restDays);
          expect([inTime.currentStreak, inTime.longestStreak]).toEqual([counted.current, counted.longest]);
        },
      ),
      runs,
    );
  });
});

describe("over random zones", () => {
  it("a journey never adds more than one TRAVEL in seven dates", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...zones), hours(0, 40)), { maxLength: 40, size: "max" }), (journeys) => {
        const all = journeys.flatMap(([timezone, gap]) => [
          { does: "change" as const, wait: gap / 2, to: { timezone } },
          { does: "learn" as const, wait: gap / 2, lag: 0, skew: 0 },
        ]);
        const { state } = play({}, all);
        const travel = Object.keys(state.days).filter((date) => state.days[date]?.kind === "travel").toSorted();
        travel.slice(1).forEach((date, index) => expect(date >= addDays(travel[index] ?? "", 7)).toBe(true));
        for (const date of travel) {
          expect(state.days[addDays(date, -1)]?.kind).toBe("active");
          expect(state.days[addDays(date, 1)]?.kind).toBe("active");
        }
      }),
      runs,
    );
  });
});

function lapsed(state: StreakState, at: Instant): number {
  return state.freezes.filter(({ status, expiresAt }) => status === "available" && (expiresAt ?? at + 1) <= at).length;
}
