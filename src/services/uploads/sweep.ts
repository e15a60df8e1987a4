import { and, inArray, or, sql } from "drizzle-orm";
import { anyOf, rowsOf, type Database } from "../../db/client.js";
import { jobQueue, sourceFiles } from "../../db/tables/index.js";
import { jobFolder, jobsFolder, uploadKey, uploadsFolder, type Storage } from "../../storage/open.js";
import { codesOf } from "../../storage/transfer.js";
import { leftToTheSweep } from "./complete.js";

/** Rows of one statement, and objects that are looked up at a time. */
const batchSize = 200;
/** Objects that are removed at a time: each is a request to a bucket. */
const abreast = 10;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was removed. */
export interface Swept {
  /** Staged files whose time was over. */
  stagedFiles: number;
  /** Objects that no staged or stored file stands for. */
  strayObjects: number;
  /** Folders of jobs that have ended. */
  jobFolders: number;
}

/**
 * Removes what uploads and jobs left behind. Safe to repeat and for several instances at once: each row goes with one
 * of them, and to remove an object that is gone does nothing.
 *
 * Rows go before their objects. An object without a row is found by the next sweep, whatever happened in between; a
 * row that lost its object while somebody completes the file would be a stored file without content.
 */
export async function sweepStorage(db: Database, storage: Storage): Promise<Swept> {
  return {
    stagedFiles: await expireStaged(db, storage),
    strayObjects: await removeStrays(db, storage),
    jobFolders: await removeJobFolders(db, storage),
  };
}

async function expireStaged(db: Database, storage: Storage): Promise<number> {
  for (let total = 0; ; ) {
    const expired = await rowsOf<{ id: string }>(
      db,
      sql`delete from ${sourceFiles} where id in
            (select id from ${sourceFiles} where status = 'staged' and expires_at < now() order by id limit ${batchSize} for update skip locked)
          returning id`,
    );
    await each(expired, ({ id }) => storage.deleteFile(uploadKey(id)).catch(leftToTheSweep));
    total += expired.length;
    if (expired.length < batchSize) return total;
  }
}

/**
 * Objects of deleted, refused and expired files, and what interrupted uploads wrote beside them. They are a day old at
 * least, so that no upload is disturbed that is under way.
 */
async function removeStrays(db: Database, storage: Storage): Promise<number> {
  let removed = 0;
  for await (const keys of batchesOf(storage, uploadsFolder, "file")) {
    const ids = keys.map((key) => nameOf(key)).filter((name) => uuid.test(name));
    const kept = await db
      .select({ id: sourceFiles.id })
      .from(sourceFiles)
      .where(and(anyOf(sourceFiles.id, ids, "uuid"), inArray(sourceFiles.status, ["staged", "stored"])));
    const inUse = new Set(kept.map(({ id }) => uploadKey(id)));
    await each(keys.filter((key) => !inUse.has(key)), async (key) => {
      if (!(await isDayOld(storage, key))) return;
      await storage.deleteFile(key);
      removed++;
    });
  }
  return removed;
}

/** Interim results stay for an hour after a job has ended: whoever starts it again then goes on from them. */
async function removeJobFolders(db: Database, storage: Storage): Promise<number> {
  let removed = 0;
  for await (const folders of batchesOf(storage, jobsFolder, "directory")) {
    const ids = folders.map((folder) => nameOf(folder)).filter((name) => uuid.test(name));
    const kept = await db
      .select({ id: jobQueue.id })
      .from(jobQueue)
      .where(
        and(
          anyOf(jobQueue.id, ids, "uuid"),
          or(inArray(jobQueue.status, ["pending", "processing"]), sql`${jobQueue.completedAt} > now() - interval '1 hour'`),
        ),
      );
    const inUse = new Set(kept.map(({ id }) => id));
    await each(ids.filter((id) => !inUse.has(id)), async (id) => {
      await storage.deleteDirectory(jobFolder(id));
      removed++;
    });
  }
  return removed;
}

const nameOf = (key: string): string => key.split("/").at(-1) ?? "";

/** What lies directly in a folder, a batch at a time; nothing when there is no such folder yet. */
async function* batchesOf(storage: Storage, folder: string, type: "file" | "directory"): AsyncGenerator<string[]> {
  let batch: string[] = [];
  try {
    for await (const entry of storage.list(folder)) {
      if (entry.type !== type) continue;
      batch.push(entry.path);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!codesOf(error).includes("ENOENT")) throw error;
  }
  if (batch.length > 0) yield batch;
}

/** An object that went away meanwhile is not there to be removed. */
async function isDayOld(storage: Storage, key: string): Promise<boolean> {
  const changedAt = await storage.lastModified(key).catch(() => Date.now());
  return Date.now() - changedAt > 24 * 3_600_000;
}

async function each<Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += abreast) {
    await Promise.all(items.slice(start, start + abreast).map(run));
  }
}
