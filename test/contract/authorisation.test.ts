import { isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import {
  differByViewer, expectedFields, expectedParts, expectedUpdates, neverFilled, type Audience,
} from "./authorisation/expected-fields.js";
import { expectedRows, people, type Expected, type Person } from "./authorisation/expected-rows.js";
import { fieldsOf, nodeTypes, schema, selectionOf } from "./authorisation/selection.js";
import { buildWorld, type World } from "./authorisation/world.js";

type Values = Record<string, unknown>;

let app: TestApp;
let world: World;
/** Every row as it really is, which is as admins see it. */
const truths = new Map<string, Values>();
/** What fields named `my…` hold for those who have something there: by label and person. */
const ownTruths = new Map<string, Values>();
const labels = new Map<string, string>();

beforeAll(async () => {
  app = await startTestApp();
  world = await buildWorld(app);
  for (const [label, id] of world.ids) labels.set(id, label);
  for (const [label, { sees, mine }] of Object.entries(expectedRows)) {
    const truth = sees.length > 0 && (await read("admin", label));
    if (truth) truths.set(label, truth);
    for (const person of mine ?? []) ownTruths.set(`${label} for ${person}`, (await read(person, label)) ?? {});
  }
});
afterAll(() => app.close());

const typeOf = (label: string): string => label.split(":")[0] ?? "";
const words = (text: string | undefined): string[] => text?.split(/\s+/).filter((word) => word !== "") ?? [];
const fieldsFor = (type: string, audience: Audience): string[] => words(expectedFields[type]?.[audience]);
const expectedOf = (label: string): Expected => {
  const expected = expectedRows[label];
  if (!expected) throw new Error(`${label} has no line in expected-rows.ts`);
  return expected;
};

async function read(person: Person, label: string): Promise<Values | null> {
  const document = `query ($id: ID!) { node(id: $id) { ... on ${typeOf(label)} { ${selectionOf(typeOf(label))} } } }`;
  const { data, errors } = await world.ask(person, document, { id: world.id(label) });
  expect(errors).toBeUndefined();
  return (data?.["node"] ?? null) as Values | null;
}

function maySee(person: Person, { sees, owner, author, mine, reads }: Expected, audience: Audience): boolean {
  const admin = person === "admin";
  switch (audience) {
    case "row": return sees.includes(person);
    case "signedIn": return person !== "anonymous";
    case "owner": return admin || person === owner;
    case "staff": return admin || person === author;
    case "reads": return reads?.includes(person) ?? false;
    case "mine": return mine?.includes(person) ?? false;
  }
}

/** What remains of an edge for a person: rows that are theirs to see, and a count of just those. */
function remaining(value: unknown, person: Person): unknown {
  if (Array.isArray(value)) return value.map((item) => remaining(item, person)).filter((item) => item !== null);
  if (value === null || typeof value !== "object") return value;
  const { __typename: type, id } = value as Values;
  if (typeof id === "string" && typeof type === "string") {
    const label = labels.get(id);
    if (!label) throw new Error(`There is a ${type} that the world does not know`);
    return expectedOf(label).sees.includes(person) ? value : null;
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, remaining(inner, person)] as const);
  const left: Values = Object.fromEntries(entries);
  return "totalCount" in left ? { ...left, totalCount: (left["nodes"] as unknown[]).length } : left;
}

/** The row as a person should see it; null when they should not. */
function view(label: string, person: Person): Values | null {
  const [expected, truth] = [expectedOf(label), truths.get(label)];
  if (!truth || !expected.sees.includes(person)) return null;
  const type = typeOf(label);
  const seen: Values = { __typename: type };
  for (const [audience, fields] of Object.entries(expectedFields[type] ?? {})) {
    for (const field of words(fields)) {
      const source = audience === "mine" ? ownTruths.get(`${label} for ${person}`) : truth;
      seen[field] = maySee(person, expected, audience as Audience) ? keep(type, field, source?.[field], person) : null;
    }
  }
  return seen;
}

const keep = (type: string, field: string, value: unknown, person: Person): unknown => {
  if (differByViewer.includes(`${type}.${field}`)) return value == null ? value : expect.anything();
  return field === "id" ? value : remaining(value, person);
};

const isEmpty = (value: unknown): boolean =>
  value == null || (Array.isArray(value) && value.length === 0) || (value as { totalCount?: number }).totalCount === 0;

describe("the tables of what is expected are complete", () => {
  test("every type with an id has its fields listed, each once, and no others", () => {
    const listed = Object.entries(expectedFields).map(([type, fields]) => [type, Object.values(fields).flatMap(words).toSorted()]);
    const real = nodeTypes.map(({ name }) => [name, fieldsOf(name).map((field) => field.name).toSorted()]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(real));
  });

  test("every other object type is listed with its fields", () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name);
    const shells = /(Connection|Edge|Payload)$|^(PageInfo|UserError)$/;
    const others = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !nodeTypes.includes(type) && !type.name.startsWith("__") && !roots.includes(type.name) && !shells.test(type.name),
    );
    const real = others.map(({ name }) => [name, fieldsOf(name).map((field) => field.name).toSorted()]);
    const listed = Object.entries({ ...expectedParts, ...expectedUpdates }).map(([type, fields]) => [type, words(fields).toSorted()]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(real));
  });

  test("connections hold rows and nothing of their own", () => {
    const shells = Object.values(schema.getTypeMap()).filter(({ name }) => /(Connection|Edge)$/.test(name));
    const shapes = new Set(shells.map(({ name }) => fieldsOf(name).map((field) => field.name).toSorted().join(" ")));
    expect([...shapes].toSorted()).toEqual(["cursor node", "edges nodes pageInfo totalCount"]);
  });

  test("the world has exactly the rows that are expected, and at least one of every type", () => {
    expect([...world.ids.keys()].toSorted()).toEqual(Object.keys(expectedRows).toSorted());
    expect([...new Set(Object.keys(expectedRows).map(typeOf))].toSorted()).toEqual(nodeTypes.map(({ name }) => name).toSorted());
  });

  test("every field is filled in some row, so that hiding it shows", () => {
    const rows = [...truths, ...ownTruths].map(([label, truth]) => [typeOf(label), truth] as const);
    const empty = nodeTypes.flatMap(({ name }) =>
      fieldsOf(name)
        .filter((field) => rows.filter(([type]) => type === name).every(([, truth]) => isEmpty(truth[field.name])))
        .map((field) => `${name}.${field.name}`),
    );
    expect(empty.toSorted()).toEqual(Object.keys(neverFilled).toSorted());
  });
});

test("fields named my… hold rows of the one who asks", () => {
  for (const [place, truth] of ownTruths) {
    const [, label = "", person = ""] = /^(.*) for (\w+)$/.exec(place) ?? [];
    const held = fieldsFor(typeOf(label), "mine").flatMap((field) => (isEmpty(truth[field]) ? [] : [truth[field] as { id: string }]));
    expect(held.map(({ id }) => expectedOf(labels.get(id) ?? id).owner)).toEqual(held.map(() => person));
    expect(held).not.toEqual([]);
  }
});

describe.each(nodeTypes.map(({ name }) => name).toSorted())("%s", (type) => {
  test.each(people)("shows %s what is written, and nothing else", async (person) => {
    for (const label of Object.keys(expectedRows).filter((each) => typeOf(each) === type)) {
      expect({ [label]: await read(person, label) }).toEqual({ [label]: view(label, person) });
    }
  });
});

describe.each(people)("for %s", (person) => {
  test("nodes hides what node hides", async () => {
    const wanted = Object.keys(expectedRows);
    const seen: unknown[] = [];
    for (let at = 0; at < wanted.length; at += 100) {
      const ids = wanted.slice(at, at + 100).map((label) => world.id(label));
      const { data, errors } = await world.ask(person, `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, { ids });
      expect(errors).toBeUndefined();
      seen.push(...((data?.["nodes"] ?? []) as ({ id: string } | null)[]).map((row) => row && labels.get(row.id)));
    }
    expect(seen).toEqual(wanted.map((label) => (expectedOf(label).sees.includes(person) ? label : null)));
  });

  test("a hidden row and one that never was read alike, by node and by every field with an id", async () => {
    const byId = fieldsOf("Query").filter((field) => field.args.some(({ name }) => name === "id"));
    for (const label of Object.keys(expectedRows).filter((each) => !expectedOf(each).sees.includes(person))) {
      const none = toGlobalId(typeOf(label), typeOf(label) === "NsqfLevel" ? "9.5" : "0190b8a0-0000-7000-8000-000000000000");
      for (const { name } of byId.filter((field) => field.name === "node" || String(field.type) === typeOf(label))) {
        const document = `query ($id: ID!) { ${name}(id: $id) { id } }`;
        const [hidden, missing] = [await world.ask(person, document, { id: world.id(label) }), await world.ask(person, document, { id: none })];
        expect({ [label]: hidden }).toEqual({ [label]: missing });
        expect(hidden.data?.[name] ?? null).toBeNull();
      }
    }
  });
});
