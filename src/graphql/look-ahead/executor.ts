import { getOperationAST, OperationTypeNode, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { addWritten, readAhead } from "../../loaders/ahead.js";
import type { Written } from "../../loaders/source.js";
import type { Executor, Operation } from "../execution/executor.js";
import { Plans } from "./plan.js";

interface Options {
  log: { warn(fields: object, message: string): void };
  crowd?: number | undefined;
  /** Does the executor take what the database has written? */
  writes: boolean;
}

/** With more queries under way, batching what all share across them saves more than reading it ahead for each. */
const usualCrowd = 4;

/**
 * Reads ahead: one statement for each root field and what is selected below it, in place of one for each loader. It
 * only primes loaders; what it does not reach is loaded when asked for.
 */
export function lookingAhead(schema: GraphQLSchema, execute: Executor, { log, crowd = usualCrowd, writes }: Options): Executor {
  const plans = new Plans(schema);
  let underWay = 0;

  async function prepare({ document, variables, context: { loaders }, isForText = false }: Operation, query: OperationDefinitionNode): Promise<void> {
    const { aheads, wanted } = await plans.of(document, query, variables, loaders.viewer, writes && isForText);
    loaders.wanted = wanted;
    const chosen = underWay > crowd ? aheads.filter(({ isShared }) => !isShared) : aheads;
    // What fails here is loaded when it is asked for; should that fail as well, it is told there.
    const read = await Promise.allSettled(chosen.map((ahead) => readAhead(loaders, ahead)));
    for (const outcome of read) if (outcome.status === "rejected") log.warn({ err: outcome.reason as unknown }, "reading ahead failed");
    const written = read.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : undefined));
    // What is not written is loaded, with all columns, for nobody has noted which of them it needs.
    if (written.includes(undefined)) loaders.wanted = undefined;
    const all = new Map<object, Written>();
    for (const texts of written) for (const [node, found] of texts ?? []) addWritten(all, node, found);
    loaders.written = all;
  }

  async function ahead(operation: Operation, query: OperationDefinitionNode): Promise<ExecutionResult> {
    underWay++;
    try {
      await prepare(operation, query);
      return await execute(operation);
    } finally {
      underWay--;
    }
  }

  return (operation) => {
    const chosen = getOperationAST(operation.document, operation.operationName);
    return chosen?.operation === OperationTypeNode.QUERY ? ahead(operation, chosen) : execute(operation);
  };
}
