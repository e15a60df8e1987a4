import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { fillStatements } from "./fill.js";
import { migrateEmbedded, migratePostgres } from "./product.js";
import type { Sizes } from "./sizes.js";

export interface BenchDatabase {
  url: string;
  name: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

const withName = (serverUrl: string, name: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
};

/** Runs statements one after the other on a connection of their own, without a time limit. */
export async function runOn(url: string, statements: readonly string[]): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/**
 * Makes a private database on the server at `serverUrl`, migrates it as the product does, and fills it.
 * Statistics are taken and pages are marked all-visible, as on a database that has been in use for a while.
 * Parallel plans and PostgreSQL's own JIT are off for everyone: their workers' CPU would not be counted, and
 * single-digit milliseconds gain nothing from them. Random pages cost what they do on a solid disk and in memory:
 * by the default, plans read whole tables instead, and the statements that are written best lose most.
 * `onMade` hears of the database as soon as there is something to drop.
 */
export async function createDatabase(serverUrl: string, sizes: Sizes, productDir: string, onMade: (made: BenchDatabase) => void): Promise<BenchDatabase> {
  const name = `disha_bench_${randomBytes(4).toString("hex")}`;
  await runOn(serverUrl, [`create database ${name}`]);
  const database = databaseOn(serverUrl, name);
  onMade(database);
  await runOn(serverUrl, [
    `alter database ${name} set max_parallel_workers_per_gather = 0`,
    `alter database ${name} set jit = off`,
    `alter database ${name} set random_page_cost = 1.1`,
  ]);
  await migratePostgres(productDir, database.url);
  await runOn(database.url, ["set synchronous_commit = off", ...fillStatements(sizes), "vacuum analyze", "checkpoint"]);
  return database;
}

/** A database that an earlier run kept. @throws {Error} when there is none of this name. */
export async function keptDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) throw new Error(`There is no database ${name}; run with --keep to keep one`);
  } finally {
    await sql.end();
  }
  return databaseOn(serverUrl, name);
}

const databaseOn = (serverUrl: string, name: string): BenchDatabase => ({
  name,
  url: withName(serverUrl, name),
  drop: () => runOn(serverUrl, [`drop database if exists ${name} with (force)`]),
});

/** Fills the embedded database in `folder`, which is to be empty, with the same rows. */
export const createEmbedded = (folder: string, sizes: Sizes, productDir: string): Promise<void> =>
  migrateEmbedded(productDir, folder, [...fillStatements(sizes), "vacuum analyze"]);
