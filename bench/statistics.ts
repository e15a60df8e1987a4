import type { Sample } from "./measure.js";

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** The middle of some numbers with their ends. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
  return { median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}

/** All rounds of one server under one query with so many connections. */
export interface Measured {
  query: string;
  server: string;
  connections: number;
  samples: Sample[];
}

/** The rounds of one figure; null where none was taken. */
export function figure(measured: Measured | undefined, of: (sample: Sample) => number | null): Spread | null {
  const values = (measured?.samples ?? []).map(of).filter((value) => value !== null);
  return values.length > 0 ? spreadOf(values) : null;
}

export const find = (all: readonly Measured[], query: string, server: string, connections: number): Measured | undefined =>
  all.find((one) => one.query === query && one.server === server && one.connections === connections);

/**
 * Figure of one server over that of another, as the median of the rounds' ratios: servers of one round stand
 * next to each other in time, so that a machine which is slow for a while does not tilt it. Null without both.
 */
export function ratio(one: Measured | undefined, other: Measured | undefined, of: (sample: Sample) => number): number | null {
  if (!one || !other) return null;
  const ratios = one.samples.flatMap((sample, round) => {
    const against = other.samples[round];
    return against ? [of(sample) / of(against)] : [];
  });
  return ratios.length > 0 ? spreadOf(ratios).median : null;
}
