import { DAY, HOUR, type Instant, type LocalDate } from "./calendar.js";

/** What covers a local date; the values of `streak_activities.kind`. Only `active` adds to the length. */
export type DayKind = "active" | "freeze" | "repair" | "travel" | "rest";

/** One covered local date (a row of `streak_activities`). */
export interface Day {
  readonly kind: DayKind;
  /** ACTIVE: the latest activity of the date; REPAIR: when it was repaired; otherwise null. */
  readonly occurredAt: Instant | null;
  /** ACTIVE: the zone that went with `occurredAt`; otherwise the learner's zone when the row was made. */
  readonly timezone: string;
  /** Qualifying activities counted on the date; 0 unless ACTIVE. */
  readonly activityCount: number;
}

/** One streak freeze (a row of `streak_freezes`). */
export interface Freeze {
  /** Unique per learner, derived from the event that brought it. */
  readonly id: string;
  readonly status: "available" | "used" | "expired";
  readonly grantedAt: Instant;
  readonly usedForDate: LocalDate | null;
  readonly expiresAt: Instant | null;
  /**
   * `bought`, `earned:<date>` with a date inside the run that earned it, or free text of a grant.
   * One earned while the learner already held the maximum is kept as `expired`, so that the same
   * seven days can never earn it again.
   */
  readonly reason: string;
}

/** A milestone reached in a run (a row of `streak_milestones_reached`). */
export interface MilestoneReached {
  /** ACTIVE days the milestone asks for. */
  readonly days: number;
  readonly runStartedOn: LocalDate;
  /** Date of the ACTIVE day that reached it, always inside the run. */
  readonly reachedOn: LocalDate;
}

/**
 * Everything the caches hold of one learner's streak: plain JSON data.
 * Counters and settings are `user_streaks`; `days` must hold every row of `streak_activities`
 * (at most 366 a year), since a late event may rejoin runs of any length.
 */
export interface StreakState {
  readonly currentStreak: number;
  readonly longestStreak: number;
  readonly lastActivityDate: LocalDate | null;
  readonly streakStartedOn: LocalDate | null;
  readonly timezone: string;
  /** 0 to 6. */
  readonly dayStartHour: number;
  /** ISO weekdays (1 Monday to 7 Sunday), at most two, in force before `restDaysFrom`. */
  readonly restDays: readonly number[];
  /** In force from `restDaysFrom` on; null when no change is under way. */
  readonly nextRestDays: readonly number[] | null;
  readonly restDaysFrom: LocalDate | null;
  readonly autoFreeze: boolean;
  /** Every date up to this one has been settled; null before the first settlement. */
  readonly settledThrough: LocalDate | null;
  /** ACTIVE days of the last run before the present one, and the first date missed after it. */
  readonly brokenLength: number;
  readonly brokenOn: LocalDate | null;
  readonly days: Readonly<Record<LocalDate, Day>>;
  readonly freezes: readonly Freeze[];
  readonly milestones: readonly MilestoneReached[];
  /**
   * Client event ids applied to this value. The database deduplicates on its own key, so a state
   * loaded from the caches starts with none.
   */
  readonly seen: readonly string[];
}

/** The same state while one event is being applied to it. Rows are replaced, never changed in place. */
export type Draft = { -readonly [K in keyof StreakState]: StreakState[K] } & {
  days: Record<LocalDate, Day>;
  freezes: Freeze[];
  milestones: MilestoneReached[];
  seen: string[];
};

export const MAX_FREEZES = 2;
export const ACTIVE_DAYS_PER_FREEZE = 7;
export const MAX_REST_DAYS = 2;
export const MAX_REPAIR_DATES = 2;
export const REPAIR_WINDOW: number = 48 * HOUR;
export const REPAIR_INTERVAL: number = 30 * DAY;
export const LATE_WINDOW: number = 72 * HOUR;
export const TRAVEL_WINDOW: number = 36 * HOUR;
export const TRAVEL_INTERVAL_DAYS = 7;
export const MAX_CLOCK_SKEW: number = HOUR / 12;
export const MIN_SESSION_SECONDS = 60;

/** Settings a learner may start with; the zone is `users.timezone`. */
export type InitialSettings = Partial<Pick<StreakState, "timezone" | "dayStartHour" | "restDays" | "autoFreeze">>;

/** The state of a learner without any event. */
export function emptyState(settings: InitialSettings = {}): StreakState {
  return {
    currentStreak: 0,
    longestStreak: 0,
    lastActivityDate: null,
    streakStartedOn: null,
    timezone: settings.timezone ?? "Asia/Kolkata",
    dayStartHour: settings.dayStartHour ?? 0,
    restDays: settings.restDays ?? [],
    nextRestDays: null,
    restDaysFrom: null,
    autoFreeze: settings.autoFreeze ?? true,
    settledThrough: null,
    brokenLength: 0,
    brokenOn: null,
    days: {},
    freezes: [],
    milestones: [],
    seen: [],
  };
}

/** A copy that may be written to; rows are shared with the original. */
export function draftOf(state: StreakState): Draft {
  return {
    ...state,
    days: { ...state.days },
    freezes: [...state.freezes],
    milestones: [...state.milestones],
    seen: [...state.seen],
  };
}

/** What covers `date`, if anything does. */
export function dayAt(state: StreakState, date: LocalDate): Day | undefined {
  return state.days[date];
}

/** Freezes that can still be spent. */
export function availableFreezes(state: StreakState): readonly Freeze[] {
  return state.freezes.filter((freeze) => freeze.status === "available");
}
