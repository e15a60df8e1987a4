import DataLoader from "dataloader";
import { and, asc, getTableColumns, sql, type InferSelectModel, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Viewer } from "../auth/viewer.js";
import { anyOf, asViewer, type Database } from "../db/client.js";
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

interface Options {
  visible?: Visibility;
  /** Rows that nobody reaches through this loader, such as archived ones. */
  where?: SQL;
}

type Key<Table extends PgTable> = keyof InferSelectModel<Table> & string;

const columnOf = (table: PgTable, key: string): PgColumn => {
  const column = getTableColumns(table)[key];
  if (!column) throw new Error(`The table has no column ${key}`);
  return column;
};

/** Loads the one row whose unique column `key` has the given value; null when missing or hidden. */
export const oneBy =
  <Table extends PgTable, K extends Key<Table>>(table: Table, key: K, options: Options = {}) =>
  (source: Source): DataLoader<string, InferSelectModel<Table> | null> => {
    const column = columnOf(table, key);
    return new DataLoader(async (keys) => {
      const rows = await select(source, table, anyOf(column, keys, column.getSQLType()), options);
      const found = new Map(rows.map((row) => [String(row[key as never]), row]));
      return keys.map((value) => found.get(value) ?? null);
    });
  };

/** Loads all rows whose column `key` has the given value, for lists that a rule bounds. */
export const manyBy =
  <Table extends PgTable, K extends Key<Table>>(table: Table, key: K, order: readonly PgColumn[], options: Options = {}) =>
  (source: Source): DataLoader<string, InferSelectModel<Table>[]> => {
    const column = columnOf(table, key);
    return new DataLoader(async (keys) => {
      const rows = await select(source, table, anyOf(column, keys, column.getSQLType()), options, order);
      const groups = Map.groupBy(rows, (row) => String(row[key as never]));
      return keys.map((value) => groups.get(value) ?? []);
    });
  };

async function select<Table extends PgTable>(
  { db, viewer }: Source,
  table: Table,
  condition: SQL,
  { visible, where }: Options,
  order: readonly PgColumn[] = [],
): Promise<InferSelectModel<Table>[]> {
  const rows = await asViewer(db, viewer, (scoped) =>
    scoped
      .select()
      .from(table as PgTable)
      .where(and(condition, where, visible?.(viewer)))
      .orderBy(...order.map((column) => asc(column))),
  );
  return rows as InferSelectModel<Table>[];
}

/** How a table is listed: its orders (the first is the default), its filter, who sees what. */
export interface ListSpec<Table extends PgTable, Where> extends Options {
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
  <Table extends PgTable, Where>(spec: ListSpec<Table, Where>) =>
  (source: Source) => ({
    page: (args: ListArgs<Where>): Page<InferSelectModel<Table>> => {
      const { db, viewer } = source;
      const condition = and(spec.where, spec.visible?.(viewer), spec.filter?.(args.where, viewer));
      return new Page<InferSelectModel<Table>>(orderOf(spec, args), args, {
        rows: async ({ order, after, limit }) =>
          (await asViewer(db, viewer, (scoped) =>
            scoped
              .select()
              .from(spec.table as PgTable)
              .where(and(condition, after))
              .orderBy(...terms(order))
              .limit(limit),
          )) as InferSelectModel<Table>[],
        count: () => asViewer(db, viewer, (scoped) => scoped.$count(spec.table, condition)),
      });
    },
  });

/** Reaches the listed table over a join table, such as skills to courses. */
export interface Through {
  table: PgTable;
  on: SQL;
}

/**
 * A list under each of many parents, in one statement for all of them:
 * `loaders.coursesByProvider.page(provider.id, args)`. `key` is the column that holds the parent.
 */
export const listBy =
  <Table extends PgTable, Where>(spec: ListSpec<Table, Where>, key: PgColumn, through?: Through) =>
  (source: Source) => {
    const pages = new Map<string, PageLoaders<InferSelectModel<Table>>>();
    return {
      page: (parent: string, args: ListArgs<Where>): Page<InferSelectModel<Table>> => {
        const shape = JSON.stringify(args);
        const condition = and(spec.where, spec.visible?.(source.viewer), spec.filter?.(args.where, source.viewer));
        let loaders = pages.get(shape);
        if (!loaders) pages.set(shape, (loaders = pageLoaders(source, spec.table, key, through, condition)));
        const { rows, count } = loaders;
        return new Page<InferSelectModel<Table>>(orderOf(spec, args), args, {
          rows: (request) => rows(request).load(parent),
          count: () => count.load(parent),
        });
      },
    };
  };

interface PageLoaders<Row> {
  /** All parents of one field ask for the same page, so the first request stands for all. */
  rows: (request: PageRequest) => DataLoader<string, Row[]>;
  count: DataLoader<string, number>;
}

function pageLoaders<Row>(
  { db, viewer }: Source,
  table: PgTable,
  key: PgColumn,
  through: Through | undefined,
  condition: SQL | undefined,
): PageLoaders<Row> {
  const columns = getTableColumns(table);
  const type = key.getSQLType();
  let loader: DataLoader<string, Row[]> | undefined;
  const rows = (request: PageRequest) =>
    (loader ??= new DataLoader<string, Row[]>(async (parents) => {
      const found = await asViewer(db, viewer, (scoped) => {
        const base = scoped.select(columns).from(table).$dynamic();
        const joined = through ? base.innerJoin(through.table, through.on) : base;
        const page = joined
          .where(and(sql`${key} = parent.key`, condition, request.after))
          .orderBy(...terms(request.order))
          .limit(request.limit)
          .as("page");
        const selection = Object.fromEntries(Object.keys(columns).map((name) => [name, page[name as never] as PgColumn]));
        return scoped
          .select({ parent: sql<string>`parent.key`, row: selection })
          .from(sql`unnest(${sql.param([...parents])}::${sql.raw(type)}[]) as parent(key)`)
          .crossJoinLateral(page)
;
      });
      const groups = Map.groupBy(found, (item) => String(item.parent));
      return parents.map((parent) => (groups.get(parent) ?? []).map((item) => item.row as Row));
    }));
  const count = new DataLoader<string, number>(async (parents) => {
    const counted = await asViewer(db, viewer, (scoped) => {
      const base = scoped.select({ parent: sql<string>`${key}`, size: sql<number>`count(*)::int` }).from(table).$dynamic();
      const joined = through ? base.innerJoin(through.table, through.on) : base;
      return joined.where(and(anyOf(key, parents, type), condition)).groupBy(key);
    });
    const sizes = new Map(counted.map(({ parent, size }) => [String(parent), size]));
    return parents.map((parent) => sizes.get(parent) ?? 0);
  });
  return { rows, count };
}

function orderOf(spec: { orders: readonly [Order, ...Order[]] }, args: ListArgs): Order {
  const { orderBy } = args;
  if (!orderBy) return spec.orders[0];
  const order = spec.orders.find(({ name }) => name === orderBy.field) ?? spec.orders[0];
  const descending = order.columns[0]?.descending ?? false;
  return descending === (orderBy.direction === "DESC") ? order : reversed(order);
}
