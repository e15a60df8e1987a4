import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/services/streaks/calendar.js";
import { ingest, type StreakEvent } from "../../../src/services/streaks/events.js";
import { replay } from "../../../src/services/streaks/engine.js";
import { emptyState } from "../../../src/services/streaks/state.js";
import { view } from "../../../src/services/streaks/view.js";
import { countDates } from "./histories.js";
import { clock } from "./learner.js";

const folder = process.env["DISHA_DATA"];
const file = `${folder ?? ""}/traces/moodle_events.csv`;
const ZONE = "Europe/Helsinki";

interface Row {
  readonly user: string;
  readonly at: string;
}

function readRows(): Row[] {
  const [, ...lines] = readFileSync(file, "utf8").trim().split(/\r?\n/);
  return lines
    .map((line) => line.split(","))
    .map(([user = "", at = ""]) => ({ user, at }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

// The times of the file carry no zone and are read as the clocks of its country.
describe.skipIf(folder === undefined || !existsSync(file))("a real course's events", () => {
  const initial = { timezone: ZONE, autoFreeze: false };

  it("give every learner the streak that their dates alone give", { timeout: 60_000 }, () => {
    const rows = readRows();
    const blank = emptyState(initial);
    const events = new Map<string, StreakEvent[]>();
    const dates = new Map<string, Set<string>>();
    rows.forEach(({ user, at }, index) => {
      const instant = clock(at, ZONE);
      const clocks = { occurredAt: instant, sentAt: null, receivedAt: instant };
      const input = { kind: "card_reviewed", payload: {}, clientEventId: `row-${index}`, ...clocks } as const;
      const own = events.get(user) ?? [];
      own.push(ingest(blank, input));
      events.set(user, own);
      dates.set(user, (dates.get(user) ?? new Set()).add(at.slice(0, 10)));
    });
    const [first, last] = [rows[0]?.at.slice(0, 10) ?? "", rows.at(-1)?.at.slice(0, 10) ?? ""];
    expect(events.size).toBeGreaterThan(50);

    for (const [user, own] of events) {
      const all = dates.get(user) ?? new Set<string>();
      expect(Object.keys(replay(own, clock(`${last} 23:59`, ZONE), initial).days).toSorted()).toEqual([...all].toSorted());
      for (let today = first; today <= last; today = addDays(today, 13)) {
        const now = clock(`${today} 23:59`, ZONE);
        const known = own.filter((event) => event.receivedAt <= now);
        const shown = view(replay(known, now, initial), now);
        const counted = countDates(new Set([...all].filter((date) => date <= today)), addDays(today, -1));
        expect([user, shown.currentStreak, shown.longestStreak]).toEqual([user, counted.current, counted.longest]);
      }
    }
  });
});
