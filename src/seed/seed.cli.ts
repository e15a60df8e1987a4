import { readConfig } from "../config.js";
import { migrateUp } from "../db/migrate.js";
import { openEngine } from "../db/open.js";
import { seedCatalogue } from "./catalogue.js";

/** `npm run db:seed`: the starter catalogue, without demo accounts. */
const engine = await openEngine(readConfig());
try {
  await migrateUp(engine.db);
  const added = await seedCatalogue(engine.db);
  const counts = Object.entries(added).map(([what, count]) => `${count} ${what}`);
  console.log(`Added ${counts.join(", ")}. What was there already is left as it is.`);
} finally {
  await engine.close();
}
