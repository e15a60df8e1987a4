import type { Sizes } from "../data/sizes.js";
import { queryNamed } from "../queries/index.js";
import { figure, find, ratio, type Measured, type Spread } from "../statistics.js";

export interface Circumstances {
  sizes: Sizes;
  /** Of the machine at the end, over 1, 5 and 15 minutes. */
  loadAverage: string;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const shown = (spread: Spread | null): string => (spread ? digits(spread.median) : "–");
const withEnds = (spread: Spread | null): string => (spread ? `${digits(spread.median)} (${digits(spread.min)}…${digits(spread.max)})` : "–");

/** A table for each number of connections, a line for each query and server. */
export function markdownOf(measured: readonly Measured[], { sizes, loadAverage }: Circumstances): string {
  const { users, courses, enrollments, careerPaths } = sizes;
  const about = `${users} users, ${courses} courses, ${enrollments} enrollments, ${careerPaths} career paths; load average at the end ${loadAverage}.`;
  const tables = [...new Set(measured.map(({ connections }) => connections))].map((connections) => tableOf(measured, connections));
  return [about, ...tables].join("\n\n");
}

function tableOf(measured: readonly Measured[], connections: number): string {
  const head = ["Query", "Server", "Requests/s (min…max)", "x limit", "p50 ms", "p99 ms", "CPU s per 1,000: server", "PostgreSQL", "MB"];
  const lines = measured
    .filter((one) => one.connections === connections)
    .map((one) => {
      const toLimit = ratio(one, find(measured, one.query, "limit", connections), (sample) => sample.requestsPerSecond);
      return row([
        `${one.query} ${queryNamed(one.query).title}`,
        one.server,
        withEnds(figure(one, (sample) => sample.requestsPerSecond)),
        toLimit === null ? "–" : toLimit.toFixed(2),
        withEnds(figure(one, (sample) => sample.p50)),
        shown(figure(one, (sample) => sample.p99)),
        shown(figure(one, (sample) => sample.serverCpu)),
        shown(figure(one, (sample) => sample.databaseCpu)),
        shown(figure(one, (sample) => sample.memory)),
      ]);
    });
  return [`**${connections} ${connections === 1 ? "connection" : "connections"}**`, "", row(head), row(head.map(() => "---")), ...lines].join("\n");
}
