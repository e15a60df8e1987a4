import { sql, type Param, type Placeholder, type SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { ConstructorOptions } from "pg-boss";
import type { Viewer } from "../auth/viewer.js";
import { constant } from "./constant.js";

/** One type for both engines: services never know which one they run on. */
export type Database = PgDatabase<PgQueryResultHKT>;
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface Engine {
  readonly kind: "pglite" | "postgres";
  readonly db: Database;
  /** The same database for reads outside transactions, which may share connections. */
  readonly reads: Database;
  /**
   * Calls `onMessage` for each NOTIFY on `channel`; `onReconnect` after a lost connection came back,
   * when messages may have been missed. Returns the way to stop.
   */
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
  /** What pg-boss needs to work on the same database. */
  bossOptions(): ConstructorOptions;
  close(): Promise<void>;
}

/** Rows of a raw statement: postgres.js answers with an array, PGlite with `{rows}`. */
export async function rowsOf<Row>(db: Database | Tx, statement: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(statement);
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
}

/**
 * The one way for statements whose rows depend on the viewer.
 * Row-level security will set the viewer here for the statement, without touching callers.
 */
export const asViewer = <Result>(
  db: Database | Tx,
  _viewer: Viewer,
  statement: (db: Database | Tx) => Promise<Result>,
): Promise<Result> => statement(db);

/**
 * One array parameter, as texts, so that the statement's text does not grow with its values. Behind a sub-select PostgreSQL
 * does not look how long it is and keeps one plan for all: else it plans anew for each short array, which may cost several
 * times the reading. The outer cast makes it a value where `any` would take the sub-select for rows.
 */
const arrayFrom = (given: Param | Placeholder, type: string): SQL =>
  sql`(select ${given}::text[]::${sql.raw(type)}[])::${sql.raw(type)}[]`;

/** Values as one array parameter. */
export const arrayOf = (values: readonly unknown[], type: string): SQL => arrayFrom(sql.param(values.map(String)), type);

/** One array parameter of a statement whose text is made once, filled in when it runs. */
export const boundArray = (name: string, type: string): SQL => arrayFrom(sql.placeholder(name), type);

/** `= any(…)` over one array parameter. */
export const anyOf = (column: SQL.Aliased | SQL | { getSQL(): SQL }, values: readonly unknown[], type: string): SQL =>
  sql`${column} = any(${arrayOf(values, type)})`;

/** Holds everybody else who asks for the same name off until the transaction ends. */
export const lockUntilCommit = async (tx: Tx, name: string): Promise<void> => {
  await lock(tx, { name });
};

/** The expression that takes the lock of `lockUntilCommit`. */
export const lockOf = (name: SQL | Placeholder): SQL => sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`;

const lock = constant({}, () => sql`select ${lockOf(sql.placeholder("name"))}`);

export const ping = async (db: Database): Promise<void> => {
  await db.execute(sql`select 1`);
};
