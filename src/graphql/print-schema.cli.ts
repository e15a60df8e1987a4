import "reflect-metadata";
import { readFile, writeFile } from "node:fs/promises";
import { resolvers } from "../resolvers/index.js";
import { printedSchema } from "./print-schema.js";
import { createSchema } from "./schema.js";

const file = new URL("../../schema.graphql", import.meta.url);
const printed = printedSchema(createSchema(resolvers));

if (!process.argv.includes("--check")) {
  await writeFile(file, printed);
} else if ((await readFile(file, "utf8")) !== printed) {
  process.stderr.write("schema.graphql is out of date: run `npm run schema:print` and commit what it writes.\n");
  process.exitCode = 1;
}
