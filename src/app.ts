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
import { createServer, type HttpServer, type ServerTuning } from "./graphql/server.js";
import { createTopics } from "./graphql/topics.js";
import { embeddedWriterInChild } from "./documents/embedded-in-child.js";
import { extractDocument } from "./documents/extraction/extract.js";
import { languageModelWriter } from "./documents/model/writer.js";
import type { GenerationParts } from "./jobs/course-generation/handler.js";
import { atOnce, createHandlers } from "./jobs/handlers.js";
import { startJobs, type JobTiming } from "./jobs/queue.js";
import { resolvers } from "./resolvers/index.js";
import { demoAccountsIn } from "./seed/demo.js";
import { outsideAccount } from "./services/identity/outside-accounts.js";
import { roleOf } from "./services/identity/sessions.js";
import { createFileLinks } from "./storage/links.js";
import { openStorage } from "./storage/open.js";
import { removeLeftFolders } from "./storage/temporary.js";

export interface App {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  url: string;
  services: Services;
  close(): Promise<void>;
}

/** What tests set lower than a running service may. */
export interface Tuning extends ServerTuning {
  /** bcrypt rounds as a power of two. */
  passwordCost?: number;
  /** Milliseconds for which an account's role and status are believed without asking the database. */
  believedFor?: number;
  /** Other parts for making courses, so that a test can hold a stage. */
  generation?: Partial<GenerationParts>;
  jobs?: Partial<JobTiming>;
  /** Milliseconds for which the answer of a bucket is awaited. */
  bucketAnswerMs?: number;
}

/** Puts the parts together on an open, migrated database and listens. */
export async function startApp(config: Config, engine: Engine, jwtSecret: string, tuning: Tuning = {}): Promise<App> {
  const { db, reads } = engine;
  const log = pino({ level: config.logLevel });
  const tokens = createTokens(jwtSecret);
  const authenticator = createAuthenticator({
    tokens,
    roleOf: (userId, sessionId) => roleOf(reads, userId, sessionId),
    outside: config.oidc && {
      oidc: createOidc(config.oidc),
      accountOf: (identity, origin) => outsideAccount(db, identity, origin),
    },
    believedFor: tuning.believedFor,
  });
  /** What runs, in the order of starting; it ends the other way round, sockets and requests first. */
  const running: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let end = running.pop(); end; end = running.pop()) await end();
  };
  try {
    const limiter = await createLimiter(config.redisUrl, log);
    running.push(() => limiter.close());
    const topics = await createTopics(engine, log);
    running.push(() => topics.close());
    const storage = openStorage(config.files, tuning.bucketAnswerMs);
    await removeLeftFolders().catch((error: unknown) => log.warn({ err: error }, "temporary folders could not be looked through"));
    const { model } = config;
    const createWriter = () => (model ? languageModelWriter(model) : embeddedWriterInChild());
    const handlers = createHandlers({ storage, extract: extractDocument, createWriter, ...tuning.generation });
    const jobs = await startJobs({ engine, handlers, log, storage, timing: tuning.jobs, atOnce });
    running.push(() => jobs.stop());
    const passwords = createPasswords({ cost: tuning.passwordCost });
    // Links are asked for by requests, when the server listens and its address is known.
    const links = createFileLinks(jwtSecret, () => config.publicUrl ?? server.url());
    const uploads = { links, maxBytes: config.files.maxBytes };
    const attempts = createAttemptCounters(limiter);
    const services: Services = { db, reads, tokens, passwords, attempts, authenticator, jobs, topics, limiter, storage, uploads };
    const demoAccounts = async () => (engine.kind === "pglite" && !config.production ? demoAccountsIn(db) : []);
    const server: HttpServer = await createServer(config, createSchema(resolvers), services, demoAccounts, tuning);
    running.push(() => server.stop());
    return { url: await server.listen(), services, close };
  } catch (error) {
    await close();
    throw error;
  }
}
