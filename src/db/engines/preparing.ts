import type { Sql, TransactionSql } from "postgres";
import { PreparedBudget } from "../statements.js";

/** Texts of one process that PostgreSQL keeps prepared for each connection. */
const maxPrepared = 1_000;
const maxSeen = 2_000;

type Client = Sql | TransactionSql;
type Unsafe = Sql["unsafe"];
type Scope = (sql: TransactionSql) => unknown;

/**
 * The same client, preparing each statement with parameters from the second time that its text is seen. For one
 * that is not prepared the driver first asks the server for the types of its parameters: a round trip more.
 * `?prepare=false` in the connection string turns it off, as a pooler that mixes connections needs.
 */
export function preparing(client: Sql): Sql {
  const budget = new PreparedBudget(maxPrepared);
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
    const unsafe: Unsafe = (text, parameters = [], options) =>
      inner.unsafe(text, parameters, { ...options, prepare: options?.prepare === true || (parameters.length > 0 && isWorthIt(text)) });
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
