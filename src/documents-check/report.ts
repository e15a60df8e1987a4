import type { Entry, Result } from "./manifest.js";
import type { Latencies } from "./probe.js";

const widths = [34, 9, 18, 8, 8, 7, 10] as const;

const row = (cells: readonly string[]): string => cells.map((cell, index) => (index < 3 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(" ").trimEnd();

export const heading = (): string => row(["file", "outcome", "code", "seconds", "modules", "topics", "questions"]);

/** A line for one document; it ends with what was expected when that is not what happened. */
export function line({ file, expected }: Entry, result: Result, asExpected: boolean): string {
  const { outcome, code, seconds, modules, topics, questions } = result;
  const cells = row([file, outcome, code ?? "", seconds.toFixed(1), ...[modules, topics, questions].map((count) => (outcome === "course" ? String(count) : ""))]);
  return asExpected ? cells : `${cells}  ← expected: ${expected}`;
}

/** Bounds that the command was given; absent ones are not looked at. */
export interface Bounds {
  /** 99 of 100 queries within, in milliseconds. */
  p99?: number;
  /** Each document within, in seconds. */
  large?: number;
}

export interface Finding {
  entry: Entry;
  result: Result;
  asExpected: boolean;
}

/** The closing lines, and whether everything was as it should be. */
export function summary(findings: readonly Finding[], api: Latencies, { p99, large }: Bounds): { text: string; isGood: boolean } {
  const others = findings.filter(({ asExpected }) => !asExpected).map(({ entry }) => entry.file);
  const slow = large === undefined ? [] : findings.filter(({ result }) => result.seconds > large).map(({ entry }) => entry.file);
  const longest = findings.reduce((most, { result }) => Math.max(most, result.seconds), 0);
  const late = p99 !== undefined && api.p99 > p99;
  const lines = [
    "",
    `${findings.length} documents, ${findings.length - others.length} as expected; the longest took ${longest.toFixed(1)} s.`,
    `The API meanwhile: ${api.requests} queries, p50 ${api.p50.toFixed(0)} ms, p99 ${api.p99.toFixed(0)} ms, slowest ${api.slowest.toFixed(0)} ms.`,
  ];
  if (others.length > 0) lines.push(`Not as expected: ${others.join(", ")}.`);
  if (slow.length > 0) lines.push(`Longer than ${large} s: ${slow.join(", ")}.`);
  if (late) lines.push(`The p99 is above ${p99} ms.`);
  return { text: lines.join("\n"), isGood: others.length === 0 && slow.length === 0 && !late };
}
