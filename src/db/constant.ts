import { type GetColumnData, type Query, type SQL, type SQLWrapper } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database, Tx } from "./client.js";
import { rendered, rowMaker, type Bound, type Selection } from "./statements.js";

type RowOf<Columns extends Selection> = {
  [Name in keyof Columns]: Columns[Name] extends PgColumn ? GetColumnData<Columns[Name]> : Columns[Name] extends SQL.Aliased<infer Value> ? Value : never;
};

/**
 * A statement of a service: its text, with placeholders for all that varies, is built by Drizzle when it is first
 * needed and never again. It answers `columns`, in their order; none where it answers no rows.
 *
 * It is sent when it is called, before the first `await`. So statements that are called one after the other, as for
 * `together`, are executed in that order, each seeing what those before it locked and wrote.
 */
export function constant<Columns extends Selection>(
  columns: Columns,
  build: (db: Database | Tx, columns: Columns) => SQLWrapper,
): (db: Database | Tx, bound?: Bound) => Promise<RowOf<Columns>[]> {
  const rowOf = rowMaker<RowOf<Columns>>(columns);
  let query: Query | undefined;
  return (db, bound = {}) => {
    query ??= rendered(build(db, columns));
    const statement = db._.session.prepareQuery(query, undefined, "constant", true, (rows) => rows.map((row) => rowOf(row)));
    return statement.execute(bound) as Promise<RowOf<Columns>[]>;
  };
}

/**
 * What several statements of a transaction answer that are sent together, in one round trip where the driver can.
 * Waits for all of them even when one fails: one that came behind the rollback would be executed on its own.
 */
export async function together<Answers extends readonly unknown[] | []>(statements: Answers): Promise<{ -readonly [Index in keyof Answers]: Awaited<Answers[Index]> }> {
  // Drizzle's builders are executed anew by each `then`.
  const sent = statements.map((statement) => Promise.resolve(statement));
  const all = Promise.all(sent);
  await Promise.allSettled([all, ...sent]);
  return all as Promise<unknown> as Promise<{ -readonly [Index in keyof Answers]: Awaited<Answers[Index]> }>;
}
