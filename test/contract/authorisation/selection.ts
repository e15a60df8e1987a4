import {
  getNamedType, isInterfaceType, isLeafType, isNonNullType, isObjectType, type GraphQLField,
  type GraphQLObjectType,
} from "graphql";
import { createSchema } from "../../../src/graphql/schema.js";
import { resolvers } from "../../../src/resolvers/index.js";

export const schema = createSchema(resolvers);

const node = schema.getType("Node");
export const nodeTypes: readonly GraphQLObjectType[] = isInterfaceType(node) ? schema.getPossibleTypes(node) : [];

export const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] => {
  const found = schema.getType(type);
  return isObjectType(found) ? Object.values(found.getFields()) : [];
};

/** Everything that a row of the type has: own fields, and the ids of what its edges lead to. */
export const selectionOf = (type: string): string => `__typename ${fieldsOf(type).map(selected).join(" ")}`;

function selected(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  const given = field.name === "changesSince" ? ["version: 1"] : field.args.filter((argument) => isNonNullType(argument.type)).map((argument) => `${argument.name}: 1`);
  if (isLeafType(type)) return field.name;
  if (type.name.endsWith("Connection")) return `${field.name}(first: 50) { totalCount nodes { __typename id } }`;
  const args = given.length > 0 ? `(${given.join(", ")})` : "";
  if (isObjectType(type) && nodeTypes.includes(type)) return `${field.name}${args} { __typename id }`;
  return `${field.name}${args} { ${selectionOf(type.name)} }`;
}

