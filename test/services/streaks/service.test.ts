import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { users } from "../../../src/db/tables/index.js";
import { Rejection } from "../../../src/graphql/errors.js";
import { openTestEngine, type TestEngine } from "../../support/database.js";
import { march } from "./learner.js";
import { StoredLearner } from "./service-learner.js";

let engine: TestEngine;
let learner: StoredLearner;
beforeAll(async () => {
  engine = await openTestEngine();
});
beforeEach(async () => {
  learner = await StoredLearner.make(engine.db);
});
afterAll(() => engine.close());

const codesOf = (failing: Promise<unknown>): Promise<string[]> =>
  failing.then(
    () => [],
    (error: unknown) => {
      if (error instanceof Rejection) return error.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
      throw error;
    },
  );

describe("the vectors, through the database", () => {
  it.each([
    ["18:29:59Z in Kolkata is still that day", "Asia/Kolkata", 0, "2025-03-01T18:29:59Z", "2025-03-01"],
    ["18:30:00Z in Kolkata is the next day", "Asia/Kolkata", 0, "2025-03-01T18:30:00Z", "2025-03-02"],
    ["a day that starts at 4 holds the night before", "Asia/Kolkata", 4, "2025-03-01T20:00:00Z", "2025-03-01"],
    ["the clocks go back in Paris: the evening before", "Europe/Paris", 0, "2025-10-25T22:30:00Z", "2025-10-26"],
    ["the clocks go back in Paris: the evening after", "Europe/Paris", 0, "2025-10-26T22:30:00Z", "2025-10-26"],
  ])("%s", async (_title, zone, dayStartHour, occurredAt, date) => {
    const there = await StoredLearner.make(engine.db, zone);
    await there.change("2025-03-01 00:00", { dayStartHour });
    expect((await there.activeAt(occurredAt)).activityDate).toBe(date);
  });

  it("five days, a freeze held, read on the seventh: 5 and at risk", async () => {
    await learner.earn(200);
    await learner.buy(`${march(1)} 08:00`);
    await learner.activeDays(1, 5);
    expect(await learner.at(`${march(7)} 09:00`)).toMatchObject({ currentStreak: 5, status: "at_risk", freezesAvailable: 0 });
    expect(await learner.active(`${march(7)} 12:00`)).toMatchObject({ streak: { currentStreak: 6, status: "safe" } });
    expect(await learner.covered()).toEqual(["1:active", "2:active", "3:active", "4:active", "5:active", "6:freeze", "7:active"]);
    const late = await learner.active(`${march(6)} 12:00`, `${march(7)} 13:00`);
    expect(late).toMatchObject({ activityDate: march(6), streak: { currentStreak: 7, freezesAvailable: 2 } });
    expect((await learner.freezes()).map(({ status, usedForDate, grantedReason }) => [status, usedForDate, grantedReason])).toEqual([
      ["available", null, "bought"],
      ["available", null, `earned:${march(6)}`],
    ]);
  });

  it("five days without a freeze, read on the eighth: broken, and 5 again after the repair", async () => {
    await learner.activeDays(1, 5);
    await learner.earn(600);
    const morning = `${march(8)} 10:00`;
    expect(await learner.at(morning)).toMatchObject({
      currentStreak: 0, status: "broken", brokenLength: 5, repairDates: [march(6), march(7)], repairCost: 600,
    });
    expect((await learner.repair(morning)).streak).toMatchObject({ currentStreak: 5, status: "at_risk", repairDates: [], repairCost: 0 });
    expect(await learner.balance()).toBe(0);
    expect((await learner.covered()).slice(-2)).toEqual(["6:repair", "7:repair"]);
  });
});

describe("activities", () => {
  it("once recorded change nothing the second time", async () => {
    const clientEventId = randomUUID();
    const first = await learner.active(`${march(1)} 12:00`, `${march(1)} 12:00`, { clientEventId, minutesSpent: 7 });
    const again = await learner.active(`${march(1)} 12:00`, `${march(1)} 12:05`, { clientEventId: clientEventId.toUpperCase(), minutesSpent: 7 });
    expect(again).toMatchObject({ activityDate: first.activityDate, errors: [], milestonesReached: [] });
    expect(again.streak).toEqual(first.streak);
    expect(await learner.days()).toMatchObject([{ activityCount: 1, minutesSpent: 7 }]);
    expect(await learner.told()).toHaveLength(1);
  });

  it("keep the raw clocks, and the day by the corrected one", async () => {
    const sentAt = new Date(learner.clock(`${march(3)} 12:00`)).toISOString();
    const answer = await learner.active(`${march(3)} 10:00`, `${march(1)} 12:00`, { sentAt });
    expect(answer.activityDate).toBe(march(1));
    const [event] = await learner.events();
    expect(Date.parse(event?.occurredAt ?? "")).toBe(learner.clock(`${march(3)} 10:00`));
    const [day] = await learner.days();
    expect(Date.parse(day?.occurredAt ?? "")).toBe(learner.clock(`${march(1)} 10:00`));
  });

  it("are kept without a day, with TOO_LATE, after 72 hours", async () => {
    await learner.active(`${march(5)} 09:00`);
    const clientEventId = randomUUID();
    const late = () => learner.active(`${march(2)} 08:00`, `${march(5)} 12:00`, { clientEventId });
    const answer = await late();
    expect(answer).toMatchObject({ activityDate: null, streak: { currentStreak: 1 }, errors: [{ code: "TOO_LATE", path: ["input", "occurredAt"] }] });
    expect((await late()).errors).toEqual(answer.errors);
    expect(await learner.days()).toHaveLength(1);
    expect((await learner.events()).map(({ activityDate }) => activityDate)).toEqual([march(5), null]);
  });

  it("of a session count from a minute with an interaction", async () => {
    const session = (seconds: number, interactions: number) =>
      learner.active(`${march(1)} 12:00`, `${march(1)} 12:00`, { kind: "learning_session", seconds, interactions });
    expect(await session(59, 5)).toMatchObject({ activityDate: null, errors: [] });
    expect(await session(3_600, 0)).toMatchObject({ activityDate: null, errors: [] });
    expect(await session(150, 1)).toMatchObject({ activityDate: march(1) });
    expect(await learner.days()).toMatchObject([{ activityCount: 1, minutesSpent: 2 }]);
  });

  it("sum up minutes and points on their day", async () => {
    await learner.completeTopic(`${march(1)} 10:00`, { minutesSpent: 20, pointsEarned: 10 });
    await learner.completeTopic(`${march(1)} 11:00`, { minutesSpent: 5, pointsEarned: 35 });
    expect(await learner.days()).toMatchObject([{ activityCount: 2, minutesSpent: 25, pointsEarned: 45, kind: "active" }]);
  });

  it("tell subscribers of a day, not of every card", async () => {
    for (const minute of ["00", "01", "02"]) await learner.active(`${march(1)} 12:${minute}`);
    expect(await learner.told()).toMatchObject([{ streak: { currentStreak: 1, status: "safe" }, milestonesReached: [] }]);
  });

  it("recorded twenty at a time leave one day with twenty", async () => {
    await Promise.all(Array.from({ length: 20 }, () => learner.active(`${march(1)} 12:00`, `${march(1)} 12:00`, { minutesSpent: 1 })));
    expect(await learner.days()).toMatchObject([{ activityCount: 20, minutesSpent: 20 }]);
    expect(await learner.row()).toMatchObject({ currentStreak: 1, version: 20 });
    expect(new Set((await learner.events()).map(({ receivedAt }) => receivedAt)).size).toBe(20);
    const replayed = await learner.replay(`${march(1)} 13:00`);
    expect(replayed?.replayed).toEqual(replayed?.stored);
  });

  it("are refused together with all that is wrong", async () => {
    const bad = { occurredAt: "1999-12-31T00:00:00Z", seconds: -1, interactions: 200_000, minutesSpent: 1_441, clientEventId: "x" };
    expect(await codesOf(learner.active(`${march(1)} 12:00`, `${march(1)} 12:00`, bad))).toEqual([
      "INVALID_FORMAT input.clientEventId", "OUT_OF_RANGE input.occurredAt", "OUT_OF_RANGE input.seconds",
      "OUT_OF_RANGE input.interactions", "OUT_OF_RANGE input.minutesSpent",
    ]);
    expect(await learner.events()).toEqual([]);
  });
});

describe("freezes", () => {
  it("cost 200 points, once under a key", async () => {
    await learner.earn(500);
    const key = randomUUID();
    const [first, second] = await Promise.all([learner.buy(`${march(1)} 08:00`, key), learner.buy(`${march(1)} 08:00`, key)]);
    expect(second).toEqual(first);
    expect(first.streak.freezesAvailable).toBe(1);
    expect(await learner.balance()).toBe(300);
    expect(await learner.freezes()).toMatchObject([{ status: "available", grantedReason: "bought" }]);
  });

  it("cost nothing when the points do not suffice", async () => {
    await learner.earn(199);
    expect(await codesOf(learner.buy(`${march(1)} 08:00`))).toEqual(["INSUFFICIENT_POINTS input"]);
    expect([await learner.balance(), await learner.freezes(), await learner.events()]).toEqual([199, [], []]);
  });

  it("cost nothing when two are held", async () => {
    await learner.earn(1_000);
    await learner.buy(`${march(1)} 08:00`);
    await learner.buy(`${march(1)} 08:01`);
    expect(await codesOf(learner.buy(`${march(1)} 08:02`))).toEqual(["CONFLICT input"]);
    expect([await learner.balance(), (await learner.freezes()).length]).toEqual([600, 2]);
  });

  it("bought many at a time come to two", async () => {
    await learner.earn(2_000);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => learner.buy(`${march(1)} 08:00`)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect([await learner.balance(), (await learner.freezes()).length]).toEqual([1_600, 2]);
  });
});

describe("repairs", () => {
  it("cost nothing when there is nothing to repair, other days are meant, or the points do not suffice", async () => {
    await learner.activeDays(1, 5);
    await learner.earn(599);
    const morning = `${march(8)} 10:00`;
    expect(await codesOf(learner.repair(`${march(6)} 10:00`))).toEqual(["CONFLICT input.dates"]);
    expect(await codesOf(learner.repair(morning, [march(6)]))).toEqual(["CONFLICT input.dates"]);
    expect(await codesOf(learner.repair(morning, []))).toEqual(["TOO_SHORT input.dates"]);
    expect(await codesOf(learner.repair(morning))).toEqual(["INSUFFICIENT_POINTS input"]);
    expect([await learner.balance(), (await learner.days()).length, (await learner.events()).length]).toEqual([599, 5, 5]);
  });

  it("are paid once under a key, and not again", async () => {
    await learner.activeDays(1, 5);
    await learner.earn(2_000);
    const key = randomUUID();
    const repair = () => learner.repair(`${march(8)} 10:00`, [march(7), march(6)], key);
    const first = await repair();
    expect(await repair()).toEqual(first);
    expect(await codesOf(learner.repair(`${march(8)} 10:00`))).toEqual(["CONFLICT input.dates"]);
    expect(await learner.balance()).toBe(1_400);
  });

  it("give the points back for a day on which the learner was active after all", async () => {
    await learner.activeDays(1, 5);
    await learner.earn(600);
    await learner.repair(`${march(8)} 10:00`);
    const late = await learner.active(`${march(7)} 20:00`, `${march(8)} 11:00`);
    expect(late.streak.currentStreak).toBe(6);
    expect(await learner.balance()).toBe(300);
    expect((await learner.ledger()).map(({ amount, reason }) => [amount, reason])).toEqual([[600, "badge"], [-600, "streak_repair"], [300, "reversal"]]);
  });
});

describe("settings", () => {
  it("change the streak and the account's zone", async () => {
    await learner.active(`${march(5)} 12:00`);
    const { streak } = await learner.change(`${march(5)} 13:00`, { timezone: "Europe/Paris", dayStartHour: 4, restDays: [7, 6], autoFreeze: false });
    expect(streak).toMatchObject({
      timezone: "Europe/Paris", dayStartHour: 4, restDays: [], nextRestDays: [6, 7], restDaysFrom: march(10), autoFreeze: false,
    });
    expect(await engine.db.select({ timezone: users.timezone }).from(users).where(eq(users.id, learner.id))).toEqual([{ timezone: "Europe/Paris" }]);
    expect(await learner.at(`${march(12)} 12:00`)).toMatchObject({ restDays: [6, 7], nextRestDays: null, restDaysFrom: null });
  });

  it("are refused together with all that is wrong", async () => {
    const bad = { timezone: "Mars/Olympus", dayStartHour: 7, restDays: [1, 8] };
    expect((await codesOf(learner.change(`${march(5)} 12:00`, bad))).toSorted()).toEqual([
      "INVALID input.timezone", "OUT_OF_RANGE input.dayStartHour", "OUT_OF_RANGE input.restDays.1",
    ]);
    expect(await codesOf(learner.change(`${march(5)} 12:00`, { restDays: [3, 3] }))).toEqual(["INVALID input.restDays"]);
    expect(await codesOf(learner.change(`${march(5)} 12:00`, { restDays: [1, 2, 3] }))).toEqual(["TOO_LONG input.restDays"]);
    expect(await learner.row()).toBeUndefined();
  });

  it("that are not given change nothing", async () => {
    const { streak } = await learner.change(`${march(5)} 12:00`, { timezone: null });
    expect(streak).toMatchObject({ timezone: "Asia/Kolkata", version: 0 });
    expect(await learner.events()).toEqual([]);
  });
});
