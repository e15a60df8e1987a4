import { getNullableType, isInterfaceType, isObjectType, type GraphQLSchema } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { enforcePolicies } from "../auth/policy.js";
import { Rejection } from "./errors.js";
import { findEdges } from "./look-ahead/edges.js";
import { toGlobalId } from "./node.js";

/** type-graphql demands one even when every subscription brings its own stream. */
const unused = {
  publish: () => {},
  subscribe: () => {
    throw new Error("Subscriptions bring their own stream.");
  },
};

const rootDescriptions: Record<string, string> = {
  Query: "Where every reading begins. Lists are connections; ids are global.",
  Mutation: "Each takes one `input` and answers with what changed, or with all failures of the input in `errors`.",
  Subscription: "Each begins with how things stand and goes on with every change; `after` resumes without loss.",
};

/** Builds the graph from the resolver classes, with global ids, payloads and policies in force. */
export function createSchema(resolvers: NonEmptyArray<Function>): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers, validate: false, pubSub: unused });
  giveGlobalIds(schema);
  catchRejections(schema);
  describeBounds(schema);
  for (const [name, text] of Object.entries(rootDescriptions)) Object.assign(schema.getType(name) ?? {}, { description: text });
  letRootsFailAlone(schema);
  findEdges(objectTypes(schema).filter((type) => type !== schema.getMutationType()));
  enforcePolicies(schema);
  return schema;
}

/** `id` of every Node type: the type's name and the row's key, which is `level` for NSQF levels. */
function giveGlobalIds(schema: GraphQLSchema): void {
  const node = schema.getType("Node");
  if (!isInterfaceType(node)) return;
  for (const type of schema.getPossibleTypes(node)) {
    const field = type.getFields()["id"];
    if (!field) continue;
    field.resolve = (row: { id?: string; level?: string }) => toGlobalId(type.name, row.id ?? row.level ?? "");
    field.extensions = { ...field.extensions, reads: ["id", "level"] };
  }
}

/** Expected failures of a mutation become its payload's `errors`; anything else is thrown on. */
function catchRejections(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = async (...call) => {
      try {
        return { errors: [], ...((await resolve(...call)) as object) };
      } catch (error) {
        if (error instanceof Rejection) return { errors: error.problems };
        throw error;
      }
    };
  }
}

/** Mutations, and queries that a policy may refuse, can be null: one that fails leaves its neighbours' answers standing. */
function letRootsFailAlone(schema: GraphQLSchema): void {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const refusable = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ extensions }) => extensions["policy"] !== "public");
  for (const field of [...mutations, ...refusable]) field.type = getNullableType(field.type);
}

/** The bound of a plain list, as part of its public description. */
function describeBounds(schema: GraphQLSchema): void {
  for (const field of objectTypes(schema).flatMap((type) => Object.values(type.getFields()))) {
    const bound = field.extensions["bound"];
    if (typeof bound === "number") field.description = `${field.description ?? ""} At most ${bound}.`.trim();
  }
}

/** Object types that stand for rows or answers: everything but roots and GraphQL's own. */
export const objectTypes = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).filter(isObjectType).filter((type) => !type.name.startsWith("__"));
