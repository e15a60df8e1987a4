import { sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { rowsOf, type Database, type Tx } from "./client.js";
import {
  activityEvents, auditLogs, behaviorEvents, emotionMetrics, interactions, progressMetrics, recommendationLog,
  systemTelemetry,
} from "./tables/index.js";

/** The tables with one partition a month, and the column that decides the month. */
export const partitionedTables: readonly { table: PgTable; by: PgColumn }[] = [
  { table: progressMetrics, by: progressMetrics.recordedAt },
  { table: interactions, by: interactions.createdAt },
  { table: activityEvents, by: activityEvents.createdAt },
  { table: behaviorEvents, by: behaviorEvents.createdAt },
  { table: emotionMetrics, by: emotionMetrics.createdAt },
  { table: systemTelemetry, by: systemTelemetry.createdAt },
  { table: recommendationLog, by: recommendationLog.createdAt },
  { table: auditLogs, by: auditLogs.createdAt },
];

/** Any number, as long as nothing else locks it: "part" in ASCII. */
const partitionLock = 0x70617274;

export interface PartitionReport {
  /** Partitions made now, as `schema.table_YYYY_MM`. */
  created: string[];
  /** Months whose rows already stand in the default partition; they stay there. */
  skipped: string[];
}

/**
 * Makes the partitions of the month of `from` and of the `monthsAhead` months after it (UTC).
 * Safe to repeat and to run on several instances at once; moves no row and locks no table that is complete.
 */
export const ensurePartitions = (
  db: Database,
  { monthsAhead = 3, from = new Date() }: { monthsAhead?: number; from?: Date } = {},
): Promise<PartitionReport> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${partitionLock})`);
    const existing = await existingPartitions(tx);
    const report: PartitionReport = { created: [], skipped: [] };
    for (const { table, by } of partitionedTables) {
      const { schema, name } = getTableConfig(table);
      for (let ahead = 0; ahead <= monthsAhead; ahead++) {
        const start = monthStart(from, ahead);
        const partition = `${name}_${start.slice(0, 7).replace("-", "_")}`;
        if (existing.has(`${schema}.${partition}`)) continue;
        const end = monthStart(from, ahead + 1);
        const inTheWay = await rowsOf(
          tx,
          sql`select 1 from ${table} where ${by} >= ${start}::timestamptz and ${by} < ${end}::timestamptz limit 1`,
        );
        if (inTheWay.length > 0) {
          report.skipped.push(`${schema}.${partition}`);
          continue;
        }
        await tx.execute(
          sql.raw(
            `create table "${schema}"."${partition}" partition of "${schema}"."${name}" ` +
              `for values from ('${start}') to ('${end}')`,
          ),
        );
        report.created.push(`${schema}.${partition}`);
      }
    }
    return report;
  });

/** First instant of the month that is `ahead` months after the one of `from`, in UTC. */
const monthStart = (from: Date, ahead: number): string =>
  new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, 1)).toISOString();

async function existingPartitions(tx: Tx): Promise<Set<string>> {
  const rows = await rowsOf<{ name: string }>(
    tx,
    sql`select n.nspname || '.' || c.relname as name
        from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace`,
  );
  return new Set(rows.map((row) => row.name));
}
