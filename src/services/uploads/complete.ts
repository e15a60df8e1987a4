import path from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { sourceFiles } from "../../db/tables/index.js";
import type { FileType } from "../../documents/document.js";
import { missing, reject, Unavailable, type Rejection } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { uploadKey, type Storage } from "../../storage/open.js";
import { inTemporaryFolder } from "../../storage/temporary.js";
import { copyToFile } from "../../storage/transfer.js";
import { inTurn } from "../../storage/turns.js";
import { check } from "../input.js";
import { typeByContent } from "./content.js";
import { ownFile, whileStaged, type SourceFileRow } from "./rows.js";

/** Each has a copy of its whole document on this machine's disk for as long as it is looked at. */
const looking = inTurn(4);

const fileRules = z.object({ id: nodeId("SourceFile") });

/**
 * Says that the content of a staged file was sent. What lies in the storage is read once more, for its size, its
 * checksum and its kind; then the file is stored. A stored file is answered as it is, so it is safe to repeat.
 * @throws {Rejection} NOT_FOUND, also for files of others; CONFLICT when the content is not there or was refused
 *   before; INVALID or UNSUPPORTED when it is refused now: the file is rejected then and its content removed.
 */
export async function uploadComplete(viewer: SignedIn, db: Database, input: { id: string }, storage: Storage): Promise<SourceFileRow> {
  const { id } = check(fileRules, input);
  const file = await unlessRefused(viewer, db, id);
  return file.status === "stored" ? file : looking(() => completeStaged(viewer, db, id, storage));
}

async function completeStaged(viewer: SignedIn, db: Database, id: string, storage: Storage): Promise<SourceFileRow> {
  // Whoever had to wait may find it done.
  const file = await unlessRefused(viewer, db, id);
  if (file.status === "stored") return file;
  // No transaction is open while the content is read: that takes as long as the storage likes.
  const seen = await inspect(storage, file);
  if (seen.problem) {
    const rejected = await db.update(sourceFiles).set({ status: "rejected", expiresAt: null }).where(whileStaged(id)).returning();
    if (rejected.length > 0) await storage.deleteFile(uploadKey(id)).catch(leftToTheSweep);
    throw seen.problem;
  }
  const [stored] = await db
    .update(sourceFiles)
    .set({ status: "stored", fileType: seen.fileType, expiresAt: null, uploadedAt: sql`now()` })
    .where(whileStaged(id))
    .returning();
  if (stored) return stored;
  // Somebody came first: another call of this mutation, or whoever deleted the file.
  const now = await unlessRefused(viewer, db, id);
  if (now.status === "stored") return now;
  throw refusedBefore();
}

/** A file of the viewer's that is staged or stored. */
async function unlessRefused(viewer: SignedIn, db: Database, id: string): Promise<SourceFileRow> {
  const [file] = await db.select().from(sourceFiles).where(ownFile(viewer, id));
  if (!file) throw missing("id", "file");
  if (file.status !== "staged" && file.status !== "stored") throw refusedBefore();
  return file;
}

const refusedBefore = (): Rejection => reject("CONFLICT", "id", "The content of this file was refused; stage the file again.");

/** Content whose row does not stand for it any more is removed by the hourly sweep when it could not be at once. */
export const leftToTheSweep = (): void => {};

type Seen = { problem: Rejection } | { problem?: never; fileType: FileType };

/**
 * @throws {Rejection} CONFLICT when there is no content yet.
 * @throws {Unavailable} when the storage does not answer.
 */
async function inspect(storage: Storage, { id, filename, fileSizeBytes, checksum }: SourceFileRow): Promise<Seen> {
  const key = uploadKey(id);
  const there = await storage.fileExists(key).catch((error: unknown) => {
    throw storageAway(error);
  });
  if (!there) throw reject("CONFLICT", "id", "The content has not arrived; send it to the upload address first.");
  return inTemporaryFolder(async (folder) => {
    const copy = path.join(folder, "content");
    const { size, sha256 } = await copyToFile(storage, key, copy).catch((error: unknown) => {
      throw storageAway(error);
    });
    if (size !== fileSizeBytes || sha256 !== checksum) {
      return { problem: reject("INVALID", "id", "The content is not the one that was announced: size or checksum differ.") };
    }
    const fileType = await typeByContent(copy, filename);
    if (fileType) return { fileType };
    const ending = path.extname(filename).toLowerCase();
    const isText = ending === ".txt" || ending === ".md";
    return {
      problem: reject("UNSUPPORTED", "id", isText ? "The content is not text in UTF-8." : `The content is not that of a ${ending} file.`),
    };
  });
}

const storageAway = (error: unknown): Unavailable =>
  Object.assign(new Unavailable("The storage of documents does not answer at the moment; try again."), { cause: error });
