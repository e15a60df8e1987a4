import { randomUUID } from "node:crypto";
import path from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { lockUntilCommit, type Database } from "../../db/client.js";
import { sourceFiles } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { fileTypes } from "../../db/value-sets.js";
import { reject } from "../../graphql/errors.js";
import { uploadKey } from "../../storage/open.js";
import type { Uploads } from "../../storage/links.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import type { SourceFileRow } from "./rows.js";

/** For sending the content to begin, in milliseconds. */
const stagedMs = 15 * 60_000;

/** Files of one person whose content is awaited. */
const maxStaged = 100;

/**
 * Control characters, line ends, and the marks that turn the direction of writing and so can show another ending than
 * the name has. Joiners stay: scripts of India need them.
 */
const unfit = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const typeOf = (name: string) => fileTypes.find((type) => path.extname(name).toLowerCase() === `.${type}`);

const fileName = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, { abort: true })
  .max(255, { abort: true })
  .refine((name) => !/[/\\]/.test(name), { params: { code: "INVALID_FORMAT" }, error: "Give the name of the file alone, without folders.", abort: true })
  .refine((name) => !unfit.test(name), { params: { code: "INVALID_FORMAT" }, error: "The name holds characters that cannot be shown.", abort: true })
  .refine((name) => typeOf(name) !== undefined, { params: { code: "UNSUPPORTED" }, error: "Only .pdf, .docx, .txt and .md files are taken." });

const rulesFor = (maxBytes: number) =>
  z.object({
    name: fileName,
    size: z
      .int()
      .min(1, "The file is empty.")
      .refine((size) => size <= maxBytes, { params: { code: "TOO_LARGE" }, error: `A file may have at most ${maxBytes.toLocaleString("en")} bytes.` }),
    sha256: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/, "The SHA-256 checksum has 64 hexadecimal digits."),
  });

type Input = z.input<ReturnType<typeof rulesFor>>;

/** A file that was announced, and where its content goes: null when the same content is stored already. */
export interface Staged {
  sourceFile: SourceFileRow;
  uploadUrl: string | null;
  /** When `uploadUrl` ends, in ISO 8601. */
  expiresAt: string | null;
  duplicate: boolean;
}

/**
 * Announces a document and answers with the address that takes its content for 15 minutes. The owner's own file with
 * the same content and ending is answered instead while no course was made of it: a second course needs a second file.
 * The mutation's policy lets only teachers and admins call it.
 * @throws {Rejection} UNSUPPORTED for another ending, TOO_LARGE, LIMIT_REACHED when 100 files are awaited already.
 */
export async function uploadStage(viewer: SignedIn, db: Database, input: Input & Keyed, { links, maxBytes }: Uploads): Promise<Staged> {
  const { name, size, sha256 } = check(rulesFor(maxBytes), input);
  // The link is made of the row and never stored with the idempotency key: it lets whoever has it send content.
  const { sourceFile, duplicate } = await once(db, viewer, "uploadStage", input, async (work) => {
    const fileType = typeOf(name);
    const [same] = await work.tx
      .select()
      .from(sourceFiles)
      .where(
        and(
          eq(sourceFiles.checksum, sha256),
          eq(sourceFiles.uploadedById, viewer.id),
          eq(sourceFiles.status, "stored"),
          fileType && eq(sourceFiles.fileType, fileType),
          isNull(sourceFiles.courseId),
        ),
      )
      .orderBy(sourceFiles.id)
      .limit(1);
    if (same) return { sourceFile: same, duplicate: true };
    await makeRoom(work, viewer);
    return { sourceFile: await addStaged(work, viewer, { name, size, sha256 }), duplicate: false };
  });
  const { id, expiresAt } = sourceFile;
  if (duplicate || expiresAt === null) return { sourceFile, uploadUrl: null, expiresAt: null, duplicate };
  return { sourceFile, uploadUrl: await links.upload(id, new Date(expiresAt)), expiresAt, duplicate };
}

/** @throws {Rejection} LIMIT_REACHED. Requests of one person follow one another, so that the bound holds. */
async function makeRoom({ tx }: Work, viewer: SignedIn): Promise<void> {
  await lockUntilCommit(tx, `uploads:${viewer.id}`);
  const open = await tx.$count(sourceFiles, and(eq(sourceFiles.uploadedById, viewer.id), eq(sourceFiles.status, "staged")));
  if (open >= maxStaged) {
    throw reject("LIMIT_REACHED", "name", `At most ${maxStaged} files can be awaited at a time; complete or delete some, or wait until they expire.`);
  }
}

async function addStaged({ tx }: Work, viewer: SignedIn, file: { name: string; size: number; sha256: string }): Promise<SourceFileRow> {
  const id = uuidv7();
  const [row] = await tx
    .insert(sourceFiles)
    .values({
      id,
      fileId: `file_${randomUUID().replaceAll("-", "").slice(0, 20)}`,
      uploadedById: viewer.id,
      filename: file.name,
      filePath: uploadKey(id),
      fileSizeBytes: file.size,
      checksum: file.sha256,
      expiresAt: new Date(Date.now() + stagedMs).toISOString(),
    })
    .returning();
  if (!row) throw new Error("The staged file was not written");
  return row;
}
