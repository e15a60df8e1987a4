import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createDatabase, createEmbedded, keptDatabase, type BenchDatabase } from "./data/database.js";
import type { Sizes } from "./data/sizes.js";
import { measureGrowth, type Growth } from "./growth.js";
import { help, readOptions, type Options } from "./options.js";
import { chartOf } from "./report/chart.js";
import { resultOf } from "./report/json.js";
import { growthTable, markdownOf, type Machine } from "./report/markdown.js";
import { runQueries, type Tell } from "./run.js";
import type { Measured } from "./statistics.js";
import { measureSubscriptions } from "./subscriptions.js";

const began = Date.now();
const tell: Tell = (line) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
const loadAverage = (): string => os.loadavg().map((value) => value.toFixed(2)).join(" ");

/** What is to go when the bench ends, however it ends; the last one first. */
const leavings: (() => Promise<void>)[] = [];

let stopping = false;

async function cleanUp(): Promise<void> {
  for (let leave = leavings.pop(); leave; leave = leavings.pop()) await leave();
}

/** Makes a private database that goes at the end, unless it is to be kept. */
async function privateDatabase(options: Options, sizes: Sizes): Promise<BenchDatabase> {
  if (options.database) return keptDatabase(options.databaseUrl, options.database);
  const database = await createDatabase(options.databaseUrl, sizes, options.productDir, (made) => {
    leavings.push(async () => {
      if (options.keep) tell(`kept ${made.name}; use it again with --database ${made.name}`);
      else await made.drop();
    });
  });
  tell(`made and filled ${database.name}`);
  return database;
}

async function main(options: Options): Promise<void> {
  const loadBefore = loadAverage();
  tell(`${os.cpus().length} cores, load average ${loadBefore}, Node ${process.version}`);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "disha-bench-"));
  leavings.push(() => rm(dataDir, { recursive: true, force: true }));
  const database = await privateDatabase(options, options.sizes);
  if (options.servers.includes("embedded")) {
    await createEmbedded(dataDir, options.sizes, options.productDir);
    tell("made and filled the embedded database");
  }
  const measured = await runQueries(options, database.url, dataDir, tell);
  const machine = { cores: os.cpus().length, loadBefore, loadAfter: loadAverage() };
  const found: Found = { measured, growth: null, subscriptions: null, machine };
  await keepFound(options, found);
  if (options.growth) {
    found.growth = await measureGrowth(options, database, (sizes) => privateDatabase({ ...options, keep: false, database: undefined }, sizes), dataDir, tell);
    await keepFound(options, found);
  }
  if (options.subscriptions) {
    found.subscriptions = await measureSubscriptions({ quick: options.quick, databaseUrl: options.databaseUrl }, tell);
    await keepFound(options, found);
  }
  console.log(`\n${tablesOf(options, found)}\n`);
  tell(`done, load average ${loadAverage()}`);
}

/** What a run has found so far. */
interface Found {
  measured: Measured[];
  growth: Growth | null;
  subscriptions: Awaited<ReturnType<typeof measureSubscriptions>> | null;
  machine: Machine;
}

const tablesOf = ({ sizes }: Options, { measured, growth, machine }: Found): string =>
  [markdownOf(measured, sizes, machine), ...(growth ? [growthTable(measured, growth)] : [])].join("\n\n");

/** Writes the files that were asked for: after each part, so that one that fails takes nothing along. */
async function keepFound(options: Options, found: Found): Promise<void> {
  const { measured, subscriptions, machine } = found;
  if (options.json) await writeFile(options.json, `${JSON.stringify({ ...resultOf(measured), subscriptions, machine }, null, 2)}\n`);
  if (options.markdown) await writeFile(options.markdown, `${tablesOf(options, found)}\n`);
  if (options.chart) await writeFile(options.chart, chartOf(measured));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopping = true;
    console.error("\nStopping: the private database goes …");
    void cleanUp().finally(() => process.exit(1));
  });
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await main(options);
  else console.log(help);
} catch (error) {
  // What fails because its database goes needs no words.
  if (!stopping) console.error(`\nThe bench stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
