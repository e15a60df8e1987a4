import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import S3rver from "s3rver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourceFiles } from "../../src/db/tables/index.js";
import { parseGlobalId } from "../../src/graphql/node.js";
import { sweepStorage } from "../../src/services/uploads/sweep.js";
import { jobFolder, uploadKey } from "../../src/storage/open.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aJob } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";
import { aDocx, aPdf, aText, complete, put, sha256, staged, stored } from "../support/uploads.js";

/** A server that speaks S3, with one bucket. */
let bucket: S3rver;
let folder: string;
let app: TestApp;
let teacher: Session;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-s3-"));
  bucket = new S3rver({ address: "127.0.0.1", port: 0, directory: folder, silent: true, configureBuckets: [{ name: "documents", configs: [] }] });
  const { port } = await bucket.run();
  const s3 = { bucket: "documents", region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, keys: { id: "S3RVER", secret: "S3RVER" }, prefix: "school" };
  app = await startTestApp({ files: { maxBytes: 50_000_000, folder: "/nowhere", s3 } });
  teacher = await app.signedIn("teacher");
});
afterAll(async () => {
  await app.close();
  await bucket.close().catch(() => {});
  await rm(folder, { recursive: true, force: true });
});

const keyOf = (id: string): string => parseGlobalId(id)?.key ?? "";
async function objects(folder = "uploads"): Promise<string[]> {
  const found: string[] = [];
  for await (const { path: key } of app.services.storage.list(folder)) found.push(key);
  return found.toSorted();
}

test("a document goes into the bucket and comes back, in one part or in several", async () => {
  for (const local of [aDocx(), aText("A line of seventeen.".repeat(600_000), "twelve-megabytes.txt")]) {
    const file = await stored(app, local, teacher);
    const fetched = await fetch(file.downloadUrl ?? "");
    expect(fetched.headers.get("content-length")).toBe(String(local.content.length));
    expect(sha256(Buffer.from(await fetched.arrayBuffer()))).toBe(sha256(local.content));
    expect(await objects()).toEqual([uploadKey(keyOf(file.id))]);
    await mutate(app, "deleteSourceFile", { id: file.id }, "deletedId", teacher);
    expect(await objects()).toEqual([]);
  }
});

test("content that is not right leaves nothing in the bucket", async () => {
  const local = aText("A line of seventeen.".repeat(350_000), "seven-megabytes.txt");
  const { id, url } = await staged(app, local, teacher);
  expect((await put(url, Buffer.from(local.content).fill("y", 6_999_999))).status).toBe(400);
  const renamed = { name: "a.pdf", content: Buffer.from("no PDF") };
  const other = await staged(app, renamed, teacher);
  expect((await put(other.url, renamed.content)).status).toBe(204);
  expect(failures(await complete(app, other.id, teacher))).toEqual(["UNSUPPORTED at input.id"]);
  expect(failures(await complete(app, id, teacher))).toEqual(["CONFLICT at input.id"]);
  expect(await objects()).toEqual([]);
});

test("the sweep removes from the bucket what is over", async () => {
  const kept = await stored(app, aPdf("kept"), teacher);
  const local = aPdf("over");
  const over = await staged(app, local, teacher);
  await put(over.url, local.content);
  await app.db.update(sourceFiles).set({ expiresAt: sql`now() - interval '1 minute'` as never }).where(eq(sourceFiles.id, keyOf(over.id)));
  const jobs = [await aJob(app.db, { status: "processing" }), await aJob(app.db, { status: "completed", progress: 100, completedAt: "2026-01-01T00:00:00Z" })];
  for (const { id } of jobs) for (const part of ["plan.json", "weeks/1.json"]) await app.services.storage.write(`${jobFolder(id)}/${part}`, "{}");
  expect(await sweepStorage(app.db, app.services.storage)).toEqual({ stagedFiles: 1, strayObjects: 0, jobFolders: 1 });
  expect(await objects()).toEqual([uploadKey(keyOf(kept.id))]);
  expect(await objects("jobs")).toEqual(jobs.slice(0, 1).map(({ id }) => jobFolder(id)));
});

test("a bucket that is away answers so", async () => {
  const file = await stored(app, aPdf("here"), teacher);
  const local = aPdf("late");
  const { url } = await staged(app, local, teacher);
  await app.services.storage.deleteFile(uploadKey(keyOf(file.id)));
  expect((await fetch(file.downloadUrl ?? "")).status).toBe(503);
  await bucket.close();
  expect((await put(url, local.content)).status).toBe(503);
});
