import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startApp, type App, type Tuning } from "../../src/app.js";
import { readConfig, type Config } from "../../src/config.js";
import type { UserRole } from "../../src/auth/viewer.js";
import type { Database } from "../../src/db/client.js";
import { openTestEngine, type TestEngine } from "./database.js";
import { aUser } from "./builders.js";

export const testSecret = "a secret that only tests use, long enough";

/** A real server on a free port over a database of its own. */
export interface TestApp extends App {
  engine: TestEngine;
  db: Database;
  /** Sends one operation over HTTP; `as` is the access token. */
  query<Data = Record<string, never>>(document: string, variables?: object, as?: Session): Promise<Answer<Data>>;
  /** A new account of the role, with an access token. */
  signedIn(role?: UserRole): Promise<Session>;
}

export interface Session {
  userId: string;
  token: string;
}

export interface Answer<Data> {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } & Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
  status: number;
}

/** For counting the statements of operations larger than anybody may send. */
export const anyCost = { costBudget: { operation: 1e9, user: 1e9, anonymous: 1e9 } };

export async function startTestApp(overrides: Partial<Config> = {}, tuning: Tuning = {}): Promise<TestApp> {
  const engine = await openTestEngine();
  const env = { NODE_ENV: "test", PORT: "0", LOG_LEVEL: "silent", COST_BUDGET_USER: "1000000000", COST_BUDGET_ANONYMOUS: "1000000000" };
  // The suite passes on both: `EXECUTION=interpreted npx vitest run`.
  const folder = await mkdtemp(path.join(tmpdir(), "disha-data-"));
  const config: Config = { ...readConfig({ ...env, DATA_DIR: folder, EXECUTION: process.env["EXECUTION"] }), ...overrides };
  // Counts of statements are those of the operations, however long a test takes: nobody is asked about again in between.
  const app = await startApp(config, engine, testSecret, { passwordCost: 4, believedFor: 3_600_000, ...tuning });
  return {
    ...app,
    engine,
    db: engine.db,
    query: async (document, variables, as) => {
      const response = await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(as ? { authorization: `Bearer ${as.token}` } : {}) },
        body: JSON.stringify({ query: document, variables }),
      });
      return { ...((await response.json()) as Answer<never>), status: response.status };
    },
    signedIn: async (role = "student") => {
      const { user, sessionId } = await aUser(engine.db, { role });
      const { token } = await app.services.tokens.issue({ userId: user.id, sessionId });
      // So that counts of statements are those of the operation, without the first look at the account.
      await app.services.authenticator.authenticate(`Bearer ${token}`, { ip: null, userAgent: null });
      return { userId: user.id, token };
    },
    close: async () => {
      await app.close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
