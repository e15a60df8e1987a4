import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { inject } from "vitest";
import type { Engine } from "../../src/db/client.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { databaseUrl } from "./setup.js";
import { watchStatements } from "./statements.js";

/** A migrated, empty database of its own; `url` is there on PostgreSQL, for a second instance on it. */
export type TestEngine = Engine & { url?: string };

/** Opens a fresh database on the engine under test; `close` also drops it. */
export async function openTestEngine(): Promise<TestEngine> {
  const engine = await openFreshEngine();
  watchStatements(engine);
  return engine;
}

async function openFreshEngine(): Promise<TestEngine> {
  const testDatabase = inject("testDatabase");
  if (testDatabase.engine === "pglite") {
    return openPglite(null, new Blob([await readFile(testDatabase.snapshot)]));
  }
  const { adminUrl, template } = testDatabase;
  const name = `disha_test_${randomUUID().replaceAll("-", "")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${template}`);
  const url = databaseUrl(adminUrl, name);
  const engine = await openPostgres(url);
  return {
    ...engine,
    url,
    close: async () => {
      await engine.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
