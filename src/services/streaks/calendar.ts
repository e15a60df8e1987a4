/** A calendar date, `YYYY-MM-DD` (years 0001 to 9999, so that text order is date order). */
export type LocalDate = string;

/** An instant as whole milliseconds since the Unix epoch. */
export type Instant = number;

const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

// Names are matched case-insensitively by Intl, so a caller could spell one zone in very many ways.
const MAX_CACHED_ZONES = 1_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const cached = formatters.get(zone);
  if (cached) return cached;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formatters.size >= MAX_CACHED_ZONES) formatters.clear();
  formatters.set(zone, made);
  return made;
}

/**
 * Whether `zone` names an IANA time zone that this runtime knows.
 * Bare offsets (`+05:30`) are refused: PostgreSQL reads their sign the other way round.
 */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** Since then every zone of the world has been whole minutes away from UTC and changed its clocks on a whole minute. */
const MINUTES_SINCE: Instant = Date.UTC(1973, 0);
const MAX_CACHED_OFFSETS = 5_000;
/** Offsets by zone and minute: most learners of a zone ask for the same few moments. */
const offsets = new Map<string, number>();

/** The wall clock at an instant, written as if it were UTC (milliseconds since the epoch). */
function wallTime(instant: Instant, zone: string): number {
  if (instant < MINUTES_SINCE) return readClock(instant, zone);
  const minute = Math.floor(instant / MINUTE);
  const key = `${zone} ${minute}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (offsets.size >= MAX_CACHED_OFFSETS) offsets.clear();
    offset = readClock(minute * MINUTE, zone) - minute * MINUTE;
    offsets.set(key, offset);
  }
  return instant + offset;
}

function readClock(instant: Instant, zone: string): number {
  const field: Record<string, number> = {};
  for (const part of formatterFor(zone).formatToParts(instant)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  const millisecond = ((instant % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

function offsetAt(instant: Instant, zone: string): number {
  return wallTime(instant, zone) - instant;
}

/**
 * The first instant at which the clocks of `zone` show `wall` or, where a clock change skips it, something later.
 * `wall` is a wall clock written as if it were UTC. Throws a RangeError for an unknown zone.
 */
export function instantOfWallTime(wall: number, zone: string): Instant {
  const candidates = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)];
  const exact = candidates.map((offset) => wall - offset).filter((at) => wallTime(at, zone) === wall);
  if (exact.length > 0) return Math.min(...exact);
  // The wall time is skipped: find the clock change itself.
  let low = wall - Math.max(...candidates) - 1;
  let high = wall - Math.min(...candidates);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallTime(middle, zone) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

function dateOfUtc(at: number): LocalDate {
  return new Date(at).toISOString().slice(0, 10);
}

function utcOfDate(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/**
 * The learner's date at an instant: `((at AT TIME ZONE zone) - dayStartHour hours)::date` (streak rule 2).
 * `dayStartHour` is 0 to 6. Throws a RangeError for an unknown zone.
 */
export function localDate(at: Instant, zone: string, dayStartHour: number): LocalDate {
  return dateOfUtc(wallTime(at, zone) - dayStartHour * HOUR);
}

/** The instant at which `date` is over for a learner in `zone` whose days start at `dayStartHour` (0 to 6). */
export function endOfLocalDate(date: LocalDate, zone: string, dayStartHour: number): Instant {
  return instantOfWallTime(utcOfDate(date) + DAY + dayStartHour * HOUR, zone);
}

/** The calendar date `days` after `date` (before it when negative). No zone is involved. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfUtc(utcOfDate(date) + days * DAY);
}

/** Weekday of a date, ISO numbering: 1 Monday to 7 Sunday. */
export function weekday(date: LocalDate): number {
  return new Date(utcOfDate(date)).getUTCDay() || 7;
}

/** The first Monday after `date`; weeks start on Monday. */
export function nextMonday(date: LocalDate): LocalDate {
  return addDays(date, 8 - weekday(date));
}
