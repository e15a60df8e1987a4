import type { Engine } from "../../src/db/client.js";

/**
 * Counts the SQL statements of a run by listening to Drizzle's logger of the engine.
 * Prepared or not, each statement that reaches the database counts once.
 */
export async function countStatements<Result>(engine: Engine, run: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const statements: string[] = [];
  const session = (engine.db as unknown as { session: { logger: { logQuery(query: string, params: unknown[]): void } } }).session;
  const { logger } = session;
  session.logger = { logQuery: (query) => void statements.push(query) };
  try {
    return { result: await run(), statements };
  } finally {
    session.logger = logger;
  }
}
