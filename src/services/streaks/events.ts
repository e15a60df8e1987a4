import { localDate, type Instant, type LocalDate } from "./calendar.js";
import { LATE_WINDOW, MAX_CLOCK_SKEW, MIN_SESSION_SECONDS, type StreakState } from "./state.js";

/** What `streak_events` keeps of every event, in the order received. */
interface Envelope {
  /** Unique per learner; a second event with the same id changes nothing. */
  readonly clientEventId: string;
  /** The client's own clock, uncorrected. */
  readonly occurredAt: Instant;
  /** The client's clock when it sent the event; null for events made on the server. */
  readonly sentAt: Instant | null;
  /** The server's clock. */
  readonly receivedAt: Instant;
}

/** A learner did something. Whether it counts is for `qualifies` to say. */
export interface ActivityInput extends Envelope {
  readonly kind: ActivityKind;
  readonly payload: ActivityPayload;
}

/** The kinds of learning that may extend a streak, and the sign-in, which never does. */
export type ActivityKind = "topic_completed" | "quiz_submitted" | "card_reviewed" | "learning_session" | "signed_in";

/** Read for `learning_session` only; whatever else the caller keeps is left alone. */
export interface ActivityPayload {
  readonly seconds?: number;
  readonly interactions?: number;
  readonly [key: string]: unknown;
}

/** A learner bought a freeze with points; the service has charged for it. */
export interface FreezeBoughtInput extends Envelope {
  readonly kind: "freeze_bought";
  readonly payload: { readonly expiresAt?: Instant | null };
}

/** A freeze given as a reward or by hand. `reason` must not start with `earned:`. */
export interface FreezeGrantedInput extends Envelope {
  readonly kind: "freeze_granted";
  readonly payload: { readonly reason?: string; readonly expiresAt?: Instant | null };
}

/** A repair of exactly these dates, which must be all that `repairableDates` names. */
export interface RepairInput extends Envelope {
  readonly kind: "repair";
  readonly payload: { readonly dates: readonly LocalDate[] };
}

/** A change of settings; what is left out stays. */
export interface SettingsChangedInput extends Envelope {
  readonly kind: "settings_changed";
  readonly payload: {
    readonly timezone?: string;
    readonly dayStartHour?: number;
    readonly restDays?: readonly number[];
    readonly autoFreeze?: boolean;
  };
}

export type StreakInput =
  | ActivityInput
  | FreezeBoughtInput
  | FreezeGrantedInput
  | RepairInput
  | SettingsChangedInput;

/** What ingest adds, once and for all: the zone in force and the date the activity counts for, if any. */
export interface Dated {
  readonly activityDate: LocalDate | null;
  readonly timezone: string;
}

/** A row of `streak_events`. */
export type StreakEvent = StreakInput & Dated;
export type ActivityEvent = ActivityInput & Dated;

/** Whether an event may count for a date at all (streak rule 1). */
export function qualifies(kind: string, payload: ActivityPayload): boolean {
  switch (kind) {
    case "topic_completed":
    case "quiz_submitted":
    case "card_reviewed":
      return true;
    case "learning_session":
      return (payload.seconds ?? 0) >= MIN_SESSION_SECONDS && (payload.interactions ?? 0) >= 1;
    default:
      return false;
  }
}

/**
 * When an event happened by the server's clock (streak rule 10): a client clock more than
 * five minutes off is shifted by its skew, and nothing happens after it was received.
 */
export function correctedInstant(occurredAt: Instant, sentAt: Instant | null, receivedAt: Instant): Instant {
  const skew = sentAt === null ? 0 : receivedAt - sentAt;
  const shifted = Math.abs(skew) > MAX_CLOCK_SKEW ? occurredAt + skew : occurredAt;
  return Math.min(shifted, receivedAt);
}

/** Why an activity does not count, or null when it does. */
export type Refusal = "NOT_QUALIFYING" | "INVALID_CLOCK" | "TOO_LATE";

/** Judges an activity by its kind and clock alone (streak rules 1, 9 and 10). */
export function refusalOf(event: ActivityInput): Refusal | null {
  if (!qualifies(event.kind, event.payload)) return "NOT_QUALIFYING";
  const clocks = [event.occurredAt, event.sentAt ?? event.receivedAt, event.receivedAt];
  if (!clocks.every((at) => Number.isFinite(at) && Math.abs(at) <= MAX_INSTANT)) return "INVALID_CLOCK";
  const at = correctedInstant(event.occurredAt, event.sentAt, event.receivedAt);
  return event.receivedAt - at > LATE_WINDOW ? "TOO_LATE" : null;
}

// The range of a JavaScript date.
const MAX_INSTANT = 8.64e15;

/**
 * Fixes the zone and the date of an event by the settings in force now (streak rule 2).
 * Call it once, when the event arrives, and store the result.
 */
export function ingest(state: StreakState, input: StreakInput): StreakEvent {
  const { timezone, dayStartHour } = state;
  if (!isActivity(input) || refusalOf(input) !== null) return { ...input, timezone, activityDate: null };
  const at = correctedInstant(input.occurredAt, input.sentAt, input.receivedAt);
  return { ...input, timezone, activityDate: localDate(at, timezone, dayStartHour) };
}

/** Whether an event is something that the learner did, and not a change of freezes, days or settings. */
export function isActivity(input: StreakInput): input is ActivityInput {
  switch (input.kind) {
    case "freeze_bought":
    case "freeze_granted":
    case "repair":
    case "settings_changed":
      return false;
    default:
      return true;
  }
}
