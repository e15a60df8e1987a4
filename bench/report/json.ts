import { queryNamed } from "../queries/index.js";
import { find, ratio, type Measured } from "../statistics.js";
import type { Sample } from "../measure.js";

const many = 32;
const lone = 1;
const perSecond = (sample: Sample): number => sample.requestsPerSecond;
const p50 = (sample: Sample): number => sample.p50;

export interface QueryResult {
  name: string;
  kind: "read" | "write";
  /** Requests a second of ours over those of the other at 32 connections; null where it was not asked. */
  ratioToLimit: number | null;
  ratioToPostgraphile: number | null;
  /** Half of the answers arrive within so many times the limit's, or PostGraphile's, with one connection. */
  p50RatioLoneToLimit: number | null;
  p50RatioLoneToPostgraphile: number | null;
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

/** How ours compares, query by query. */
export function resultOf(measured: readonly Measured[]): { queries: QueryResult[] } {
  const names = [...new Set(measured.map(({ query }) => query))];
  return {
    queries: names.map((name) => {
      const at = (server: string, connections: number) => find(measured, name, server, connections);
      return {
        name,
        kind: queryNamed(name).kind,
        ratioToLimit: rounded(ratio(at("ours", many), at("limit", many), perSecond)),
        ratioToPostgraphile: rounded(ratio(at("ours", many), at("postgraphile", many), perSecond)),
        p50RatioLoneToLimit: rounded(ratio(at("ours", lone), at("limit", lone), p50)),
        p50RatioLoneToPostgraphile: rounded(ratio(at("ours", lone), at("postgraphile", lone), p50)),
      };
    }),
  };
}
