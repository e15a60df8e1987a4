/** Seconds past the end in which answers on their way still arrive. */
export const graceSeconds = 10;

/** A moment in ms since 1970. */
type Instant = number;

/** When the time of an attempt ends; null when the quiz has no limit. */
export function dueAt(startedAt: string | null, timeLimitMinutes: number | null): Instant | null {
  return startedAt === null || timeLimitMinutes === null ? null : Date.parse(startedAt) + timeLimitMinutes * 60_000;
}

/** Has the time ended, the grace included? */
export const isOver = (due: Instant | null, now: Instant): boolean => due !== null && now > due + graceSeconds * 1000;

/** Whole seconds that are left, 0 when the time is over; null when there is no limit. */
export const remainingSeconds = (due: Instant | null, now: Instant): number | null =>
  due === null ? null : Math.max(0, Math.floor((due - now) / 1000));
