import "reflect-metadata";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createTokens } from "./auth/tokens.js";
import type { Config } from "./config.js";
import type { Engine } from "./db/client.js";
import type { Services } from "./graphql/context.js";
import { createSchema } from "./graphql/schema.js";
import { createServer } from "./graphql/server.js";
import { jobHandlers } from "./jobs/handlers.js";
import { startJobs } from "./jobs/queue.js";
import { resolvers } from "./resolvers/index.js";

export interface App {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  url: string;
  services: Services;
  close(): Promise<void>;
}

/** Puts the parts together on an open, migrated database and listens. */
export async function startApp(config: Config, engine: Engine, jwtSecret: string): Promise<App> {
  const services: Services = {
    db: engine.db,
    tokens: createTokens(jwtSecret),
    jobs: await startJobs({ engine, handlers: jobHandlers, log: pino({ level: config.logLevel }) }),
    topics: { close: async () => {} },
    limiter: { spend: async (_key, cost, points) => ({ allowed: true, remaining: points - cost, resetAt: new Date() }) },
  };
  const server = await createServer(config, createSchema(resolvers), services);
  const close = async () => {
    await server.close();
    await services.jobs.stop();
    await services.topics.close();
  };
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://${config.host}:${port}`, services, close };
}
