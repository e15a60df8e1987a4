import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import cors from "@fastify/cors";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { authenticate } from "../auth/authenticate.js";
import type { Config } from "../config.js";
import { createContext, type Context, type Services } from "./context.js";
import { formatError } from "./format-error.js";

const explorerOrigin = "https://studio.apollographql.com";

/** The HTTP server with everything mounted, not yet listening. */
export async function createServer(config: Config, schema: GraphQLSchema, services: Services): Promise<FastifyInstance> {
  const server = Fastify({ logger: { level: config.logLevel }, bodyLimit: 1_000_000 });
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: config.introspection,
    formatError: formatError(config),
    plugins: [fastifyApolloDrainPlugin(server), ApolloServerPluginCacheControlDisabled()],
  });
  await apollo.start();
  await server.register(cors, { origin: config.production ? [...config.corsOrigins] : [explorerOrigin, ...config.corsOrigins] });
  await server.register(websocket);
  server.route({
    method: ["GET", "POST", "OPTIONS"],
    url: "/graphql",
    handler: fastifyApolloHandler(apollo, {
      context: async (request) =>
        createContext(
          services,
          await authenticate(services.tokens, request.headers.authorization, {
            ip: request.ip,
            userAgent: request.headers["user-agent"] ?? null,
          }),
          request.id,
        ),
    }),
  });
  return server;
}
