import { getNamedType, isInputObjectType, isLeafType, type GraphQLInputType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { expectedMutations, type MutationCase } from "./authorisation/expected-mutations.js";
import type { Person } from "./authorisation/expected-rows.js";
import { fieldsOf } from "./authorisation/selection.js";
import { buildWorld, contentsOf, type Reply, type World } from "./authorisation/world.js";

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startTestApp();
  world = await buildWorld(app);
});
afterAll(() => app.close());

const mutations = fieldsOf("Mutation");
const inputOf = (name: string): GraphQLInputType => {
  const type = mutations.find((field) => field.name === name)?.args[0]?.type;
  if (!type) throw new Error(`${name} has no input`);
  return type;
};

/** Names of the fields with global ids, at any depth. */
function idFields(type: GraphQLInputType): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    getNamedType(field.type).name === "ID" ? [field.name] : idFields(field.type),
  );
}

async function call(person: Person, name: string, input: object): Promise<Reply> {
  const payload = getNamedType(mutations.find((field) => field.name === name)?.type ?? fail(name)).name;
  const rest = fieldsOf(payload)
    .filter((field) => field.name !== "errors")
    .map((field) => (isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`));
  const document = `mutation ($input: ${String(inputOf(name))}) { ${name}(input: $input) { errors { code path message } ${rest.join(" ")} } }`;
  return world.ask(person, document, { input });
}

const fail = (name: string): never => {
  throw new Error(`There is no mutation ${name}`);
};

/** Admins may do what teachers may. */
const teachers: ReadonlySet<Person> = new Set(["tara", "tilak", "admin"]);

const nobody = (label: string): string => toGlobalId(label.split(":")[0] ?? "", "0190b8a0-0000-7000-8000-000000000000");

const attemptsOf = ({ foreign = [] }: MutationCase) =>
  foreign.flatMap(([field, label, tries = ["bina", "tara", "tilak"]]) => tries.map((person) => ({ field, label, person })));

test("every mutation is listed, and every id that it takes", () => {
  const real = mutations.map(({ name }) => [name, idFields(inputOf(name)).toSorted()]);
  const listed = Object.entries(expectedMutations).map(([name, { foreign = [], open = [] }]) => [
    name,
    [...new Set([...foreign.map(([field]) => field), ...open])].toSorted(),
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(real));
});

describe("on rows of others a mutation answers as on rows that never were, and changes nothing", () => {
  test.each(Object.entries(expectedMutations).filter(([, each]) => attemptsOf(each).length > 0))("%s", async (name, each) => {
    const before = await contentsOf(app);
    for (const { field, label, person } of attemptsOf(each)) {
      const base = each.input(world.id);
      const hidden = await call(person, name, { ...base, [field]: world.id(label) });
      const missing = await call(person, name, { ...base, [field]: nobody(label) });
      expect({ person, label, ...hidden }).toEqual({ person, label, ...missing });
      if (each.only === "admin" || (each.only === "staff" && !teachers.has(person))) {
        expect(hidden).toMatchObject({ data: { [name]: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] });
        continue;
      }
      const { errors, ...entities } = (hidden.data?.[name] ?? {}) as { errors?: object[] } & Record<string, unknown>;
      expect(errors).toContainEqual({ code: "NOT_FOUND", path: ["input", field], message: expect.any(String) });
      expect(Object.values(entities).filter((entity) => entity !== null)).toEqual([]);
    }
    expect(await contentsOf(app)).toEqual(before);
  });
});

describe("nobody changes anything without having signed in", () => {
  test.each(Object.entries(expectedMutations).filter(([, { anonymous }]) => !anonymous))("%s", async (name, each) => {
    const before = await contentsOf(app);
    const targets = each.foreign?.map(([field, label]) => ({ [field]: world.id(label) })) ?? [{}];
    for (const target of targets) {
      const answer = await call("anonymous", name, { ...each.input(world.id), ...target });
      expect(answer).toMatchObject({ data: { [name]: null }, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    }
    expect(await contentsOf(app)).toEqual(before);
  });
});

test("what only some may do is refused to all others", async () => {
  const before = await contentsOf(app);
  for (const [name, each] of Object.entries(expectedMutations).filter(([, { only }]) => only)) {
    const foreign = each.foreign?.map(([field, label]) => [field, world.id(label)]) ?? [];
    // Ids within lists of the input are no fields of its own.
    const type = getNamedType(inputOf(name));
    const fields = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
    const open = each.open?.filter((field) => fields.includes(field)).map((field) => [field, nobody("Course: none")]) ?? [];
    const target = Object.fromEntries([...open, ...foreign]);
    for (const person of ["asha", "bina", "tara", "tilak"] as const) {
      if (each.only === "staff" && teachers.has(person)) continue;
      const answer = await call(person, name, { ...each.input(world.id), ...target });
      expect(answer).toMatchObject({ data: { [name]: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] });
    }
  }
  expect(await contentsOf(app)).toEqual(before);
});

test("the comparison of the database sees a changed row", async () => {
  const before = await contentsOf(app);
  expect(before.size).toBeGreaterThan(90);
  expect(before.get("learner.goals")).toContain("asha-secret");
  await call("bina", "addInterest", { interest: "Music" });
  const after = await contentsOf(app);
  expect([...after].filter(([name, content]) => before.get(name) !== content).map(([name]) => name)).toContain("learner.interests");
});
