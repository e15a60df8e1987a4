import "reflect-metadata";
import { writeFile } from "node:fs/promises";
import { resolvers } from "../resolvers/index.js";
import { printedSchema } from "./print-schema.js";
import { createSchema } from "./schema.js";

const file = new URL("../../schema.graphql", import.meta.url);
await writeFile(file, printedSchema(createSchema(resolvers)));
