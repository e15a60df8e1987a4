import { readConfig } from "../config.js";
import { migrateDown } from "./migrate.js";
import { openEngine } from "./open.js";

const [argument = "1"] = process.argv.slice(2);
const steps = argument === "all" ? Infinity : Number(argument);

if (Number.isInteger(steps) ? steps >= 1 : steps === Infinity) {
  const engine = await openEngine(readConfig());
  try {
    const undone = await migrateDown(engine.db, steps);
    for (const name of undone) console.log(`undone  ${name}`);
    console.log(undone.length === 0 ? "Nothing to roll back." : `Rolled back: ${undone.length}.`);
  } finally {
    await engine.close();
  }
} else {
  console.error(`How many migrations to roll back? A number from 1, or "all", not "${argument}".`);
  process.exitCode = 1;
}
