import { together } from "../../db/constant.js";
import type { Work } from "../../db/unit-of-work.js";
import { refund, reward } from "../points.js";
import type { Instant, LocalDate } from "./calendar.js";
import { record, type Outcome } from "./engine.js";
import type { StreakEvent, StreakInput } from "./events.js";
import { reachedKey, type ReachedRow } from "./rows.js";
import { shownStreak, type ShownStreak } from "./shown.js";
import { settle } from "./settlement.js";
import type { StreakState } from "./state.js";
import { keepEvent, lockStreak, readEventLog, type EventLog, type Locked } from "./store.js";
import { defineMilestones, writeChanges, type Extras } from "./write.js";

type Unclocked<Input> = Input extends StreakInput ? Omit<Input, "clientEventId" | "occurredAt" | "sentAt" | "receivedAt"> : never;

/** An event before its clocks: what happened, and under which id. */
export type NewEvent = Unclocked<StreakInput> & {
  clientEventId: string;
  /** By the client's clock; now when absent. */
  occurredAt?: Instant;
  sentAt?: Instant | null;
};

/** What one event did to a streak that is being changed; `known` is the earlier event with its id. */
export type Recorded =
  | { event: StreakEvent; outcome: Outcome; known: null }
  | { event: null; outcome: null; known: StreakEvent };

/** The streak after a change, and the milestones that the change reached. */
export interface Changed {
  streak: ShownStreak;
  milestonesReached: ReachedRow[];
}

/**
 * A learner's streak under its lock. Events are applied one after the other and written together by
 * `save`; each is received later than any before, so that `received_at` keeps the order of applying.
 */
export class OpenStreak {
  readonly #outcomes: { event: StreakEvent; outcome: Outcome }[] = [];
  readonly #extras = new Map<LocalDate, Extras>();
  #state: StreakState;

  private constructor(
    readonly work: Work,
    private readonly stored: Locked,
    private at: Instant,
  ) {
    this.#state = stored.state;
  }

  /**
   * Locks the streak of a learner, made when there is none. `now` in ms since 1970; the server's clock when absent.
   * The id of the first event to come, when it is known, spares looking for it later.
   */
  static async open(work: Work, userId: string, now?: Instant, clientEventId: string | null = null): Promise<OpenStreak> {
    const stored = await lockStreak(work.tx, userId, clientEventId);
    // After the lock: whoever waited for it is received when it was their turn.
    return new OpenStreak(work, stored, now ?? Date.now());
  }

  get userId(): string {
    return this.stored.row.userId;
  }

  get id(): string {
    return this.stored.row.id;
  }

  /** The moment of the change. */
  get now(): Instant {
    return this.at;
  }

  /** The state as it is now. */
  get state(): StreakState {
    return settle(this.#state, this.at);
  }

  /** Applies an event, which `save` keeps, unless the learner has one with its id. */
  async record(input: NewEvent, extras?: Extras): Promise<Recorded> {
    const { lastReceivedAt, known } = await this.logBefore(input.clientEventId);
    if (known) return { event: null, outcome: null, known };
    if (lastReceivedAt !== null) this.at = Math.max(this.at, lastReceivedAt + 1);
    const clocks = { occurredAt: input.occurredAt ?? this.at, sentAt: input.sentAt ?? null, receivedAt: this.at };
    const payload = { ...input.payload, ...(extras && { ...extras }) };
    const { state, event, outcome } = record(this.#state, { ...input, payload, ...clocks } as StreakInput);
    this.#state = state;
    this.#outcomes.push({ event, outcome });
    if (extras && event.activityDate !== null) this.#extras.set(event.activityDate, extras);
    return { event, outcome, known: null };
  }

  private async logBefore(clientEventId: string): Promise<EventLog> {
    const same = this.#outcomes.find(({ event }) => event.clientEventId === clientEventId);
    const latest = this.#outcomes.at(-1);
    if (latest) this.at = latest.event.receivedAt + 1;
    if (same) return { clientEventId, lastReceivedAt: null, known: same.event };
    const { log } = this.stored;
    return !latest && log?.clientEventId === clientEventId ? log : readEventLog(this.work.tx, this.userId, clientEventId);
  }

  /** Writes events and what they changed, pays rewards and refunds, and tells subscribers. */
  async save(): Promise<Changed> {
    const outcomes = [...this.#outcomes];
    const rewards = await this.grantRewards(outcomes);
    const before = this.stored.state;
    const after = settle(this.#state, this.at);
    if (this.#outcomes.length === 0) return { streak: shownStreak(this.stored.row, before, this.at), milestonesReached: [] };
    const [{ rows, reached }] = await together([
      writeChanges(this.work.tx, [{ ...this.stored, after, extras: this.#extras }]),
      ...this.#outcomes.map(({ event }) => keepEvent(this.work.tx, this.userId, event)),
    ]);
    const streak = shownStreak(rows[0] ?? this.stored.row, after, this.at);
    for (const { key, amount, entityId } of rewards) {
      await reward(this.work, this.userId, "streak", amount, { key, entityType: "streak_milestone", entityId });
    }
    for (const { event, outcome } of outcomes) await this.refundRepairs(event, outcome);
    if (this.shows(before, after)) publishStreak(this.work, { streak, milestonesReached: reached });
    return { streak, milestonesReached: reached };
  }

  /** Freezes of milestones arrive as events of their own; gives the points that are due. */
  private async grantRewards(outcomes: readonly { outcome: Outcome }[]) {
    const reached = outcomes.flatMap(({ outcome }) => outcome.milestones);
    if (reached.length === 0) return [];
    const definitions = await defineMilestones(this.work.tx, reached.map(({ days }) => days));
    const rewards: { key: string; amount: number; entityId: string }[] = [];
    for (const milestone of reached) {
      const definition = definitions.get(milestone.days);
      if (!definition) continue;
      const key = reachedKey(milestone);
      for (let index = 1; index <= definition.freezeReward; index += 1) {
        const payload = { reason: `milestone ${milestone.days}` };
        await this.record({ kind: "freeze_granted", clientEventId: `${key}:${index}`, payload });
      }
      if (definition.pointsReward > 0) rewards.push({ key, amount: definition.pointsReward, entityId: definition.id });
    }
    return rewards;
  }

  private async refundRepairs(event: StreakEvent, { repairsRefunded }: Outcome): Promise<void> {
    if (repairsRefunded.length === 0) return;
    const key = `repair_refund:${event.clientEventId}`;
    await refund(this.work, this.userId, "streak_repair", { key, count: repairsRefunded.length, entityType: "streak", entityId: this.stored.row.id });
  }

  /** Whether a change shows: a further activity on a day that is ACTIVE already does not. */
  private shows(before: StreakState, after: StreakState): boolean {
    if (this.#outcomes.some(({ outcome }) => outcome.code === "APPLIED" || outcome.travelInserted.length > 0)) return true;
    return before.settledThrough !== after.settledThrough;
  }
}

/** Tells the subscribers of a learner how the streak stands after a change. */
export function publishStreak(work: Work, { streak, milestonesReached }: Changed): void {
  work.publish({
    topic: `streak:${streak.userId}`,
    entityType: "streak",
    entityId: streak.id,
    payload: { streak, milestonesReached },
  });
}

/** Something that a learner did and that may extend the streak. */
export interface StreakActivity {
  userId: string;
  kind: "topic_completed" | "quiz_submitted" | "card_reviewed" | "learning_session";
  /** ISO 8601, by the clock of the client; with microseconds or without. */
  occurredAt: string;
  /** The same clock when the client sent it; absent for what happened on the server. */
  sentAt?: string | null;
  /** Unique among the learner's events, such as `topic:<topic id>`; the same id again changes nothing. */
  clientEventId: string;
  /** 0 or more; added to the day that the activity counts for. */
  minutesSpent?: number;
  /** 0 or more; added likewise. The points themselves are for the caller to award. */
  pointsEarned?: number;
  /** Of a learning session: it counts from 60 seconds with one interaction (streak rule 1). */
  seconds?: number;
  interactions?: number;
}

export interface RecordedActivity extends Changed {
  /** The day that it counts for, the same when it is repeated; null when it counts for none. */
  activityDate: LocalDate | null;
  /** The event as it was kept. */
  event: StreakEvent;
}

/**
 * Keeps an activity and applies it to the learner's streak in the transaction of what the learner did
 * (streak rules 1, 2, 9, 10 and 11). One that does not qualify or is too late is kept and counts for
 * no day. It locks the streak and may award points of milestones: call it before anything else that
 * locks the learner's points, unless `opened` is their streak, under its lock already.
 * `now` in ms since 1970; the server's clock when absent.
 */
export async function recordStreakActivity(work: Work, activity: StreakActivity, now?: Instant, opened?: OpenStreak): Promise<RecordedActivity> {
  const { userId, kind, clientEventId, seconds, interactions, minutesSpent = 0, pointsEarned = 0 } = activity;
  const streak = opened ?? (await OpenStreak.open(work, userId, now, clientEventId));
  const payload = { ...(seconds !== undefined && { seconds }), ...(interactions !== undefined && { interactions }) };
  const occurredAt = Date.parse(activity.occurredAt);
  const sentAt = activity.sentAt == null ? null : Date.parse(activity.sentAt);
  const { event, known } = await streak.record({ kind, clientEventId, occurredAt, sentAt, payload }, { minutesSpent, pointsEarned });
  const kept = event ?? known;
  return { ...(await streak.save()), activityDate: kept.activityDate, event: kept };
}
