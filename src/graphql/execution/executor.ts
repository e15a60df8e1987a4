import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { Context } from "../context.js";

/** One operation of a valid document, past every limit. */
export interface Operation {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
  context: Context;
  /** The event that a subscription is executed for; absent for queries and mutations. */
  root?: unknown;
  /** Is the answer only put into text? Then parts of it may be a `WrittenAnswer`. */
  isForText?: boolean;
}

/** Runs an operation; failures are in the result, in the form and order of graphql-js. */
export type Executor = (operation: Operation) => ExecutionResult | Promise<ExecutionResult>;

/** Executes by graphql-js, field by field. */
export const createInterpreter =
  (schema: GraphQLSchema): Executor =>
  ({ document, operationName, variables, context, root }) =>
    execute({
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: context,
      rootValue: root,
    });
