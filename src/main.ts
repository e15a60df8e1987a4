import "./node-version.js";
import "reflect-metadata";
import closeWithGrace from "close-with-grace";
import { startApp } from "./app.js";
import { readConfig } from "./config.js";
import { migrateUp } from "./db/migrate.js";
import { openEngine } from "./db/open.js";
import { ensurePartitions } from "./db/partitions.js";
import { jwtSecret } from "./jwt-secret.js";
import { seedCatalogue } from "./seed/catalogue.js";
import { demoAccounts, refuseOpenDemo, seedDemo } from "./seed/demo.js";
import { announce, step } from "./start-output.js";

/** Longest wait for requests under way when the server is asked to stop, in milliseconds. */
const stopTimeoutMs = 15_000;

async function main(): Promise<void> {
  const config = readConfig();
  const engine = await step(
    config.databaseUrl ? "Connecting to PostgreSQL" : `Opening the embedded database in ${config.dataDir}`,
    () => openEngine(config),
  );
  try {
    const applied = await step("Bringing the tables up to date", () => migrateUp(engine.db));
    await ensurePartitions(engine.db, { monthsAhead: 3 });
    const embedded = engine.kind === "pglite";
    if (embedded && applied.length > 0) {
      await step("Writing the starter catalogue", () => seedCatalogue(engine.db));
      await step("Letting the demo learners study", () => seedDemo(engine.db));
    }
    if (embedded) await refuseOpenDemo(engine.db, config.host);
    const app = await startApp(config, engine, await jwtSecret(config));
    closeWithGrace({ delay: stopTimeoutMs, logger: false }, async () => {
      await app.close();
      await engine.close();
    });
    announce(app.url, config, embedded ? demoAccounts : []);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

try {
  await main();
} catch (error) {
  console.error(`\nDisha could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
