import { open } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { Presets, SingleBar } from "cli-progress";
import type { ImportCounts, Refusal } from "./courses.js";

/** Refusals that are shown on the screen; a report file has them all. */
const maxShown = 200;

/** A progress bar on a terminal, a line per quarter elsewhere. */
export function progressOutput(): { update: (percent: number) => void; stop: () => void } {
  if (!process.stdout.isTTY) {
    let told = 0;
    return {
      update: (percent) => {
        if (percent < told + 25) return;
        told = percent - (percent % 25);
        console.log(`${told} % read`);
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar({ format: "{bar} {percentage} % read", stopOnComplete: false }, Presets.shades_classic);
  bar.start(100, 0);
  return { update: (percent) => bar.update(percent), stop: () => bar.stop() };
}

/**
 * Collects refused rows for the screen, and writes them to `reportPath` as CSV as they come.
 * @throws when the report cannot be opened.
 */
export async function refusalOutput(reportPath: string | undefined) {
  const shown: Refusal[] = [];
  const report = reportPath === undefined ? undefined : (await open(reportPath, "w")).createWriteStream();
  const written = report && finished(report);
  // Waited for in `close`; until then a failure must not end the process.
  written?.catch(() => {});
  report?.write("line,field,reason\n");
  return {
    add: (refusal: Refusal): void => {
      if (shown.length < maxShown) shown.push(refusal);
      report?.write(`${refusal.line},${quoted(refusal.field)},${quoted(refusal.reason)}\n`);
    },
    /** @throws when the report could not be written to its end. */
    close: async (): Promise<void> => {
      report?.end();
      await written;
    },
    shown: (): readonly Refusal[] => shown,
  };
}

export function printSummary(counts: ImportCounts, refusals: readonly Refusal[], seconds: number): void {
  if (refusals.length > 0) {
    console.log("\nRefused rows:");
    for (const line of table(["line", "field", "reason"], refusals.map((row) => [String(row.line), row.field || "(row)", row.reason]))) {
      console.log(`  ${line}`);
    }
    if (counts.refused > refusals.length) {
      console.log(`  … and ${counts.refused - refusals.length} more; --report FILE.csv writes them all.`);
    }
  }
  const { read, inserted, updated, unchanged, refused } = counts;
  console.log(
    `\n${read} rows in ${seconds.toFixed(1)} s: ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
