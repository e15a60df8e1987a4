import DataLoader from "dataloader";
import { and, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { reversed, signature, terms, termsOfRows, type Order } from "../db/ordering.js";
import { Kept, shapeOf, type Bound, type Shape } from "../db/statements.js";
import type { PageArgs } from "../graphql/connection.js";
import type { SortDirection } from "../graphql/order.js";
import { Page, requestOf, type Counted, type PageRequest } from "../graphql/page.js";
import {
  countedAtRoot, root, rowsAtRoot, rowsUnder, selectionOf, sizeAtRoot, sizesUnder, type Options, type RowOf, type Through,
} from "./reads.js";
import { narrowed, valuesOf, type Read, type Source } from "./source.js";

/** How a table is listed: its orders (the first is the default), its filter, who sees what. */
export interface ListSpec<Table extends PgTable, Where, Omitted extends string = never> extends Options<Omitted> {
  table: Table;
  orders: readonly [Order, ...Order[]];
  filter?: (where: Where | null | undefined) => SQL | undefined;
}

export interface ListArgs<Where = unknown> extends PageArgs {
  where?: Where | null;
  orderBy?: { field: string; direction: SortDirection } | null;
}

/** How one page is read, alone or counted along, and the values that the client's arguments bind in it. */
export interface PageRead {
  read: Read<unknown[]> | Read<Counted<unknown> | undefined>;
  bound: Bound;
  /** Properties of the rows that cursors are made of. */
  sorted: readonly string[];
  request: PageRequest;
  /** The rows alone, for a list that is too long to be counted along. */
  uncounted: Read<unknown[]>;
  /** How the whole list is counted by itself. */
  count(): { read: Read<number>; bound: Bound };
}

/** A list that tells how a page of it is read, so that it can be read together with its parents. */
export interface Pageable<Where> {
  pageRead(args: ListArgs<Where>, isCounted: boolean): PageRead;
}

/**
 * What the client's `where` adds to a list's own conditions. It is the same for everyone, and many ask for the same:
 * to make SQL of it again costs more than a statement's answer.
 */
function shapesOf<Where>({ filter }: ListSpec<PgTable, Where, string>): (where: Where | null | undefined) => Shape {
  const shapes = new Kept<Shape>();
  return (where) => shapes.of(where ? JSON.stringify(where) : "", () => shapeOf(filter?.(where)));
}

/** A root list: `loaders.courses.page(args)`. */
export function list<Table extends PgTable, Where, Omitted extends string = never>(spec: ListSpec<Table, Where, Omitted>) {
  type Row = RowOf<Table, Omitted>;
  const { table, visible } = spec;
  const selection = selectionOf(table, spec);
  const shapeOfWhere = shapesOf(spec);
  const reads = new Kept<Read<Row[]>>();
  const counts = new Kept<Read<number>>();
  const countedReads = new Kept<Read<Counted<Row> | undefined>>();

  function readOf(args: ListArgs<Where>, { order, after, limit }: PageRequest) {
    const asked = shapeOfWhere(args.where);
    const place = shapeOf(after, "after");
    const read = reads.of(`rows ${limit} ${signature(order)} ${asked.text} ${place.text}`, (variant) => {
      const where = and(spec.where, asked.condition(), place.condition());
      return rowsAtRoot<Row>(variant, { table, selection, where, visible, order: terms(order), limit });
    });
    return { read, bound: { ...asked.bound, ...place.bound }, sorted: sortedBy(order) };
  }

  async function rows(source: Source, args: ListArgs<Where>, request: PageRequest): Promise<Row[]> {
    const known = source.pages.get(define, root, args);
    if (known) return known.rows as Row[];
    const { read, bound } = readOf(args, request);
    const [found = []] = await valuesOf(source, define, narrowed(read, source.wanted?.get(define)), [root], bound);
    return found;
  }

  function countOf(args: ListArgs<Where>) {
    const asked = shapeOfWhere(args.where);
    const read = counts.of(`count ${asked.text}`, (variant) =>
      sizeAtRoot(variant, { table, where: and(spec.where, asked.condition()), visible }),
    );
    return { read, bound: asked.bound };
  }

  async function count(source: Source, args: ListArgs<Where>): Promise<number> {
    const { read, bound } = countOf(args);
    const [size = 0] = await valuesOf(source, define, read, [root], bound);
    return size;
  }

  /** Pays where a `where` leaves few rows: they are looked for once. Without one, an index holds the order. */
  function countedOf(args: ListArgs<Where>, { order, after, limit }: PageRequest) {
    const asked = shapeOfWhere(args.where);
    if (!asked.text || after) return undefined;
    const sorted = sortedBy(order);
    const read = countedReads.of(`counted ${limit} ${signature(order)} ${asked.text}`, (variant) => {
      const where = and(spec.where, asked.condition());
      return countedAtRoot<Row>(variant, { table, selection, where, visible, order: termsOfRows(order), limit, sorted });
    });
    return { read, bound: asked.bound, sorted };
  }

  async function counted(source: Source, args: ListArgs<Where>, request: PageRequest): Promise<Counted<Row> | undefined> {
    const known = source.pages.get(define, root, args);
    if (known) return known.size === undefined ? undefined : (known as Counted<Row>);
    const asked = countedOf(args, request);
    if (!asked) return undefined;
    const [both] = await valuesOf(source, define, narrowed(asked.read, source.wanted?.get(define)), [root], asked.bound);
    return both;
  }

  function pageRead(args: ListArgs<Where>, isCounted: boolean): PageRead {
    const request = requestOf(orderOf(spec, args), args);
    const rows = readOf(args, request);
    const together = isCounted ? countedOf(args, request) : undefined;
    return { ...rows, ...together, uncounted: rows.read, request, count: () => countOf(args) };
  }

  const define = Object.assign(
    (source: Source) => ({
      page: (args: ListArgs<Where>): Page<Row> =>
        new Page<Row>(orderOf(spec, args), args, {
          rows: (request) => rows(source, args, request),
          count: () => count(source, args),
          counted: (request) => counted(source, args, request),
        }),
    }),
    { pageRead } satisfies Pageable<Where>,
  );
  return define;
}

interface PageLoaders<Row> {
  rows: DataLoader<string, Row[]> | undefined;
  count: DataLoader<string, number>;
}

/**
 * A list under each of many parents, in one statement for all of them:
 * `loaders.coursesByProvider.page(provider.id, args)`. `key` is the column that holds the parent.
 */
export function listBy<Table extends PgTable, Where, Omitted extends string = never>(
  spec: ListSpec<Table, Where, Omitted>,
  key: PgColumn,
  through?: Through,
) {
  type Row = RowOf<Table, Omitted>;
  const { table, visible } = spec;
  const columns = selectionOf(table, spec);
  const shapeOfWhere = shapesOf(spec);
  const reads = new Kept<Read<Row[]>>();
  const counts = new Kept<Read<number>>();

  function readOf(args: ListArgs<Where>, { order, after, limit }: PageRequest) {
    const asked = shapeOfWhere(args.where);
    const place = shapeOf(after, "after");
    const read = reads.of(`rows ${limit} ${signature(order)} ${asked.text} ${place.text}`, (variant) => {
      const selection = { ...columns, ...throughColumns(order, table) };
      const where = and(spec.where, asked.condition(), place.condition());
      return rowsUnder<Row>(variant, { table, key, through, selection, where, visible, order: terms(order), limit });
    });
    return { read, bound: { ...asked.bound, ...place.bound }, sorted: sortedBy(order) };
  }

  function countOf(args: ListArgs<Where>) {
    const asked = shapeOfWhere(args.where);
    const read = counts.of(`count ${asked.text}`, (variant) =>
      sizesUnder(variant, { table, key, through, where: and(spec.where, asked.condition()), visible }),
    );
    return { read, bound: asked.bound };
  }

  function loadersOf(source: Source, args: ListArgs<Where>): PageLoaders<Row> {
    return {
      rows: undefined,
      count: new DataLoader((parents) => {
        const { read, bound } = countOf(args);
        return valuesOf(source, define, read, parents, bound);
      }),
    };
  }

  function forSource(source: Source) {
    const pages = new Map<string, PageLoaders<Row>>();
    return {
      page: (parent: string, args: ListArgs<Where>): Page<Row> => {
        const shape = JSON.stringify(args);
        const loaders = pages.get(shape) ?? loadersOf(source, args);
        pages.set(shape, loaders);
        // Parents that ask for the same page share its request, and so its statement.
        const rowsOf = (request: PageRequest) =>
          (loaders.rows ??= new DataLoader<string, Row[]>((parents) => {
            const { read, bound } = readOf(args, request);
            return valuesOf(source, define, narrowed(read, source.wanted?.get(define)), parents, bound);
          }));
        return new Page<Row>(orderOf(spec, args), args, {
          rows: async (request) => (source.pages.get(define, parent, args)?.rows as Row[] | undefined) ?? rowsOf(request).load(parent),
          count: () => loaders.count.load(parent),
        });
      },
    };
  }

  const define = Object.assign(forSource, {
    pageRead(args: ListArgs<Where>): PageRead {
      const request = requestOf(orderOf(spec, args), args);
      const rows = readOf(args, request);
      return { ...rows, uncounted: rows.read, request, count: () => countOf(args) };
    },
  } satisfies Pageable<Where>);
  return define;
}

const sortedBy = ({ columns }: Order): string[] => columns.map(({ property }) => property);

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
