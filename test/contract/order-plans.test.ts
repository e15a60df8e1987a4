import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsOf } from "../../src/db/client.js";
import { courses } from "../../src/db/tables/index.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { insertLevels, levels } from "../support/rows.js";

let engine: TestEngine;

beforeAll(async () => {
  engine = await openTestEngine();
  await insertLevels(engine.db);
  const level = sql`1 + (i % ${sql.raw(String(levels.length))}) / 2.0`;
  await engine.db.execute(sql`insert into catalog.courses (id, course_id, title, description, nsqf_level, created_at)
    select gen_random_uuid(), i::text, md5(i::text), repeat(md5(i::text), 12), ${level}, now() - i * interval '1 minute' from generate_series(1, 5000) as i`);
  await engine.db.execute(sql`vacuum analyze ${courses}`);
});
afterAll(() => engine.close());

test.each([
  ["by title", "title, id", "idx_courses_nsqf_level_title_id"],
  ["by title, backwards", "title desc, id desc", "idx_courses_nsqf_level_title_id"],
  ["the newest first", "created_at desc, id desc", "idx_courses_nsqf_level_created_at_id"],
  ["the oldest first", "created_at, id", "idx_courses_nsqf_level_created_at_id"],
])("a page of the courses of a level is read in its order: %s", async (_, order, index) => {
  const page = sql`select * from ${courses} where nsqf_level = 4.5 and status = 'active' order by ${sql.raw(order)} limit 51`;
  const plan = await engine.db.transaction(async (tx) => {
    // As suits a database in memory; for a spinning disk a walk over neighbouring rows may be cheaper.
    await tx.execute(sql`set local random_page_cost = 1.1`);
    return rowsOf<Record<string, string>>(tx, sql`explain ${page}`);
  });
  const text = plan.map((line) => Object.values(line)[0]).join("\n");
  expect(text).toContain(index);
  expect(text).not.toMatch(/Sort|Seq Scan/);
});
