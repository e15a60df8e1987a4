import path from "node:path";
import { z } from "zod";

const optional = z.string().optional();
const address = (protocols: RegExp, example: string) => z.string().regex(protocols, `must begin like ${example}`).optional();
const flag = z.enum(["true", "false"]).transform((value) => value === "true");

/** The most that one operation may cost, see `graphql/limits/cost.ts`. */
const operationCost = 10_000;

const environment = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, "postgres://user@host/database"),
  DATA_DIR: z.string().min(1).default(".data"),
  REDIS_URL: address(/^rediss?:\/\//, "redis://host:6379"),
  JWT_SECRET: z.string().min(32, "needs at least 32 characters").optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  OIDC_ISSUER: optional,
  OIDC_AUDIENCE: optional,
  INTROSPECTION: flag.optional(),
  EXPLORER: flag.optional(),
  DASHBOARD: flag.default(true),
  METRICS: flag.optional(),
  EXECUTION: z.enum(["compiled", "interpreted"]).default("compiled"),
  TRUST_PROXY: z.union([flag.transform(Number), z.coerce.number().int().min(0).max(10)]).default(0),
  DRAIN_MS: z.coerce.number().int().min(0).max(5_000).optional(),
  COST_BUDGET_USER: z.coerce.number().int().min(1).default(50_000),
  COST_BUDGET_ANONYMOUS: z.coerce.number().int().min(1).default(10_000),
  MAX_SOCKETS: z.coerce.number().int().min(1).default(20_000),
  MAX_SOCKETS_PER_ADDRESS: z.coerce.number().int().min(1).default(500),
  MAX_SOCKETS_PER_USER: z.coerce.number().int().min(1).default(20),
  CORS_ORIGINS: optional,
  PUBLIC_URL: address(/^https?:\/\//, "https://disha.example.org"),
  UPLOAD_MAX_BYTES: z.coerce.number().int().min(1).default(50 * 1024 * 1024),
  S3_BUCKET: optional,
  S3_REGION: z.string().default("us-east-1"),
  S3_ENDPOINT: address(/^https?:\/\//, "https://s3.example.org"),
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  S3_PREFIX: z.string().default(""),
  AI_BASE_URL: address(/^https?:\/\//, "https://models.example.org/v1"),
  AI_API_KEY: optional,
  AI_MODEL: optional,
});

export type Config = Readonly<{
  production: boolean;
  host: string;
  port: number;
  /** PostgreSQL connection string; without it the embedded database in `dataDir` is used. */
  databaseUrl: string | undefined;
  dataDir: string;
  redisUrl: string | undefined;
  jwtSecret: string | undefined;
  logLevel: string;
  /** Outside sign-in provider whose tokens are accepted, when both are set. */
  oidc: { issuer: string; audience: string } | undefined;
  /** Introspection and suggestions in error messages: on outside production unless configured. */
  introspection: boolean;
  /** The pages at /graphql and /graphiql: on outside production unless configured. */
  explorer: boolean;
  /** The page for teachers and learners at /dashboard. */
  dashboard: boolean;
  /** Prometheus metrics at /metrics: on outside production unless configured. */
  metrics: boolean;
  /** How operations run: by a plan kept with each document, or field by field by graphql-js; the answers are the same. */
  execution: "compiled" | "interpreted";
  /** Proxies in front, each of which adds an address to X-Forwarded-For; what stands before them may be invented. */
  trustProxy: number;
  /** Milliseconds between readiness turning 503 and the end of accepting: time for load balancers to look. */
  drainMs: number;
  /** Query cost that may be spent in a minute. */
  costBudget: { operation: number; user: number; anonymous: number };
  /** Open WebSockets: of this process, of one address, of one user. */
  maxSockets: { process: number; address: number; user: number };
  /** Browser origins that may call the API besides the explorer's. */
  corsOrigins: readonly string[];
  /** Where clients reach the service, for links that it gives out; the address that it listens on when absent. */
  publicUrl: string | undefined;
  /** Uploaded documents: in a bucket when there is one, else in a folder of `dataDir`. */
  files: FilesConfig;
  /** The language model that writes courses, when configured; else the embedded writer does. */
  model: ModelConfig | undefined;
}>;

export type FilesConfig = Readonly<{
  /** Largest document that is taken, in bytes. */
  maxBytes: number;
  /** Folder of the local storage. */
  folder: string;
  /** An S3 bucket; keys absent means those of the surroundings, as the AWS SDK finds them. */
  s3: { bucket: string; region: string; endpoint: string | undefined; keys: { id: string; secret: string } | undefined; prefix: string } | undefined;
}>;

/** A server that speaks the OpenAI protocol. */
export type ModelConfig = Readonly<{ baseUrl: string; apiKey: string | undefined; model: string }>;

/**
 * Reads the configuration from environment variables; the only place that does.
 * @throws {Error} naming every variable whose value is not usable.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // Empty strings mean "not set", as shells and compose files write them.
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not usable:\n${lines.join("\n")}`);
  }
  const value = parsed.data;
  const production = value.NODE_ENV === "production";
  if (production && !value.JWT_SECRET) {
    throw new Error("JWT_SECRET is required in production: at least 32 random characters.");
  }
  if (Boolean(value.OIDC_ISSUER) !== Boolean(value.OIDC_AUDIENCE)) {
    throw new Error("OIDC_ISSUER and OIDC_AUDIENCE go together: set both or neither.");
  }
  if (Boolean(value.AI_BASE_URL) !== Boolean(value.AI_MODEL)) {
    throw new Error("AI_BASE_URL and AI_MODEL go together: set both or neither.");
  }
  if (Boolean(value.S3_ACCESS_KEY_ID) !== Boolean(value.S3_SECRET_ACCESS_KEY)) {
    throw new Error("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: set both or neither.");
  }
  return {
    production,
    host: value.HOST,
    port: value.PORT,
    databaseUrl: value.DATABASE_URL,
    dataDir: value.DATA_DIR,
    redisUrl: value.REDIS_URL,
    jwtSecret: value.JWT_SECRET,
    logLevel: value.LOG_LEVEL,
    oidc:
      value.OIDC_ISSUER && value.OIDC_AUDIENCE
        ? { issuer: value.OIDC_ISSUER, audience: value.OIDC_AUDIENCE }
        : undefined,
    introspection: value.INTROSPECTION ?? !production,
    explorer: value.EXPLORER ?? !production,
    dashboard: value.DASHBOARD,
    metrics: value.METRICS ?? !production,
    execution: value.EXECUTION,
    trustProxy: value.TRUST_PROXY,
    drainMs: value.DRAIN_MS ?? (production ? 1_000 : 0),
    costBudget: { operation: operationCost, user: value.COST_BUDGET_USER, anonymous: value.COST_BUDGET_ANONYMOUS },
    maxSockets: { process: value.MAX_SOCKETS, address: value.MAX_SOCKETS_PER_ADDRESS, user: value.MAX_SOCKETS_PER_USER },
    corsOrigins: value.CORS_ORIGINS?.split(",").map((origin) => origin.trim()) ?? [],
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ""),
    files: {
      maxBytes: value.UPLOAD_MAX_BYTES,
      folder: path.join(value.DATA_DIR, "files"),
      s3: value.S3_BUCKET
        ? {
            bucket: value.S3_BUCKET,
            region: value.S3_REGION,
            endpoint: value.S3_ENDPOINT,
            keys:
              value.S3_ACCESS_KEY_ID && value.S3_SECRET_ACCESS_KEY
                ? { id: value.S3_ACCESS_KEY_ID, secret: value.S3_SECRET_ACCESS_KEY }
                : undefined,
            prefix: value.S3_PREFIX,
          }
        : undefined,
    },
    model:
      value.AI_BASE_URL && value.AI_MODEL
        ? { baseUrl: value.AI_BASE_URL, apiKey: value.AI_API_KEY, model: value.AI_MODEL }
        : undefined,
  };
}
