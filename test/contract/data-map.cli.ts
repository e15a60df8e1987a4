import { readFileSync, writeFileSync } from "node:fs";
import { readDataMap, renderDataMap } from "./data-map.js";

/** `npm run docs:data-map [-- --check]`: writes docs/data-map.md, or says whether it is up to date. */
const page = new URL("../../docs/data-map.md", import.meta.url);
const rendered = renderDataMap(readDataMap());

if (!process.argv.includes("--check")) {
  writeFileSync(page, rendered);
} else if (readFileSync(page, "utf8") !== rendered) {
  console.error("docs/data-map.md is out of date: run npm run docs:data-map and commit the result.");
  process.exitCode = 1;
}
