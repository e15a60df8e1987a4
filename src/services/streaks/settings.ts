import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { check, whole } from "../input.js";
import { isZone, type Instant } from "./calendar.js";
import { OpenStreak, type Changed } from "./service.js";
import { MAX_REST_DAYS } from "./state.js";

const rules = z.object({
  timezone: z.string().refine(isZone, "This is not the name of a time zone, such as Asia/Kolkata.").nullish(),
  dayStartHour: whole(0, 6).nullish(),
  restDays: z
    .array(whole(1, 7))
    .max(MAX_REST_DAYS, `At most ${MAX_REST_DAYS} weekdays can be days of rest.`)
    .refine((days) => new Set(days).size === days.length, "A weekday stands here twice.")
    .nullish(),
  autoFreeze: z.boolean().nullish(),
});

/** `UpdateStreakSettingsInput` of the graph. */
export type StreakSettings = z.input<typeof rules>;

/**
 * Changes the settings that are given; the zone becomes that of the account too. Days that were covered
 * keep their dates; rest days change with the next week. `now` in ms since 1970; the server's clock when absent.
 * @throws {Rejection} naming every bad setting; nothing is changed then.
 */
export async function updateStreakSettings(viewer: SignedIn, db: Database, input: StreakSettings, now?: Instant): Promise<Changed> {
  const { timezone, dayStartHour, restDays, autoFreeze } = check(rules, input);
  const payload = {
    ...(timezone != null && { timezone }),
    ...(dayStartHour != null && { dayStartHour }),
    ...(restDays != null && { restDays }),
    ...(autoFreeze != null && { autoFreeze }),
  };
  return inTransaction(db, viewer, async (work) => {
    const streak = await OpenStreak.open(work, viewer.id, now);
    if (Object.keys(payload).length > 0) {
      await streak.record({ kind: "settings_changed", clientEventId: `settings:${randomUUID()}`, payload });
    }
    if (timezone != null) await work.tx.update(users).set({ timezone }).where(eq(users.id, viewer.id));
    return streak.save();
  });
}
