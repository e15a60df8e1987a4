import { sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { skills } from "../../src/db/tables/index.js";
import { Statements } from "../../src/db/statements.js";

const build = () => new QueryBuilder().select({ id: sql`${skills.id}`.as("id") }).from(skills);

test("a statement that is often needed is built once again at most after others have filled the store", () => {
  const statements = new Statements();
  const owner = {};
  for (let i = 0; i < 1_500; i++) statements.of(owner, `other ${i}`, build);
  let built = 0;
  for (let i = 0; i < 10; i++) {
    statements.of(owner, "needed", () => {
      built++;
      return build();
    });
  }
  expect(built).toBe(1);
});
