import type { Database } from "../db/client.js";
import { courses, users } from "../db/tables/index.js";
import { step } from "../start-output.js";
import { seedCatalogue } from "./catalogue.js";
import { seedDemo } from "./demo.js";

/**
 * Writes the starter catalogue into a database without courses, and with `demo` the demo people into one
 * without people, together with what of the catalogue they need.
 * All or nothing: a first start that was cut short begins anew, and a later version adds nobody twice.
 */
export async function seedWhenEmpty(db: Database, { demo }: { demo: boolean }): Promise<void> {
  const withPeople = demo && (await db.$count(users)) === 0;
  if (!withPeople && (await db.$count(courses)) > 0) return;
  await db.transaction(async (tx) => {
    await step("Writing the starter catalogue", () => seedCatalogue(tx));
    if (withPeople) await step("Letting the demo learners study", () => seedDemo(tx));
  });
}
