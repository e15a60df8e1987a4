import { getOperationAST, getVariableValues, Kind, OperationTypeNode, type ExecutionResult, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { readAhead, type Step } from "../../loaders/ahead.js";
import type { Executor, Operation } from "../execution/executor.js";
import { fieldsOf, stepsOf, type Reading } from "./steps.js";

/** Operations under way from which on batching across requests saves more than reading ahead. */
const crowd = 4;

/**
 * Reads ahead for queries that run almost alone: one statement for each root field and what is selected below it, in
 * place of one round trip for each level. It only primes loaders; what it does not reach is loaded when asked for.
 */
export function lookingAhead(schema: GraphQLSchema, execute: Executor): Executor {
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

async function lookAhead(schema: GraphQLSchema, { document, variables, context }: Operation, operation: OperationDefinitionNode, alone: boolean): Promise<void> {
  const type = schema.getQueryType();
  if (!type) return;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) return;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const { loaders } = context;
  const reading: Reading = { fragments, variables: coerced, loaders, wanted: new Map(), opaque: false };
  const roots: Step[][] = [];
  for (const field of fieldsOf(reading, type, operation.selectionSet)) roots.push(await stepsOf(reading, type, field));
  if (!reading.opaque) loaders.wanted = reading.wanted;
  if (!alone) return;
  // What fails here fails once more where it is asked for, and is told there.
  await Promise.allSettled(roots.filter((steps) => steps.length > 1).map((steps) => readAhead(loaders, steps)));
}
