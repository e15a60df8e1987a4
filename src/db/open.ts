import type { Config } from "../config.js";
import type { Engine } from "./client.js";
import { openPglite } from "./engines/pglite.js";
import { openPostgres } from "./engines/postgres.js";

const unusable = new Set(["EACCES", "EEXIST", "ENOENT", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"]);

/**
 * PostgreSQL when DATABASE_URL names one, else the embedded database in DATA_DIR.
 * @throws {Error} naming DATA_DIR when the folder cannot be made or written.
 */
export async function openEngine(config: Pick<Config, "databaseUrl" | "dataDir">): Promise<Engine> {
  if (config.databaseUrl) return openPostgres(config.databaseUrl);
  try {
    return await openPglite(config.dataDir);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && unusable.has(String(error.code)))) throw error;
    throw new Error(`DATA_DIR=${config.dataDir} is no folder that can be written: ${error.message}`, { cause: error });
  }
}
