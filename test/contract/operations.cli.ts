import { readFileSync, writeFileSync } from "node:fs";
import { readOperations, renderOperations } from "./operations.js";

/**
 * `npm run docs:operations [-- --check]`: writes docs/operations.md and operations/persisted-documents.json
 * from the operations and the hashes of the last `npm run codegen`, or says whether they are up to date.
 */
const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const rendered = {
  "docs/operations.md": renderOperations(readOperations()),
  "operations/persisted-documents.json": readFileSync(at("test/generated/persisted-documents.json"), "utf8"),
};

for (const [path, text] of Object.entries(rendered)) {
  if (!process.argv.includes("--check")) {
    writeFileSync(at(path), text);
  } else if (readFileSync(at(path), "utf8") !== text) {
    console.error(`${path} is out of date: run npm run docs:operations and commit the result.`);
    process.exitCode = 1;
  }
}
