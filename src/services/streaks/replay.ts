import { eq } from "drizzle-orm";
import type { Database } from "../../db/client.js";
import { streakActivities, userStreaks } from "../../db/tables/index.js";
import type { Instant, LocalDate } from "./calendar.js";
import { replay } from "./engine.js";
import { isActivity, type StreakEvent } from "./events.js";
import { countersOf } from "./rows.js";
import { settle } from "./settlement.js";
import type { StreakState } from "./state.js";
import { loadStates, readEvents } from "./store.js";
import type { Extras } from "./write.js";

/** What the caches of one learner hold, in an order of its own. */
export interface Caches {
  counters: ReturnType<typeof countersOf>;
  days: readonly unknown[];
  freezes: readonly unknown[];
  milestones: readonly unknown[];
}

/**
 * Rebuilds the caches of a learner from the events, settled up to `now` (ms since 1970), beside the stored
 * ones settled likewise: the two must be equal. Null when the learner has no streak.
 */
export async function replayStreak(db: Database, userId: string, now: Instant): Promise<{ stored: Caches; replayed: Caches } | null> {
  const [row] = await db.select().from(userStreaks).where(eq(userStreaks.userId, userId));
  if (!row) return null;
  const [[stored], events, days] = await Promise.all([
    loadStates(db, [row]),
    readEvents(db, userId),
    db.select().from(streakActivities).where(eq(streakActivities.userId, userId)),
  ]);
  if (!stored) return null;
  // Every event keeps the zone in force before it, so the first one has the zone of the beginning.
  const state = replay(events, now, { timezone: events[0]?.timezone ?? row.timezone });
  return {
    stored: cachesOf(settle(stored.state, now), new Map(days.map((day) => [day.activityDate, day]))),
    replayed: cachesOf(state, extrasOf(events)),
  };
}

function extrasOf(events: readonly StreakEvent[]): Map<LocalDate, Extras> {
  const extras = new Map<LocalDate, Extras>();
  for (const event of events) {
    if (!isActivity(event) || event.activityDate === null) continue;
    const { minutesSpent = 0, pointsEarned = 0 } = event.payload as Partial<Extras>;
    const sum = extras.get(event.activityDate) ?? { minutesSpent: 0, pointsEarned: 0 };
    extras.set(event.activityDate, { minutesSpent: sum.minutesSpent + minutesSpent, pointsEarned: sum.pointsEarned + pointsEarned });
  }
  return extras;
}

function cachesOf(state: StreakState, extras: ReadonlyMap<LocalDate, Extras>): Caches {
  return {
    counters: countersOf(state),
    days: sorted(Object.entries(state.days).map(([date, day]) => {
      const { minutesSpent = 0, pointsEarned = 0 } = extras.get(date) ?? {};
      return { date, ...day, minutesSpent, pointsEarned };
    })),
    // Freezes of one event are alike but for their ids, which the engine and the rows spell differently.
    freezes: sorted(state.freezes.map(({ id: _id, ...freeze }) => freeze)),
    milestones: sorted(state.milestones),
  };
}

const sorted = (rows: readonly object[]): object[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
