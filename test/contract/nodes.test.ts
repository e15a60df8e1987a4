import { isInterfaceType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSchema } from "../../src/graphql/schema.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { nodeLoaders } from "../../src/resolvers/nodes.js";
import { resolvers } from "../../src/resolvers/index.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aSkill } from "../support/builders.js";
import { tableOf } from "../support/node-tables.js";
import { aRowOf, insertLevels } from "../support/rows.js";
import { countStatements } from "../support/statements.js";

const types = Object.keys(nodeLoaders);
const nobody = "0190b8a0-0000-7000-8000-000000000000";
const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`;

let app: TestApp;
let admin: Session;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.signedIn("admin");
  await insertLevels(app.db);
});
afterAll(() => app.close());

test("the types that implement Node are those that node can load", () => {
  const schema = createSchema(resolvers);
  const node = schema.getType("Node");
  const implementing = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
  expect(implementing.toSorted()).toEqual(types.toSorted());
});

describe("node loads what its id names, and nothing for a key that no row has", () => {
  test.each(types)("%s", async (type) => {
    const table = tableOf[type];
    if (!table) throw new Error(`${type} has no line in test/support/node-tables.ts`);
    const row = await aRowOf(app.db, table);
    const id = toGlobalId(type, String(row["id"] ?? row["level"]));
    const none = toGlobalId(type, type === "NsqfLevel" ? "9.5" : nobody);
    if (type === "NsqfLevel") await app.db.execute("delete from catalog.nsqf_levels where level = 9.5");
    const { data, errors } = await app.query(`query ($id: ID!, $none: ID!) { node(id: $id) { __typename id } none: node(id: $none) { id } }`, { id, none }, admin);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { __typename: type, id }, none: null });
  });
});

test("nodes keeps the order, repeats included, with null for the missing and the hidden", async () => {
  const [course, draft, skill] = [await aCourse(app.db), await aCourse(app.db, { status: "draft" }), await aSkill(app.db)];
  const [first, second] = [toGlobalId("Course", course.id), toGlobalId("Skill", skill.id)];
  const ids = [second, toGlobalId("Course", draft.id), first, toGlobalId("Course", nobody), second, toGlobalId("User", admin.userId)];
  const { result, statements } = await countStatements(app.engine, () => app.query<{ nodes: object[] }>(document, { ids }));
  expect(result.errors).toBeUndefined();
  const [a, b] = [{ __typename: "Skill", id: second }, { __typename: "Course", id: first }];
  expect(result.data.nodes).toEqual([a, null, b, null, a, null]);
  expect(statements.filter((statement) => /"(catalog|identity)"\./.test(statement))).toHaveLength(3);
});

test("an id that is none spoils only its own place", async () => {
  const skill = toGlobalId("Skill", (await aSkill(app.db)).id);
  const bad = ["junk", toGlobalId("Skill", "4.5"), toGlobalId("Nothing", nobody), toGlobalId("toString", nobody), ""];
  const { data, errors } = await app.query<{ nodes: object[] }>(document, { ids: [skill, ...bad] });
  expect(data.nodes).toEqual([{ __typename: "Skill", id: skill }, ...bad.map(() => null)]);
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(bad.map((_, i) => [["nodes", i + 1], "INVALID_ID"]));
});

test("nodes takes 100 ids and no more", async () => {
  const id = toGlobalId("Skill", nobody);
  const full = await app.query<{ nodes: null[] }>(document, { ids: Array<string>(100).fill(id) });
  expect(full.data.nodes).toHaveLength(100);
  const { errors } = await app.query(document, { ids: Array<string>(101).fill(id) });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "ids" });
});
