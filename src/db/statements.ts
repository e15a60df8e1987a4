import { Column, is, Param, Placeholder, sql, type Query, type SQL, type SQLWrapper } from "drizzle-orm";
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

  constructor(
    private readonly most = maxKept,
    private readonly longestKey = maxKeyLength,
  ) {}

  of(key: string, make: (key: string) => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    if (key.length > this.longestKey) return made;
    if (this.#values.size >= this.most) this.#values.clear();
    this.#values.set(key, made);
    return made;
  }
}

/** Marks parameters by a character for private use: PostgreSQL's own mark, `$1`, may also be a part of a text. */
class MarkingDialect extends PgDialect {
  override escapeParam(index: number): string {
    return `\uE000${index}\uE000`;
  }
}

const dialect = new MarkingDialect();
const mark = /\uE000(\d+)\uE000/;

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
  const marked = dialect.sqlToQuery(condition);
  const bound: Bound = {};
  marked.params.forEach((param, index) => {
    if (!is(param, Placeholder)) bound[`${name}${index}`] = param;
  });
  const named = (param: unknown, index: number): unknown => (is(param, Placeholder) ? param : sql.placeholder(`${name}${index}`));
  return { text: marked.sql, bound, condition: () => templateOf(marked, named) };
}

/** The same SQL with other names for its placeholders, so that it can stand beside others in one statement. */
export const renamed = (given: SQLWrapper, nameOf: (name: string) => string): SQL =>
  templateOf(dialect.sqlToQuery(given.getSQL()), (param) => (is(param, Placeholder) ? sql.placeholder(nameOf(param.name)) : param));

/** The SQL with other parameters. */
const templateOf = ({ sql: text, params }: Query, replace: (param: unknown, index: number) => unknown): SQL =>
  sql.join(text.split(mark).map((part, place) => (place % 2 === 0 ? sql.raw(part) : sql`${replace(params[Number(part)], Number(part))}`)));

/**
 * The text of a statement. What never varies stands in it, such as the statuses of a rule: PostgreSQL's statistics tell how
 * many rows those leave, and a plan made once fits all. Only placeholders become parameters, one for each name.
 * @throws {Error} for a fixed value that is no text, number, boolean or null.
 */
export function rendered(given: SQLWrapper): Query {
  const { sql: text, params } = dialect.sqlToQuery(given.getSQL());
  const numbers = new Map<unknown, number>();
  const kept: unknown[] = [];
  const numberOf = (param: unknown): number => {
    // Those of a column that writes its values in its own way are kept apart.
    const key = is(param, Placeholder) ? param.name : param;
    if (!numbers.has(key)) numbers.set(key, kept.push(param));
    return numbers.get(key) ?? 0;
  };
  const textOf = (param: unknown): string => (is(param, Placeholder) || is(param, Param) ? `$${numberOf(param)}` : literalOf(param));
  return { sql: text.split(mark).map((part, place) => (place % 2 === 0 ? part : textOf(params[Number(part)]))).join(""), params: kept };
}

function literalOf(value: unknown): string {
  if (typeof value === "string") return dialect.escapeString(value);
  if (value === null || typeof value === "boolean" || (typeof value === "number" && value >= 0 && value < Infinity)) return String(value);
  throw new Error(`A statement cannot hold a fixed value of this kind (${typeof value}); give it a placeholder`);
}
