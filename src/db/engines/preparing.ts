import type { Sql, TransactionSql } from "postgres";
import { PreparedBudget } from "../statements.js";

/** Texts of one process that PostgreSQL keeps prepared for each connection. */
const maxPrepared = 1_000;
const maxSeen = 2_000;

type Client = Sql | TransactionSql;
type Unsafe = Sql["unsafe"];
type Scope = (sql: TransactionSql) => unknown;

export const preparedBudget = (): PreparedBudget => new PreparedBudget(maxPrepared);

/**
 * The same client, preparing each statement from the second time that its text is seen. For one with parameters that
 * is not prepared the driver first asks the server for their types: a round trip more.
 * `?prepare=false` in the connection string turns it off, as a pooler that mixes connections needs.
 */
export function preparing(client: Sql, budget: PreparedBudget): Sql {
  /** Texts that were seen, and whether they were found worth preparing. */
  const seen = new Map<string, boolean>();
  const isWorthIt = (text: string): boolean => {
    if (seen.get(text)) return true;
    const again = seen.has(text) && budget.spend();
    if (seen.size >= maxSeen) seen.clear();
    seen.set(text, again);
    return again;
  };
  const wrap = <Wrapped extends Client>(inner: Wrapped): Wrapped => {
    const unsafe: Unsafe = (text, parameters = [], options) => {
      const prepare = options?.prepare === true || ((parameters.length > 0 || oneQuery.test(text)) && isWorthIt(text));
      return inner.unsafe(text, parameters.map(sendable) as typeof parameters, { ...options, prepare, ...(prepare && { simple: false }) });
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

/** One query without parameters: what holds several statements, or others, is sent as a whole. */
const oneQuery = /^\s*(select|with)\b[^;]*$/i;

/**
 * A value as the driver can send it for a parameter of any type. What it cannot send it would notice amid sending, and
 * give the failure, and then every later answer, to other statements on the connection.
 */
function sendable(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean" || value instanceof Uint8Array) return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(sendable);
  throw new TypeError(`A parameter cannot be sent as ${typeof value}`);
}
