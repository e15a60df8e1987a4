import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { startApp } from "../app.js";
import { readConfig, type Config } from "../config.js";
import { migrateUp } from "../db/migrate.js";
import { openEngine } from "../db/open.js";
import { ensurePartitions } from "../db/partitions.js";
import { users } from "../db/tables/index.js";
import { seedCatalogue } from "../seed/catalogue.js";
import { createApi } from "./api.js";

export interface CheckServer {
  url: string;
  /** The account of a teacher. */
  login: string;
  password: string;
  /** Stops the server and removes everything that it wrote. */
  close(): Promise<void>;
}

/** What the check asks for is beyond a person's budget. */
const costBudget = { operation: 10_000, user: 1e9, anonymous: 1e9 };

/**
 * Starts the server as it is configured, but on data of its own: an empty folder, and where DATABASE_URL is set
 * an empty database on that server, whose user must be allowed to create one. Both are removed at the end.
 */
export async function startCheckServer(): Promise<CheckServer> {
  const given = readConfig();
  const folder = await mkdtemp(path.join(tmpdir(), "disha-check-"));
  const database = given.databaseUrl === undefined ? undefined : await ownDatabase(given.databaseUrl);
  const endings: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true }), async () => database?.drop()];
  const close = async (): Promise<void> => {
    for (let end = endings.pop(); end; end = endings.pop()) await end();
  };
  try {
    const config: Config = {
      ...given,
      host: "127.0.0.1",
      port: 0,
      publicUrl: undefined,
      redisUrl: undefined,
      logLevel: "error",
      dataDir: folder,
      files: { ...given.files, folder: path.join(folder, "files"), s3: undefined },
      databaseUrl: database?.url,
      costBudget,
    };
    const engine = await openEngine(config);
    endings.push(() => engine.close());
    await migrateUp(engine.db);
    await ensurePartitions(engine.db, { monthsAhead: 1 });
    await seedCatalogue(engine.db);
    const app = await startApp(config, engine, randomBytes(48).toString("base64url"));
    endings.push(() => app.close());
    const [login, password] = [`${randomUUID()}@disha.example`, randomUUID()];
    await createApi(app.url).query(`mutation ($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`, {
      input: { email: login, password, fullName: "Teacher of the check" },
    });
    await engine.db.update(users).set({ role: "teacher" }).where(eq(users.email, login));
    return { url: app.url, login, password, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ownDatabase(url: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `disha_check_${randomUUID().replaceAll("-", "")}`;
  const asAdmin = async (statement: string): Promise<void> => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  };
  await asAdmin(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}
