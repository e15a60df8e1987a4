import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { jobQueue, sourceFiles } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { isOpen } from "../../jobs/record.js";
import { uploadKey, type Storage } from "../../storage/open.js";
import { audit } from "../audit.js";
import { check } from "../input.js";
import { leftToTheSweep } from "./complete.js";
import { ownFile } from "./rows.js";

const fileRules = z.object({ id: nodeId("SourceFile") });

/**
 * Deletes a file of the viewer's that no course was made of, and its content; answers with its key.
 * @throws {Rejection} NOT_FOUND, also for files of others; CONFLICT when a course uses it or a job works on it.
 */
export async function deleteSourceFile(viewer: SignedIn, db: Database, input: { id: string }, storage: Storage): Promise<string> {
  const { id } = check(fileRules, input);
  await inTransaction(db, viewer, async (work) => {
    const [file] = await work.tx.select().from(sourceFiles).where(ownFile(viewer, id)).for("update");
    if (!file) throw missing("id", "file");
    if (file.courseId !== null) throw reject("CONFLICT", "id", "A course was made from this file.");
    const [job] = file.jobId === null ? [] : await work.tx.select().from(jobQueue).where(eq(jobQueue.id, file.jobId));
    if (job && isOpen(job)) throw reject("CONFLICT", "id", "A course is being made from this file.");
    await work.tx.update(sourceFiles).set({ status: "deleted", expiresAt: null }).where(eq(sourceFiles.id, id));
    await audit(work, { action: "catalog.source_file_deleted", entityType: "source_file", entityId: id, oldValues: { filename: file.filename, status: file.status } });
  });
  // Only now: content that is gone while its row says otherwise would be lost, the reverse is swept.
  await storage.deleteFile(uploadKey(id)).catch(leftToTheSweep);
  return id;
}
