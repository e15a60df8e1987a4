import { and, getTableColumns, sql, type InferSelectModel, type SQL, type SQLWrapper } from "drizzle-orm";
import { QueryBuilder, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Viewer } from "../auth/viewer.js";
import { Kept, rowMaker, type Selection } from "../db/statements.js";
import type { Counted } from "../graphql/page.js";
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

/** Makes the read of some of the columns, once for each choice of them. */
function narrowing<Wide extends Selection, Value>(selection: Wide, make: (narrow: Wide) => Read<Value>): Read<Value>["only"] {
  const made = new Kept<Read<Value>>();
  return (wanted) => made.of([...wanted].join(" "), () => make(narrow(selection, wanted)));
}

/** Aliased, because a table that is reached through another may share column names with it. */
export const aliased = (selection: Selection): Selection =>
  Object.fromEntries(Object.entries(selection).map(([name, column]) => [name, sql`${column}`.as(name)]));

/** The one row whose unique column has the key. */
export function oneRow<Row>(table: PgTable, column: PgColumn, options: Options<string>, selection: Selection = selectionOf(table, options)): Read<Row | null> {
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: ["one", ...Object.keys(selection)].join(" "),
    selection,
    only: narrowing(selection, (narrowed) => oneRow(table, column, options, narrowed)),
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
    inside: {
      rows: (key, viewer) =>
        new QueryBuilder()
          .select(aliased(selection))
          .from(table)
          .where(and(sql`${column} = ${key}`, options.where, options.visible?.(viewer)))
          .getSQL(),
    },
  };
}

/** The limit stands in the text: with one that is bound, PostgreSQL would plan for a tenth of all rows. */
const limited = (query: SQLWrapper, limit: number): SQL => sql`${query.getSQL()} limit ${sql.raw(String(limit))}`;

/** Rows that hang on parents: in which column, reached how, which of them, how many and in what order. */
export interface Children {
  visible?: Visibility | undefined;
  table: PgTable;
  key: PgColumn;
  through: Through | undefined;
  selection: Record<string, PgColumn>;
  where: SQL | undefined;
  order: readonly SQL[];
  limit: number;
}

/** Rows that hang on nothing: the root lists. Their one key is the empty text. */
export function rowsAtRoot<Row>(variant: string, children: Omit<Children, "key" | "through">): Read<Row[]> {
  const { table, selection, where, visible, order, limit } = children;
  const rowOf = rowMaker<Row>(selection);
  return {
    variant: [variant, ...Object.keys(selection)].join(" "),
    selection,
    only: narrowing(selection, (narrowed) => rowsAtRoot(variant, { ...children, selection: narrowed })),
    key: undefined,
    table,
    visible,
    query(_keys, viewer) {
      const all = new QueryBuilder()
        .select({ key: sql`''`.as("key"), ...aliased(selection) })
        .from(table)
        .where(and(where, visible?.(viewer)))
        .orderBy(...order);
      return limited(all, limit);
    },
    collect: (rows) => [rows.map((values) => rowOf(values, 1))],
    inside: {
      rows: (_key, viewer) =>
        limited(new QueryBuilder().select(aliased(selection)).from(table).where(and(where, visible?.(viewer))).orderBy(...order), limit),
    },
  };
}

/** Up to `limit` rows under each parent. */
export function rowsUnder<Row>(variant: string, children: Children): Read<Row[]> {
  const { table, key, through, selection, where, visible, order, limit } = children;
  const rowOf = rowMaker<Row>(selection);
  const rowsOf = (parent: SQL, viewer: Viewer): SQL => {
    const base = new QueryBuilder().select(aliased(selection)).from(table).$dynamic();
    const joined = through ? base.innerJoin(through.table, through.on) : base;
    return limited(joined.where(and(sql`${key} = ${parent}`, where, visible?.(viewer))).orderBy(...order), limit);
  };
  return {
    variant: [variant, ...Object.keys(selection)].join(" "),
    selection,
    only: narrowing(selection, (narrowed) => rowsUnder(variant, { ...children, selection: narrowed })),
    isEach: true,
    key,
    table,
    visible,
    query(keys, viewer) {
      const columns = Object.fromEntries(Object.keys(selection).map((name) => [name, sql`page.${sql.identifier(name)}`.as(name)]));
      return new QueryBuilder()
        .select({ key: sql`parent.key`.as("key"), ...columns })
        .from(sql`unnest(${keys}) as parent(key)`)
        .crossJoinLateral(sql`(${rowsOf(sql`parent.key`, viewer)}) page`);
    },
    collect(rows, keys) {
      const groups = Map.groupBy(rows, ([parent]) => String(parent));
      return keys.map((parent) => (groups.get(parent) ?? []).map((values) => rowOf(values, 1)));
    },
    inside: { rows: rowsOf },
  };
}

/** Up to how many rows are gathered in order to count and to sort them; more are better counted and found by an index. */
const mostGathered = 1_000;
const totalCount = sql<number>`size.rows`.as("totalCount");

/** The rows of a root list together with the size of the list; undefined when that is great. */
export function countedAtRoot<Row>(variant: string, children: Omit<Children, "key" | "through"> & { sorted: readonly string[] }): Read<Counted<Row> | undefined> {
  const { table, selection, where, visible, order, limit, sorted } = children;
  const only = narrowing(selection, (narrowed) => countedAtRoot<Row>(variant, { ...children, selection: narrowed }));
  const rowOf = rowMaker<Row>(selection);
  const gatheredRows = (viewer: Viewer): SQL => {
    const all = new QueryBuilder().select(aliased(selection)).from(table).where(and(where, visible?.(viewer)));
    return limited(all, mostGathered + 1);
  };
  const orderOfRows = sql.join([...order], sql`, `);
  return {
    variant: [variant, ...Object.keys(selection)].join(" "),
    selection: { totalCount, ...selection },
    // What was gathered is sorted by its columns.
    only: (wanted) => only(new Set([...wanted, ...sorted])),
    key: undefined,
    table,
    visible,
    query(_keys, viewer) {
      const columns = Object.keys(selection).map((name) => sql`page.${sql.identifier(name)}`);
      return sql`with gathered as materialized (${gatheredRows(viewer)})
        select page.key, size.rows as "totalCount", ${sql.join(columns, sql`, `)}
        from (select count(*)::int as rows from gathered) size
        left join (${limited(sql`select '' as key, * from gathered order by ${orderOfRows}`, limit)}) page on true`;
    },
    collect(found, keys) {
      const size = Number(found[0]?.[1]);
      // A list without rows leaves the columns of its page empty.
      const rows = found.filter(([key]) => key !== null).map((values) => rowOf(values, 2));
      return keys.map(() => (size > mostGathered ? undefined : { rows, size }));
    },
    inside: {
      rows: (_key, viewer) => gatheredRows(viewer),
      gathered: { rows: gatheredRows, order: orderOfRows, most: mostGathered },
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
  inside: { rows: (_key, viewer) => new QueryBuilder().select({ size }).from(table).where(and(where, visible?.(viewer))).getSQL() },
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
    inside: {
      rows(parent, viewer) {
        const base = new QueryBuilder().select({ size }).from(table).$dynamic();
        const joined = through ? base.innerJoin(through.table, through.on) : base;
        return joined.where(and(sql`${key} = ${parent}`, where, visible?.(viewer))).getSQL();
      },
    },
  };
}
