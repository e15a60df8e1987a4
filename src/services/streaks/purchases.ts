import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { reject } from "../../graphql/errors.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { spend } from "../points.js";
import type { Instant } from "./calendar.js";
import { OpenStreak, type Changed } from "./service.js";
import { availableFreezes, MAX_FREEZES, MAX_REPAIR_DATES } from "./state.js";
import { repairableDates } from "./view.js";

/**
 * Buys one freeze with points. `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} CONFLICT when the learner holds as many as one may, INSUFFICIENT_POINTS when the
 * balance is below the price; nothing is spent then.
 */
export function buyStreakFreeze(viewer: SignedIn, db: Database, input: Keyed, now?: Instant): Promise<Changed> {
  return once(db, viewer, "buyStreakFreeze", input, async (work) => {
    const streak = await OpenStreak.open(work, viewer.id, now);
    if (availableFreezes(streak.state).length >= MAX_FREEZES) {
      throw reject("CONFLICT", [], `At most ${MAX_FREEZES} freezes can be held.`);
    }
    const clientEventId = `freeze:${randomUUID()}`;
    await spend(work, viewer.id, "streak_freeze", { key: clientEventId, entityType: "streak", entityId: streak.id });
    await streak.record({ kind: "freeze_bought", clientEventId, payload: {} });
    return streak.save();
  });
}

const repairRules = z.object({
  dates: z.array(z.iso.date("This must be a day.")).min(1, "Name the days to repair, or leave them out.").max(MAX_REPAIR_DATES, `At most ${MAX_REPAIR_DATES} days can be repaired.`).nullish(),
});

/** `RepairStreakInput` of the graph. */
export type RepairInput = z.input<typeof repairRules> & Keyed;

/**
 * Repairs all missed days that can be repaired now, for points (streak rule 6). With `dates`, only if
 * they are those days: the learner agreed to these and to their price. `now` in ms since 1970; the
 * server's clock when absent.
 * @throws {Rejection} CONFLICT when nothing, or something else, can be repaired, INSUFFICIENT_POINTS
 * when the balance is below the price; nothing is spent then.
 */
export async function repairStreak(viewer: SignedIn, db: Database, input: RepairInput, now?: Instant): Promise<Changed> {
  const { dates: asked } = check(repairRules, input);
  return once(db, viewer, "repairStreak", input, async (work) => {
    const streak = await OpenStreak.open(work, viewer.id, now);
    const dates = repairableDates(streak.state, streak.now);
    if (dates.length === 0) throw reject("CONFLICT", "dates", "There is nothing that can be repaired now.");
    if (asked && asked.toSorted().join() !== dates.join()) {
      throw reject("CONFLICT", "dates", `What can be repaired now is ${dates.join(" and ")}, together.`);
    }
    const clientEventId = `repair:${randomUUID()}`;
    await spend(work, viewer.id, "streak_repair", { key: clientEventId, count: dates.length, entityType: "streak", entityId: streak.id });
    await streak.record({ kind: "repair", clientEventId, payload: { dates } });
    return streak.save();
  });
}
