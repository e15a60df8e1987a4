import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { BadInput } from "../graphql/errors.js";

/** One named order of a list: its columns, ending in a unique one. Each is backed by an index. */
export interface Order {
  name: string;
  columns: readonly { column: PgColumn; descending: boolean }[];
}

/** An order by `columns`, all in one direction; the last column must be unique. */
export const orderBy = (name: string, columns: readonly PgColumn[], descending = false): Order => ({
  name,
  columns: columns.map((column) => ({ column, descending })),
});

/** The same order with each column turned round, for `orderBy: {direction: DESC}` and `last`. */
export const reversed = (order: Order): Order => ({
  name: order.name,
  columns: order.columns.map(({ column, descending }) => ({ column, descending: !descending })),
});

/** ORDER BY terms. PostgreSQL puts NULLs last when ascending and first when descending, as its indexes do. */
export const terms = (order: Order): SQL[] =>
  order.columns.map(({ column, descending }) => (descending ? desc(column) : asc(column)));

/** The opaque position of a row: order name, direction and sort values, timestamps as text. */
export function encodeCursor(order: Order, row: Record<string, unknown>): string {
  const values = order.columns.map(({ column }) => row[propertyOf(column)] ?? null);
  return Buffer.from(JSON.stringify([signature(order), ...values])).toString("base64url");
}

/**
 * The sort values in a cursor.
 * @throws {BadInput} CURSOR_MISMATCH when it belongs to another order or is not one at all.
 */
export function decodeCursor(order: Order, cursor: string, field: string): unknown[] {
  try {
    const [name, ...values] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    const scalars = values.every((value) => value === null || typeof value !== "object");
    if (name === signature(order) && values.length === order.columns.length && scalars) return values;
  } catch {
    // Falls through to the one answer for every unusable cursor.
  }
  throw new BadInput(field, `${field} is not a cursor of the order ${order.name}.`, "CURSOR_MISMATCH");
}

/** The rows behind a position: `(a, b, id)` after the given values, NULLs included. */
export function behind(order: Order, values: readonly unknown[]): SQL | undefined {
  const [head, ...rest] = order.columns;
  if (!head) return undefined;
  const [value, ...others] = values;
  const next = rest.length > 0 ? behind({ name: order.name, columns: rest }, others) : undefined;
  const { column, descending } = head;
  if (value === null) {
    const tied = and(isNull(column), next ?? sql`false`);
    return descending ? or(isNotNull(column), tied) : tied;
  }
  const beyond = descending ? lt(column, value) : gt(column, value);
  const after = !column.notNull && !descending ? or(beyond, isNull(column)) : beyond;
  return next ? or(after, and(eq(column, value), next)) : after;
}

const signature = (order: Order): string =>
  `${order.name}:${order.columns.map(({ descending }) => (descending ? "d" : "a")).join("")}`;

function propertyOf(column: PgColumn): string {
  const columns = getTableColumns(column.table as PgTable);
  const found = Object.entries(columns).find(([, candidate]) => candidate === column);
  if (!found) throw new Error(`${column.name} is not a column of its table`);
  return found[0];
}
