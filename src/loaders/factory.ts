import DataLoader from "dataloader";
import { asc, type InferSelectModel, type SQL } from "drizzle-orm";
import { PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { isSignedIn } from "../auth/viewer.js";
import { columnOf, oneRow, rowsUnder, selectionOf, sizesUnder, type Options, type RowOf, type Through } from "./reads.js";
import { Remembering, valuesOf, type Definition, type Loader, type Read, type Readable, type Scope, type Visibility } from "./source.js";

type Key<Table extends PgTable> = keyof InferSelectModel<Table> & string;
type Seen = { visible: Visibility } | { visible?: never };
/** The last argument, which may be left out when it asks for nothing. */
type Rest<Given> = {} extends Given ? [given?: Given] : [given: Given];
/** Loads without a memory; a request puts its own in front. */
type Gathered<Value> = Definition<Pick<Loader<Value>, "load">>;
type InScope = <Value>(define: Gathered<Value>) => Definition<Loader<Value>>;

/** Gathers the keys of one source: of a request, or of all that run at the time. */
const gathering = <Value>(read: Read<Value>): Gathered<Value> =>
  function define(source) {
    return new DataLoader<string, Value>((keys) => valuesOf(source, define, read, keys), { cache: false, ...source.batching });
  };

/** The ways to declare a loader of rows under keys, in one scope. */
function loadersIn<Visible extends Seen>(scope: Scope, inScope: InScope) {
  const declared = <Value>(read: Read<Value>): Readable<Value> => Object.assign(inScope(gathering(read)), { read, scope });
  return {
    /** Rows that take a statement of their own. */
    of: declared,

    /** The one row whose unique column `key` has the given value; null when missing or hidden. */
    oneBy: <Table extends PgTable, Omitted extends Key<Table> = never>(
      table: Table,
      key: Key<Table>,
      ...[options]: Rest<Omit<Options<Omitted>, "visible"> & Visible>
    ) => declared(oneRow<RowOf<Table, Omitted>>(table, columnOf(table, key), options ?? {})),

    /**
     * The rows whose column `key` has the given value, for lists that a rule bounds.
     * `key` names a column of the table, or is one of the table that the list is reached `through`.
     */
    manyBy: <Table extends PgTable, Omitted extends Key<Table> = never>(
      table: Table,
      key: Key<Table> | PgColumn,
      order: readonly (PgColumn | SQL)[],
      options: Omit<Options<Omitted>, "visible"> & Visible & { through?: Through; /** The bound; the statement reads no more under each parent. */ atMost: number },
    ) =>
      declared(
        rowsUnder<RowOf<Table, Omitted>>("many", {
          table,
          key: typeof key === "string" ? columnOf(table, key) : key,
          through: options.through,
          selection: selectionOf(table, options),
          where: options.where,
          visible: options.visible,
          order: order.map((term) => (term instanceof PgColumn ? asc(term) : term)),
          limit: options.atMost,
        }),
      ),

    /** How many rows are under each parent; `key` is the column that holds the parent. */
    countBy: (table: PgTable, key: PgColumn, options: Omit<Options, "visible"> & Visible & { through?: Through }) =>
      declared(sizesUnder("count", { table, key, through: options.through, where: options.where, visible: options.visible })),
  };
}

const nothingFound = (value: unknown): boolean => value === null || value === 0 || (Array.isArray(value) && value.length === 0);

/** Rows that depend on who asks: batched within the request. */
export const perViewer = loadersIn<{ visible: Visibility }>("perViewer", (define) => (source) => {
  const own = define(source);
  return new Remembering((key) => own.load(key));
});

/** Rows that everyone may see alike: batched across the requests that run at the time. */
export const shared = loadersIn<{ visible?: never }>(
  "shared",
  (define) =>
    ({ everyone }) =>
      new Remembering((key) => everyone.loader(define).load(key)),
);

/**
 * Rows most of which everyone may see, such as courses: what somebody who is not signed in may see is batched
 * across requests; what is missing there is asked for once more in the viewer's own name. Right where whoever
 * signs in loses nothing, and where the rows under one parent are visible together or not at all.
 */
export const publicFirst = loadersIn<{ visible: Visibility }>("publicFirst", (define) => (source) => {
  const open = source.everyone.loader(define);
  if (!isSignedIn(source.viewer)) return new Remembering((key) => open.load(key));
  const own = define(source);
  return new Remembering(async (key) => {
    const found = await open.load(key);
    return nothingFound(found) ? own.load(key) : found;
  });
});
