import { randomUUID } from "node:crypto";
import { getTableColumns, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Database } from "../../src/db/client.js";
import { auditLogs, authSessions, goals, nsqfLevels, quizQuestions, quizzes, users } from "../../src/db/tables/index.js";

type Row = Record<string, unknown>;

/** All NSQF levels; rows of other tables refer to the first of them. */
export const levels = Array.from({ length: 19 }, (_, i) => (1 + i / 2).toFixed(1));

export async function insertLevels(db: Database): Promise<void> {
  await db.insert(nsqfLevels).values(levels.map((level) => ({ level, description: `Level ${level}` }))).onConflictDoNothing();
}

/** What a table asks for beyond its NOT NULL columns, by CHECKs or to be seen at all. */
const demanded = new Map<PgTable, () => Row>([
  [users, () => ({ email: `${randomUUID()}@disha.example` })],
  [auditLogs, () => ({ action: "user.signed_in", entityType: "user" })],
  [authSessions, () => ({ expiresAt: sql`now() + interval '1 day'` })],
  [quizzes, () => ({ quizType: "practice" })],
  [quizQuestions, () => ({ options: { A: "Yes", B: "No" }, correctAnswer: "A" })],
  [goals, () => ({ value: "Wire a house" })],
]);

/**
 * A row of any table with a plausible value in every column that must have one, and parents of its own.
 * References that may be absent are filled too, so that every edge of the row leads somewhere.
 */
export async function aRowOf(db: Database, table: PgTable, values: Row = {}, depth = 0): Promise<Row> {
  if (table === nsqfLevels) return { level: levels[0] };
  const parents = parentsOf(table);
  const given: Row = { ...demanded.get(table)?.(), ...values };
  const row: Row = {};
  for (const [name, column] of Object.entries(getTableColumns(table))) {
    const parent = parents.get(column);
    const needed = column.notNull && !column.hasDefault;
    if (name in given) row[name] = given[name];
    else if (parent && parent.table !== table && (column.notNull || depth === 0)) {
      row[name] = (await aRowOf(db, parent.table, {}, depth + 1))[parent.property];
    } else if (needed) row[name] = plausible(column);
  }
  const [made] = await db.insert(table).values(row).returning();
  if (!made) throw new Error("The insert returned no row");
  return made as Row;
}

function parentsOf(table: PgTable): Map<PgColumn, { table: PgTable; property: string }> {
  return new Map(
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const [column, foreign] = [columns[0], foreignColumns[0]];
      const property = Object.entries(getTableColumns(foreignTable)).find(([, candidate]) => candidate === foreign)?.[0];
      return column && property && columns.length === 1 ? [[column, { table: foreignTable, property }] as const] : [];
    }),
  );
}

/** Numbers given so far: columns may ask for unlike ones. */
let numbers = 0;

function plausible(column: PgColumn): unknown {
  if (column.enumValues?.[0]) return column.enumValues[0];
  const type = column.getSQLType().replace(/\(.*\)/, "");
  switch (type) {
    case "uuid": return randomUUID();
    case "boolean": return true;
    case "smallint": return 1;
    case "double precision": return 1;
    case "integer": case "bigint": return ++numbers;
    case "numeric": return "1";
    case "date": return "2026-01-01";
    case "timestamp with time zone": return sql`now()`;
    case "jsonb": return {};
    default: return `x${randomUUID()}`;
  }
}
