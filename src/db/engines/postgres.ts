import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, Engine } from "../client.js";
import { connectionLifetimeSeconds } from "../statements.js";
import * as tables from "../tables/index.js";
import { preparing } from "./preparing.js";

/** Pool of one instance; the database's own limit is 100 connections in all. */
const pool = { max: 20, idle_timeout: 300, max_lifetime: connectionLifetimeSeconds } as const;
const statementTimeoutMs = 10_000;

/**
 * Seconds before the next try to connect, and the longest try. By itself the driver waits up to 20 s, all
 * connections together, so that a database which is back stays unused and statements hang meanwhile.
 */
const reconnecting = { backoff: (failures: number) => Math.min(0.05 * 2 ** failures, 1), connect_timeout: 5 };

/** PostgreSQL 15 or later at `url`. Connections open on first use. */
export async function openPostgres(url: string): Promise<Engine> {
  const client = postgres(url, {
    ...pool,
    ...reconnecting,
    connection: { TimeZone: "UTC", statement_timeout: statementTimeoutMs, application_name: "disha" },
    onnotice: () => {},
  });
  const db: Database = drizzle(preparing(client), { schema: tables });
  return {
    kind: "postgres",
    db,
    listen: async (channel, onMessage, onReconnect) => {
      let first = true;
      const subscription = await client.listen(channel, onMessage, () => {
        if (!first) onReconnect();
        first = false;
      });
      return () => subscription.unlisten();
    },
    bossOptions: () => ({ connectionString: url, max: 4, application_name: "disha-jobs", useListenNotify: true }),
    close: () => client.end({ timeout: 5 }),
  };
}
