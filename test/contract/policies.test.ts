import {
  getNamedType, getNullableType, GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, isListType,
  isNonNullType, isObjectType, isSpecifiedDirective, isSpecifiedScalarType, type GraphQLSchema,
} from "graphql";
import { beforeAll, expect, test } from "vitest";
import { policies, policyOf, type Policy } from "../../src/auth/policy.js";
import { createSchema, objectTypes } from "../../src/graphql/schema.js";
import { resolvers } from "../../src/resolvers/index.js";

let schema: GraphQLSchema;
let roots: GraphQLObjectType[];
beforeAll(() => {
  schema = createSchema(resolvers);
  roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((type) => type != null);
});

/** Shells around rows: what they hold was let through where it was loaded. */
const isShell = ({ name }: GraphQLObjectType): boolean =>
  /(Connection|Edge|Payload)$/.test(name) || name === "PageInfo" || name === "UserError";

/** Does the field's own policy hide it from some who hold its row? One that repeats its type's hides nothing. */
function mayHide(type: GraphQLObjectType, field: string): boolean {
  const own = type.getFields()[field]?.extensions["policy"];
  return own !== undefined && own !== "public" && own !== "course" && own !== type.extensions["policy"];
}

test("every root field declares its own policy", () => {
  const without = roots.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => field.extensions["policy"] === undefined)
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(without).toEqual([]);
});

test("every field of every object type stands under a policy", () => {
  const without = objectTypes(schema)
    .filter((type) => !roots.includes(type) && !isShell(type))
    .flatMap((type) =>
      Object.keys(type.getFields())
        .filter((field) => policyOf(type, field) === undefined)
        .map((field) => `${type.name}.${field}`),
    );
  expect(without).toEqual([]);
});

test("every declared policy is one of the table", () => {
  const unknown = objectTypes(schema).flatMap((type) =>
    [type, ...Object.values(type.getFields())]
      .map((item) => item.extensions["policy"])
      .filter((policy) => policy !== undefined && !(typeof policy === "string" && Object.hasOwn(policies, policy))),
  );
  expect(unknown).toEqual([]);
});

test("fields that a policy may hide can be null", () => {
  const cannotHide = objectTypes(schema)
    .filter((type) => !roots.includes(type))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => mayHide(type, field.name) && isNonNullType(field.type))
        .map((field) => `${type.name}.${field.name}`),
    );
  expect(cannotHide).toEqual([]);
});

test("a policy that narrows is said in the description", () => {
  const silent = objectTypes(schema).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => {
        const policy = field.extensions["policy"] as Policy | undefined;
        return policy !== undefined && policy !== "public" && !field.description?.includes(policies[policy].who);
      })
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(silent).toEqual([]);
});

test("every list of objects that is not paged declares its bound, for the cost of queries", () => {
  const unbounded = objectTypes(schema)
    .filter(({ name }) => !name.endsWith("Connection"))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => isListType(getNullableType(field.type)) && isObjectType(getNamedType(field.type)))
    .filter(({ field }) => field.name !== "errors" && !("bound" in field.extensions))
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(unbounded).toEqual([]);
});

test("everything in the graph is described", () => {
  const bare: string[] = [];
  const look = (path: string, { description }: { description?: string | null }): void => {
    if (!description?.trim()) bare.push(path);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || isSpecifiedScalarType(type)) continue;
    if (!roots.some((root) => root === type)) look(type.name, type);
    if (type instanceof GraphQLEnumType) {
      for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    }
    if (type instanceof GraphQLInputObjectType) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    }
    if (type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
  }
  for (const directive of schema.getDirectives()) if (!isSpecifiedDirective(directive)) look(`@${directive.name}`, directive);
  expect(bare).toEqual([]);
});

test("id arguments are global ids, and outside ids are not called id", () => {
  const wrong = roots.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args
        .filter((argument) => (argument.name === "id") !== (String(argument.type) === "ID!"))
        .map((argument) => `${type.name}.${field.name}(${argument.name}: ${String(argument.type)})`),
    ),
  );
  expect(wrong).toEqual([]);
});
