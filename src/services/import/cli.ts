import { parseArgs } from "node:util";
import { readConfig } from "../../config.js";
import type { Database } from "../../db/client.js";
import { FolderInUse } from "../../db/engines/folder-lock.js";
import { migrateUp } from "../../db/migrate.js";
import { openEngine } from "../../db/open.js";
import { ensurePartitions } from "../../db/partitions.js";
import { JobFailure } from "../../jobs/run.js";
import { UnknownPerson, type ImportCommand } from "./command.js";
import type { ImportCounts } from "./courses.js";
import { printSummary, progressOutput, refusalOutput } from "./output.js";
import { UnusableFile } from "./records.js";

/** A command that loads a file. */
interface Import {
  usage: string;
  /** Looks at the file, so that a wrong one is told before the database is opened. */
  open: (file: string) => Promise<unknown>;
  load: (db: Database, command: ImportCommand) => Promise<ImportCounts | null>;
}

/** Ends the command with code 2 and a message instead of a stack. */
class Unusable extends Error {}

/** Runs an import as a process of its own, and tells by the exit code what became of the file. */
export async function runCommand(command: Import): Promise<void> {
  try {
    process.exitCode = await main(command);
  } catch (error) {
    const expected = [Unusable, UnusableFile, UnknownPerson, FolderInUse, JobFailure].some((kind) => error instanceof kind);
    console.error(expected ? (error as Error).message : error);
    process.exitCode = 2;
  }
}

async function main({ usage, open, load }: Import): Promise<number> {
  const { file, report, as } = readArguments(usage);
  await open(file);
  const refusals = await refusalOutput(report).catch((error: Error) => {
    throw new Unusable(`The report cannot be written: ${error.message}`);
  });
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new JobFailure("INTERRUPTED", "The command was stopped."));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const engine = await openEngine(readConfig());
  try {
    await migrateUp(engine.db);
    await ensurePartitions(engine.db);
    const progress = progressOutput();
    const start = performance.now();
    const counts = await load(engine.db, {
      file,
      as,
      signal: stop.signal,
      onRefusal: refusals.add,
      onProgress: progress.update,
    }).finally(progress.stop);
    if (!counts) throw new Unusable("The import was cancelled; the rows before that stay loaded.");
    printSummary(counts, refusals.shown(), (performance.now() - start) / 1000);
    return counts.refused > 0 ? 1 : 0;
  } finally {
    await engine.close();
    await refusals.close();
  }
}

function readArguments(usage: string): { file: string; report: string | undefined; as: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { report: { type: "string" }, as: { type: "string" } },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new Unusable(usage);
    return { file, report: values.report, as: values.as };
  } catch (error) {
    throw error instanceof Unusable ? error : new Unusable(`${(error as Error).message}\n\n${usage}`);
  }
}
