import { GraphQLError, type DocumentNode, type GraphQLSchema } from "graphql";
import { HeaderMap } from "@apollo/server";
import { networkOf } from "../../auth/network.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Config } from "../../config.js";
import type { Limiter } from "../rate-limit.js";
import { costOf } from "./cost.js";
import { limitExceeded, limits, nestsBeyond, shapeError, variablesTooDeep } from "./shape.js";

/** What an operation cost and what is left, as `extensions.cost` tells clients. */
export interface Cost {
  requested: number;
  remaining: number;
  /** When the budget is full again. */
  resetAt: string;
}

export interface Request {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
  viewer: Viewer;
}

/** Lets an operation through, and charges the viewer for it. */
export type Gate = (request: Request) => Promise<Cost | undefined>;

/**
 * The limits that hold before anything is executed, the same for HTTP and WebSocket: shape of the
 * document, cost of the operation, budget of the user, or of the address of anonymous callers.
 * The gate answers undefined for operations that will not run for another reason, such as variables
 * that do not fit; it throws LIMIT_EXCEEDED or RATE_LIMITED.
 */
export const createGate =
  (schema: GraphQLSchema, { costBudget }: Pick<Config, "costBudget">, limiter: Limiter): Gate =>
  async ({ document, operationName, variables, viewer }) => {
    const broken = shapeError(document);
    if (broken) throw broken;
    if (nestsBeyond(variables, limits.variables)) throw variablesTooDeep();
    const cost = costOf(schema, document, operationName, variables);
    if (cost === undefined) return undefined;
    if (cost > costBudget.operation) throw limitExceeded("cost", costBudget.operation, cost);
    // Nothing is free, not even asking for the schema.
    const requested = Math.max(cost, 1);
    const [key, budget] =
      viewer.id === null
        ? [`cost:address:${viewer.ip === null ? "unknown" : networkOf(viewer.ip)}`, costBudget.anonymous]
        : [`cost:user:${viewer.id}`, costBudget.user];
    const { allowed, remaining, resetAt } = await limiter.spend(key, requested, budget);
    if (!allowed) throw rateLimited(requested, remaining, resetAt);
    return { requested, remaining, resetAt: resetAt.toISOString() };
  };

function rateLimited(requested: number, remaining: number, resetAt: Date): GraphQLError {
  const seconds = Math.max(1, Math.ceil((resetAt.getTime() - Date.now()) / 1000));
  const extensions: Record<string, unknown> = {
    code: "RATE_LIMITED",
    requested,
    remaining,
    resetAt: resetAt.toISOString(),
    http: { status: 429, headers: new HeaderMap([["retry-after", String(seconds)]]) },
  };
  return new GraphQLError(`The budget of query cost is spent; it is full again in ${seconds} s.`, { extensions });
}
