import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type postgres from "postgres";

/** CPU of processes; null where the system does not tell. */
export interface Usage {
  /** Seconds of CPU of the server's process, all threads. */
  server: number | null;
  /** Seconds of CPU of the backends that serve the database, by process id. */
  backends: ReadonlyMap<number, number> | null;
  /** Resident memory of the server, in bytes. */
  memory: number | null;
}

const ticksPerSecond = ((): number => {
  try {
    return Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  } catch {
    return 100;
  }
})();
const pageSize = 4_096;

/** User and system time of a process in seconds, and its resident memory in bytes; null without /proc. */
function readStat(pid: number): { cpu: number; memory: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold spaces; utime is the 14th field of all, the 12th behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, memory: Number(fields[21]) * pageSize };
  } catch {
    return null;
  }
}

/** Reads what a server and its database's backends have used so far. PostgreSQL must run on this machine. */
export async function readUsage(pid: number, sql: postgres.Sql): Promise<Usage> {
  const stat = readStat(pid);
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
  const backends = new Map(rows.flatMap((row) => {
    const used = readStat(row.pid);
    return used ? [[row.pid, used.cpu] as const] : [];
  }));
  return { server: stat?.cpu ?? null, memory: stat?.memory ?? null, backends: backends.size > 0 ? backends : null };
}

const lookMs = 50;
const patienceMs = 10_000;

/**
 * Waits until a server has finished what it was asked when its load ended, so that it does not slow the one
 * that is measured next: until a look finds it all but idle, 10 s at most.
 */
export async function quiet(pid: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let before = readStat(pid)?.cpu ?? 0; Date.now() < until; ) {
    await delay(lookMs);
    const now = readStat(pid)?.cpu ?? 0;
    // One tick of the clock is 10 ms: less than a second one in 50 ms is no work to speak of.
    if (now - before < 0.015) return;
    before = now;
  }
}

/** CPU seconds between two readings: of the server, and of the database; a backend that came in between counts from 0. */
export function usedBetween(before: Usage, after: Usage): { server: number | null; database: number | null } {
  const server = before.server === null || after.server === null ? null : after.server - before.server;
  if (!after.backends) return { server, database: null };
  let database = 0;
  for (const [pid, cpu] of after.backends) database += cpu - (before.backends?.get(pid) ?? 0);
  return { server, database };
}
