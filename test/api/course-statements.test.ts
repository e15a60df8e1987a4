import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourseOf, anEnrollment, aQuiz } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
let teacher: Session;
beforeAll(async () => {
  app = await startTestApp(anyCost);
  teacher = await app.signedIn("teacher");
});
afterAll(() => app.close());

const operation = (name: string) => readFileSync(new URL(`../../operations/${name}.graphql`, import.meta.url), "utf8");

/** A course of the teacher with this many weeks, each with two topics and a quiz, and this many learners. */
async function aCourseWith({ weeks, learners }: { weeks: number; learners: number }): Promise<string> {
  const made = await aCourseOf(app.db, Array<number>(weeks).fill(2), { createdById: teacher.userId });
  for (const { module } of made.weeks) await aQuiz(app.db, { courseId: made.course.id, moduleId: module.id });
  for (let i = 0; i < learners; i++) await anEnrollment(app.db, { userId: (await app.signedIn()).userId, courseId: made.course.id });
  return toGlobalId("Course", made.course.id);
}

test.each([
  ["FullCourse", { weeks: 1, learners: 0 }, { weeks: 12, learners: 0 }, '"week":12'],
  ["StudentProgress", { weeks: 2, learners: 1 }, { weeks: 2, learners: 15 }, '"totalCount":15'],
] as const)("%s takes as many statements for one as for many", async (name, few, many, shown) => {
  const count = async (id: string) => {
    const { result, statements } = await countStatements(app.engine, () => app.query(operation(name), { id }, teacher));
    expect(result.errors).toBeUndefined();
    return { text: JSON.stringify(result.data), statements: statements.length };
  };
  const [one, more] = [await count(await aCourseWith(few)), await count(await aCourseWith(many))];
  expect(more.text).toContain(shown);
  expect(more.statements).toBe(one.statements);
  expect(more.statements).toBeLessThanOrEqual(8);
});
