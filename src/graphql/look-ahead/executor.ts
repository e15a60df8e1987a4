import { getOperationAST, getVariableValues, Kind, OperationTypeNode, type ExecutionResult, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { readAhead, type Step } from "../../loaders/ahead.js";
import type { Executor, Operation } from "../execution/executor.js";
import { fieldsOf, stepsOf, type Reading } from "./steps.js";

/** Queries under way from which on batching across requests saves more than reading ahead. */
const usualCrowd = 4;

/**
 * Reads ahead for queries that run almost alone: one statement for each root field and what is selected below it, in
 * place of one round trip for each level. It only primes loaders; what it does not reach is loaded when asked for.
 */
export function lookingAhead(schema: GraphQLSchema, execute: Executor, crowd = usualCrowd): Executor {
  let underWay = 0;
  const ahead = async (operation: Operation, query: OperationDefinitionNode): Promise<ExecutionResult> => {
    underWay++;
    try {
      await lookAhead(schema, operation, query, underWay < crowd);
      return await execute(operation);
    } finally {
      underWay--;
    }
  };
  return (operation) => {
    const chosen = getOperationAST(operation.document, operation.operationName);
    return chosen?.operation === OperationTypeNode.QUERY ? ahead(operation, chosen) : execute(operation);
  };
}

/** What fails here fails once more where it is asked for, and is told there. */
async function lookAhead(schema: GraphQLSchema, given: Operation, query: OperationDefinitionNode, alone: boolean): Promise<void> {
  try {
    const { loaders } = given.context;
    const { roots, wanted } = await planOf(schema, given, query);
    loaders.wanted = wanted;
    if (alone) await Promise.allSettled(roots.filter((steps) => steps.length > 1).map((steps) => readAhead(loaders, steps)));
  } catch {
    // Arguments that do not fit, for instance.
  }
}

async function planOf(schema: GraphQLSchema, { document, variables, context }: Operation, query: OperationDefinitionNode) {
  const type = schema.getQueryType();
  const { coerced } = getVariableValues(schema, query.variableDefinitions ?? [], variables);
  if (!type || !coerced) return { roots: [], wanted: undefined };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const reading: Reading = { fragments, variables: coerced, loaders: context.loaders, wanted: new Map(), opaque: false };
  const roots: Step[][] = [];
  for (const field of fieldsOf(reading, type, query.selectionSet)) roots.push(await stepsOf(reading, type, field));
  return { roots, wanted: reading.opaque ? undefined : reading.wanted };
}
