import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createDatabase, existingDatabase } from "./data/database.js";
import { help, readOptions, type Options } from "./options.js";
import { resultOf } from "./report/json.js";
import { markdownOf } from "./report/markdown.js";
import { runQueries, type Tell } from "./run.js";

const began = Date.now();
const tell: Tell = (line) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
const load = (): string => os.loadavg().map((value) => value.toFixed(2)).join(" ");

async function main(options: Options): Promise<void> {
  tell(`${os.cpus().length} cores, load average ${load()}, Node ${process.version}`);
  const database = options.database
    ? existingDatabase(options.databaseUrl, options.database)
    : await createDatabase(options.databaseUrl, options.sizes);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "disha-bench-"));
  const cleanUp = async () => {
    await rm(dataDir, { recursive: true, force: true });
    if (options.keep) tell(`kept ${database.name}; use it again with --database ${database.name}`);
    else await database.drop();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      console.error("\nStopping: the private database goes …");
      void cleanUp().finally(() => process.exit(1));
    });
  }
  try {
    tell(`made and filled ${database.name}`);
    const measured = await runQueries(options, database.url, dataDir, tell);
    const result = resultOf(measured);
    const loadAverage = load();
    const tables = markdownOf(measured, { sizes: options.sizes, loadAverage });
    console.log(`\n${tables}`);
    if (options.json) await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
    if (options.markdown) await writeFile(options.markdown, tables);
    tell(`done, load average ${loadAverage}`);
  } finally {
    await cleanUp();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await main(options);
  else console.log(help);
} catch (error) {
  console.error(`\nThe bench stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
