import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { anonymous, type SignedIn } from "../../../src/auth/viewer.js";
import type { Database } from "../../../src/db/client.js";
import { eventOutbox, pointsTransactions, streakActivities, streakEvents, streakFreezes, userPoints, userStreaks } from "../../../src/db/tables/index.js";
import { inTransaction } from "../../../src/db/unit-of-work.js";
import { reward } from "../../../src/services/points.js";
import { recordActivity, type ReportedActivity } from "../../../src/services/streaks/activity.js";
import { buyStreakFreeze, repairStreak } from "../../../src/services/streaks/purchases.js";
import { replayStreak } from "../../../src/services/streaks/replay.js";
import { createLoaders } from "../../../src/loaders/index.js";
import { valuesOf } from "../../../src/loaders/source.js";
import { streaksAt } from "../../../src/loaders/streaks.js";
import { recordStreakActivity } from "../../../src/services/streaks/service.js";
import { updateStreakSettings, type StreakSettings } from "../../../src/services/streaks/settings.js";
import { aUser } from "../../support/builders.js";
import { clock, march } from "./learner.js";

const iso = (at: number): string => new Date(at).toISOString();

/** A learner in the database; every method calls the service at a time on the learner's own clock. */
export class StoredLearner {
  private constructor(
    readonly db: Database,
    readonly viewer: SignedIn,
    private zone: string,
  ) {}

  static async make(db: Database, zone = "Asia/Kolkata"): Promise<StoredLearner> {
    const { user } = await aUser(db, { timezone: zone });
    return new StoredLearner(db, { ...anonymous(), id: user.id, role: "student" }, zone);
  }

  /** A learner who has an account in the zone of Kolkata. */
  static of(db: Database, userId: string): StoredLearner {
    return new StoredLearner(db, { ...anonymous(), id: userId, role: "student" }, "Asia/Kolkata");
  }

  get id(): string {
    return this.viewer.id;
  }

  clock(when: string): number {
    return clock(when, this.zone);
  }

  /** A card reviewed at a local time, reported then or at a later local time. */
  active(when: string, received = when, more: Partial<ReportedActivity> = {}) {
    const input = { clientEventId: randomUUID(), kind: "card_reviewed" as const, occurredAt: iso(this.clock(when)), ...more };
    return recordActivity(this.viewer, this.db, input, this.clock(received));
  }

  /** A card reviewed and reported at an instant. */
  activeAt(instant: string) {
    const input = { clientEventId: randomUUID(), kind: "card_reviewed" as const, occurredAt: instant };
    return recordActivity(this.viewer, this.db, input, Date.parse(instant));
  }

  /** Active at noon of each day of March 2025 from `first` to `last`. */
  async activeDays(first: number, last: number): Promise<this> {
    for (let day = first; day <= last; day += 1) await this.active(`${march(day)} 12:00`);
    return this;
  }

  /** A topic completed, as the service of progress records it. */
  completeTopic(when: string, more: { minutesSpent?: number; pointsEarned?: number } = {}) {
    const at = this.clock(when);
    const activity = { userId: this.id, kind: "topic_completed" as const, occurredAt: iso(at), clientEventId: `topic:${randomUUID()}`, ...more };
    return inTransaction(this.db, this.viewer, (work) => recordStreakActivity(work, activity, at));
  }

  async earn(points: number): Promise<this> {
    await inTransaction(this.db, this.viewer, (work) => reward(work, this.id, "badge", points, { key: randomUUID() }));
    return this;
  }

  buy(when: string, idempotencyKey?: string) {
    return buyStreakFreeze(this.viewer, this.db, { ...(idempotencyKey && { idempotencyKey }) }, this.clock(when));
  }

  buyAt(now: number) {
    return buyStreakFreeze(this.viewer, this.db, {}, now);
  }

  repair(when: string, dates?: string[], idempotencyKey?: string) {
    return repairStreak(this.viewer, this.db, { ...(dates && { dates }), ...(idempotencyKey && { idempotencyKey }) }, this.clock(when));
  }

  async change(when: string, settings: StreakSettings) {
    const changed = await updateStreakSettings(this.viewer, this.db, settings, this.clock(when));
    this.zone = changed.streak.timezone;
    return changed;
  }

  at(when: string) {
    return this.shownAt(this.clock(when));
  }

  /** The streak as it is shown at an instant, in ms since 1970. */
  async shownAt(now: number) {
    const loaders = createLoaders(this.db, { ...anonymous(), id: this.id, role: "student" });
    const [current] = await valuesOf(loaders, {}, streaksAt(() => now), [this.id]);
    if (!current) throw new Error("The learner has no account");
    const { unsettled: _unsettled, ...shown } = current;
    return shown;
  }

  replay(when: string) {
    return replayStreak(this.db, this.id, this.clock(when));
  }

  async balance(): Promise<number> {
    const [row] = await this.db.select().from(userPoints).where(eq(userPoints.userId, this.id));
    return row?.xpPoints ?? 0;
  }

  async row() {
    const [row] = await this.db.select().from(userStreaks).where(eq(userStreaks.userId, this.id));
    return row;
  }

  days() {
    return this.db.select().from(streakActivities).where(eq(streakActivities.userId, this.id)).orderBy(streakActivities.activityDate);
  }

  /** Covered dates as `day:kind`, the day of the month standing for the date. */
  async covered(): Promise<string[]> {
    return (await this.days()).map(({ activityDate, kind }) => `${Number(activityDate.slice(8))}:${kind}`);
  }

  freezes() {
    return this.db.select().from(streakFreezes).where(eq(streakFreezes.userId, this.id)).orderBy(streakFreezes.grantedAt);
  }

  events() {
    return this.db.select().from(streakEvents).where(eq(streakEvents.userId, this.id)).orderBy(streakEvents.receivedAt);
  }

  ledger() {
    return this.db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, this.id)).orderBy(pointsTransactions.createdAt, pointsTransactions.id);
  }

  /** What subscribers were told, in order. */
  async told() {
    const rows = await this.db.select().from(eventOutbox).where(eq(eventOutbox.topic, `streak:${this.id}`)).orderBy(eventOutbox.seq);
    return rows.map(({ payload }) => payload as { streak: Awaited<ReturnType<StoredLearner["at"]>>; milestonesReached: object[] });
  }
}
