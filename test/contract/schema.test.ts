import { readFile } from "node:fs/promises";
import { getTableColumns } from "drizzle-orm";
import { getNamedType, isLeafType, isNonNullType, isObjectType, type GraphQLSchema } from "graphql";
import { beforeAll, expect, test } from "vitest";
import type { Policy } from "../../src/auth/policy.js";
import { printedSchema } from "../../src/graphql/print-schema.js";
import { createSchema } from "../../src/graphql/schema.js";
import { nodeLoaders } from "../../src/resolvers/nodes.js";
import { resolvers } from "../../src/resolvers/index.js";
import { tableOf } from "../support/node-tables.js";

let schema: GraphQLSchema;
beforeAll(() => {
  schema = createSchema(resolvers);
});

/** Fields with one of these policies hide nothing from those who hold the row. */
const open = new Set<Policy | undefined>(["public", "course", undefined]);

test("schema.graphql is what the resolvers build; `npm run schema:print` writes it", async () => {
  const committed = await readFile(new URL("../../schema.graphql", import.meta.url), "utf8");
  expect(printedSchema(schema) === committed, "schema.graphql is out of date").toBe(true);
});

test("every node type names its table in test/support/node-tables.ts", () => {
  expect(Object.keys(nodeLoaders).filter((type) => !Object.hasOwn(tableOf, type))).toEqual([]);
});

test("a field is nullable exactly when its column is", () => {
  const wrong: string[] = [];
  for (const [name, table] of Object.entries(tableOf)) {
    const type = schema.getType(name);
    const columns = getTableColumns(table);
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const column = columns[field.name];
      const compared = column && isLeafType(getNamedType(field.type)) && open.has(field.extensions["policy"] as Policy | undefined);
      if (compared && isNonNullType(field.type) !== column.notNull) wrong.push(`${name}.${field.name}`);
    }
  }
  expect(wrong).toEqual([]);
});
