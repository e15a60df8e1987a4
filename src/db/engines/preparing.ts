import { makePgArray } from "drizzle-orm/pg-core";
import type { Sql, TransactionSql } from "postgres";
import { PreparedBudget } from "../statements.js";

/** Texts of one process that PostgreSQL keeps prepared for each connection. */
const maxPrepared = 1_000;
const maxSeen = 2_000;

type Client = Sql | TransactionSql;
type Unsafe = Sql["unsafe"];
type Scope = (sql: TransactionSql) => unknown;

export const preparedBudget = (): PreparedBudget => new PreparedBudget(maxPrepared);

/** The client, sending values as they are given: as texts. Of what it learns about types, the driver would make other values of them. */
export function textual(client: Sql): Sql {
  client.options.serializers = {};
  return client;
}

/**
 * The same client, preparing each statement from the second time that its text is seen.
 * `?prepare=false` in the connection string turns it off, as a pooler that mixes connections needs.
 * @param client sends values as `textual` ones do.
 */
export function preparing(client: Sql, budget: PreparedBudget): Sql {
  /** Texts that were seen, and whether they were found worth preparing. */
  const seen = new Map<string, boolean>();
  const isWorthIt = (text: string): boolean => {
    if (!client.options.prepare) return false;
    if (seen.get(text)) return true;
    const again = seen.has(text) && budget.spend();
    if (seen.size >= maxSeen) seen.clear();
    seen.set(text, again);
    return again;
  };
  const wrap = <Wrapped extends Client>(inner: Wrapped): Wrapped => {
    const unsafe: Unsafe = (text, parameters = [], options) => {
      const prepare = (parameters.length > 0 || oneQuery.test(text)) && isWorthIt(text);
      const how = { ...options, prepare, simple: parameters.length === 0 && !prepare };
      return binding(inner.unsafe(text, [], how), parameters.map(sendable), prepare);
    };
    /** Transactions and savepoints hand out clients of their own. */
    const nested = (name: "begin" | "savepoint") => (run: Scope) =>
      (Reflect.get(inner, name) as (run: Scope) => unknown).call(inner, (sql) => run(wrap(sql)));
    const own = new Map<string | symbol, unknown>([
      ["unsafe", unsafe],
      ["begin", nested("begin")],
      ["savepoint", nested("savepoint")],
    ]);
    return new Proxy(inner, { get: (target, name) => own.get(name) ?? Reflect.get(target, name) });
  };
  return wrap(client);
}

/** What the driver keeps of a statement that is to be sent. */
interface Unsent {
  /** Does the connection hold it as prepared? Known when it is sent. */
  prepared?: boolean;
  options: { onexecute?: () => boolean | undefined };
}

/**
 * Gives a statement its values, before the turn in which it is sent. As arguments, the driver would put their types before
 * the text to have a key of what is prepared, and so copy and hash the whole text each time; it would also ask for those
 * types first, a round trip more. Nothing follows on a connection until what is new there is prepared: all that came
 * behind with the same text would be prepared once more each.
 */
function binding<Statement extends object>(statement: Statement, parameters: readonly unknown[], prepare: boolean): Statement {
  const sent: Unsent = Object.assign(statement as Statement & Unsent, { parameters });
  if (prepare) sent.options.onexecute = () => sent.prepared;
  return statement;
}

/** One query without parameters: what holds several statements, or others, is sent as a whole. */
const oneQuery = /^\s*(select|with)\b[^;]*$/i;

/** A value as a text that PostgreSQL reads, whatever type the parameter has. */
function sendable(value: unknown): string | null {
  const given = plain(value);
  return Array.isArray(given) ? makePgArray(given) : given;
}

type Plain = string | null | Plain[];

/**
 * What cannot be sent the driver would notice amid sending, and give the failure, and then every later answer, to other
 * statements on the connection.
 */
function plain(value: unknown): Plain {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  throw new TypeError(`A parameter cannot be sent as ${typeof value}`);
}
