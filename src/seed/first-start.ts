import type { Database } from "../db/client.js";
import { courses, users } from "../db/tables/index.js";
import { step } from "../start-output.js";
import { seedCatalogue } from "./catalogue.js";
import { seedDemo } from "./demo.js";

/**
 * Writes the starter catalogue and the demo people into a database that holds neither courses nor people.
 * All or nothing: a first start that was cut short begins anew, and a later version adds nobody twice.
 */
export async function seedWhenEmpty(db: Database): Promise<void> {
  if ((await db.$count(users)) + (await db.$count(courses)) > 0) return;
  await db.transaction(async (tx) => {
    await step("Writing the starter catalogue", () => seedCatalogue(tx));
    await step("Letting the demo learners study", () => seedDemo(tx));
  });
}
