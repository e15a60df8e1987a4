import { fileURLToPath } from "node:url";
import { jwtSecret } from "../settings.js";

/** How a server is asked: by the name of a query, in the product's own schema, or in PostGraphile's. */
export type Dialect = "plain" | "graph" | "postgraphile";

export interface ServerSpec {
  name: string;
  dialect: Dialect;
  /** Is it asked to write too? */
  writes: boolean;
  /** Runs on the embedded database, in a folder of its own. */
  embedded?: boolean;
  /** Module that the process starts with; the product's own start when absent. */
  entry?: string;
  /** Variables beside PORT, DATABASE_URL and NODE_ENV. */
  env: Record<string, string>;
}

const inBench = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Nothing is counted down while measuring; what it costs to count is paid all the same. */
const productEnv = {
  JWT_SECRET: jwtSecret,
  LOG_LEVEL: "warn",
  DRAIN_MS: "0",
  COST_BUDGET_USER: "1000000000000",
  COST_BUDGET_ANONYMOUS: "1000000000000",
  MAX_SOCKETS: "100000",
  MAX_SOCKETS_PER_ADDRESS: "100000",
};

export const servers: readonly ServerSpec[] = [
  { name: "limit", dialect: "plain", writes: true, entry: inBench("limit/main.ts"), env: {} },
  { name: "limit4", dialect: "plain", writes: false, entry: inBench("limit/main.ts"), env: { POOL_SIZE: "4" } },
  { name: "rows", dialect: "plain", writes: false, entry: inBench("rows/main.ts"), env: {} },
  { name: "postgraphile", dialect: "postgraphile", writes: false, entry: inBench("postgraphile.ts"), env: { GRAPHILE_ENV: "production" } },
  { name: "mercurius", dialect: "graph", writes: false, entry: inBench("mercurius.ts"), env: {} },
  { name: "ours", dialect: "graph", writes: true, env: productEnv },
  { name: "embedded", dialect: "graph", writes: true, embedded: true, env: productEnv },
];
