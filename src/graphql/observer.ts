import { unwrapResolverError } from "@apollo/server/errors";
import type { FastifyBaseLogger } from "fastify";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Viewer } from "../auth/viewer.js";
import { isInternal } from "./format-error.js";
import type { Cost } from "./limits/gate.js";
import type { Metrics } from "./metrics.js";

/** One operation that was answered. Its variables and the viewer's token are not in it, so that no log can hold them. */
export interface Answered {
  requestId: string;
  transport: "http" | "websocket";
  viewer: Viewer;
  name: string | null | undefined;
  type: string;
  startedAt: number;
  cost: Cost | undefined;
  /** Errors as they happened and as the client saw them, in the same order. */
  errors: readonly GraphQLError[];
  formatted: readonly GraphQLFormattedError[];
}

export type Observer = (answered: Answered) => void;

/** Writes one line per operation, one more for each failure that nobody expected, and keeps the metrics. */
export const createObserver =
  (log: FastifyBaseLogger, metrics: Metrics): Observer =>
  ({ requestId, transport, viewer, name, type, startedAt, cost, errors, formatted }) => {
    const milliseconds = performance.now() - startedAt;
    metrics.operation({ name, type, transport, failed: formatted.length > 0 }, milliseconds / 1000);
    errors.forEach((error, index) => {
      const shown = formatted[index];
      if (shown && isInternal(shown)) log.error({ requestId, operation: name, path: error.path, ...reasonOf(error) }, "unexpected failure");
    });
    log.info(
      {
        requestId,
        transport,
        operation: name ?? null,
        type,
        milliseconds: Math.round(milliseconds * 10) / 10,
        viewer: viewer.id,
        ...(cost ? { cost: cost.requested } : {}),
        ...(formatted.length > 0 ? { errors: [...new Set(formatted.map((error) => error.extensions?.["code"]))] } : {}),
      },
      "operation",
    );
  };

/** The root cause of an error. Messages of the query builder list parameters, so the database's own is taken. */
export function reasonOf(error: unknown): { reason: string; code?: unknown; stack: string | undefined } {
  let root = unwrapResolverError(error);
  for (let depth = 0; depth < 5 && root instanceof Error && root.cause instanceof Error; depth++) root = root.cause;
  if (!(root instanceof Error)) return { reason: String(root), stack: undefined };
  const { code } = root as { code?: unknown };
  return { reason: root.message, ...(code === undefined ? {} : { code }), stack: root.stack };
}
