import DataLoader from "dataloader";
import { and, asc, getTableColumns, sql, type InferSelectModel, type SQL } from "drizzle-orm";
import { PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Viewer } from "../auth/viewer.js";
import { anyOf, arrayOf, asViewer, type Database } from "../db/client.js";
import { reversed, terms, type Order } from "../db/ordering.js";
import type { PageArgs } from "../graphql/connection.js";
import type { SortDirection } from "../graphql/order.js";
import { Page, type PageRequest } from "../graphql/page.js";

/** What a request's loaders read from. */
export interface Source {
  db: Database;
  viewer: Viewer;
}

export type Definition<Loader> = (source: Source) => Loader;

/** Which rows of a table the viewer may see; undefined means all of them. */
export type Visibility = (viewer: Viewer) => SQL | undefined;

interface Options<Omitted extends string = never> {
  visible?: Visibility;
  /** Holds for the rows of this loader, whoever asks; leaves out archived rows, for example. */
  where?: SQL | undefined;
  /** Columns that are not read, because they are large or have a policy and a loader of their own. */
  without?: readonly Omitted[];
}

type Key<Table extends PgTable> = keyof InferSelectModel<Table> & string;
type RowOf<Table extends PgTable, Omitted extends string> = Omit<InferSelectModel<Table>, Omitted>;
type Selection = Record<string, PgColumn>;

function columnOf(table: PgTable, key: string): PgColumn {
  const column = getTableColumns(table)[key];
  if (!column) throw new Error(`The table has no column ${key}`);
  return column;
}

const selectionOf = (table: PgTable, { without = [] }: Options<string>): Selection =>
  Object.fromEntries(Object.entries(getTableColumns(table)).filter(([name]) => !without.includes(name)));

/** Loads the one row whose unique column `key` has the given value; null when missing or hidden. */
export const oneBy =
  <Table extends PgTable, K extends Key<Table>, Omitted extends Key<Table> = never>(
    table: Table,
    key: K,
    options: Options<Omitted> = {},
  ) =>
  ({ db, viewer }: Source): DataLoader<string, RowOf<Table, Omitted> | null> => {
    const column = columnOf(table, key);
    const condition = and(options.where, options.visible?.(viewer));
    return new DataLoader(async (keys) => {
      const rows = await asViewer(db, viewer, (scoped) =>
        scoped
          .select(selectionOf(table, options))
          .from(table as PgTable)
          .where(and(anyOf(column, keys, column.getSQLType()), condition)),
      );
      const found = new Map(rows.map((row) => [String(row[key]), row as RowOf<Table, Omitted>]));
      return keys.map((value) => found.get(value) ?? null);
    });
  };

/** Reaches the listed table over a join table, such as skills to courses. */
export interface Through {
  table: PgTable;
  on: SQL | undefined;
}

/**
 * Loads the rows whose column `key` has the given value, for lists that a rule bounds.
 * `key` names a column of the table, or is one of the table that the list is reached `through`.
 */
export const manyBy =
  <Table extends PgTable, K extends Key<Table>, Omitted extends Key<Table> = never>(
    table: Table,
    key: K | PgColumn,
    order: readonly (PgColumn | SQL)[],
    options: Options<Omitted> & { through?: Through; /** The bound; the statement reads no more under each parent. */ atMost: number },
  ) =>
  (source: Source): DataLoader<string, RowOf<Table, Omitted>[]> => {
    const children: Children = {
      table,
      key: typeof key === "string" ? columnOf(table, key) : key,
      through: options.through,
      selection: selectionOf(table, options),
      condition: and(options.where, options.visible?.(source.viewer)),
    };
    const orderTerms = order.map((term) => (term instanceof PgColumn ? asc(term) : term));
    return new DataLoader((parents) => childRows(source, children, parents, orderTerms, options.atMost));
  };

/** Counts the rows under each parent; `key` is the column that holds the parent. */
export const countBy =
  (table: PgTable, key: PgColumn, options: Options & { through?: Through } = {}) =>
  (source: Source): DataLoader<string, number> => {
    const condition = and(options.where, options.visible?.(source.viewer));
    const children: Children = { table, key, through: options.through, selection: {}, condition };
    return new DataLoader((parents) => childCounts(source, children, parents));
  };

/** How a table is listed: its orders (the first is the default), its filter, who sees what. */
export interface ListSpec<Table extends PgTable, Where, Omitted extends string = never> extends Options<Omitted> {
  table: Table;
  orders: readonly [Order, ...Order[]];
  filter?: (where: Where | null | undefined, viewer: Viewer) => SQL | undefined;
}

export interface ListArgs<Where = unknown> extends PageArgs {
  where?: Where | null;
  orderBy?: { field: string; direction: SortDirection } | null;
}

/** A root list: `loaders.courses.page(args)`. */
export const list =
  <Table extends PgTable, Where, Omitted extends string = never>(spec: ListSpec<Table, Where, Omitted>) =>
  ({ db, viewer }: Source) => ({
    page: (args: ListArgs<Where>): Page<RowOf<Table, Omitted>> => {
      const condition = conditionOf(spec, args, viewer);
      return new Page<RowOf<Table, Omitted>>(orderOf(spec, args), args, {
        rows: async ({ order, after, limit }) =>
          (await asViewer(db, viewer, (scoped) =>
            scoped
              .select(selectionOf(spec.table, spec))
              .from(spec.table as PgTable)
              .where(and(condition, after))
              .orderBy(...terms(order))
              .limit(limit),
          )) as RowOf<Table, Omitted>[],
        count: () => asViewer(db, viewer, (scoped) => scoped.$count(spec.table, condition)),
      });
    },
  });

interface PageLoaders<Row> {
  rows: DataLoader<string, Row[]> | undefined;
  count: DataLoader<string, number>;
}

/**
 * A list under each of many parents, in one statement for all of them:
 * `loaders.coursesByProvider.page(provider.id, args)`. `key` is the column that holds the parent.
 */
export const listBy =
  <Table extends PgTable, Where, Omitted extends string = never>(
    spec: ListSpec<Table, Where, Omitted>,
    key: PgColumn,
    through?: Through,
  ) =>
  (source: Source) => {
    type Row = RowOf<Table, Omitted>;
    const pages = new Map<string, PageLoaders<Row>>();
    return {
      page: (parent: string, args: ListArgs<Where>): Page<Row> => {
        const order = orderOf(spec, args);
        const children: Children = {
          table: spec.table,
          key,
          through,
          selection: { ...selectionOf(spec.table, spec), ...throughColumns(order, spec.table) },
          condition: conditionOf(spec, args, source.viewer),
        };
        const shape = JSON.stringify(args);
        const found = pages.get(shape);
        const loaders: PageLoaders<Row> = found ?? {
          rows: undefined,
          count: new DataLoader((parents) => childCounts(source, children, parents)),
        };
        if (!found) pages.set(shape, loaders);
        // Parents that ask for the same page share its request, and so its statement.
        const rowsOf = ({ order: asked, after, limit }: PageRequest) =>
          (loaders.rows ??= new DataLoader<string, Row[]>((parents) =>
            childRows(source, { ...children, condition: and(children.condition, after) }, parents, terms(asked), limit),
          ));
        return new Page<Row>(order, args, {
          rows: (request) => rowsOf(request).load(parent),
          count: () => loaders.count.load(parent),
        });
      },
    };
  };

/** Rows that hang on parents: in which column, reached how, and which of them. */
interface Children {
  table: PgTable;
  key: PgColumn;
  through: Through | undefined;
  selection: Selection;
  condition: SQL | undefined;
}

/** Up to `limit` rows under each parent, in the order of `parents`, by one statement. */
async function childRows<Row>(
  { db, viewer }: Source,
  { table, key, through, selection, condition }: Children,
  parents: readonly string[],
  order: readonly SQL[],
  limit: number,
): Promise<Row[][]> {
  const found = await asViewer(db, viewer, (scoped) => {
    // Aliased, because a table that is reached through another may share column names with it.
    const aliased = Object.fromEntries(
      Object.entries(selection).map(([name, column]) => [name, sql`${column}`.mapWith(column).as(name)]),
    );
    const base = scoped.select(aliased).from(table).$dynamic();
    const joined = through ? base.innerJoin(through.table, through.on) : base;
    const page = joined
      .where(and(sql`${key} = parent.key`, condition))
      .orderBy(...order)
      .limit(limit)
      .as("page");
    const row = Object.fromEntries(Object.keys(selection).map((name) => [name, page[name as never] as SQL.Aliased]));
    return scoped
      .select({ parent: sql<string>`parent.key`, row })
      .from(sql`unnest(${arrayOf(parents, key.getSQLType())}) as parent(key)`)
      .crossJoinLateral(page);
  });
  const groups = Map.groupBy(found, (item) => String(item.parent));
  return parents.map((parent) => (groups.get(parent) ?? []).map((item) => item.row as Row));
}

/** How many rows hang on each parent, by one statement that reads none of them. */
async function childCounts(
  { db, viewer }: Source,
  { table, key, through, condition }: Children,
  parents: readonly string[],
): Promise<number[]> {
  const counted = await asViewer(db, viewer, (scoped) => {
    const base = scoped.select({ parent: sql<string>`${key}`, size: sql<number>`count(*)::int` }).from(table).$dynamic();
    const joined = through ? base.innerJoin(through.table, through.on) : base;
    return joined.where(and(anyOf(key, parents, key.getSQLType()), condition)).groupBy(key);
  });
  const sizes = new Map(counted.map(({ parent, size }) => [String(parent), size]));
  return parents.map((parent) => sizes.get(parent) ?? 0);
}

/** Sort columns of the table that the list is reached through; cursors need their values in the row. */
const throughColumns = (order: Order, table: PgTable): Selection =>
  Object.fromEntries(
    order.columns.filter(({ column }) => column.table !== table).map(({ property, column }) => [property, column]),
  );

const conditionOf = <Where>(spec: ListSpec<PgTable, Where, string>, args: ListArgs<Where>, viewer: Viewer): SQL | undefined =>
  and(spec.where, spec.visible?.(viewer), spec.filter?.(args.where, viewer));

function orderOf(spec: { orders: readonly [Order, ...Order[]] }, args: ListArgs): Order {
  const { orderBy } = args;
  if (!orderBy) return spec.orders[0];
  const order = spec.orders.find(({ name }) => name === orderBy.field) ?? spec.orders[0];
  const descending = order.columns[0]?.descending ?? false;
  return descending === (orderBy.direction === "DESC") ? order : reversed(order);
}
