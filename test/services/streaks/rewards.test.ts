import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/services/streaks/calendar.js";
import { milestoneAfter } from "../../../src/services/streaks/rewards.js";
import { settle } from "../../../src/services/streaks/settlement.js";
import { repairableDates, rowChanges } from "../../../src/services/streaks/view.js";
import { clock, Learner, march } from "./learner.js";

describe("rule 5: settlement and freezes", () => {
  it("spends one freeze per missed date in order, then breaks", () => {
    const learner = new Learner();
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.buyFreeze(`${march(1)} 09:00`);
    learner.activeDays(1, 2);
    expect(learner.covered(`${march(20)} 09:00`)).toEqual(["1:active", "2:active", "3:freeze", "4:freeze"]);
    expect(learner.settledAt(`${march(20)} 09:00`)).toMatchObject({
      currentStreak: 0,
      brokenLength: 2,
      brokenOn: march(5),
      settledThrough: march(19),
      streakStartedOn: null,
    });
  });

  it("never spends a freeze that came after the date had ended", () => {
    const learner = new Learner().activeDays(1, 2);
    learner.buyFreeze(`${march(4)} 00:00`);
    expect(learner.at(`${march(4)} 01:00`)).toMatchObject({ status: "BROKEN", freezesAvailable: 1 });
    const inTime = new Learner().activeDays(1, 2);
    inTime.buyFreeze(`${march(3)} 23:59`);
    expect(inTime.at(`${march(4)} 01:00`)).toMatchObject({ status: "AT_RISK", freezesAvailable: 0 });
  });

  it("holds back a freeze bought after the date ended in the zone moved to", () => {
    const learner = new Learner({ timezone: "America/New_York" }).activeDays(1, 2);
    learner.buyFreeze(`${march(3)} 14:00`);
    learner.change(`${march(3)} 14:30`, { timezone: "Asia/Tokyo" });
    expect(learner.at(`${march(4)} 09:00`)).toMatchObject({ currentStreak: 0, freezesAvailable: 1 });
  });

  it("spends the freeze that expires first and none that has expired", () => {
    const learner = new Learner();
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.buyFreeze(`${march(1)} 09:00`, clock(`${march(4)} 12:00`));
    learner.activeDays(1, 2);
    const used = learner.settledAt(`${march(4)} 09:00`).freezes;
    expect(used.map(({ usedForDate }) => usedForDate)).toEqual([null, march(3)]);
    learner.activeDays(3, 4);
    expect(learner.settledAt(`${march(5)} 09:00`).freezes.map(({ status }) => status)).toEqual(["available", "expired"]);
    expect(learner.covered(`${march(6)} 09:00`).at(-1)).toBe("5:freeze");
  });

  it("spends nothing for a learner who opted out", () => {
    const learner = new Learner({ autoFreeze: false });
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.activeDays(1, 5);
    expect(learner.at(`${march(7)} 09:00`)).toMatchObject({ status: "BROKEN", freezesAvailable: 1 });
  });

  it("refuses a third freeze", () => {
    const learner = new Learner();
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.buyFreeze(`${march(1)} 08:01`);
    expect(learner.buyFreeze(`${march(1)} 08:02`).code).toBe("FREEZE_LIMIT");
    expect(learner.state.freezes).toHaveLength(2);
  });

  it("keeps the reason of earned freezes to itself", () => {
    const learner = new Learner();
    const at = clock(`${march(1)} 08:00`);
    const grant = { kind: "freeze_granted", clientEventId: "g", occurredAt: at, sentAt: null, receivedAt: at } as const;
    expect(learner.take({ ...grant, payload: { reason: "earned:2025-03-01" } }).code).toBe("INVALID_REASON");
    expect(learner.take({ ...grant, clientEventId: "h", payload: { reason: "milestone 30" } }).code).toBe("APPLIED");
  });

  it("earns one per seven ACTIVE days up to two, and loses what comes above", () => {
    const learner = new Learner().activeDays(1, 22);
    expect(learner.at(`${march(22)} 13:00`)).toMatchObject({ currentStreak: 22, freezesAvailable: 2 });
    expect(learner.outcomes.flatMap((outcome) => outcome.freezesForfeited)).toEqual(["earned:event-20"]);
    expect(learner.at(`${march(24)} 13:00`).freezesAvailable).toBe(1);
    learner.activeDays(24, 28);
    expect(learner.at(`${march(28)} 13:00`)).toMatchObject({ currentStreak: 27, freezesAvailable: 1 });
    learner.activeDays(29, 29);
    expect(learner.at(`${march(29)} 13:00`)).toMatchObject({ currentStreak: 28, freezesAvailable: 2 });
  });

  it("never earns twice for the same seven days when a late event moves the start", () => {
    const learner = new Learner({ autoFreeze: false }).activeDays(1, 6).activeDays(8, 9);
    expect(learner.active(`${march(7)} 12:00`, `${march(9)} 13:00`).freezesGained).toHaveLength(1);
    learner.activeDays(10, 13);
    expect(learner.at(`${march(13)} 13:00`)).toMatchObject({ currentStreak: 13, freezesAvailable: 1 });
    learner.activeDays(14, 14);
    expect(learner.at(`${march(14)} 13:00`)).toMatchObject({ currentStreak: 14, freezesAvailable: 2 });
  });

  it("settles twenty years in no more steps than the run could bridge", () => {
    const learner = new Learner({ restDays: [6, 7] });
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.activeDays(1, 5);
    const settled = settle(learner.state, clock("2045-03-01 09:00"));
    expect(Object.keys(settled.days)).toHaveLength(6);
    expect(settled).toMatchObject({ brokenOn: march(7), settledThrough: "2045-02-28" });
  });
});

describe("rule 6: repair", () => {
  it("ends 48 hours after the first missed date", () => {
    const learner = new Learner().activeDays(1, 5);
    expect(learner.at(`${march(9)} 00:00`).repairDates).toEqual([]);
    const other = new Learner().activeDays(1, 5).activeDays(7, 7);
    expect(other.at(`${march(8)} 23:59`)).toMatchObject({
      repairDates: [march(6)],
      repairableUntil: clock(`${march(9)} 00:00`),
    });
    // From midnight on the run of the seventh is the last broken one.
    expect(other.at(`${march(9)} 00:00`)).toMatchObject({ repairDates: [march(8)], brokenLength: 1 });
  });

  it("is still possible at the last instant of the 48 hours", () => {
    const learner = new Learner({ restDays: [7] }).activeDays(3, 7);
    expect(learner.at(`${march(11)} 00:00`).repairDates).toEqual([march(8), march(10)]);
    expect(repairableDates(learner.state, clock(`${march(11)} 00:00`) + 1)).toEqual([]);
  });

  it("joins the present run when the learner went on before repairing", () => {
    const learner = new Learner().activeDays(1, 5).activeDays(7, 8);
    expect(learner.repair(`${march(8)} 13:00`)).toMatchObject({ rejoined: true, repaired: [march(6)] });
    expect(learner.at(`${march(8)} 13:00`)).toMatchObject({ currentStreak: 7, status: "SAFE", brokenLength: 0 });
    expect(learner.state.milestones.map(({ days }) => days)).toEqual([3, 7]);
  });

  it("covers at most two dates", () => {
    const learner = new Learner({ dayStartHour: 0 }).activeDays(1, 5);
    expect(learner.at(`${march(8)} 23:59`).repairDates).toHaveLength(2);
    expect(learner.repair(`${march(9)} 00:01`).code).toBe("NOT_REPAIRABLE");
  });

  it("must name all the dates and only those", () => {
    const learner = new Learner().activeDays(1, 5);
    expect(learner.repair(`${march(8)} 09:00`, [march(6)]).code).toBe("NOT_REPAIRABLE");
    expect(learner.repair(`${march(8)} 09:00`, [march(6), march(5)]).code).toBe("NOT_REPAIRABLE");
    expect(learner.repair(`${march(8)} 09:00`, [march(7), march(6)]).code).toBe("APPLIED");
  });

  it("comes once in thirty days", () => {
    const learner = new Learner({ autoFreeze: false }).activeDays(1, 5);
    learner.repair(`${march(7)} 10:00`);
    learner.activeDays(7, 35);
    expect(learner.at(`${march(37)} 09:59`).repairDates).toEqual([]);
    expect(learner.at(`${march(37)} 10:00`).repairDates).toEqual([march(36)]);
  });

  it("asks nothing for rest dates and covers them", () => {
    const learner = new Learner({ restDays: [7] }).activeDays(3, 7);
    expect(learner.at(`${march(10)} 09:00`).repairDates).toEqual([march(8)]);
    learner.repair(`${march(10)} 09:00`);
    expect(learner.covered(`${march(10)} 10:00`).slice(-2)).toEqual(["8:repair", "9:rest"]);
    expect(learner.at(`${march(10)} 10:00`)).toMatchObject({ currentStreak: 5, status: "AT_RISK" });
  });
});

describe("rule 7: rest days", () => {
  it("take effect on the Monday after the change", () => {
    const learner = new Learner().activeDays(3, 5);
    learner.change(`${march(5)} 13:00`, { restDays: [7, 6] });
    expect(learner.state).toMatchObject({ restDays: [], nextRestDays: [6, 7], restDaysFrom: march(10) });
    learner.activeDays(6, 14);
    expect(learner.covered(`${march(17)} 09:00`).slice(-3)).toEqual(["14:active", "15:rest", "16:rest"]);
    expect(learner.settledAt(`${march(17)} 09:00`)).toMatchObject({ restDays: [6, 7], nextRestDays: null });
    expect(learner.at(`${march(17)} 09:00`)).toMatchObject({ currentStreak: 12, restDays: [6, 7] });
  });

  it("replace an earlier choice only from the next week on", () => {
    const learner = new Learner({ restDays: [2] }).activeDays(3, 3);
    learner.change(`${march(3)} 13:00`, { restDays: [3] });
    learner.change(`${march(3)} 14:00`, { restDays: [4] });
    expect(learner.covered(`${march(5)} 09:00`)).toEqual(["3:active", "4:rest"]);
    learner.activeDays(5, 12);
    expect(learner.covered(`${march(14)} 09:00`).slice(-2)).toEqual(["12:active", "13:rest"]);
  });

  it("bridge without adding, cost no freeze, and are safe", () => {
    const learner = new Learner({ restDays: [1] });
    learner.buyFreeze(`${march(1)} 08:00`);
    learner.activeDays(1, 2);
    expect(learner.at(`${march(3)} 09:00`)).toMatchObject({ currentStreak: 2, status: "SAFE", expiresAt: null });
    expect(learner.at(`${march(4)} 09:00`)).toMatchObject({ currentStreak: 2, status: "AT_RISK", freezesAvailable: 1 });
  });

  it("count as any other date when the learner is active, even late", () => {
    const learner = new Learner({ restDays: [1] }).activeDays(1, 2).activeDays(4, 4);
    expect(learner.at(`${march(4)} 13:00`).currentStreak).toBe(3);
    learner.active(`${march(3)} 12:00`, `${march(4)} 14:00`);
    expect(learner.at(`${march(4)} 15:00`).currentStreak).toBe(4);
  });

  it("bridge towards a run that a late event reaches back to", () => {
    const learner = new Learner({ restDays: [1] }).activeDays(4, 4);
    learner.active(`${march(2)} 12:00`, `${march(4)} 13:00`);
    expect(learner.covered(`${march(4)} 14:00`)).toEqual(["2:active", "3:rest", "4:active"]);
    expect(learner.at(`${march(4)} 14:00`).currentStreak).toBe(2);
  });
});

describe("rule 8: milestones", () => {
  it("stand at 3, 7, 14, 30, 50, 100, 200, 365 and then every year", () => {
    const ladder: number[] = [];
    for (let days = milestoneAfter(0); days <= 1_460; days = milestoneAfter(days)) ladder.push(days);
    expect(ladder).toEqual([3, 7, 14, 30, 50, 100, 200, 365, 730, 1_095, 1_460]);
  });

  it("are reached once in a run and again in the next", () => {
    const learner = new Learner().activeDays(1, 4).activeDays(10, 13);
    expect(learner.state.milestones).toEqual([
      { days: 3, runStartedOn: march(1), reachedOn: march(3) },
      { days: 3, runStartedOn: march(10), reachedOn: march(12) },
    ]);
  });

  it("are not reached again when a late event moves the start of the run", () => {
    const learner = new Learner().activeDays(3, 5);
    const outcome = learner.active(`${march(2)} 20:00`, `${march(5)} 13:00`);
    expect(learner.state).toMatchObject({ currentStreak: 4, streakStartedOn: march(2) });
    expect(outcome.milestones).toEqual([]);
  });

  it("are granted by a backfill that rejoins two runs, and not revoked", () => {
    const learner = new Learner().activeDays(1, 3).activeDays(5, 7);
    const outcome = learner.active(`${march(4)} 20:00`, `${march(7)} 13:00`);
    expect(outcome.milestones).toEqual([{ days: 7, runStartedOn: march(1), reachedOn: march(7) }]);
    expect(learner.state.milestones.map(({ days }) => days)).toEqual([3, 3, 7]);
  });

  it("are granted to a past run that a backfill completes", () => {
    const learner = new Learner().activeDays(1, 2).activeDays(5, 5);
    const outcome = learner.active(`${march(3)} 12:00`, `${march(5)} 13:00`);
    expect(outcome.milestones).toEqual([{ days: 3, runStartedOn: march(1), reachedOn: march(3) }]);
    expect(learner.state).toMatchObject({ currentStreak: 1, longestStreak: 3, brokenLength: 3, brokenOn: march(4) });
  });
});

describe("a long run", () => {
  it("takes a thousand days quickly and reports only the rows an event touched", () => {
    const learner = new Learner();
    learner.active("2025-03-01 12:00");
    const started = performance.now();
    for (let n = 1; n < 1_000; n += 1) learner.active(`${addDays(march(1), n)} 12:00`);
    expect(performance.now() - started).toBeLessThan(5_000);
    const before = learner.state;
    learner.active(`${addDays(march(1), 1_000)} 12:00`);
    expect(rowChanges(before, learner.state)).toMatchObject({ days: [[addDays(march(1), 1_000), { kind: "active" }]], milestones: [] });
    expect(rowChanges(before, before)).toEqual({ days: [], freezes: [], milestones: [] });
    expect(learner.state.currentStreak).toBe(1_001);
  });
});
