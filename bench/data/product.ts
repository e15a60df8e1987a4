import path from "node:path";
import { pathToFileURL } from "node:url";
import type { openPglite } from "../../src/db/engines/pglite.js";
import type { openPostgres } from "../../src/db/engines/postgres.js";
import type { migrateUp } from "../../src/db/migrate.js";

type Migrate = { migrateUp: typeof migrateUp };
type Postgres = { openPostgres: typeof openPostgres };
type Pglite = { openPglite: typeof openPglite };

/** A module of the product, of the checkout that is measured: an earlier one has its own tables. */
const load = async (productDir: string, file: string): Promise<unknown> =>
  import(pathToFileURL(path.join(productDir, "src/db", file)).href);

/** Migrates an empty database on PostgreSQL as the product does. */
export async function migratePostgres(productDir: string, url: string): Promise<void> {
  const postgres = (await load(productDir, "engines/postgres.ts")) as Postgres;
  const migrate = (await load(productDir, "migrate.ts")) as Migrate;
  const engine = await postgres.openPostgres(url);
  try {
    await migrate.migrateUp(engine.db);
  } finally {
    await engine.close();
  }
}

/** Migrates the embedded database in `folder` and runs statements on it. */
export async function migrateEmbedded(productDir: string, folder: string, statements: readonly string[]): Promise<void> {
  const pglite = (await load(productDir, "engines/pglite.ts")) as Pglite;
  const migrate = (await load(productDir, "migrate.ts")) as Migrate;
  const engine = await pglite.openPglite(folder);
  try {
    await migrate.migrateUp(engine.db);
    for (const statement of statements) await engine.client.exec(statement);
  } finally {
    await engine.close();
  }
}
