import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Rejection } from "../../../src/graphql/errors.js";
import { addDays } from "../../../src/services/streaks/calendar.js";
import { recordActivity } from "../../../src/services/streaks/activity.js";
import { buyStreakFreeze, repairStreak } from "../../../src/services/streaks/purchases.js";
import { replayStreak } from "../../../src/services/streaks/replay.js";
import { updateStreakSettings } from "../../../src/services/streaks/settings.js";
import { settleForReading } from "../../../src/services/streaks/sweep.js";
import { openTestEngine, type TestEngine } from "../../support/database.js";
import { countDates, steps, zones, type Step } from "./histories.js";
import { clock, HOURS } from "./learner.js";
import { StoredLearner } from "./service-learner.js";

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

/** One step through the service; what a rule refuses changes nothing. */
async function take({ viewer }: StoredLearner, step: Step, now: number): Promise<void> {
  const iso = (at: number) => new Date(Math.round(at)).toISOString();
  try {
    if (step.does === "learn") {
      const sentAt = now + step.skew * HOURS;
      const clocks = { occurredAt: iso(sentAt - step.lag * HOURS), sentAt: iso(sentAt) };
      await recordActivity(viewer, engine.db, { kind: "card_reviewed", clientEventId: randomUUID(), minutesSpent: 3, ...clocks }, now);
    } else if (step.does === "buy") await buyStreakFreeze(viewer, engine.db, {}, now);
    else if (step.does === "repair") await repairStreak(viewer, engine.db, {}, now);
    else await updateStreakSettings(viewer, engine.db, { ...step.to, restDays: step.to.restDays && [...step.to.restDays] }, now);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
  }
}

describe("over random histories in the database", () => {
  it("replaying the events gives the caches, whether they were settled on the way or not", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), steps, fc.boolean(), async (zone, all, eager) => {
        const learner = await StoredLearner.make(engine.db, zone);
        await learner.earn(1_500);
        let now = Date.UTC(2025, 0, 1, 5);
        for (const step of all) {
          now = Math.round(now + step.wait * HOURS);
          if (eager) await settleForReading(engine.db, learner.viewer, [learner.id], now);
          await take(learner, step, now);
        }
        const end = now + 100 * HOURS;
        const caches = await replayStreak(engine.db, learner.id, end);
        expect(caches?.replayed).toEqual(caches?.stored);
        expect(await learner.balance()).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 15 },
    );
  });
});

const folder = process.env["DISHA_DATA"];
const file = `${folder ?? ""}/traces/moodle_events.csv`;
const zone = "Europe/Helsinki";

// The times of the file carry no zone and are read as the clocks of its country.
describe.skipIf(folder === undefined || !existsSync(file))("a real course's events, through the database", () => {
  it("give a learner the streak that the dates alone give", { timeout: 240_000 }, async () => {
    const [, ...lines] = readFileSync(file, "utf8").trim().split(/\r?\n/);
    const rows = lines.map((line) => line.split(",")).map(([user = "", at = ""]) => ({ user, at }));
    const byUser = [...Map.groupBy(rows, ({ user }) => user).values()].toSorted((a, b) => a.length - b.length);
    for (const own of [byUser[Math.floor(byUser.length / 4)], byUser[Math.floor(byUser.length / 2)]]) {
      const times = (own ?? []).map(({ at }) => at).toSorted();
      const learner = await StoredLearner.make(engine.db, zone);
      await learner.change(times[0] ?? "", { autoFreeze: false });
      for (const at of times) await learner.active(at);
      const dates = new Set(times.map((at) => at.slice(0, 10)));
      expect((await learner.days()).map(({ activityDate }) => activityDate)).toEqual([...dates].toSorted());
      const last = [...dates].toSorted().at(-1) ?? "";
      const end = clock(`${last} 23:59`, zone);
      const counted = countDates(dates, addDays(last, -1));
      const shown = await learner.shownAt(end);
      expect([shown.currentStreak, shown.longestStreak]).toEqual([counted.current, counted.longest]);
      const caches = await replayStreak(engine.db, learner.id, end);
      expect(caches?.replayed).toEqual(caches?.stored);
      expect((await learner.events()).length).toBe(times.length + 1);
    }
  });
});
