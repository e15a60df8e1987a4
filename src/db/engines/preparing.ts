import type { Sql, TransactionSql } from "postgres";

/** Texts of one process that PostgreSQL keeps prepared for each connection. */
const maxPrepared = 1_000;

type Client = Sql | TransactionSql;
type Unsafe = Sql["unsafe"];
type Scope = (sql: TransactionSql) => unknown;

/**
 * The same client, preparing each statement with parameters from the second time that its text is seen. For one
 * that is not prepared the driver first asks the server for the types of its parameters: a round trip more.
 * `?prepare=false` in the connection string turns it off, as a pooler that mixes connections needs.
 */
export function preparing(client: Sql): Sql {
  const seen = new Set<string>();
  const isKnown = (text: string): boolean => {
    if (seen.has(text)) return true;
    if (seen.size < maxPrepared) seen.add(text);
    return false;
  };
  const wrap = <Wrapped extends Client>(inner: Wrapped): Wrapped => {
    const unsafe: Unsafe = (text, parameters = [], options) =>
      inner.unsafe(text, parameters, { ...options, prepare: options?.prepare === true || (parameters.length > 0 && isKnown(text)) });
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
