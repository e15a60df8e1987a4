import { and, eq, sql, type Placeholder } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { courses, skills } from "../../src/db/tables/index.js";
import { rendered, renamed, shapeOf, Statements } from "../../src/db/statements.js";

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

test("what a rule fixes stands in the text; what clients give and who asks are parameters, whatever they hold", () => {
  const hostile = "'; drop table courses; -- $1";
  const asked = shapeOf(eq(courses.title, hostile));
  const where = and(eq(courses.region, "it's $1 here"), asked.condition(), eq(courses.createdById, sql.placeholder("viewer")));
  const { sql: text, params } = rendered(renamed(sql`select 1 where ${where}`, (name) => `${name}_1`));
  expect(text).toContain(`"region" = 'it''s $1 here'`);
  expect(text).toMatch(/"title" = \$1 and .*"created_by_id" = \$2/);
  expect(params.map((param) => (param as Placeholder).name)).toEqual(["value0_1", "viewer_1"]);
  expect(asked.bound).toEqual({ value0: hostile });
});

test.each([[["a", "b"]], [new Date(0)], [Number.NaN], [-1], [{}], [10n]])("a fixed value of another kind is refused when the text is made: %s", (value) => {
  expect(() => rendered(sql`select ${sql.param(value)}`)).toThrow("fixed value");
});
