import "reflect-metadata";
import { pino } from "pino";
import { createAttemptCounters } from "./auth/attempts.js";
import { createAuthenticator } from "./auth/authenticate.js";
import { createOidc } from "./auth/oidc.js";
import { createPasswords } from "./auth/passwords.js";
import { createTokens } from "./auth/tokens.js";
import type { Config } from "./config.js";
import type { Engine } from "./db/client.js";
import type { Services } from "./graphql/context.js";
import { createLimiter } from "./graphql/rate-limit.js";
import { createSchema } from "./graphql/schema.js";
import { createServer } from "./graphql/server.js";
import { createTopics } from "./graphql/topics.js";
import { jobHandlers } from "./jobs/handlers.js";
import { startJobs } from "./jobs/queue.js";
import { resolvers } from "./resolvers/index.js";
import { outsideAccount } from "./services/identity/outside-accounts.js";
import { roleOf } from "./services/identity/sessions.js";

export interface App {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  url: string;
  services: Services;
  close(): Promise<void>;
}

/** What tests set lower than a running service may. */
export interface Tuning {
  /** bcrypt rounds as a power of two. */
  passwordCost?: number;
  /** Milliseconds for which an account's role and status are believed without asking the database. */
  believedFor?: number;
}

/** Puts the parts together on an open, migrated database and listens. */
export async function startApp(config: Config, engine: Engine, jwtSecret: string, tuning: Tuning = {}): Promise<App> {
  const { db } = engine;
  const log = pino({ level: config.logLevel });
  const tokens = createTokens(jwtSecret);
  const limiter = createLimiter(config.redisUrl);
  const services: Services = {
    db,
    tokens,
    passwords: createPasswords({ cost: tuning.passwordCost }),
    attempts: createAttemptCounters(limiter),
    authenticator: createAuthenticator({
      tokens,
      roleOf: (userId, sessionId) => roleOf(db, userId, sessionId),
      outside: config.oidc && {
        oidc: createOidc(config.oidc),
        accountOf: (identity, origin) => outsideAccount(db, identity, origin),
      },
      believedFor: tuning.believedFor,
    }),
    jobs: await startJobs({ engine, handlers: jobHandlers, log }),
    topics: await createTopics(engine, log),
    limiter,
  };
  const server = await createServer(config, createSchema(resolvers), services);
  const close = async () => {
    await server.stop();
    await services.jobs.stop();
    await services.topics.close();
    await services.limiter.close();
  };
  try {
    return { url: await server.listen(), services, close };
  } catch (error) {
    await close();
    throw error;
  }
}
