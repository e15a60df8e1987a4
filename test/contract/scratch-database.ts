import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Engine } from "../../src/db/client.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { openPostgres } from "../../src/db/engines/postgres.js";

const serverUrl = process.env["TEST_DATABASE_URL"];

/** The engine of this pass of the suite: PostgreSQL when TEST_DATABASE_URL names a server. */
export const engineKinds: readonly Engine["kind"][] = [serverUrl ? "postgres" : "pglite"];

/** An empty database of its own, with one engine for each asked-for instance. */
export interface ScratchDatabase {
  engines: readonly [Engine, ...Engine[]];
  drop(): Promise<void>;
}

export async function scratchDatabase(kind: Engine["kind"], instances = 1): Promise<ScratchDatabase> {
  if (kind === "pglite") {
    const engine = await openPglite(null);
    return { engines: [engine, ...Array.from({ length: instances - 1 }, () => engine)], drop: () => engine.close() };
  }
  if (!serverUrl) throw new Error("TEST_DATABASE_URL is not set");
  const name = `disha_scratch_${randomUUID().replaceAll("-", "")}`;
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await server.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const connect = () => openPostgres(url.href);
  const engines = [await connect(), ...(await Promise.all(Array.from({ length: instances - 1 }, connect)))] as const;
  return {
    engines,
    drop: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
      await server.unsafe(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}
