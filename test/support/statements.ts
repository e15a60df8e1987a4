import type { Database, Engine } from "../../src/db/client.js";

/** Drizzle's logger of an engine, which tells every statement, prepared or not. */
class Watch {
  listener: ((statement: string) => void) | undefined;
  readonly logQuery = (statement: string): void => this.listener?.(statement);
}

const watches = new WeakMap<Database, Watch>();

/** To be called before the first statement: prepared ones keep the logger that they began with. */
export function watchStatements({ db, reads }: Engine): void {
  const watch = new Watch();
  for (const { session } of [db, reads] as unknown as { session: { logger: Watch; options: { logger?: Watch } } }[]) {
    // The options are those of the transactions' sessions too.
    session.logger = session.options.logger = watch;
  }
  watches.set(db, watch);
}

/**
 * Counts the SQL statements of a run on a watched engine.
 * Prepared or not, each statement that reaches the database counts once.
 */
export async function countStatements<Result>(engine: Engine, run: () => Promise<Result>): Promise<{ result: Result; statements: string[] }> {
  const watch = watches.get(engine.db);
  if (!watch) throw new Error("The engine is not watched");
  const statements: string[] = [];
  watch.listener = (statement) => void statements.push(statement);
  try {
    return { result: await run(), statements };
  } finally {
    watch.listener = undefined;
  }
}
