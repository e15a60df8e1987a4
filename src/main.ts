import "./node-version.js";
import "reflect-metadata";
import closeWithGrace from "close-with-grace";
import { startApp } from "./app.js";
import { readConfig } from "./config.js";
import { buildDashboardApart, isDashboardCurrent } from "./dashboard/build.js";
import { migrateUp } from "./db/migrate.js";
import { openEngine } from "./db/open.js";
import { ensurePartitions } from "./db/partitions.js";
import { jwtSecret } from "./jwt-secret.js";
import { demoAccountsIn, refuseOpenDemo } from "./seed/demo.js";
import { seedWhenEmpty } from "./seed/first-start.js";
import { announce, step } from "./start-output.js";

/** Longest wait for requests under way when the server is asked to stop, in milliseconds. */
const stopTimeoutMs = 15_000;

/** Goes on beside the database's opening. The graph is served without its page, too: a failure is told, and starting goes on. */
const building = (): Promise<void> =>
  buildDashboardApart().catch((error: unknown) => console.error(`\n${error instanceof Error ? error.message : String(error)}`));

async function main(): Promise<void> {
  const config = readConfig();
  const dashboard = config.dashboard && !(await isDashboardCurrent()) ? building() : undefined;
  const engine = await step(
    config.databaseUrl ? "Connecting to PostgreSQL" : `Opening the embedded database in ${config.dataDir}`,
    () => openEngine(config),
  );
  try {
    await step("Bringing the tables up to date", () => migrateUp(engine.db));
    await ensurePartitions(engine.db, { monthsAhead: 3 });
    const embedded = engine.kind === "pglite";
    if (embedded) await seedWhenEmpty(engine.db, { demo: !config.production });
    if (embedded) await refuseOpenDemo(engine.db, config.host);
    if (dashboard) await step("Building the dashboard", () => dashboard);
    const app = await startApp(config, engine, await jwtSecret(config));
    closeWithGrace({ delay: stopTimeoutMs, logger: false }, async ({ err, signal }) => {
      if (signal) console.log("\nStopping: what is under way finishes first …");
      if (err) console.error("\nDisha stops, for something failed that nobody expected:", err);
      await app.close();
      await engine.close();
      if (signal) console.log("Stopped.");
    });
    announce(app.url, config, embedded ? await demoAccountsIn(engine.db) : []);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

try {
  await main();
} catch (error) {
  console.error(`\nDisha could not start: ${error instanceof Error ? error.message : String(error)}`);
  // Not only the code: what was already open, such as a pool that reconnects, would keep the process alive.
  process.exit(1);
}
