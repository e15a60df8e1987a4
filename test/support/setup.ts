import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { buildDashboardApart, isDashboardCurrent } from "../../src/dashboard/build.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { migrateUp } from "../../src/db/migrate.js";
import { ensurePartitions } from "../../src/db/partitions.js";

/** What test files need to make a migrated database of their own quickly. */
export type TestDatabase =
  | { engine: "pglite"; snapshot: string }
  | { engine: "postgres"; adminUrl: string; template: string };

declare module "vitest" {
  export interface ProvidedContext {
    testDatabase: TestDatabase;
  }
}

/** Builds the dashboard when its sources changed, and migrates one database; each test file copies it (a template on PostgreSQL, a snapshot on PGlite). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Here once, or servers and browsers of several files would all build it.
  if (!(await isDashboardCurrent())) await buildDashboardApart();
  const adminUrl = process.env["TEST_DATABASE_URL"];
  if (adminUrl) {
    const template = `disha_template_${process.pid}`;
    const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${template}`);
    const engine = await openPostgres(databaseUrl(adminUrl, template));
    await migrateUp(engine.db);
    await ensurePartitions(engine.db, { monthsAhead: 3 });
    await engine.close();
    project.provide("testDatabase", { engine: "postgres", adminUrl, template });
    return async () => {
      await admin.unsafe(`drop database if exists ${template} with (force)`);
      await admin.end();
    };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "disha-test-"));
  const engine = await openPglite(null);
  await migrateUp(engine.db);
  await ensurePartitions(engine.db, { monthsAhead: 3 });
  const snapshot = path.join(folder, "snapshot.tar");
  const dump = await engine.client.dumpDataDir("none");
  await writeFile(snapshot, Buffer.from(await dump.arrayBuffer()));
  await engine.close();
  project.provide("testDatabase", { engine: "pglite", snapshot });
  return () => rm(folder, { recursive: true, force: true });
}

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
