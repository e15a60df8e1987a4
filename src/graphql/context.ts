import type { AttemptCounters } from "../auth/attempts.js";
import type { Authenticator } from "../auth/authenticate.js";
import type { Passwords } from "../auth/passwords.js";
import type { Viewer } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import type { Jobs } from "../jobs/queue.js";
import { createLoaders, type Loaders } from "../loaders/index.js";
import type { Uploads } from "../storage/links.js";
import type { Storage } from "../storage/open.js";
import type { Tokens } from "../auth/tokens.js";
import type { Unauthenticated } from "./errors.js";
import type { Limiter } from "./rate-limit.js";
import type { Topics } from "./topics.js";

/** What the whole process shares; made once at start. */
export interface Services {
  db: Database;
  /** For reads outside transactions, which may share connections. */
  reads: Database;
  tokens: Tokens;
  passwords: Passwords;
  attempts: AttemptCounters;
  authenticator: Authenticator;
  jobs: Jobs;
  topics: Topics;
  limiter: Limiter;
  storage: Storage;
  uploads: Uploads;
}

/** What one operation works with. Resolvers take from it what a service needs. */
export interface Context extends Services {
  viewer: Viewer;
  loaders: Loaders;
  requestId: string;
  /** Why the credential that came with the request was not taken; what begins a session runs all the same. */
  refusal?: Unauthenticated | null;
}

/** The context of one operation; subscriptions make a new one for each event. */
export const createContext = (services: Services, viewer: Viewer, requestId: string): Context => ({
  ...services,
  viewer,
  requestId,
  loaders: createLoaders(services.reads, viewer),
});

/** From here on the operation acts as `viewer`, as after signing in; loaders begin anew with what they may see. */
export function actAs(context: Context, viewer: Viewer): void {
  context.viewer = viewer;
  context.loaders = createLoaders(context.reads, viewer);
}
