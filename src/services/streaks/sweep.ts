import { and, asc, gt, lt } from "drizzle-orm";
import { anonymous, type Viewer } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { userStreaks } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { addDays, localDate, type Instant } from "./calendar.js";
import { publishStreak } from "./service.js";
import { settle } from "./settlement.js";
import { shownStreak } from "./shown.js";
import { lockStreaks } from "./store.js";
import { writeChanges } from "./write.js";

/**
 * Writes what settlement has made of streaks since they were last written, and tells subscribers of it,
 * once: the next call finds them settled. Gives the number of streaks that changed.
 */
async function settleStreaks(work: Work, userIds: readonly string[], now: Instant): Promise<number> {
  const stored = await lockStreaks(work.tx, userIds);
  const changes = stored
    .map((one) => ({ ...one, after: settle(one.state, now) }))
    .filter(({ state, after }) => state !== after);
  const { rows } = await writeChanges(work.tx, changes);
  changes.forEach(({ row, after }, index) => {
    publishStreak(work, { streak: shownStreak(rows[index] ?? row, after, now), milestonesReached: [] });
  });
  return changes.length;
}

/** `settleStreaks` in a transaction of its own, before days and freezes are listed. */
export const settleForReading = (db: Database, viewer: Viewer, userIds: readonly string[], now: Instant = Date.now()): Promise<number> =>
  inTransaction(db, viewer, (work) => settleStreaks(work, userIds, now));

const batchSize = 200;
// Where a day ends first; elsewhere it can only end later.
const earliestZone = "Pacific/Kiritimati";

/**
 * Settles every live streak whose day has ended, in batches, so that learners hear that their streak is
 * at risk or broken. Nothing depends on it: readers and writers settle for themselves. Gives the number
 * of streaks that changed.
 */
export async function sweepStreaks(db: Database, now: Instant = Date.now()): Promise<number> {
  const ended = addDays(localDate(now, earliestZone, 0), -1);
  let after = "00000000-0000-0000-0000-000000000000";
  let changed = 0;
  for (;;) {
    const due = await db
      .select({ userId: userStreaks.userId })
      .from(userStreaks)
      .where(and(gt(userStreaks.userId, after), gt(userStreaks.currentStreak, 0), lt(userStreaks.settledThrough, ended)))
      .orderBy(asc(userStreaks.userId))
      .limit(batchSize);
    if (due.length === 0) return changed;
    const userIds = due.map(({ userId }) => userId);
    changed += await inTransaction(db, anonymous(), (work) => settleStreaks(work, userIds, now));
    after = userIds.at(-1) ?? after;
  }
}
