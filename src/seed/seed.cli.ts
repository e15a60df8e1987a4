import { runOnDatabase } from "../command.js";
import { migrateUp } from "../db/migrate.js";
import { seedCatalogue } from "./catalogue.js";

/** `npm run db:seed`: the starter catalogue, without demo accounts. */
await runOnDatabase(async ({ db }) => {
  await migrateUp(db);
  const added = await seedCatalogue(db);
  const counts = Object.entries(added).map(([what, count]) => `${count} ${what}`);
  console.log(`Added ${counts.join(", ")}. What was there already is left as it is.`);
});
