import DataLoader from "dataloader";
import { and, sql, type SQL } from "drizzle-orm";
import { QueryBuilder, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { asViewer } from "../db/client.js";
import { reversed, signature, terms, type Order } from "../db/ordering.js";
import { rowMaker, shapeOf, type Shape } from "../db/statements.js";
import type { PageArgs } from "../graphql/connection.js";
import type { SortDirection } from "../graphql/order.js";
import { Page, type PageRequest } from "../graphql/page.js";
import type { Viewer } from "../auth/viewer.js";
import { aliased, rowsUnder, selectionOf, sizesUnder, type Options, type RowOf, type Through } from "./reads.js";
import { standInOf, valuesOf, type Source } from "./source.js";

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

const limit = sql.placeholder("limit");

/** A root list: `loaders.courses.page(args)`. */
export const list = <Table extends PgTable, Where, Omitted extends string = never>(spec: ListSpec<Table, Where, Omitted>) => {
  type Row = RowOf<Table, Omitted>;
  const { table } = spec;
  const selection = selectionOf(table, spec);
  const rowOf = rowMaker<Row>(selection);

  async function rows({ db, viewer, statements }: Source, args: ListArgs<Where>, request: PageRequest): Promise<Row[]> {
    const asked = shapeOf(and(spec.filter?.(args.where, viewer), request.after));
    const statement = statements.of(spec, `${viewer.role} rows ${signature(request.order)} ${asked.text}`, () =>
      new QueryBuilder()
        .select(aliased(selection))
        .from(table as PgTable)
        .where(and(spec.where, spec.visible?.(standInOf(viewer)), asked.condition))
        .orderBy(...terms(request.order))
        .limit(limit),
    );
    const found = await asViewer(db, viewer, (scoped) => statement(scoped, { ...asked.bound, viewer: viewer.id, limit: request.limit }));
    return found.map((values) => rowOf(values));
  }

  async function count({ db, viewer, statements }: Source, args: ListArgs<Where>): Promise<number> {
    const asked = shapeOf(spec.filter?.(args.where, viewer));
    const statement = statements.of(spec, `${viewer.role} count ${asked.text}`, () =>
      new QueryBuilder()
        .select({ size: sql`count(*)::int`.as("size") })
        .from(table as PgTable)
        .where(and(spec.where, spec.visible?.(standInOf(viewer)), asked.condition)),
    );
    const [[size] = []] = await asViewer(db, viewer, (scoped) => statement(scoped, { ...asked.bound, viewer: viewer.id }));
    return Number(size);
  }

  return (source: Source) => ({
    page: (args: ListArgs<Where>): Page<Row> =>
      new Page<Row>(orderOf(spec, args), args, {
        rows: (request) => rows(source, args, request),
        count: () => count(source, args),
      }),
  });
};

interface PageLoaders<Row> {
  rows: DataLoader<string, Row[]> | undefined;
  count: DataLoader<string, number>;
}

/**
 * A list under each of many parents, in one statement for all of them:
 * `loaders.coursesByProvider.page(provider.id, args)`. `key` is the column that holds the parent.
 */
export const listBy = <Table extends PgTable, Where, Omitted extends string = never>(
  spec: ListSpec<Table, Where, Omitted>,
  key: PgColumn,
  through?: Through,
) => {
  type Row = RowOf<Table, Omitted>;
  const { table, visible } = spec;

  const rowsFor = (asked: Shape, { order }: PageRequest) =>
    rowsUnder<Row>(`rows ${signature(order)} ${asked.text}`, {
      table,
      key,
      through,
      selection: { ...selectionOf(table, spec), ...throughColumns(order, table) },
      where: and(spec.where, asked.condition),
      visible,
      order: terms(order),
      limit,
    });

  return function define(source: Source) {
    const pages = new Map<string, PageLoaders<Row>>();
    return {
      page: (parent: string, args: ListArgs<Where>): Page<Row> => {
        const shape = JSON.stringify(args);
        const filter = () => spec.filter?.(args.where, source.viewer);
        const found = pages.get(shape);
        const loaders: PageLoaders<Row> = found ?? {
          rows: undefined,
          count: new DataLoader((parents) => {
            const asked = shapeOf(filter());
            const sizes = sizesUnder(`count ${asked.text}`, { table, key, through, where: and(spec.where, asked.condition), visible });
            return valuesOf(source, define, sizes, parents, asked.bound);
          }),
        };
        if (!found) pages.set(shape, loaders);
        // Parents that ask for the same page share its request, and so its statement.
        const rowsOf = (request: PageRequest) =>
          (loaders.rows ??= new DataLoader<string, Row[]>((parents) => {
            const asked = shapeOf(and(filter(), request.after));
            return valuesOf(source, define, rowsFor(asked, request), parents, { ...asked.bound, limit: request.limit });
          }));
        return new Page<Row>(orderOf(spec, args), args, {
          rows: (request) => rowsOf(request).load(parent),
          count: () => loaders.count.load(parent),
        });
      },
    };
  };
};

/** Sort columns of the table that the list is reached through; cursors need their values in the row. */
const throughColumns = (order: Order, table: PgTable): Record<string, PgColumn> =>
  Object.fromEntries(
    order.columns.filter(({ column }) => column.table !== table).map(({ property, column }) => [property, column]),
  );

function orderOf(spec: { orders: readonly [Order, ...Order[]] }, args: ListArgs): Order {
  const { orderBy } = args;
  if (!orderBy) return spec.orders[0];
  const order = spec.orders.find(({ name }) => name === orderBy.field) ?? spec.orders[0];
  const descending = order.columns[0]?.descending ?? false;
  return descending === (orderBy.direction === "DESC") ? order : reversed(order);
}
