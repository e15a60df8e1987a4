import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Brings in what Disha is measured against, once; the product's own packages stay as they are. */
const folder = fileURLToPath(new URL(".", import.meta.url));

if (!existsSync(new URL("node_modules/.package-lock.json", import.meta.url))) {
  console.log("Installing the peers and the load generator into bench/node_modules, this once …");
  const { status } = spawnSync("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"], { stdio: "inherit" });
  if (status !== 0) {
    console.error("The bench needs the packages of bench/package-lock.json; npm could not install them.");
    process.exitCode = 1;
  }
}
