import { describe, expect, it } from "vitest";
import { apply } from "../../../src/services/streaks/engine.js";
import { correctedInstant, ingest, qualifies } from "../../../src/services/streaks/events.js";
import { clock, Learner, march } from "./learner.js";

describe("the vectors of the paper", () => {
  const fiveDays = (freezes: number) => {
    const learner = new Learner();
    for (let n = 0; n < freezes; n += 1) learner.buyFreeze(`${march(1)} 09:00`);
    return learner.activeDays(1, 5);
  };

  it("shows 5 at risk when a freeze has covered the sixth", () => {
    expect(fiveDays(1).at(`${march(7)} 10:00`)).toMatchObject({
      currentStreak: 5,
      status: "AT_RISK",
      expiresAt: clock(`${march(8)} 00:00`),
      freezesAvailable: 0,
    });
  });

  it("shows 6 after activity on the seventh", () => {
    const learner = fiveDays(1).activeDays(7, 7);
    expect(learner.at(`${march(7)} 13:00`)).toMatchObject({ currentStreak: 6, status: "SAFE", expiresAt: null });
  });

  it("shows 7 and refunds the freeze when the sixth arrives late", () => {
    const learner = fiveDays(1).activeDays(7, 7);
    const outcome = learner.active(`${march(6)} 12:00`, `${march(7)} 14:00`);
    expect(outcome).toMatchObject({ code: "APPLIED", newDay: true, late: true, freezesRefunded: ["freeze_bought:event-0"] });
    expect(learner.at(`${march(7)} 14:00`)).toMatchObject({ currentStreak: 7, status: "SAFE", freezesAvailable: 2 });
    expect(outcome.freezesGained).toHaveLength(1);
  });

  it("shows 0 broken without a freeze, and 5 after repair", () => {
    const learner = fiveDays(0);
    expect(learner.at(`${march(8)} 10:00`)).toMatchObject({
      currentStreak: 0,
      status: "BROKEN",
      brokenLength: 5,
      repairDates: [march(6), march(7)],
      repairableUntil: clock(`${march(9)} 00:00`),
    });
    expect(learner.repair(`${march(8)} 10:00`)).toMatchObject({ code: "APPLIED", rejoined: true });
    expect(learner.at(`${march(8)} 10:00`)).toMatchObject({ currentStreak: 5, status: "AT_RISK", repairDates: [] });
  });
});

describe("rules 1 and 10: what counts, and when", () => {
  it("counts topics, quizzes, cards and sessions of a minute with an interaction", () => {
    expect(["topic_completed", "quiz_submitted", "card_reviewed"].every((kind) => qualifies(kind, {}))).toBe(true);
    expect(qualifies("learning_session", { seconds: 60, interactions: 1 })).toBe(true);
    expect(qualifies("learning_session", { seconds: 59, interactions: 9 })).toBe(false);
    expect(qualifies("learning_session", { seconds: 600 })).toBe(false);
    expect(qualifies("signed_in", {})).toBe(false);
  });

  it("leaves the streak alone on signing in", () => {
    const learner = new Learner();
    expect(learner.active(`${march(1)} 09:00`, undefined, { kind: "signed_in" }).code).toBe("NOT_QUALIFYING");
    expect(learner.at(`${march(1)} 10:00`).currentStreak).toBe(0);
    expect(learner.events[0]?.activityDate).toBeNull();
  });

  it("shifts by a skew above five minutes and caps at the time of receipt", () => {
    const received = clock(`${march(1)} 12:00`);
    const minutes = (n: number) => n * 60_000;
    expect(correctedInstant(received - minutes(30), received - minutes(5), received)).toBe(received - minutes(30));
    expect(correctedInstant(received - minutes(30), received - minutes(6), received)).toBe(received - minutes(24));
    expect(correctedInstant(received + minutes(90), received + minutes(120), received)).toBe(received - minutes(30));
    expect(correctedInstant(received + minutes(30), null, received)).toBe(received);
    expect(correctedInstant(received + minutes(3), received + minutes(4), received)).toBe(received);
  });

  it("puts an event from a phone a day fast on the true date", () => {
    const learner = new Learner();
    const fast = { occurredAt: clock(`${march(2)} 11:50`), sentAt: clock(`${march(2)} 12:00`) };
    expect(learner.active(`${march(1)} 12:00`, undefined, fast).activityDate).toBe(march(1));
  });

  it("refuses a stored date that is still to come", () => {
    const learner = new Learner().activeDays(1, 1);
    const at = clock(`${march(1)} 13:00`);
    const clocks = { occurredAt: at, sentAt: null, receivedAt: at };
    const event = ingest(learner.state, { kind: "quiz_submitted", payload: {}, clientEventId: "early", ...clocks });
    const { state, outcome } = apply(learner.state, { ...event, activityDate: march(2) });
    expect(outcome.code).toBe("INVALID_CLOCK");
    expect(Object.keys(state.days)).toEqual([march(1)]);
  });

  it("never counts a clock that says nothing", () => {
    const learner = new Learner().activeDays(1, 1);
    expect(learner.active(`${march(2)} 09:00`, undefined, { occurredAt: Number.NaN }).code).toBe("INVALID_CLOCK");
    expect(learner.at(`${march(2)} 10:00`).currentStreak).toBe(1);
  });
});

describe("rule 3: zones", () => {
  const NEW_YORK = "America/New_York";
  const flight = (arrival: string) => {
    const learner = new Learner({ timezone: NEW_YORK }).activeDays(1, 5);
    learner.active(`${march(6)} 20:00`);
    learner.change(`${march(7)} 14:00`, { timezone: "Asia/Kolkata" });
    return { learner, outcome: learner.active(arrival) };
  };

  it("bridges the one date lost on a journey eastwards", () => {
    const { learner, outcome } = flight(`${march(8)} 09:00`);
    expect(outcome).toMatchObject({ travelInserted: [march(7)], rejoined: true });
    expect(learner.at(`${march(8)} 09:30`)).toMatchObject({ currentStreak: 7, status: "SAFE", brokenLength: 0 });
  });

  it("does not bridge more than 36 hours", () => {
    const { learner, outcome } = flight(`${march(8)} 18:31`);
    expect(outcome.travelInserted).toEqual([]);
    expect(learner.at(`${march(8)} 19:00`).currentStreak).toBe(1);
  });

  it("bridges a second journey only after seven dates", () => {
    const { learner } = flight(`${march(8)} 09:00`);
    learner.active(`${march(9)} 22:00`);
    learner.change(`${march(10)} 01:00`, { timezone: "Asia/Tokyo" });
    expect(learner.active(`${march(11)} 06:00`).travelInserted).toEqual([]);
    learner.activeDays(12, 13).active(`${march(14)} 23:00`);
    learner.change(`${march(15)} 12:00`, { timezone: "Asia/Kolkata" });
    expect(learner.active(`${march(16)} 05:00`).travelInserted).toEqual([march(15)]);
  });

  it("gives back the freeze that was spent on the date of the journey", () => {
    const learner = new Learner({ timezone: NEW_YORK });
    learner.buyFreeze(`${march(1)} 09:00`);
    learner.active(`${march(1)} 20:00`);
    learner.change(`${march(2)} 14:00`, { timezone: "Asia/Kolkata" });
    expect(learner.covered(`${march(3)} 08:00`)).toEqual(["1:active", "2:freeze"]);
    const outcome = learner.active(`${march(3)} 09:00`);
    expect(outcome).toMatchObject({ travelInserted: [march(2)], freezesRefunded: ["freeze_bought:event-0"] });
    expect(learner.at(`${march(3)} 09:00`)).toMatchObject({ currentStreak: 2, freezesAvailable: 1 });
  });

  it("takes a date repeated on a journey westwards as no new day", () => {
    const learner = new Learner().activeDays(1, 2);
    learner.active(`${march(3)} 01:00`);
    learner.change(`${march(3)} 01:30`, { timezone: NEW_YORK });
    expect(learner.active(`${march(2)} 16:00`)).toMatchObject({ code: "REPEATED", newDay: false });
    expect(learner.at(`${march(2)} 17:00`)).toMatchObject({ currentStreak: 3, status: "SAFE" });
    expect(learner.active(`${march(3)} 10:00`).code).toBe("REPEATED");
    expect(learner.at(`${march(4)} 10:00`)).toMatchObject({ currentStreak: 3, status: "AT_RISK" });
  });

  it("keeps stored dates when a setting changes", () => {
    const learner = new Learner();
    learner.active(`${march(1)} 02:00`);
    learner.change(`${march(1)} 03:00`, { dayStartHour: 4 });
    expect(learner.covered(`${march(1)} 10:00`)).toEqual(["1:active"]);
    expect(learner.active(`${march(2)} 03:30`).activityDate).toBe(march(1));
  });

  it.each([{ timezone: "+05:30" }, { dayStartHour: 7 }, { dayStartHour: 1.5 }, { restDays: [1, 2, 3] }, { restDays: [0] }, { restDays: [4, 4] }])(
    "refuses the settings %j whole",
    (payload) => {
      const learner = new Learner();
      expect(learner.change(`${march(1)} 09:00`, { autoFreeze: false, ...payload }).code).toBe("INVALID_SETTINGS");
      expect(learner.state.autoFreeze).toBe(true);
    },
  );
});

describe("rule 4: length and status", () => {
  it("is broken with nothing to repair for a learner who never was active", () => {
    expect(new Learner().at(`${march(1)} 09:00`)).toMatchObject({
      currentStreak: 0,
      status: "BROKEN",
      brokenLength: 0,
      repairDates: [],
      nextMilestone: { days: 3, remaining: 3 },
    });
  });

  it("counts a date once however often it is repeated", () => {
    const learner = new Learner().activeDays(1, 2);
    expect(learner.active(`${march(2)} 18:00`).code).toBe("REPEATED");
    expect(learner.at(`${march(2)} 19:00`).currentStreak).toBe(2);
    expect(learner.state.days[march(2)]?.activityCount).toBe(2);
  });

  it("ends a date at the learner's own day start", () => {
    const learner = new Learner({ dayStartHour: 4 }).activeDays(1, 2);
    expect(learner.at(`${march(4)} 03:59`)).toMatchObject({ status: "AT_RISK", expiresAt: clock(`${march(4)} 04:00`) });
    expect(learner.at(`${march(4)} 04:00`)).toMatchObject({ status: "BROKEN", currentStreak: 0, longestStreak: 2 });
  });
});

describe("rule 9: lateness", () => {
  it("takes an event 72 hours old and leaves an older one to analytics", () => {
    const old = new Learner().activeDays(4, 4);
    expect(old.active(`${march(2)} 12:00`, `${march(5)} 12:01`)).toMatchObject({ code: "TOO_LATE", newDay: false });
    expect(old.active(`${march(2)} 12:00`, `${march(5)} 12:00`)).toMatchObject({ code: "APPLIED", late: true });
    expect(old.events.map((event) => event.activityDate)).toEqual([march(4), null, march(2)]);
    expect(old.at(`${march(5)} 13:00`)).toMatchObject({ currentStreak: 1, brokenLength: 1 });
  });

  it("rejoins a broken run, whose own break is remembered again", () => {
    const learner = new Learner().activeDays(1, 2).activeDays(4, 6).activeDays(8, 8);
    expect(learner.state).toMatchObject({ brokenOn: march(7), brokenLength: 3 });
    expect(learner.active(`${march(7)} 12:00`, `${march(8)} 13:00`)).toMatchObject({ rejoined: true });
    expect(learner.state).toMatchObject({ currentStreak: 5, longestStreak: 5, streakStartedOn: march(4) });
    expect(learner.state).toMatchObject({ brokenOn: march(3), brokenLength: 2 });
  });

  it("never spends a freeze on a past date", () => {
    const learner = new Learner().activeDays(1, 5);
    learner.buyFreeze(`${march(8)} 08:00`);
    learner.active(`${march(6)} 12:00`, `${march(8)} 09:00`);
    expect(learner.covered(`${march(8)} 10:00`)).not.toContain("7:freeze");
    expect(learner.at(`${march(8)} 10:00`)).toMatchObject({ currentStreak: 0, freezesAvailable: 1, brokenLength: 6 });
    expect(learner.state.longestStreak).toBe(6);
  });

  it("refunds a repair that activity replaces, and the month's repair with it", () => {
    const learner = new Learner().activeDays(1, 5);
    learner.repair(`${march(7)} 09:00`);
    expect(learner.at(`${march(7)} 10:00`).currentStreak).toBe(5);
    expect(learner.active(`${march(6)} 20:00`, `${march(7)} 11:00`)).toMatchObject({ repairsRefunded: [march(6)] });
    expect(learner.at(`${march(7)} 11:00`).currentStreak).toBe(6);
    expect(learner.at(`${march(8)} 11:00`).repairDates).toEqual([march(7)]);
  });

  it("lets a refund exceed the maximum held", () => {
    const learner = new Learner();
    learner.buyFreeze(`${march(1)} 09:00`);
    learner.activeDays(1, 5).activeDays(7, 7);
    learner.buyFreeze(`${march(7)} 13:00`);
    learner.buyFreeze(`${march(7)} 13:00`);
    learner.active(`${march(6)} 12:00`, `${march(7)} 14:00`);
    expect(learner.at(`${march(7)} 15:00`)).toMatchObject({ currentStreak: 7, freezesAvailable: 3 });
  });
});
