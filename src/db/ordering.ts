import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { BadInput } from "../graphql/errors.js";
import { cursorValueFits } from "./cursor-values.js";

interface OrderColumn {
  column: PgColumn;
  /** Where a selected row keeps the value. */
  property: string;
  descending: boolean;
}

/** One named order of a list: its columns, ending in a unique one. Each is backed by an index. */
export interface Order {
  name: string;
  columns: readonly OrderColumn[];
}

/**
 * An order by `columns`, all in one direction. The last column must be unique and belong to the listed
 * table; earlier ones may come from a table that the list is reached through.
 */
export function orderBy(name: string, columns: readonly PgColumn[], descending = false): Order {
  const listed = columns.at(-1)?.table;
  return {
    name,
    columns: columns.map((column) => ({
      column,
      descending,
      property: column.table === listed ? propertyOf(column) : `through_${column.name}`,
    })),
  };
}

/** The same order with each column turned round, for `orderBy: {direction: DESC}` and `last`. */
export const reversed = (order: Order): Order => ({
  name: order.name,
  columns: order.columns.map((part) => ({ ...part, descending: !part.descending })),
});

/** ORDER BY terms. PostgreSQL puts NULLs last when ascending and first when descending, as its indexes do. */
export const terms = (order: Order): SQL[] =>
  order.columns.map(({ column, descending }) => (descending ? desc(column) : asc(column)));

/** The same over rows that were selected already, whose columns have the names of the properties. */
export const termsOfRows = (order: Order): SQL[] =>
  order.columns.map(({ property, descending }) => (descending ? desc : asc)(sql.identifier(property)));

/** The opaque position of a row: order name, direction and sort values, timestamps as text. */
export function encodeCursor(order: Order, row: Record<string, unknown>): string {
  const values = order.columns.map(({ property }) => row[property] ?? null);
  return Buffer.from(JSON.stringify([signature(order), ...values])).toString("base64url");
}

/**
 * The sort values in a cursor.
 * @throws {BadInput} CURSOR_MISMATCH when it belongs to another order, or the order's columns cannot hold its values.
 */
export function decodeCursor(order: Order, cursor: string, field: string): unknown[] {
  try {
    const [name, ...values] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    const fits = order.columns.every(({ column }, index) => cursorValueFits(column, values[index]));
    if (name === signature(order) && values.length === order.columns.length && fits) return values;
  } catch {
    // Falls through to the one answer for every unusable cursor.
  }
  throw new BadInput(field, `${field} is not a cursor of the order ${order.name}.`, "CURSOR_MISMATCH");
}

/** The rows behind a position: `(a, b, id)` after the given values, NULLs included. */
export function behind(order: Order, values: readonly unknown[]): SQL | undefined {
  const [head, ...rest] = order.columns;
  if (!head) return undefined;
  if (order.columns.every(({ column, descending }) => column.notNull && descending === head.descending)) {
    return behindRow(order, head.descending, values);
  }
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

/** One row comparison, which an index on the columns answers by seeking to the position. */
function behindRow(order: Order, descending: boolean, values: readonly unknown[]): SQL {
  const columns = sql.join(order.columns.map(({ column }) => sql`${column}`), sql`, `);
  const position = sql.join(order.columns.map(({ column }, index) => sql`${sql.param(values[index], column)}`), sql`, `);
  return descending ? sql`(${columns}) < (${position})` : sql`(${columns}) > (${position})`;
}

/** Name and directions of an order, in a word. */
export const signature = (order: Order): string =>
  `${order.name}:${order.columns.map(({ descending }) => (descending ? "d" : "a")).join("")}`;

function propertyOf(column: PgColumn): string {
  const columns = getTableColumns(column.table as PgTable);
  const found = Object.entries(columns).find(([, candidate]) => candidate === column);
  if (!found) throw new Error(`${column.name} is not a column of its table`);
  return found[0];
}
