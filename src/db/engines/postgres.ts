import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database, Engine } from "../client.js";
import { connectionLifetimeSeconds } from "../statements.js";
import { preparedBudget, preparing, textual } from "./preparing.js";
import { sharing } from "./sharing.js";
import { withoutRetries } from "./stale.js";

/** Connections of one instance, 20 in all and one to listen; the database's own limit is 100 for everybody. */
const pooled = 16;
/** Lines that short reads share: one process of Node can hardly keep more of them busy. */
const lineCount = 4;
const lasting = { idle_timeout: 300, max_lifetime: connectionLifetimeSeconds } as const;
const statementTimeoutMs = 10_000;

/**
 * Seconds before the next try to connect, and the longest try. By itself the driver waits up to 20 s, all
 * connections together, so that a database which is back stays unused and statements hang meanwhile.
 */
const reconnecting = { backoff: (failures: number) => Math.min(0.05 * 2 ** failures, 1), connect_timeout: 5 };

/** PostgreSQL 15 or later at `url`. Connections open on first use. */
export async function openPostgres(url: string): Promise<Engine> {
  const connect = (max: number, settings?: Record<string, string>) =>
    textual(
      postgres(url, {
        max,
        ...lasting,
        ...reconnecting,
        connection: { TimeZone: "UTC", statement_timeout: statementTimeoutMs, application_name: "disha", ...settings },
        onnotice: () => {},
      }),
    );
  const client = withoutRetries(connect(pooled));
  const lines = Array.from({ length: lineCount }, () => connect(1, { default_transaction_read_only: "on" }));
  const budget = preparedBudget();
  const db: Database = drizzle(preparing(client, budget));
  // Drizzle has told the client that it was given to leave instants as text; the lines are to read alike.
  for (const { options } of lines) Object.assign(options.parsers, client.options.parsers);
  // Behind a pooler that mixes connections there are none to share.
  const reads: Database = client.options.prepare ? drizzle(preparing(sharing(lines, client), budget)) : db;
  return {
    kind: "postgres",
    db,
    reads,
    listen: async (channel, onMessage, onReconnect) => {
      let first = true;
      const subscription = await client.listen(channel, onMessage, () => {
        if (!first) onReconnect();
        first = false;
      });
      return () => subscription.unlisten();
    },
    bossOptions: () => ({ connectionString: url, max: 4, application_name: "disha-jobs", useListenNotify: true }),
    close: async () => {
      await Promise.all([client, ...lines].map((one) => one.end({ timeout: 5 })));
    },
  };
}
