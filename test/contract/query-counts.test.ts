import {
  getNamedType, getNullableType, isCompositeType, isLeafType, isListType, isNonNullType, isObjectType, type GraphQLField,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { createSchema } from "../../src/graphql/schema.js";
import { nodeLoaders } from "../../src/resolvers/nodes.js";
import { resolvers } from "../../src/resolvers/index.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { tableOf } from "../support/node-tables.js";
import { aRowOf, insertLevels, levels } from "../support/rows.js";
import { countStatements } from "../support/statements.js";

type Field = GraphQLField<unknown, unknown>;

const sizes = [1, 10, 100];
const schema = createSchema(resolvers);
/** The watch over lost jobs speaks now and then; a count that it disturbed is taken again. */
const again = { retry: 2 };

let app: TestApp;
let admin: Session;
const made = new Map<string, string[]>();

beforeAll(async () => {
  app = await startTestApp(anyCost);
  admin = await app.signedIn("admin");
  await insertLevels(app.db);
});
afterAll(() => app.close());

/** Global ids of 100 rows of the type, made on first use, each with parents of its own. */
async function idsOf(type: string): Promise<string[]> {
  const known = made.get(type);
  if (known) return known;
  const table = tableOf[type];
  if (!table) throw new Error(`${type} has no line in test/support/node-tables.ts`);
  const ids: string[] = [];
  for (let i = 0; i < 100; i++) {
    const key = type === "NsqfLevel" ? levels[i % levels.length] : (await aRowOf(app.db, table))["id"];
    ids.push(toGlobalId(type, String(key)));
  }
  made.set(type, ids);
  return ids;
}

const isConnection = (field: Field): boolean => getNamedType(field.type).name.endsWith("Connection");
const isListed = (field: Field): boolean => isConnection(field) || isListType(getNullableType(field.type));

/** Fields of which one argument must be given, though none is needed by itself. */
const oneOfGiven: Readonly<Record<string, string[]>> = { changesSince: ["version: 1"] };

/** The field with its needed arguments and a little of what it gives; null when an argument cannot be guessed. */
function selectionOf(field: Field, pageSize: number): string | null {
  const needed = field.args.filter((argument) => isNonNullType(argument.type));
  if (needed.some((argument) => String(argument.type) !== "Int!")) return null;
  const given = [...needed.map((argument) => `${argument.name}: 1`), ...(oneOfGiven[field.name] ?? [])];
  if (isConnection(field)) given.push(`first: ${pageSize}`);
  const args = given.length > 0 ? `(${given.join(", ")})` : "";
  const below = isConnection(field) ? "{ totalCount nodes { __typename } }" : isCompositeType(getNamedType(field.type)) ? "{ __typename }" : "";
  return `${field.name}${args} ${below}`;
}

async function statementsFor(document: string, variables: object): Promise<number> {
  const { result, statements } = await countStatements(app.engine, () => app.query(document, variables, admin));
  expect(result.errors).toBeUndefined();
  return statements.length;
}

describe("an edge takes as many statements under 1, 10 and 100 rows", () => {
  for (const type of Object.keys(nodeLoaders)) {
    const object = schema.getType(type);
    const fields = isObjectType(object) ? Object.values(object.getFields()) : [];
    const edges = fields.filter((field) => isListed(field) || isCompositeType(getNamedType(field.type)) || field.args.length > 0);
    const selections = [
      { name: "its own fields", selection: fields.filter((field) => isLeafType(getNamedType(field.type)) && field.args.length === 0).map(({ name }) => name).join(" ") },
      ...edges.map((field) => ({ name: field.name, selection: selectionOf(field, 2) })),
    ];
    for (const { name, selection } of selections) {
      if (selection === null) continue;
      test(`${type}: ${name}`, again, async () => {
        const ids = await idsOf(type);
        const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${selection} } } }`;
        const counts: number[] = [];
        for (const size of sizes) counts.push(await statementsFor(document, { ids: ids.slice(0, size) }));
        expect(counts).toEqual(sizes.map(() => counts[0]));
      });
    }
  }
});

describe("a list takes as many statements for 1, 10 and 100 rows", () => {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(isConnection);
  test.each(roots.map((field) => ({ name: field.name, field })))("$name", again, async ({ field }) => {
    const item = getNamedType(field.type).name.replace(/Connection$/, "");
    if (Object.hasOwn(nodeLoaders, item)) await idsOf(item);
    const counts: number[] = [];
    for (const size of sizes) counts.push(await statementsFor(`{ ${selectionOf(field, size)} }`, {}));
    expect(counts).toEqual(sizes.map(() => counts[0]));
  });
});
