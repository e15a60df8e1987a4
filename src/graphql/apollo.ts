import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageLocalDefault } from "@apollo/server/plugin/landingPage/default";
import type { FastifyBaseLogger } from "fastify";
import type { GraphQLError, GraphQLSchema } from "graphql";
import type { Config } from "../config.js";
import type { Admission } from "./admission.js";
import type { Context } from "./context.js";
import type { Documents } from "./documents.js";
import type { Executor } from "./execution/executor.js";
import { gatewayOf } from "./execution/gateway.js";
import { formatError } from "./format-error.js";
import { statusFor } from "./http-errors.js";
import type { Cost } from "./limits/gate.js";
import { UnconditionalRootsRule } from "./limits/conditional-roots.js";
import { limits } from "./limits/shape.js";
import type { Observer } from "./observer.js";

interface Parts {
  config: Config;
  schema: GraphQLSchema;
  execute: Executor;
  admit: Admission;
  documents: Pick<Documents, "documentStore" | "persistedQueries">;
  observe: Observer;
  logger: FastifyBaseLogger;
}

/** Apollo Server with our limits, error format, costs and logging; not yet started. */
export const createApollo = ({ config, schema, execute, admit, documents, observe, logger }: Parts): ApolloServer<Context> =>
  new ApolloServer<Context>({
    gateway: gatewayOf(schema, execute),
    logger,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    includeStacktraceInErrorResponses: false,
    validationRules: [UnconditionalRootsRule],
    parseOptions: { maxTokens: limits.tokens },
    documentStore: documents.documentStore,
    persistedQueries: { cache: documents.persistedQueries },
    formatError: formatError(config),
    // The server above decides when to stop, after the last request has left.
    stopOnTerminationSignals: false,
    plugins: [
      answeredOperations(admit, observe),
      ApolloServerPluginCacheControlDisabled(),
      config.explorer ? ApolloServerPluginLandingPageLocalDefault({ footer: false }) : ApolloServerPluginLandingPageDisabled(),
    ],
  });

/** Charges each operation before it runs, tells its cost, and reports it when it was answered. */
const answeredOperations = (admit: Admission, observe: Observer): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    const startedAt = performance.now();
    let cost: Cost | undefined;
    let errors: readonly GraphQLError[] = [];
    return {
      async didResolveOperation({ document, operation, request, contextValue }) {
        const { operationName, variables = {} } = request;
        cost = await admit({ document, operation, operationName, variables, context: contextValue });
      },
      async didEncounterErrors(request) {
        errors = request.errors;
      },
      async willSendResponse(request) {
        const { body } = request.response;
        if (body.kind !== "single") return;
        const result = body.singleResult;
        if (cost && result.data !== undefined) result.extensions = { ...result.extensions, cost };
        request.response.http.status = statusFor(request.response.http.status, result.errors, request.request.http?.headers.get("accept") ?? "");
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
