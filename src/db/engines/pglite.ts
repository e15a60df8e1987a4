import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { fromPglite } from "pg-boss";
import type { Database, Engine } from "../client.js";
import * as tables from "../tables/index.js";

const extensions = { citext, pg_trgm };

/** The database folder is in use by another process; two of them would lose data silently. */
export class FolderInUse extends Error {}

/**
 * The embedded database in `folder`, or in memory (optionally from a snapshot) when it is null.
 * @throws {FolderInUse} when another living process holds the folder.
 */
export async function openPglite(folder: string | null, snapshot?: Blob): Promise<Engine & { client: PGlite }> {
  const release = folder === null ? async () => {} : await lock(folder);
  try {
    const client = await PGlite.create({
      ...(folder === null ? {} : { dataDir: path.join(folder, "pglite") }),
      ...(snapshot ? { loadDataDir: snapshot } : {}),
      extensions,
    });
    await client.exec("set timezone to 'UTC'");
    const db: Database = drizzle(client, { schema: tables });
    return {
      kind: "pglite",
      client,
      db,
      listen: (channel, onMessage) => client.listen(channel, onMessage),
      bossOptions: () => ({ db: fromPglite(client), backend: "pglite", useListenNotify: true }),
      close: async () => {
        await client.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function lock(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "disha.lock");
  for (;;) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => "0"));
    if (holder !== process.pid && isAlive(holder)) {
      throw new FolderInUse(
        `The database in ${folder} is in use by process ${holder}. ` +
          "Stop that server first, or set DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL server.",
      );
    }
    // A process that was killed leaves its file behind; the database itself survives that.
    await rm(file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
