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

/** The one key of what hangs on nothing. */
export const root = "";

export function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key];
  if (!column) throw new Error(`The table has no column ${key}`);
  return column;
}

export const selectionOf = (table: PgTable, { without = [] }: Options<string>): Record<string, PgColumn> =>
  Object.fromEntries(Object.entries(getTableColumns(table)).filter(([name]) => !without.includes(name)));

const narrow = <Wide extends Selection>(selection: Wide, wanted: ReadonlySet<string>): Wide =>
  Object.fromEntries(Object.entries(selection).filter(([name]) => wanted.has(name))) as Wide;

/** Aliased, because a table that is reached through another may share column names with it. */
export const aliased = (selection: Selection): Selection =>
  Object.fromEntries(Object.entries(selection).map(([name, column]) => [name, sql`${column}`.as(name)]));

/** The one row whose unique column has the key. */
export function oneRow<Row>(table: PgTable, column: PgColumn, options: Options<string>, selection: Selection = selectionOf(table, options)): Read<Row | null> {
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: ["one", ...Object.keys(selection)].join(" "),
    selection,
    only: (wanted) => oneRow(table, column, options, narrow(selection, wanted)),
    key: column,
    table,
    visible: options.visible,
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

/** Rows that hang on nothing: the root lists. Their one key is the empty text. */
export function rowsAtRoot<Row>(variant: string, children: Omit<Children, "key" | "through">): Read<Row[]> {
  const { table, selection, where, visible, order, limit } = children;
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: [variant, ...Object.keys(selection)].join(" "),
    selection,
    only: (wanted) => rowsAtRoot(variant, { ...children, selection: narrow(selection, wanted) }),
    key: undefined,
    table,
    visible,
    query: (_keys, viewer) =>
      new QueryBuilder()
        .select({ key: sql`''`.as("key"), ...aliased(selection) })
        .from(table)
        .where(and(where, visible?.(viewer)))
        .orderBy(...order)
        .limit(limit),
    collect: (rows) => [rows.map((values) => rowOf(values, 1))],
  };
}

/** Up to `limit` rows under each parent. */
export function rowsUnder<Row>(variant: string, children: Children): Read<Row[]> {
  const { table, key, through, selection, where, visible, order, limit } = children;
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: [variant, ...Object.keys(selection)].join(" "),
    selection,
    only: (wanted) => rowsUnder(variant, { ...children, selection: narrow(selection, wanted) }),
    key,
    table,
    visible,
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

const size = sql<number>`count(*)::int`.as("size");

/** How many rows hang on nothing. */
export const sizeAtRoot = (variant: string, { table, where, visible }: Pick<Children, "table" | "where" | "visible">): Read<number> => ({
  variant,
  selection: { size },
  only: () => sizeAtRoot(variant, { table, where, visible }),
  key: undefined,
  table,
  visible,
  query: (_keys, viewer) =>
    new QueryBuilder().select({ key: sql`''`.as("key"), size }).from(table).where(and(where, visible?.(viewer))),
  collect: (rows) => rows.map(([, count]) => Number(count)),
});

/** How many rows hang on each parent; none of them is read. */
export function sizesUnder(variant: string, { table, key, through, where, visible }: Omit<Children, "order" | "limit" | "selection">): Read<number> {
  return {
    variant,
    selection: { size },
    only: () => sizesUnder(variant, { table, key, through, where, visible }),
    key,
    table,
    visible,
    query(keys, viewer) {
      const base = new QueryBuilder().select({ key: sql`${key}`.as("key"), size }).from(table).$dynamic();
      const joined = through ? base.innerJoin(through.table, through.on) : base;
      return joined.where(and(sql`${key} = any(${keys})`, where, visible?.(viewer))).groupBy(key);
    },
    collect(rows, keys) {
      const sizes = new Map(rows.map(([parent, size]) => [String(parent), Number(size)]));
      return keys.map((parent) => sizes.get(parent) ?? 0);
    },
  };
}
