import { Column, is, Placeholder, sql, type Query, type SQL, type SQLWrapper } from "drizzle-orm";
import { PgDialect, type PgColumn } from "drizzle-orm/pg-core";
import type { Database, Tx } from "./client.js";

/** What a statement selects: the property that each column or expression becomes. */
export type Selection = Record<string, PgColumn | SQL.Aliased>;

/** Values by the names of their placeholders. */
export type Bound = Record<string, unknown>;

/** A SELECT whose text was made once. Answers its rows as arrays, in the order of its selection. */
export type Statement = (db: Database | Tx, bound: Bound) => Promise<unknown[][]>;

/** Texts kept in a process. Clients choose shapes and columns, so their number must not grow without end. */
const maxTexts = 1_000;
/** What is made of other keys that clients choose. */
const maxKept = 250;
const maxKeyLength = 2_000;

/** What is made of a key, for when the key comes again; starts anew when full, because clients choose the keys. */
export class Kept<Value> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly most = maxKept) {}

  of(key: string, make: (key: string) => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (key.length > maxKeyLength) return made;
    if (this.#values.size >= this.most) this.#values.clear();
    this.#values.set(key, made);
    return made;
  }
}

const dialect = new PgDialect();

/** How long a connection lives at most, and with it what is prepared on it. */
export const connectionLifetimeSeconds = 3_600;

/** How many texts may be prepared in the lifetime of a connection: PostgreSQL keeps each for every connection. */
export class PreparedBudget {
  #spent = 0;
  #since = Date.now();

  constructor(private readonly most: number) {}

  /** May one more be prepared? */
  spend(): boolean {
    if (Date.now() - this.#since > connectionLifetimeSeconds * 1000) {
      this.#since = Date.now();
      this.#spent = 0;
    }
    return this.#spent++ < this.most;
  }
}

/**
 * The statements of a process. A text is built by Drizzle the first time that it is needed and is prepared by
 * PostgreSQL then, once for each connection. A store that is full starts anew.
 */
export class Statements {
  #kept = new WeakMap<object, Map<string, Statement>>();
  #size = 0;
  readonly #budget = new PreparedBudget(maxTexts);

  /** The statement that `owner` knows as `variant`; `build` makes its text, with placeholders for all that varies. */
  of(owner: object, variant: string, build: () => SQLWrapper): Statement {
    const known = this.#kept.get(owner)?.get(variant);
    if (known) return known;
    if (this.#size >= maxTexts) {
      this.#kept = new WeakMap();
      this.#size = 0;
    }
    const statement = statementOf(rendered(build().getSQL()), this.#budget.spend());
    const variants = this.#kept.get(owner) ?? new Map<string, Statement>();
    this.#kept.set(owner, variants.set(variant, statement));
    this.#size++;
    return statement;
  }
}

interface Prepared {
  execute(bound: Bound): Promise<unknown[][]>;
}

/** Drizzle prepares for a session, which is another one in each transaction. */
function statementOf(query: Query, prepared: boolean): Statement {
  const bySession = new WeakMap<object, Prepared>();
  return (db, bound) => {
    const { session } = db._;
    let statement = bySession.get(session);
    if (!statement) {
      // Rows stay arrays: Drizzle's own mapping of them costs as much as reading them.
      statement = session.prepareQuery(query, undefined, prepared ? "kept" : undefined, true, (rows) => rows) as Prepared;
      bySession.set(session, statement);
    }
    return statement.execute(bound);
  };
}

/** Makes rows of arrays. Columns whose values the drivers deliver as they are wanted are only copied. */
export function rowMaker<Row>(selection: Selection): (values: unknown[], from?: number) => Row {
  const names = Object.keys(selection);
  const decoders = Object.values(selection).map(decoderOf);
  return (values, from = 0) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i++) {
      const value = values[from + i];
      const decode = decoders[i];
      row[names[i] as string] = decode && value !== null ? decode(value) : value;
    }
    return row as Row;
  };
}

/** Both drivers are told to leave instants, dates and decimals as the database's text. */
const textual = new Set(["PgTimestampString", "PgDateString", "PgNumeric"]);

function decoderOf(source: PgColumn | SQL.Aliased): ((value: unknown) => unknown) | undefined {
  if (!is(source, Column) || textual.has(source.columnType)) return undefined;
  if (source.mapFromDriverValue === Column.prototype.mapFromDriverValue) return undefined;
  return (value) => source.mapFromDriverValue(value);
}

/** A condition whose values were taken out, so that its text is the same for all of its shape. */
export interface Shape {
  text: string;
  bound: Bound;
  /** The condition with placeholders; only made where a text is still to be built. */
  condition(): SQL | undefined;
}

const anything: Shape = { text: "", bound: {}, condition: () => undefined };

/** Takes the values out of a condition that a client's arguments have made, and names them; placeholders in it stay. */
export function shapeOf(condition: SQL | undefined, name = "value"): Shape {
  if (!condition) return anything;
  const query = dialect.sqlToQuery(condition);
  const bound: Bound = {};
  query.params.forEach((param, index) => {
    if (!is(param, Placeholder)) bound[`${name}${index}`] = param;
  });
  const named = (param: unknown, index: number): unknown => (is(param, Placeholder) ? param : sql.placeholder(`${name}${index}`));
  return { text: query.sql, bound, condition: () => templateOf(query, named) };
}

/** The same SQL with other names for its placeholders, so that it can stand beside others in one statement. */
export const renamed = (given: SQL, nameOf: (name: string) => string): SQL =>
  templateOf(rendered(given), (param) => (is(param, Placeholder) ? sql.placeholder(nameOf(param.name)) : param));

/**
 * The text of a statement. What never varies stands in it, such as the statuses of a rule: PostgreSQL's statistics tell how
 * many rows those leave, and a plan made once fits all. Only placeholders become parameters, each of them one, however
 * often its name occurs.
 */
export function rendered(given: SQLWrapper): Query {
  const { sql: text, params } = dialect.sqlToQuery(sql`${given.getSQL()}`.inlineParams());
  const keyOf = (param: unknown): unknown => (is(param, Placeholder) ? param.name : param);
  const once = new Map(params.map((param) => [keyOf(param), param]));
  const places = [...once.keys()];
  return { sql: text.replace(mark, (_mark, number) => `$${places.indexOf(keyOf(params[number - 1])) + 1}`), params: [...once.values()] };
}

/** Where a parameter stands in a text. */
const mark = /\$(\d+)/g;

function templateOf({ sql: text, params }: Query, replace: (param: unknown, index: number) => unknown): SQL {
  const parts = text.split(mark).map((part, place) => {
    const index = Number(part) - 1;
    return place % 2 === 0 ? sql.raw(part) : sql`${replace(params[index], index)}`;
  });
  return sql.join(parts);
}
