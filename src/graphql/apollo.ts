import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContextWillSendResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import type { FastifyBaseLogger } from "fastify";
import { Kind, type GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import type { Config } from "../config.js";
import type { Context } from "./context.js";
import type { Executor } from "./execution/executor.js";
import { gatewayOf } from "./execution/gateway.js";
import { formatError } from "./format-error.js";
import type { Cost, Gate } from "./limits/gate.js";
import { limits } from "./limits/shape.js";
import type { Observer } from "./observer.js";

/** Apollo Server with our limits, error format, costs and logging; not yet started. */
export const createApollo = (
  config: Config,
  schema: GraphQLSchema,
  execute: Executor,
  gate: Gate,
  observe: Observer,
  logger: FastifyBaseLogger,
): ApolloServer<Context> =>
  new ApolloServer<Context>({
    gateway: gatewayOf(schema, execute),
    logger,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: formatError(config),
    // The server above decides when to stop, after the last request has left.
    stopOnTerminationSignals: false,
    plugins: [
      answeredOperations(gate, observe),
      ApolloServerPluginCacheControlDisabled(),
      config.explorer ? ApolloServerPluginLandingPageLocalDefault({ footer: false }) : ApolloServerPluginLandingPageDisabled(),
    ],
  });

/** Charges each operation before it runs, tells its cost, and reports it when it was answered. */
const answeredOperations = (gate: Gate, observe: Observer): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    const startedAt = performance.now();
    let cost: Cost | undefined;
    let errors: readonly GraphQLError[] = [];
    return {
      async didResolveOperation({ document, operation, request, contextValue }) {
        const { operationName, variables = {} } = request;
        // Clients send the token that has just ended along when they ask for a new one.
        if (contextValue.refusal && !beginsSession(operation)) throw contextValue.refusal;
        cost = await gate({ document, operationName, variables, viewer: contextValue.viewer });
      },
      async didEncounterErrors(request) {
        errors = request.errors;
      },
      async willSendResponse(request) {
        const { body } = request.response;
        if (body.kind !== "single") return;
        const result = body.singleResult;
        if (cost && result.data !== undefined) result.extensions = { ...result.extensions, cost };
        answerOk(request);
        observe({
          requestId: request.contextValue.requestId,
          transport: "http",
          viewer: request.contextValue.viewer,
          name: request.operationName,
          type: request.operation?.operation ?? "unknown",
          startedAt,
          cost,
          errors,
          formatted: result.errors ?? [],
        });
      },
    };
  },
});

const sessionBeginnings = new Set(["refreshSession", "signIn", "signUp"]);

/** Does the operation do nothing but make new tokens? */
const beginsSession = (operation: OperationDefinitionNode | undefined): boolean =>
  operation?.operation === "mutation" &&
  operation.selectionSet.selections.every((part) => part.kind === Kind.FIELD && sessionBeginnings.has(part.name.value));

/**
 * Clients that do not know `application/graphql-response+json` expect 200 for whatever answers as
 * GraphQL, failures of parsing, validation and variables included (GraphQL over HTTP, 6.4.1).
 */
function answerOk({ request, response }: GraphQLRequestContextWillSendResponse<Context>): void {
  const accept = request.http?.headers.get("accept") ?? "";
  const errors = response.body.kind === "single" ? response.body.singleResult.errors : undefined;
  const isRequestError = errors?.every((error) => error.extensions?.["code"] !== "BAD_REQUEST") ?? false;
  if (response.http.status === 400 && isRequestError && !accept.includes("application/graphql-response+json")) response.http.status = 200;
}
