import type { Readable } from "node:stream";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/client.js";
import { sourceFiles } from "../../db/tables/index.js";
import { uploadKey, type Storage } from "../../storage/open.js";
import { receiveContent, type Expected, type TransferTiming } from "../../storage/transfer.js";
import { leftToTheSweep } from "./complete.js";
import { whileStaged, type SourceFileRow } from "./rows.js";

/** For `uploadComplete` to be called after the content has arrived, in minutes. */
const completeWithin = 60;

/** What the content of a file must be, or why it is not awaited. */
export type Awaited = Expected | "stored" | "gone";

/**
 * Begins to receive content: the file does not expire while this may take, `longestMs`.
 * @returns what is expected, `stored` when the file is complete already, or `gone` when it is not awaited any more.
 */
export async function beginReceiving(db: Database, id: string, longestMs: number): Promise<Awaited> {
  const until = sql`greatest(${sourceFiles.expiresAt}, now() + ${longestMs}::int * interval '1 millisecond' + interval '5 minutes')`;
  const [file] = await db.update(sourceFiles).set({ expiresAt: until }).where(whileStaged(id)).returning();
  if (file) return { size: file.fileSizeBytes ?? 0, sha256: file.checksum ?? "" };
  return (await isStored(db, id)) ? "stored" : "gone";
}

/**
 * Receives the content of a file that `beginReceiving` said is awaited.
 * @returns `received`, or why it is not wanted any more: the file was completed, deleted or expired meanwhile.
 * @throws {TransferFailure}
 */
export async function receive(
  { db, storage }: { db: Database; storage: Storage },
  id: string,
  body: Readable,
  expected: Expected,
  timing: TransferTiming,
): Promise<"received" | "stored" | "gone"> {
  await receiveContent(storage, id, body, expected, timing);
  const until = sql`now() + ${completeWithin}::int * interval '1 minute'`;
  const [file] = await db.update(sourceFiles).set({ expiresAt: until }).where(whileStaged(id)).returning({ id: sourceFiles.id });
  if (file) return "received";
  // The same content by its checksum, so it does not matter that it was written over the stored one.
  if (await isStored(db, id)) return "stored";
  await storage.deleteFile(uploadKey(id)).catch(leftToTheSweep);
  return "gone";
}

async function isStored(db: Database, id: string): Promise<boolean> {
  return (await storedFile(db, id)) !== undefined;
}

/** The file whose content may be fetched; undefined when it is not stored. */
export async function storedFile(db: Database, id: string): Promise<SourceFileRow | undefined> {
  const [file] = await db.select().from(sourceFiles).where(and(eq(sourceFiles.id, id), eq(sourceFiles.status, "stored")));
  return file;
}
