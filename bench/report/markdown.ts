import type { Sizes } from "../data/sizes.js";
import type { Growth } from "../growth.js";
import type { Sample } from "../measure.js";
import { queryNamed } from "../queries/index.js";
import { figure, find, ratio, type Measured, type Spread } from "../statistics.js";

/** What it was measured on; load averages are over 1, 5 and 15 minutes. */
export interface Machine {
  cores: number;
  loadBefore: string;
  loadAfter: string;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const shown = (spread: Spread | null): string => (spread ? digits(spread.median) : "–");
const withEnds = (spread: Spread | null): string => (spread ? `${digits(spread.median)} (${digits(spread.min)}…${digits(spread.max)})` : "–");
const table = (head: readonly string[], lines: readonly string[]): string => [row(head), row(head.map(() => "---")), ...lines].join("\n");
const perSecond = (sample: Sample): number => sample.requestsPerSecond;
const allCpu = ({ serverCpu, databaseCpu }: Sample): number | null => (serverCpu === null || databaseCpu === null ? null : serverCpu + databaseCpu);

/** A table for each number of connections, a line for each query and server; medians of the rounds. */
export function markdownOf(measured: readonly Measured[], sizes: Sizes, { cores, loadBefore, loadAfter }: Machine): string {
  const { users, courses, enrollments, careerPaths } = sizes;
  const about =
    `${users} users, ${courses} courses, ${enrollments} enrollments, ${careerPaths} career paths. ` +
    `${cores} cores, load average ${loadBefore} before and ${loadAfter} after.`;
  const tables = [...new Set(measured.map(({ connections }) => connections))].map((connections) => tableOf(measured, connections));
  return [about, ...tables].join("\n\n");
}

function tableOf(measured: readonly Measured[], connections: number): string {
  const head = ["Query", "Server", "Requests/s (min…max)", "x limit", "p50 ms", "p99 ms", "CPU s per 1,000: server", "PostgreSQL", "x limit's CPU", "MB"];
  const lines = measured
    .filter((one) => one.connections === connections)
    .map((one) => {
      const limit = find(measured, one.query, "limit", connections);
      const toLimit = ratio(one, limit, perSecond);
      const [cpu, limitCpu] = [figure(one, allCpu), figure(limit, allCpu)];
      return row([
        `${one.query} ${queryNamed(one.query).title}`,
        one.server,
        withEnds(figure(one, perSecond)),
        toLimit === null ? "–" : toLimit.toFixed(2),
        withEnds(figure(one, (sample) => sample.p50)),
        shown(figure(one, (sample) => sample.p99)),
        shown(figure(one, (sample) => sample.serverCpu)),
        shown(figure(one, (sample) => sample.databaseCpu)),
        cpu && limitCpu ? digits(cpu.median / limitCpu.median) : "–",
        shown(figure(one, (sample) => sample.memory)),
      ]);
    });
  return `**${connections} ${connections === 1 ? "connection" : "connections"}**\n\n${table(head, lines)}`;
}

/** How many times as long a request takes, by the CPU of server and database, with ten times the rows or the page. */
export function growthTable(measured: readonly Measured[], { rows, pages }: Growth): string {
  const grown = (before: Measured | undefined, after: Measured | undefined): string => {
    const [small, large] = [figure(before, allCpu), figure(after, allCpu)];
    return small && large ? digits(large.median / small.median) : "–";
  };
  const at = (all: readonly Measured[], query: string, server: string) => find(all, query, server, 32);
  const line = (what: string, of: (server: string) => string) => row([what, of("limit"), of("ours")]);
  const lines = [...new Set(rows.map(({ query }) => query))].map((query) =>
    line(`10 x the rows, ${query}`, (server) => grown(at(measured, query, server), at(rows, query, server))));
  const page = line("10 x the page (10 and 100 courses with provider and skills)", (server) => grown(at(pages, "P10", server), at(pages, "P100", server)));
  return `**How cost grows** (CPU of a request, times)\n\n${table(["", "limit", "ours"], [...lines, page])}`;
}
