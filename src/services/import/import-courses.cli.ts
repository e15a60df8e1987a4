import { parseArgs } from "node:util";
import { readConfig } from "../../config.js";
import { FolderInUse } from "../../db/engines/folder-lock.js";
import { migrateUp } from "../../db/migrate.js";
import { openEngine } from "../../db/open.js";
import { ensurePartitions } from "../../db/partitions.js";
import { JobFailure } from "../../jobs/run.js";
import { runImport, UnknownPerson } from "./command.js";
import { openCourseFile } from "./courses.js";
import { printSummary, progressOutput, refusalOutput } from "./output.js";
import { UnusableFile } from "./records.js";

const usage = `Loads a CSV file of courses into the catalogue.

  npm run import:courses -- FILE.csv [--report REFUSED.csv] [--as EMAIL]

  --report  writes every refused row (line, field, reason) to a file
  --as      the account that sees the job besides admins

Exit code: 0 when every row was loaded, 1 when some were refused, 2 when nothing could be done or the import was stopped.`;

/** Ends the command with code 2 and a message instead of a stack. */
class Unusable extends Error {}

async function main(): Promise<number> {
  const { file, report, as } = readArguments();
  // Before the database is opened, so that a wrong file is told at once.
  await openCourseFile(file);
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
    const counts = await runImport(engine.db, {
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

function readArguments(): { file: string; report: string | undefined; as: string | undefined } {
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

try {
  process.exitCode = await main();
} catch (error) {
  const expected = [Unusable, UnusableFile, UnknownPerson, FolderInUse, JobFailure].some((kind) => error instanceof kind);
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 2;
}
