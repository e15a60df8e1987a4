import type { Sql } from "postgres";

/** A connection, and how far it is with what was sent on it. */
interface Line {
  client: Sql;
  underWay: number;
  /** Since when it has been at work on what it is to answer next; in milliseconds of `performance.now()`. */
  since: number;
}

/** A statement that takes longer holds up what was sent behind it, unless everything takes long. */
const longMs = 20;
/** So many times what statements usually take is long, when the whole machine is slow. */
const outstanding = 3;
/** How long a text whose statements are long stays away from the lines. */
const awayMs = 60_000;
/** What the last statement weighs in an average. */
const weight = 0.1;
const maxKnown = 2_000;

/**
 * Sends short statements down a few connections, several at a time: they leave in one packet, their answers come back
 * in one, and PostgreSQL's processes wake up less often, which costs as much as a short read itself. Nobody waits
 * behind a long one for long: texts that turn out long go to the pool, and so does all else while every line is at
 * work on a long statement. Transactions are the pool's in any case.
 *
 * @param lines clients of one connection each, for reads only: what waits for a lock would hold up the rest.
 */
export function sharing(lines: readonly Sql[], pool: Sql): Sql {
  const open: Line[] = lines.map((client) => ({ client, underWay: 0, since: 0 }));
  /** Average milliseconds of each text. */
  const took = new Map<string, number>();
  /** Texts that are long, until when. */
  const away = new Map<string, number>();
  /** Average milliseconds of all that the lines were sent. */
  let usual = 0;
  const patience = (): number => Math.max(longMs, outstanding * usual);

  function note(text: string, given: number, now: number): void {
    // More may be due to this process, which had no time to look at the answer.
    const ms = Math.min(given, 2 * patience());
    const average = averaged(took.get(text) ?? 0, ms);
    usual = averaged(usual, ms);
    bounded(took).set(text, average);
    if (average < patience()) return;
    took.delete(text);
    bounded(away).set(text, now + awayMs);
  }

  function isAway(text: string, now: number): boolean {
    const until = away.get(text);
    if (until === undefined || now < until) return until !== undefined;
    return !away.delete(text);
  }

  const unsafe: Sql["unsafe"] = (text, parameters, options) => {
    const now = performance.now();
    const line = isAway(text, now) ? undefined : leastBusy(open, now - patience());
    if (!line) return pool.unsafe(text, parameters, options);
    const answer = line.client.unsafe(text, parameters, options);
    if (line.underWay++ === 0) line.since = now;
    const answered = (): void => {
      const then = performance.now();
      line.underWay--;
      note(text, then - Math.max(now, line.since), then);
      line.since = then;
    };
    answer.then(answered, answered);
    return answer as never;
  };
  return new Proxy(pool, { get: (target, name) => (name === "unsafe" ? unsafe : (Reflect.get(target, name) as unknown)) });
}

const averaged = (before: number, ms: number): number => before + (ms - before) * weight;

/**
 * The first of those that are least busy, since what a lonely user needs is prepared there; undefined when all have been
 * at work on one statement since before `longAgo`.
 */
function leastBusy(lines: readonly Line[], longAgo: number): Line | undefined {
  let found: Line | undefined;
  for (const line of lines) {
    const isHeldUp = line.underWay > 0 && line.since < longAgo;
    if (!isHeldUp && (!found || line.underWay < found.underWay)) found = line;
  }
  return found;
}

/** Starts anew when full: texts come from what clients ask. */
function bounded<Value>(texts: Map<string, Value>): Map<string, Value> {
  if (texts.size >= maxKnown) texts.clear();
  return texts;
}
