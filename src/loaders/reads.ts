import { and, getTableColumns, sql, type InferSelectModel, type Placeholder, type SQL } from "drizzle-orm";
import { QueryBuilder, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { rowMaker, type Selection } from "../db/statements.js";
import type { Read, Visibility } from "./source.js";

/** What a declaration says beside table and key. */
export interface Options<Omitted extends string = never> {
  /** Holds for the rows of this loader, whoever asks; leaves out archived rows, for example. */
  where?: SQL | undefined;
  /** Columns that are not read, because they are large or have a policy and a loader of their own. */
  without?: readonly Omitted[];
  visible?: Visibility | undefined;
}

/** Reaches the listed table over a join table, such as skills to courses. */
export interface Through {
  table: PgTable;
  on: SQL | undefined;
}

export type RowOf<Table extends PgTable, Omitted extends string> = Omit<InferSelectModel<Table>, Omitted>;

export function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key];
  if (!column) throw new Error(`The table has no column ${key}`);
  return column;
}

export const selectionOf = (table: PgTable, { without = [] }: Options<string>): Record<string, PgColumn> =>
  Object.fromEntries(Object.entries(getTableColumns(table)).filter(([name]) => !without.includes(name)));

/** Aliased, because a table that is reached through another may share column names with it. */
export const aliased = (selection: Selection): Selection =>
  Object.fromEntries(Object.entries(selection).map(([name, column]) => [name, sql`${column}`.as(name)]));

/** The one row whose unique column has the key. */
export function oneRow<Row>(table: PgTable, column: PgColumn, options: Options<string>): Read<Row | null> {
  const selection = selectionOf(table, options);
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: "one",
    keyType: column.getSQLType(),
    query: (keys, viewer) =>
      new QueryBuilder()
        .select({ key: sql`${column}`.as("key"), ...aliased(selection) })
        .from(table)
        .where(and(sql`${column} = any(${keys})`, options.where, options.visible?.(viewer))),
    collect(rows, keys) {
      const found = new Map(rows.map((values) => [String(values[0]), rowOf(values, 1)]));
      return keys.map((key) => found.get(key) ?? null);
    },
  };
}

/** Rows that hang on parents: in which column, reached how, which of them, how many and in what order. */
export interface Children {
  visible?: Visibility | undefined;
  table: PgTable;
  key: PgColumn;
  through: Through | undefined;
  selection: Record<string, PgColumn>;
  where: SQL | undefined;
  order: readonly SQL[];
  limit: number | Placeholder;
}

/** Up to `limit` rows under each parent. */
export function rowsUnder<Row>(variant: string, children: Children): Read<Row[]> {
  const { table, key, through, selection, where, visible, order, limit } = children;
  const rowOf = rowMaker<Row>(selection);
  return {
    variant,
    keyType: key.getSQLType(),
    query(keys, viewer) {
      const base = new QueryBuilder().select(aliased(selection)).from(table).$dynamic();
      const joined = through ? base.innerJoin(through.table, through.on) : base;
      const page = joined
        .where(and(sql`${key} = parent.key`, where, visible?.(viewer)))
        .orderBy(...order)
        .limit(limit)
        .as("page");
      const columns = Object.fromEntries(Object.keys(selection).map((name) => [name, sql`page.${sql.identifier(name)}`.as(name)]));
      return new QueryBuilder()
        .select({ key: sql`parent.key`.as("key"), ...columns })
        .from(sql`unnest(${keys}) as parent(key)`)
        .crossJoinLateral(page);
    },
    collect(rows, keys) {
      const groups = Map.groupBy(rows, ([parent]) => String(parent));
      return keys.map((parent) => (groups.get(parent) ?? []).map((values) => rowOf(values, 1)));
    },
  };
}

/** How many rows hang on each parent; none of them is read. */
export function sizesUnder(variant: string, { table, key, through, where, visible }: Omit<Children, "order" | "limit" | "selection">): Read<number> {
  return {
    variant,
    keyType: key.getSQLType(),
    query(keys, viewer) {
      const base = new QueryBuilder().select({ key: sql`${key}`.as("key"), size: sql`count(*)::int`.as("size") }).from(table).$dynamic();
      const joined = through ? base.innerJoin(through.table, through.on) : base;
      return joined.where(and(sql`${key} = any(${keys})`, where, visible?.(viewer))).groupBy(key);
    },
    collect(rows, keys) {
      const sizes = new Map(rows.map(([parent, size]) => [String(parent), Number(size)]));
      return keys.map((parent) => sizes.get(parent) ?? 0);
    },
  };
}
