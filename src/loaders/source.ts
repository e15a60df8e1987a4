import type DataLoader from "dataloader";
import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { anonymous, isSignedIn, type Viewer } from "../auth/viewer.js";
import { known } from "../graphql/execution/known.js";
import { asViewer, boundArray, type Database } from "../db/client.js";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Bound, Selection, Statements } from "../db/statements.js";

/** What loaders read from, and for whom. */
export interface Source {
  db: Database;
  viewer: Viewer;
  statements: Statements;
  /** Loaders of rows that everyone may see alike, the same for all requests of the process. */
  everyone: Everyone;
  /** How keys are gathered: within one request, or across all that run at the time. */
  batching: DataLoader.Options<string, never>;
  /** Pages that were read before they were asked for. */
  pages: Pages;
  /** Columns that the operation looks at, by declaration; undefined when that is not known. */
  wanted: ReadonlyMap<object, ReadonlySet<string>> | undefined;
  /** Answers that the database wrote, by the field that they are for. */
  written: ReadonlyMap<object, Written> | undefined;
  /** Another loader of the same request. */
  loader(name: string): Loader<unknown>;
}

/** What the database has written for a field: JSON, for each value of a property of the row that the field belongs to. */
export interface Written {
  /** Undefined where the field hangs on no row: its one text stands under the empty key. */
  property: string | undefined;
  texts: ReadonlyMap<string, string>;
  /** The property of the row that must be the viewer's key; null is answered to others. */
  own: string | undefined;
}

/** A page as it was read; `size` is that of the whole list, where it was counted along. */
export interface PageRows {
  rows: unknown[];
  size?: number;
}

/** Pages by the list's declaration, the parent and the arguments. */
export class Pages {
  readonly #pages = new Map<object, Map<string, PageRows>>();

  get(declaration: object, parent: string, args: object): PageRows | undefined {
    return this.#pages.get(declaration)?.get(placeOf(parent, args));
  }

  set(declaration: object, parent: string, args: object, page: PageRows): void {
    const known = this.#pages.get(declaration) ?? new Map<string, PageRows>();
    this.#pages.set(declaration, known.set(placeOf(parent, args), page));
  }
}

const placeOf = (parent: string, args: object): string => `${parent} ${JSON.stringify(args)}`;

/** Makes a loader for one request. */
export type Definition<Made> = (source: Source) => Made;

/** A definition that tells what its loader reads, so that it can be read together with its parents. */
export interface Readable<Value> extends Definition<Loader<Value>> {
  read: Read<Value>;
  scope: Scope;
}

/** Whose requests a loader gathers keys from; see `factory.ts`. */
export type Scope = "perViewer" | "shared" | "publicFirst";

/** Answers the value of each key, the same one throughout a request; keys asked for together cost one statement. */
export interface Loader<Value> {
  load(key: string): Promise<Value>;
  /** The value of a key that was read on another way. */
  prime(key: string, value: Value): unknown;
}

/** A request's memory in front of a loader that has none. */
export class Remembering<Value> implements Loader<Value> {
  readonly #known = new Map<string, Promise<Value>>();

  constructor(private readonly read: (key: string) => Promise<Value>) {}

  load(key: string): Promise<Value> {
    let value = this.#known.get(key);
    if (!value) this.#known.set(key, (value = this.read(key)));
    return value;
  }

  prime(key: string, value: Value): void {
    this.#known.set(key, known(value));
  }
}

/** Which rows of a table the viewer may see; undefined means all of them. */
export type Visibility = (viewer: Viewer) => SQL | undefined;

/** One SELECT over many keys; its text is the same for all viewers of a role. */
export interface Read<Value> {
  /** Tells its text from others of the same declaration. */
  variant: string;
  /** For the keys in an array expression, rows that begin with their `key` and go on with the `selection`. */
  query(keys: SQL, viewer: Viewer): SQLWrapper;
  selection: Selection;
  /** Reads under each key by itself, so that a key given twice gives its rows twice. */
  isEach?: boolean;
  /** The column that holds the keys; undefined for lists of a whole table. */
  key: PgColumn | undefined;
  table: PgTable;
  visible: Visibility | undefined;
  /** The same for some of the columns only. */
  only(wanted: ReadonlySet<string>): Read<Value>;
  /** The values of `keys`, in their order. */
  collect(rows: unknown[][], keys: readonly string[]): Value[];
  /** The same rows inside another statement; absent where `collect` makes something else of them than objects. */
  inside?: Inside;
}

/** The rows under one key, as a part of a statement that writes them down. */
export interface Inside {
  /** In order, as many as the list is bounded by. */
  rows(key: SQL, viewer: Viewer): SQL;
  /** A root list that is gathered in order to be counted: all its rows up to `most` and one more, and the order of its pages. */
  gathered?: { rows(viewer: Viewer): SQL; order: SQL; most: number };
}

/** The read without the columns that nobody looks at. */
export const narrowed = <Value>(read: Read<Value>, wanted: ReadonlySet<string> | undefined): Read<Value> => (wanted ? read.only(wanted) : read);

/** Runs a declaration's statement for these keys. */
export async function valuesOf<Value>(
  { db, viewer, statements }: Source,
  declaration: object,
  read: Read<Value>,
  keys: readonly string[],
  bound: Bound = {},
): Promise<Value[]> {
  const statement = statements.of(declaration, `${viewer.role} ${read.variant}`, () =>
    read.query(givenKeys(read), standInOf(viewer)),
  );
  const distinct = [...new Set(keys)];
  const rows = await asViewer(db, viewer, (scoped) => statement(scoped, { ...bound, viewer: viewer.id, keys: distinct }));
  return read.collect(rows, keys);
}

/** The keys as one array parameter. */
export const givenKeys = ({ key }: Read<unknown>): SQL => boundArray("keys", key?.getSQLType() ?? "text");

/** A viewer of the same role, whose id is filled in when the statement runs. */
export const standInOf = (viewer: Viewer): Viewer =>
  isSignedIn(viewer) ? { ...viewer, id: sql.placeholder("viewer") as unknown as string } : viewer;

/**
 * What everyone may see is read for all requests together: keys that arrive in one turn of the event loop go
 * into one statement. Nothing is kept past it, so that no request sees what was true before it began.
 */
export class Everyone {
  readonly #source: Source;
  readonly #loaders = new Map<Definition<unknown>, unknown>();

  constructor(db: Database, statements: Statements) {
    const batching = { cache: false, batchScheduleFn: (dispatch: () => void) => void setImmediate(dispatch) };
    const loader = (): never => {
      throw new Error("What everyone may see is read without other loaders");
    };
    this.#source = { db, viewer: anonymous(), statements, everyone: this, batching, pages: new Pages(), wanted: undefined, written: undefined, loader };
  }

  /** The loader of this definition as it answers somebody who is not signed in. */
  loader<Made>(define: Definition<Made>): Made {
    if (!this.#loaders.has(define)) this.#loaders.set(define, define(this.#source));
    return this.#loaders.get(define) as Made;
  }
}
