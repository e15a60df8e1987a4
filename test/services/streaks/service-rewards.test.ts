import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { streakActivities, streakMilestones, streakMilestonesReached, userStreaks } from "../../../src/db/tables/index.js";
import { addDays } from "../../../src/services/streaks/calendar.js";
import { sweepStreaks } from "../../../src/services/streaks/sweep.js";
import { openTestEngine, type TestEngine } from "../../support/database.js";
import { clock, march } from "./learner.js";
import { StoredLearner } from "./service-learner.js";

let engine: TestEngine;
let learner: StoredLearner;
beforeAll(async () => {
  engine = await openTestEngine();
  await engine.db.insert(streakMilestones).values([
    { days: 3, title: "Three in a row", pointsReward: 10, freezeReward: 1 },
    { days: 365, title: "A year", pointsReward: 1_000 },
  ]);
});
beforeEach(async () => {
  learner = await StoredLearner.make(engine.db);
});
afterAll(() => engine.close());

describe("milestones", () => {
  it("give their points and freezes once in a run", async () => {
    await learner.activeDays(1, 2);
    const third = await learner.active(`${march(3)} 12:00`);
    expect(third.milestonesReached).toMatchObject([{ runStartedOn: march(1), reachedOn: march(3) }]);
    expect(third.streak).toMatchObject({ currentStreak: 3, freezesAvailable: 1, nextMilestone: { days: 7, remaining: 4 } });
    expect(await learner.ledger()).toMatchObject([{ amount: 10, reason: "streak", entityType: "streak_milestone" }]);
    expect(await learner.freezes()).toMatchObject([{ grantedReason: "milestone 3" }]);
    expect((await learner.told()).at(-1)).toMatchObject({ streak: { freezesAvailable: 1 }, milestonesReached: [{ reachedOn: march(3) }] });
    await learner.active(`${march(3)} 13:00`);
    await learner.activeDays(4, 4);
    expect(await learner.balance()).toBe(10);
    await learner.activeDays(10, 12);
    expect(await learner.balance()).toBe(20);
    expect(await engine.db.select().from(streakMilestonesReached).where(eq(streakMilestonesReached.userId, learner.id))).toHaveLength(2);
  });

  it("of later years come into being when they are reached, with the rewards of the longest", async () => {
    await learner.active(`${march(1)} 12:00`);
    const dates = Array.from({ length: 729 }, (_, n) => addDays(march(1), n));
    const last = addDays(march(1), 728);
    const day = { userId: learner.id, kind: "active" as const, timezone: "Asia/Kolkata" };
    await engine.db.insert(streakActivities).values(dates.map((activityDate) => ({ ...day, activityDate }))).onConflictDoNothing();
    await engine.db
      .update(userStreaks)
      .set({ currentStreak: 729, longestStreak: 729, lastActivityDate: last, settledThrough: last })
      .where(eq(userStreaks.userId, learner.id));
    const { milestonesReached } = await learner.active(`${addDays(last, 1)} 12:00`);
    expect(milestonesReached).toMatchObject([{ runStartedOn: march(1), reachedOn: addDays(last, 1) }]);
    const [second] = await engine.db.select().from(streakMilestones).where(eq(streakMilestones.days, 730));
    expect(second).toMatchObject({ title: "2 years of learning", pointsReward: 1_000 });
    expect(await learner.ledger()).toMatchObject([{ amount: 1_000, entityId: second?.id }]);
  });
});

describe("the sweep", () => {
  it("tells once that a streak is at risk, and once that it broke", async () => {
    await learner.activeDays(1, 2);
    const at = (when: string) => sweepStreaks(engine.db, clock(when));
    const before = (await learner.told()).length;
    expect(await at(`${march(2)} 23:00`)).toBe(0);
    await at(`${march(3)} 00:30`);
    await at(`${march(3)} 01:30`);
    expect((await learner.told()).slice(before)).toMatchObject([{ streak: { currentStreak: 2, status: "at_risk" } }]);
    await at(`${march(4)} 00:30`);
    await at(`${march(9)} 00:30`);
    expect((await learner.told()).slice(before + 1)).toMatchObject([{ streak: { currentStreak: 0, status: "broken", brokenOn: march(3) } }]);
    const replayed = await learner.replay(`${march(9)} 01:00`);
    expect(replayed?.replayed).toEqual(replayed?.stored);
  });
});
