import { getTableColumns, getTableName, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** The placeholder under which `recordsOf` is bound. */
const bound = "records";

/** Any number of rows of a table as one parameter, so that one text serves them all; what they leave out is null. */
export const records = (table: PgTable): SQL => sql`json_populate_recordset(null::${table}, ${sql.placeholder(bound)}::text::json)`;

/** Binds rows for a statement that reads `records`. */
export function recordsOf<Table extends PgTable>(table: Table, rows: readonly Partial<Table["$inferInsert"]>[]): { records: string } {
  const columns: Record<string, PgColumn> = getTableColumns(table);
  const nameOf = (property: string): string => {
    const column = columns[property];
    if (!column) throw new Error(`${getTableName(table)} has no ${property}`);
    return column.name;
  };
  return { [bound]: JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [nameOf(key), value])))) };
}

/** `insert into … select … from` the records, for the named columns; the others take their defaults. */
export function insertRecords(table: PgTable, columns: Record<string, PgColumn>): SQL {
  const names = namesOf(columns);
  return sql`insert into ${table} (${names}) select ${names} from ${records(table)}`;
}

/** The bare names of columns, as INSERT and RETURNING list them. */
export const namesOf = (columns: Record<string, PgColumn>): SQL =>
  sql.join(Object.values(columns).map(({ name }) => sql.identifier(name)), sql`, `);
