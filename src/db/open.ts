import type { Config } from "../config.js";
import type { Engine } from "./client.js";
import { openPglite } from "./engines/pglite.js";
import { openPostgres } from "./engines/postgres.js";

/** PostgreSQL when DATABASE_URL names one, else the embedded database in DATA_DIR. */
export const openEngine = (config: Pick<Config, "databaseUrl" | "dataDir">): Promise<Engine> =>
  config.databaseUrl ? openPostgres(config.databaseUrl) : openPglite(config.dataDir);
