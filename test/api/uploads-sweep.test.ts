import { randomUUID } from "node:crypto";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sourceFiles } from "../../src/db/tables/index.js";
import { sweepStorage } from "../../src/services/uploads/sweep.js";
import { jobFolder, openStorage, uploadKey, type Storage } from "../../src/storage/open.js";
import { aJob } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
let folder: string;
let storage: Storage;
beforeAll(async () => void (engine = await openTestEngine()));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-files-"));
  storage = openStorage({ maxBytes: 1, folder, s3: undefined });
  await engine.db.delete(sourceFiles);
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(() => engine.close());

const ago = (interval: string) => sql`now() - ${interval}::interval` as never;

async function aFile(values: Partial<typeof sourceFiles.$inferInsert>): Promise<string> {
  const [row] = await engine.db.insert(sourceFiles).values({ fileId: randomUUID(), filename: "a.pdf", ...values }).returning();
  const id = row?.id ?? "";
  await storage.write(uploadKey(id), "x");
  return id;
}

/** Makes an object look older than it is. */
async function age(key: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000);
  await utimes(path.join(folder, key), then, then);
}

const left = async (keys: readonly string[]) => Promise.all(keys.map((key) => storage.fileExists(key)));
const rows = async () => (await engine.db.select().from(sourceFiles)).map(({ id }) => id).toSorted();

test("nothing was ever stored: there is nothing to do", async () => {
  expect(await sweepStorage(engine.db, storage)).toEqual({ stagedFiles: 0, strayObjects: 0, jobFolders: 0 });
});

test("staged files go with their content when their time is over; others stay", async () => {
  const over = await aFile({ expiresAt: ago("1 minute") });
  const stay = [
    await aFile({ expiresAt: ago("-1 minute") }),
    await aFile({ status: "stored" }),
    // Stored files do not expire, whatever stands in the row.
    await aFile({ status: "stored", expiresAt: ago("1 day") }),
  ];
  expect(await sweepStorage(engine.db, storage)).toMatchObject({ stagedFiles: 1, strayObjects: 0 });
  expect(await rows()).toEqual(stay.toSorted());
  expect(await left([over, ...stay].map(uploadKey))).toEqual([false, true, true, true]);
});

test("many go in batches, and each with one of several instances", async () => {
  await engine.db.insert(sourceFiles).values(Array.from({ length: 450 }, () => ({ fileId: randomUUID(), filename: "a.pdf", expiresAt: ago("1 hour") })));
  const [a, b] = await Promise.all([sweepStorage(engine.db, storage), sweepStorage(engine.db, storage)]);
  expect([a.stagedFiles + b.stagedFiles, await rows()]).toEqual([450, []]);
});

test("objects that no file stands for go when they are a day old", async () => {
  const kept = [await aFile({ status: "stored" }), await aFile({ expiresAt: ago("-1 hour") })].map(uploadKey);
  const removed = [await aFile({ status: "deleted" }), await aFile({ status: "rejected" }), randomUUID()].map(uploadKey);
  const [first = ""] = kept;
  const partial = `${first}.${randomUUID()}`;
  const young = uploadKey(randomUUID());
  for (const key of [...removed, partial, young, "uploads/odd"]) await storage.write(key, "x");
  for (const key of [...kept, ...removed, partial, "uploads/odd"]) await age(key, 25);
  await age(young, 23);
  expect(await sweepStorage(engine.db, storage)).toEqual({ stagedFiles: 0, strayObjects: 5, jobFolders: 0 });
  expect(await left([...kept, young])).toEqual([true, true, true]);
  expect(await left([...removed, partial, "uploads/odd"])).toEqual([false, false, false, false, false]);
  expect(await sweepStorage(engine.db, storage)).toMatchObject({ strayObjects: 0 });
});

test("folders of jobs go an hour after their end, so that a job started again finds what it had", async () => {
  const job = async (values: Parameters<typeof aJob>[1]) => (await aJob(engine.db, values)).id;
  const stay = [
    await job({ status: "pending" }),
    await job({ status: "processing" }),
    await job({ status: "failed", error: "CORRUPT: It is damaged.", completedAt: ago("59 minutes") }),
  ];
  const go = [await job({ status: "completed", progress: 100, completedAt: ago("61 minutes") }), await job({ status: "cancelled", completedAt: ago("2 hours") }), randomUUID()];
  for (const id of [...stay, ...go]) await storage.write(`${jobFolder(id)}/plan/week-1.json`, "{}");
  expect(await sweepStorage(engine.db, storage)).toMatchObject({ jobFolders: 3 });
  const exists = (ids: string[]) => Promise.all(ids.map((id) => storage.directoryExists(jobFolder(id))));
  expect([await exists(stay), await exists(go)]).toEqual([[true, true, true], [false, false, false]]);
});
