import type { Sql } from "postgres";
import { Kept } from "../statements.js";

/** A connection, and how far it is with what was sent on it. */
interface Line {
  client: Sql;
  underWay: number;
  /** What it still has to do, in milliseconds as its texts usually take them. */
  expected: number;
  /** Since when it has been at work on what it answers next; in milliseconds of `performance.now()`. */
  since: number;
}

/** What is known of a text. */
interface Known {
  averageMs: number;
  /** Until when it stays away from the lines. */
  awayUntil: number;
}

/** A statement that takes longer holds up what was sent behind it; nothing is sent where it would wait as long. */
const longMs = 20;
/** How long a text whose statements are long stays away from the lines. */
const awayMs = 60_000;
/** What the last statement of a text weighs in its average. */
const weight = 0.1;
/** It counts as no more than this, for it may be this process that had no time to look at the answer, ... */
const mostMs = 2 * longMs;
/** ... unless it took so long that there is no doubt. */
const hopelessMs = 1_000;
/** What a text takes of which nothing is known. */
const unknownMs = 1;
const nothing = (): Known => ({ averageMs: 0, awayUntil: 0 });
const maxKnown = 2_000;

/**
 * Sends short statements down a few connections, several at a time: they leave in one packet, their answers come back
 * in one, and PostgreSQL's processes wake up less often, which costs as much as a short read itself. What would wait
 * long behind others goes to the pool, and so do texts that turn out long, transactions, and all else.
 *
 * @param lines clients of one connection each, for reads only: what waits for a lock would hold up the rest.
 */
export function sharing(lines: readonly Sql[], pool: Sql): Sql {
  const open: Line[] = lines.map((client) => ({ client, underWay: 0, expected: 0, since: 0 }));
  const known = new Kept<Known>(maxKnown, Infinity);

  const unsafe: Sql["unsafe"] = (text, parameters, options) => {
    const now = performance.now();
    const about = known.of(text, nothing);
    const line = now < about.awayUntil ? undefined : leastBusy(open, now);
    if (!line) return pool.unsafe(text, parameters, options);
    const answer = line.client.unsafe(text, parameters, options);
    const expected = about.averageMs || unknownMs;
    if (line.underWay++ === 0) line.since = now;
    line.expected += expected;
    const ended = (): number => {
      const then = performance.now();
      const ms = then - Math.max(now, line.since);
      line.expected = --line.underWay === 0 ? 0 : line.expected - expected;
      line.since = then;
      return ms;
    };
    answer.then(() => note(about, ended(), line.since), ended);
    return answer as never;
  };
  return new Proxy(pool, { get: (target, name) => (name === "unsafe" ? unsafe : (Reflect.get(target, name) as unknown)) });
}

/** Learns from a statement that ended at `now`. A text that is long comes back on trial: one more long statement sends it away. */
function note(about: Known, ms: number, now: number): void {
  const average = ms > hopelessMs ? longMs : about.averageMs + (Math.min(ms, mostMs) - about.averageMs) * weight;
  about.averageMs = Math.min(average, longMs);
  if (average >= longMs) about.awayUntil = now + awayMs;
}

/** The first of those that are least busy, since what a lonely user needs is prepared there; undefined when the wait is long on each. */
function leastBusy(lines: readonly Line[], now: number): Line | undefined {
  let found: Line | undefined;
  for (const line of lines) {
    const isLong = line.expected >= longMs || (line.underWay > 0 && now - line.since > longMs);
    if (!isLong && (!found || line.expected < found.expected)) found = line;
  }
  return found;
}
