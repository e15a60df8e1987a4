import { readConfig } from "../config.js";
import { migrateUp } from "./migrate.js";
import { openEngine } from "./open.js";
import { ensurePartitions } from "./partitions.js";

const engine = await openEngine(readConfig());
try {
  const applied = await migrateUp(engine.db);
  for (const name of applied) console.log(`applied  ${name}`);
  const { created, skipped } = await ensurePartitions(engine.db);
  for (const name of created) console.log(`created  ${name}`);
  for (const name of skipped) console.log(`skipped  ${name}: the default partition already holds rows of that month`);
  console.log(applied.length === 0 ? "The database was up to date." : `The database is up to date, ${applied.length} new.`);
} finally {
  await engine.close();
}
