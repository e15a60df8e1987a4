import { runOnDatabase } from "../command.js";
import { migrateUp } from "./migrate.js";
import { ensurePartitions } from "./partitions.js";

/** `npm run db:migrate`: brings the tables up to date, and makes the partitions of the coming months. */
await runOnDatabase(async ({ db }) => {
  const applied = await migrateUp(db);
  for (const name of applied) console.log(`applied  ${name}`);
  const { created, skipped } = await ensurePartitions(db);
  for (const name of created) console.log(`created  ${name}`);
  for (const name of skipped) console.log(`skipped  ${name}: the default partition already holds rows of that month`);
  console.log(applied.length === 0 ? "The database was up to date." : `The database is up to date, ${applied.length} new.`);
});
