import { buildDashboard } from "./build.js";

try {
  await buildDashboard();
} catch (error) {
  console.error(`The dashboard could not be built: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
