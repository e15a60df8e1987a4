import { afterAll, beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aCourse, aProvider } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test("a course shows its provider, and its id fetches it again", async () => {
  const provider = await aProvider(app.db);
  const course = await aCourse(app.db, { providerId: provider.id });
  const id = toGlobalId("Course", course.id);
  const { data } = await app.query<{ course: object; node: object }>(
    `query ($id: ID!) { course(id: $id) { id title provider { name } } node(id: $id) { __typename id } }`,
    { id },
  );
  expect(data.course).toEqual({ id, title: course.title, provider: { name: provider.name } });
  expect(data.node).toEqual({ __typename: "Course", id });
});

test("providers list their courses page by page in a constant number of statements", async () => {
  const provider = await aProvider(app.db, { name: "Counted" });
  for (let i = 0; i < 5; i++) await aCourse(app.db, { providerId: provider.id, title: `Course ${i}` });
  const document = `query ($n: Int!, $after: String) { providers(first: 100, where: {search: "Counted"}) { totalCount nodes {
    courses(first: $n, after: $after, orderBy: {field: TITLE, direction: ASC}) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } } }`;
  type Data = { providers: { nodes: { courses: { totalCount: number; nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }[] } };
  const { result, statements } = await countStatements(app.engine, () => app.query<Data>(document, { n: 2 }));
  const courses = result.data.providers.nodes[0]?.courses;
  expect(courses).toMatchObject({ totalCount: 5, nodes: [{ title: "Course 0" }, { title: "Course 1" }], pageInfo: { hasNextPage: true } });
  expect(statements).toHaveLength(4);
  const next = await app.query<Data>(document, { n: 100, after: courses?.pageInfo.endCursor });
  expect(next.data.providers.nodes[0]?.courses.nodes.map((course) => course.title)).toEqual(["Course 2", "Course 3", "Course 4"]);
});
