import postgres from "postgres";
import { compareAnswers, compareWrites } from "./compare.js";
import { resetStatements } from "./data/reset.js";
import { startLoadGenerator } from "./load.js";
import { dealt, repeated, sample, warmUp, type CaseSource, type Instruments } from "./measure.js";
import type { Options } from "./options.js";
import { queryNamed } from "./queries/index.js";
import type { BenchQuery, Case } from "./queries/query.js";
import { canAnswer } from "./queries/request.js";
import { servers as known } from "./servers/catalogue.js";
import { startServer, type RunningServer } from "./servers/process.js";
import { figure, type Measured } from "./statistics.js";

const comparedCases = 12;
const warmUpSeconds = 1;
/** So many pools fit into the 100 connections that PostgreSQL allows by default; with more, those that rest are closed. */
const serversWithOpenPools = 3;
const idleSeconds = 2;
const reopenSeconds = 0.3;

/** Says what is going on; a line at a time. */
export type Tell = (line: string) => void;

/**
 * Starts the servers, compares their answers and loads them in turn, query by query.
 * @throws {Error} when answers differ or a request fails.
 */
export async function runQueries(options: Options, databaseUrl: string, dataDir: string, tell: Tell): Promise<Measured[]> {
  const running: RunningServer[] = [];
  const load = startLoadGenerator();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const specs = known.filter(({ name }) => options.servers.includes(name));
    const poolIdleSeconds = specs.length > serversWithOpenPools ? idleSeconds : 0;
    for (const spec of specs) {
      running.push(await startServer(spec, { databaseUrl, dataDir, productDir: options.productDir, profileDir: options.profileDir, poolIdleSeconds }));
      tell(`started ${spec.name}`);
    }
    const measured: Measured[] = [];
    for (const name of options.queries) {
      const query = queryNamed(name);
      const asked = running.filter(({ spec }) => canAnswer(query, spec));
      measured.push(...(await runQuery(options, { load, sql }, query, asked, tell)));
    }
    return measured;
  } finally {
    load.stop();
    await sql.end();
    for (const server of running) await server.stop();
  }
}

async function runQuery(options: Options, instruments: Instruments, query: BenchQuery, servers: readonly RunningServer[], tell: Tell): Promise<Measured[]> {
  const cases = query.cases(options.sizes);
  const source = await compared(instruments, query, servers, cases);
  tell(`${query.name} ${query.title}: the answers are equal`);
  const measured: Measured[] = [];
  for (const connections of options.connections) {
    const rows = servers.map((server) => ({ query: query.name, server: server.spec.name, connections, samples: [] }) as Measured);
    const seconds = connections === 1 ? options.loneSeconds : options.seconds;
    for (const server of servers) {
      if (connections === options.connections[0]) await warmUp(instruments, server, query, source, { connections, seconds: warmUpSeconds, start: 0 });
    }
    for (let round = 0; round < options.rounds; round += 1) {
      // Every round begins with another server, so that none always comes after the same one.
      for (let turn = 0; turn < servers.length; turn += 1) {
        const place = (round + turn) % servers.length;
        const server = servers[place];
        // Connections that were closed meanwhile are opened before it counts.
        if (server && servers.length > serversWithOpenPools) await warmUp(instruments, server, query, source, { connections, seconds: reopenSeconds, start: 0 });
        if (server) rows[place]?.samples.push(await sample(instruments, server, query, source, { connections, seconds, start: round * 17 }));
      }
    }
    tell(`  ${connections} ${connections === 1 ? "connection" : "connections"}: ${rows.map(summary).join(" · ")}`);
    measured.push(...rows);
  }
  return measured;
}

/** Compares what the servers answer, and for writes what they wrote; gives the cases that are left. */
async function compared({ sql }: Instruments, query: BenchQuery, servers: readonly RunningServer[], cases: readonly Case[]): Promise<CaseSource> {
  if (query.kind === "read") {
    await compareAnswers(servers, query, spaced(cases, comparedCases));
    return repeated(cases);
  }
  for (const statement of resetStatements) await sql.unsafe(statement);
  await compareWrites(servers, query, cases, sql);
  return dealt(cases.slice(servers.length * 2));
}

const summary = (row: Measured): string =>
  `${row.server} ${figure(row, (one) => one.requestsPerSecond)?.median.toFixed(0)}/s p50 ${figure(row, (one) => one.p50)?.median.toFixed(2)} ms`;

const spaced = <Item>(items: readonly Item[], count: number): Item[] => {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0);
};
