import type { Instant, LocalDate } from "./calendar.js";
import { nthActiveDate, type Run } from "./runs.js";
import {
  ACTIVE_DAYS_PER_FREEZE,
  availableFreezes,
  MAX_FREEZES,
  type Draft,
  type Freeze,
  type MilestoneReached,
  type StreakState,
} from "./state.js";

const MILESTONES = [3, 7, 14, 30, 50, 100, 200];
const YEAR = 365;

/** The first milestone above a length, in ACTIVE days: 3, 7, 14, 30, 50, 100, 200, 365, then yearly. */
export function milestoneAfter(length: number): number {
  return MILESTONES.find((days) => days > length) ?? (Math.floor(length / YEAR) + 1) * YEAR;
}

/**
 * Grants the milestones a run has reached above `above` ACTIVE days, each once in the run,
 * whatever its start was at the time (streak rule 8).
 */
export function reachMilestones(draft: Draft, run: Run, above: number): MilestoneReached[] {
  const reached: MilestoneReached[] = [];
  for (let days = milestoneAfter(above); days <= run.active; days = milestoneAfter(days)) {
    const before = draft.milestones.some(
      (known) =>
        known.days === days &&
        (known.runStartedOn === run.start || (known.reachedOn >= run.start && known.reachedOn <= run.end)),
    );
    if (!before) reached.push({ days, runStartedOn: run.start, reachedOn: nthActiveDate(draft, run, days) });
  }
  draft.milestones.push(...reached);
  return reached;
}

const EARNED = "earned:";

/** Whether a granted freeze may carry this reason; the reason of earned ones is reserved. */
export function isFreeReason(reason: string): boolean {
  return !reason.startsWith(EARNED);
}

/** What `earnFreezes` needs of the event that made the run grow. */
export interface Growth {
  readonly eventId: string;
  readonly at: Instant;
  /** The date of the run that the event covered. */
  readonly date: LocalDate;
}

/**
 * Grants one freeze per seven ACTIVE days of a run, less those that the dates of the run have
 * earned before (streak rule 5). One that would exceed the maximum is lost, and marked as such.
 */
export function earnFreezes(draft: Draft, run: Run, growth: Growth): { earned: Freeze[]; forfeited: Freeze[] } {
  const earned: Freeze[] = [];
  const forfeited: Freeze[] = [];
  const due = Math.floor(run.active / ACTIVE_DAYS_PER_FREEZE) - earnedIn(draft, run);
  for (let index = 0; index < due; index += 1) {
    const full = availableFreezes(draft).length >= MAX_FREEZES;
    const freeze: Freeze = {
      id: `${EARNED}${growth.eventId}${index === 0 ? "" : `:${index}`}`,
      status: full ? "expired" : "available",
      grantedAt: growth.at,
      usedForDate: null,
      expiresAt: full ? growth.at : null,
      reason: `${EARNED}${growth.date}`,
    };
    draft.freezes.push(freeze);
    (full ? forfeited : earned).push(freeze);
  }
  return { earned, forfeited };
}

function earnedIn(state: StreakState, run: Run): number {
  return state.freezes.filter(({ reason }) => {
    if (!reason.startsWith(EARNED)) return false;
    const date = reason.slice(EARNED.length);
    return date >= run.start && date <= run.end;
  }).length;
}
