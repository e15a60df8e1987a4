import {
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  isCompositeType,
  isListType,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { getComplexity, type ComplexityEstimator } from "graphql-query-complexity";
import { defaultPageSize, maxPageSize } from "../connection.js";

const mutationCost = 10;
/** Costs kept per document, one for each combination of page sizes. */
const maxKept = 50;

const sizeOf = (args: Record<string, unknown>, otherwise: number): number => {
  const given = args["first"] ?? args["last"];
  return typeof given === "number" ? Math.min(Math.max(given, 1), maxPageSize) : otherwise;
};

/**
 * A scalar costs 0 or its declared weight, an object 1, a mutation 10, a list its size times what is selected of each item.
 * In a connection `nodes` and `edges` are counted once per item of the page, `totalCount` as one item.
 */
const estimate =
  (schema: GraphQLSchema): ComplexityEstimator =>
  ({ field, type, args, childComplexity: below }) => {
    if (field.name.startsWith("__") || type.name.startsWith("__")) return 0;
    const named = getNamedType(field.type);
    if (type.name.endsWith("Connection")) {
      if (field.name === "edges") return below;
      if (field.name === "pageInfo") return 0;
      return 1 + below;
    }
    const own = type === schema.getMutationType() ? mutationCost : 1;
    const { bound = maxPageSize, weight = 0 } = field.extensions as { bound?: number; weight?: number };
    if (!isCompositeType(named)) return type === schema.getMutationType() ? mutationCost : weight;
    if (named.name.endsWith("Connection")) return own + sizeOf(args, defaultPageSize) * below;
    if (!isListType(getNullableType(field.type))) return own + below;
    const ids: unknown = args["ids"];
    return own + (Array.isArray(ids) ? ids.length : bound) * (1 + below);
  };

const kept = new WeakMap<DocumentNode, Map<string, number>>();

/**
 * The cost of an operation, known before it runs. Counted once for each document and combination of
 * the variables that can change it: numbers, switches and the lengths of lists.
 * Undefined when there is no such operation or its variables do not fit: then it will not run at all.
 * @throws {GraphQLError} for arguments that have no usable value, or a selection beyond counting.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): number | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  let costs = kept.get(document);
  if (!costs) kept.set(document, (costs = new Map()));
  const key = keyOf(operation, variables);
  const known = costs.get(key);
  if (known !== undefined) return known;
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  if (errors) return undefined;
  const cost = count(schema, document, operation, variables);
  if (costs.size >= maxKept) costs.clear();
  costs.set(key, cost);
  return cost;
}

function count(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  try {
    return getComplexity({
      schema,
      // Only the chosen operation: the counter takes a name, and an unnamed operation has none.
      query: { ...document, definitions: document.definitions.filter((d) => d.kind !== operation.kind || d === operation) },
      variables,
      estimators: [estimate(schema)],
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
  }
}

function keyOf({ name, variableDefinitions = [] }: OperationDefinitionNode, variables: Record<string, unknown>): string {
  const parts = variableDefinitions.map(({ variable }) => {
    const value = variables[variable.name.value];
    if (Array.isArray(value)) return value.length;
    return typeof value === "number" || typeof value === "boolean" || value === null ? value : value === undefined ? "" : "x";
  });
  return JSON.stringify([name?.value, ...parts]);
}
