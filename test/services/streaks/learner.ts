import { instantOfWallTime, type Instant, type LocalDate } from "../../../src/services/streaks/calendar.js";
import { record, type Outcome } from "../../../src/services/streaks/engine.js";
import type { ActivityInput, SettingsChangedInput, StreakEvent } from "../../../src/services/streaks/events.js";
import { settle } from "../../../src/services/streaks/settlement.js";
import { emptyState, type InitialSettings, type StreakState } from "../../../src/services/streaks/state.js";
import { repairableDates, view, type StreakView } from "../../../src/services/streaks/view.js";

export const HOURS = 3_600_000;

/** The instant of `YYYY-MM-DD HH:MM[:SS]` on the clocks of a zone. */
export function clock(text: string, zone = "Asia/Kolkata"): Instant {
  return instantOfWallTime(Date.parse(`${text.replace(" ", "T")}Z`), zone);
}

/** A date of March 2025; the 1st is a Saturday. Days beyond 31 run on into April. */
export function march(day: number): LocalDate {
  return new Date(Date.UTC(2025, 2, day)).toISOString().slice(0, 10);
}

/** A learner with a history: every method receives one event, on the learner's own clock. */
export class Learner {
  state: StreakState;
  readonly events: StreakEvent[] = [];
  readonly outcomes: Outcome[] = [];

  constructor(settings: InitialSettings = {}) {
    this.state = emptyState(settings);
  }

  /** Active at a local time, received then or at a later local time. */
  active(when: string, received = when, more: Partial<ActivityInput> = {}): Outcome {
    const zone = this.state.timezone;
    const input = { occurredAt: clock(when, zone), sentAt: null, receivedAt: clock(received, zone) };
    return this.take({ kind: "topic_completed", payload: {}, ...input, clientEventId: this.nextId(), ...more });
  }

  /** Active at noon of each day of March from `first` to `last`. */
  activeDays(first: number, last: number): this {
    for (let day = first; day <= last; day += 1) this.active(`${march(day)} 12:00`);
    return this;
  }

  buyFreeze(when: string, expiresAt: Instant | null = null): Outcome {
    return this.take({ kind: "freeze_bought", payload: { expiresAt }, ...this.server(when) });
  }

  repair(when: string, dates?: readonly LocalDate[]): Outcome {
    const server = this.server(when);
    return this.take({
      kind: "repair",
      payload: { dates: dates ?? repairableDates(this.state, server.receivedAt) },
      ...server,
    });
  }

  change(when: string, payload: SettingsChangedInput["payload"]): Outcome {
    return this.take({ kind: "settings_changed", payload, ...this.server(when) });
  }

  at(when: string): StreakView {
    return view(this.state, clock(when, this.state.timezone));
  }

  settledAt(when: string): StreakState {
    return settle(this.state, clock(when, this.state.timezone));
  }

  /** Covered dates as `day:kind`, the day of the month standing for the date. */
  covered(when: string): string[] {
    return Object.entries(this.settledAt(when).days)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, day]) => `${Number(date.slice(8))}:${day.kind}`);
  }

  take(input: Parameters<typeof record>[1]): Outcome {
    const { state, event, outcome } = record(this.state, input);
    this.state = state;
    this.events.push(event);
    this.outcomes.push(outcome);
    return outcome;
  }

  nextId(): string {
    return `event-${this.events.length}`;
  }

  private server(when: string) {
    const at = clock(when, this.state.timezone);
    return { clientEventId: this.nextId(), occurredAt: at, sentAt: null, receivedAt: at };
  }
}
