import { readConfig } from "./config.js";
import type { Engine } from "./db/client.js";
import { openEngine } from "./db/open.js";

/** Runs a command on the configured database and ends with a sentence instead of a stack when it fails. */
export async function runOnDatabase(run: (engine: Engine) => Promise<void>): Promise<void> {
  let engine: Engine | undefined;
  try {
    engine = await openEngine(readConfig());
    await run(engine);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  } finally {
    await engine?.close();
  }
}

/** What to tell people of an error; connection errors of the driver carry their sentence inside. */
function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(sentenceOf).join("; ");
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : sentenceOf(error.cause);
  return error.message.startsWith("Failed query") ? cause || error.message : error.message || cause;
}
