import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import type { Executor } from "./executor.js";

/** Apollo's way to bring an executor of one's own, made for gateways: ours runs in this process. */
export const gatewayOf = (schema: GraphQLSchema, execute: Executor): ApolloServerOptionsWithGateway<Context>["gateway"] => ({
  load: async () => ({
    // The name that was asked for: with that of the operation found, a name that there is not would run the only one.
    executor: async ({ document, request, context }) =>
      execute({ document, operationName: request.operationName, variables: request.variables ?? {}, context: context as Context }) as never,
  }),
  onSchemaLoadOrUpdate(tell) {
    tell({ apiSchema: schema, coreSupergraphSdl: "" });
    return () => {};
  },
  stop: async () => {},
});
