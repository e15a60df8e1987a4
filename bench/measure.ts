import type postgres from "postgres";
import type { LoadGenerator, LoadReport } from "./load.js";
import type { BenchQuery, Case } from "./queries/query.js";
import { requestOf } from "./queries/request.js";
import type { RunningServer } from "./servers/process.js";
import { quiet, readUsage, usedBetween } from "./usage.js";

/** One server under one query with so many connections for one round. */
export interface Sample {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU seconds per 1,000 requests; null where the system does not tell. */
  serverCpu: number | null;
  databaseCpu: number | null;
  /** Resident memory of the server afterwards, in MB. */
  memory: number | null;
}

/** Hands out cases: the same ones again and again for reads, each only once for writes. */
export interface CaseSource {
  take(connections: number, seconds: number): readonly Case[];
  /** Tells how many of the cases handed out last one connection used at most. */
  used(mostOfOneConnection: number, connections: number): void;
}

export interface Instruments {
  load: LoadGenerator;
  /** A connection to the database under test that is not counted. */
  sql: postgres.Sql;
}

const percentile = (sorted: Float64Array, part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

export interface Stint {
  connections: number;
  seconds: number;
  /** Where in the cases it begins. */
  start: number;
}

/** Loads one server for a while, and waits until it has come to rest. */
export async function warmUp({ load }: Instruments, server: RunningServer, query: BenchQuery, source: CaseSource, stint: Stint): Promise<LoadReport> {
  const { connections, seconds, start } = stint;
  const requests = source.take(connections, seconds).map((one) => requestOf(query, one, server.spec.dialect));
  const report = await load.run({ port: server.port, connections, seconds, requests, start, sendOnce: query.kind === "write" }).catch((error: unknown) => {
    throw new Error(`${server.spec.name} failed under ${query.name}: ${String(error)}\n${server.printed()}`, { cause: error });
  });
  await quiet(server.pid);
  source.used(report.mostOfOneConnection, connections);
  return report;
}

/** Loads one server and says what it did and what it used; for longer where it answers less than once a connection. */
export async function sample(instruments: Instruments, server: RunningServer, query: BenchQuery, source: CaseSource, stint: Stint): Promise<Sample> {
  const before = await readUsage(server.pid, instruments.sql);
  const report = await warmUp(instruments, server, query, source, stint);
  const after = await readUsage(server.pid, instruments.sql);
  const sorted = report.latencies.toSorted();
  if (sorted.length < stint.connections) return sample(instruments, server, query, source, { ...stint, seconds: stint.seconds * 2 });
  const thousands = sorted.length / 1_000;
  const cpu = usedBetween(before, after);
  return {
    requestsPerSecond: sorted.length / (report.elapsedMs / 1_000),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    serverCpu: cpu.server === null ? null : cpu.server / thousands,
    databaseCpu: server.spec.embedded || cpu.database === null ? null : cpu.database / thousands,
    memory: after.memory === null ? null : after.memory / 1e6,
  };
}

/** More than any server writes in a second, so that nobody runs out of cases. */
const writesPerSecond = 3_000;

/** Cases of a write, each handed out once, to whomever comes. */
export function dealt(cases: readonly Case[]): CaseSource {
  let next = 0;
  let share = 0;
  return {
    take(connections, seconds) {
      const taken = cases.slice(next, next + Math.ceil(writesPerSecond * seconds) + connections * 10);
      share = Math.floor(taken.length / connections);
      return taken;
    },
    used(most, connections) {
      // One more of each connection was under way when the time was over.
      if (most + 1 > share) throw new Error("There are no rows left to write to: give more --users and --enrollments, or fewer --seconds");
      next += (most + 1) * connections;
    },
  };
}

/** Cases of a read, the same for everyone. */
export const repeated = (cases: readonly Case[]): CaseSource => ({ take: () => cases, used: () => {} });
