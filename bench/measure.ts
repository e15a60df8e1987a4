import type postgres from "postgres";
import type { LoadGenerator } from "./load.js";
import type { BenchQuery, Case } from "./queries/query.js";
import { requestOf } from "./queries/request.js";
import type { RunningServer } from "./servers/process.js";
import { readUsage, usedBetween } from "./usage.js";

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

/** Loads one server for `seconds` and says what it did and what it used. */
export async function sample(
  { load, sql }: Instruments,
  server: RunningServer,
  query: BenchQuery,
  source: CaseSource,
  { connections, seconds, start }: { connections: number; seconds: number; start: number },
): Promise<Sample> {
  const requests = source.take(connections, seconds).map((one) => requestOf(query, one, server.spec.dialect));
  const before = await readUsage(server.pid, sql);
  const report = await load.run({ port: server.port, connections, seconds, requests, start, sendOnce: query.kind === "write" }).catch((error: unknown) => {
    throw new Error(`${server.spec.name} failed under ${query.name}: ${String(error)}`, { cause: error });
  });
  const after = await readUsage(server.pid, sql);
  source.used(report.mostOfOneConnection, connections);
  const sorted = report.latencies.toSorted();
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

/** Cases of a read, the same for everyone. */
export const repeated = (cases: readonly Case[]): CaseSource => ({ take: () => cases, used: () => {} });
