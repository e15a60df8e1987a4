import { sql } from "drizzle-orm";
import { isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { rowsOf } from "../../src/db/client.js";
import { createSchema } from "../../src/graphql/schema.js";
import { resolvers } from "../../src/resolvers/index.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { isInternal, isWaiting, readDataMap, renderDataMap, waiting } from "./data-map.js";

const mappings = readDataMap();
const schema = createSchema(resolvers);

/** Is there such a field (`Course.title`), or such a type (`Course`)? */
function exists(coordinate: string): boolean {
  const [typeName = "", fieldName] = coordinate.split(".");
  const type = schema.getType(typeName);
  return isObjectType(type) && (fieldName === undefined || fieldName in type.getFields());
}

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

describe("data map", () => {
  test("has a column of the database for every column of the designs", async () => {
    const rows = await rowsOf<{ name: string }>(
      engine.db,
      sql`select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns`,
    );
    const columns = new Set(rows.map(({ name }) => name));
    expect(mappings.filter(({ unified }) => !columns.has(unified))).toEqual([]);
    expect(mappings.length).toBeGreaterThan(500);
  });

  test("has a field of the graph for every column that clients may see", () => {
    const missing = mappings.filter(({ field }) => !isInternal(field) && !isWaiting(field) && !exists(field));
    expect(missing.map(({ unified, field }) => `${unified} -> ${field}`)).toEqual([]);
  });

  test("lists as waiting only what is not there yet", () => {
    expect(waiting.filter(exists)).toEqual([]);
  });

  test("is what docs/data-map.md shows", () => {
    expect(readFileSync(new URL("../../docs/data-map.md", import.meta.url), "utf8")).toBe(renderDataMap(mappings));
  });
});
