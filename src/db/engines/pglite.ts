import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { fromPglite } from "pg-boss";
import type { Database, Engine } from "../client.js";
import { lockFolder } from "./folder-lock.js";

const extensions = { citext, pg_trgm };

/**
 * The embedded database in `folder`, or in memory (optionally from a snapshot) when it is null.
 * @throws {FolderInUse} when another living process holds the folder.
 */
export async function openPglite(folder: string | null, snapshot?: Blob): Promise<Engine & { client: PGlite }> {
  const release = folder === null ? async () => {} : await lockFolder(folder);
  try {
    const client = await PGlite.create({
      ...(folder === null ? {} : { dataDir: path.join(folder, "pglite") }),
      ...(snapshot ? { loadDataDir: snapshot } : {}),
      extensions,
    });
    await client.exec("set timezone to 'UTC'");
    const db: Database = drizzle(client);
    return {
      kind: "pglite",
      client,
      db,
      reads: db,
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
