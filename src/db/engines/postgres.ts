import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, Engine } from "../client.js";
import * as tables from "../tables/index.js";

/** Pool of one instance; the database's own limit is 100 connections in all. */
const pool = { max: 20, idle_timeout: 300, max_lifetime: 3600 } as const;
const statementTimeoutMs = 10_000;

/** PostgreSQL 15 or later at `url`. Connections open on first use. */
export async function openPostgres(url: string): Promise<Engine> {
  const client = postgres(url, {
    ...pool,
    connection: { TimeZone: "UTC", statement_timeout: statementTimeoutMs, application_name: "disha" },
    onnotice: () => {},
  });
  const db: Database = drizzle(client, { schema: tables });
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
