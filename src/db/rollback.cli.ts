import { runOnDatabase } from "../command.js";
import { migrateDown } from "./migrate.js";

/** `npm run db:rollback [-- STEPS | all]`: takes back the newest migrations, one by default. */
const [argument = "1"] = process.argv.slice(2);
const steps = argument === "all" ? Infinity : Number(argument);

if (Number.isInteger(steps) ? steps >= 1 : steps === Infinity) {
  await runOnDatabase(async ({ db }) => {
    const undone = await migrateDown(db, steps);
    for (const name of undone) console.log(`undone  ${name}`);
    console.log(undone.length === 0 ? "Nothing to roll back." : `Rolled back: ${undone.length}.`);
  });
} else {
  console.error(`How many migrations to roll back? A number from 1, or "all", not "${argument}".`);
  process.exitCode = 1;
}
