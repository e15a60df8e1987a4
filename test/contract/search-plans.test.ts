import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsOf } from "../../src/db/client.js";
import { searches } from "../../src/db/filters.js";
import { courses, jobRoles, providers } from "../../src/db/tables/index.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
const many = 5000;

beforeAll(async () => {
  engine = await openTestEngine();
  const numbers = sql`generate_series(1, ${sql.raw(String(many))}) as i`;
  const words = sql`md5(i::text) || ' ' || md5((-i)::text)`;
  await engine.db.execute(sql`insert into catalog.courses (id, course_id, title) select gen_random_uuid(), i::text, ${words} from ${numbers}`);
  await engine.db.execute(sql`insert into catalog.providers (id, slug, name) select gen_random_uuid(), i::text, ${words} from ${numbers}`);
  await engine.db.execute(sql`insert into pathways.job_roles (id, slug, title) select gen_random_uuid(), i::text, ${words} from ${numbers}`);
  for (const table of [courses, providers, jobRoles]) await engine.db.execute(sql`vacuum analyze ${table}`);
});
afterAll(() => engine.close());

test.each([
  ["courses", courses, courses.title, "idx_courses_title_trgm"],
  ["providers", providers, providers.name, "idx_providers_name_trgm"],
  ["job roles", jobRoles, jobRoles.title, "idx_job_roles_title_trgm"],
] as const)("a search of %s can be answered by its trigram index", async (_, table, column, index) => {
  const plan = await engine.db.transaction(async (tx) => {
    // A few thousand short titles are still read faster than looked up; what matters is that the index fits.
    await tx.execute(sql`set local enable_seqscan = off`);
    return rowsOf<Record<string, string>>(tx, sql`explain select 1 from ${table} where ${searches(column)("solar panel")}`);
  });
  const text = plan.map((line) => Object.values(line)[0]).join("\n");
  expect(text).toMatch(/BitmapOr/);
  expect(text.split(index)).toHaveLength(3);
  expect(text).not.toMatch(/Seq Scan/);
});
