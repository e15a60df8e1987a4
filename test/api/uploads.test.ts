import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { auditLogs, sourceFiles } from "../../src/db/tables/index.js";
import { parseGlobalId, toGlobalId } from "../../src/graphql/node.js";
import { uploadKey } from "../../src/storage/open.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aJob } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";
import { aDocx, aPdf, aText, complete, put, sha256, stage, staged, stored, zip, type Local, type Staged } from "../support/uploads.js";

const maxBytes = 10_000_000;
const data = process.env["DISHA_DATA"];

let app: TestApp;
let teacher: Session;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  teacher = await app.signedIn("teacher");
});
afterAll(() => app.close());

const keyOf = (id: string): string => parseGlobalId(id)?.key ?? "";

async function rowOf(id: string) {
  const [row] = await app.db.select().from(sourceFiles).where(eq(sourceFiles.id, keyOf(id)));
  if (!row) throw new Error("There is no such row");
  return row;
}

const isThere = (id: string): Promise<boolean> => app.services.storage.fileExists(uploadKey(keyOf(id)));
const filesOf = ({ userId }: Session) => app.db.$count(sourceFiles, eq(sourceFiles.uploadedById, userId));
const remove = (id: string, as: Session) => mutate<{ deletedId: string | null }>(app, "deleteSourceFile", { id }, "deletedId", as);

describe("uploadStage", () => {
  test("announces a file: a row, and an address for a quarter of an hour", async () => {
    const local = aText("Solar cells.", "सौर पैनल – पाठ १.MD");
    const before = Date.now();
    const { sourceFile, uploadUrl, expiresAt, duplicate, errors } = await stage(app, local, teacher, { sha256: sha256(local.content).toUpperCase() });
    expect({ status: sourceFile?.status, duplicate, errors }).toEqual({ status: "STAGED", duplicate: false, errors: [] });
    expect(uploadUrl).toMatch(new RegExp(`^${app.url}/uploads/[\\w.-]+$`));
    expect(Date.parse(expiresAt ?? "") - before).toBeGreaterThan(14 * 60_000);
    expect(Date.parse(expiresAt ?? "") - before).toBeLessThan(16 * 60_000);
    const row = await rowOf(sourceFile?.id ?? "");
    expect(row).toMatchObject({
      filename: "सौर पैनल – पाठ १.MD", status: "staged", fileSizeBytes: local.content.length, checksum: sha256(local.content),
      fileType: null, uploadedById: teacher.userId, courseId: null, jobId: null, filePath: uploadKey(row.id), fileId: expect.stringMatching(/^file_\w{20}$/),
    });
  });

  const good = { name: "a.pdf", size: 10, sha256: "0".repeat(64) };
  test.each<[string, object, string[]]>([
    ["everything wrong at once", { name: " ", size: 0, sha256: "0" }, ["TOO_SHORT at input.name", "OUT_OF_RANGE at input.size", "INVALID_FORMAT at input.sha256"]],
    ["a path", { name: "../a.pdf" }, ["INVALID_FORMAT at input.name"]],
    ["a Windows path", { name: "C:\\a.pdf" }, ["INVALID_FORMAT at input.name"]],
    ["a control character", { name: "a\u0000b.pdf" }, ["INVALID_FORMAT at input.name"]],
    ["an ending that is turned round", { name: "a\u202efdp.exe.pdf" }, ["INVALID_FORMAT at input.name"]],
    ["an ending that is not taken", { name: "a.exe" }, ["UNSUPPORTED at input.name"]],
    ["no ending", { name: "pdf" }, ["UNSUPPORTED at input.name"]],
    ["nothing but an ending", { name: ".pdf" }, ["UNSUPPORTED at input.name"]],
    ["a long name", { name: `${"a".repeat(252)}.pdf` }, ["TOO_LONG at input.name"]],
    ["a negative size", { size: -1 }, ["OUT_OF_RANGE at input.size"]],
    ["more than is taken", { size: 50 * 1024 * 1024 + 1 }, ["TOO_LARGE at input.size"]],
    ["a checksum of another kind", { sha256: "g".repeat(64) }, ["INVALID_FORMAT at input.sha256"]],
  ])("refuses %s", async (_what, changes, expected) => {
    expect(failures(await mutate(app, "uploadStage", { ...good, ...changes }, "uploadUrl sourceFile { id }", teacher))).toEqual(expected);
    expect(await filesOf(teacher)).toBe(0);
  });

  test("names the bound", async () => {
    const { data: answer } = await app.query<{ uploadStage: { errors: object[] } }>(
      "mutation ($input: UploadStageInput!) { uploadStage(input: $input) { errors { message } } }", { input: { ...good, size: 60_000_000 } }, teacher,
    );
    expect(answer.uploadStage.errors).toEqual([{ message: "A file may have at most 52,428,800 bytes." }]);
  });

  test("takes the largest and the longest", async () => {
    const { errors } = await stage(app, aPdf(), teacher, { name: `${"अ".repeat(251)}.pdf`, size: 50 * 1024 * 1024 });
    expect(errors).toEqual([]);
  });

  test("is for teachers and admins", async () => {
    const document = "mutation ($input: UploadStageInput!) { uploadStage(input: $input) { uploadUrl } }";
    const student = await app.signedIn();
    const answer = await app.query(document, { input: good }, student);
    expect([answer.data, answer.errors?.[0]?.extensions.code]).toEqual([{ uploadStage: null }, "FORBIDDEN"]);
    expect(await filesOf(student)).toBe(0);
    expect((await stage(app, aPdf(), await app.signedIn("admin"))).errors).toEqual([]);
  });

  test("answers a repeated key as the first time, without keeping the address", async () => {
    const idempotencyKey = randomUUID();
    const [first, again] = [await stage(app, aPdf(), teacher, { idempotencyKey }), await stage(app, aPdf(), teacher, { idempotencyKey })];
    expect(again).toEqual(first);
    expect(await filesOf(teacher)).toBe(1);
    expect(failures(await stage(app, aPdf("other"), teacher, { idempotencyKey }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
    const kept = await app.db.execute(sql`select payload::text as payload from ops.idempotency_keys where user_id = ${teacher.userId}`);
    expect(JSON.stringify(kept)).toContain("staged");
    expect(JSON.stringify(kept)).not.toContain("eyJ");
  });

  test("answers a stored file of the same content and kind, as long as no course was made from it", async () => {
    const local = aText("The same.", "one.txt");
    const file = await stored(app, local, teacher);
    const again = await stage(app, { ...local, name: "two.txt" }, teacher);
    expect(again).toMatchObject({ sourceFile: { id: file.id, status: "STORED" }, uploadUrl: null, expiresAt: null, duplicate: true, errors: [] });
    expect((await stage(app, { ...local, name: "one.md" }, teacher)).duplicate).toBe(false);
    expect((await stage(app, local, await app.signedIn("teacher"))).duplicate).toBe(false);
    const course = await aCourse(app.db, { createdById: teacher.userId });
    await app.db.update(sourceFiles).set({ courseId: course.id }).where(eq(sourceFiles.id, keyOf(file.id)));
    expect((await stage(app, local, teacher)).duplicate).toBe(false);
  });

  test("keeps at most 100 files of a person waiting, also when they come at once", async () => {
    const row = (i: number) => ({ fileId: `${teacher.userId}-${i}`, filename: "a.pdf", uploadedById: teacher.userId });
    await app.db.insert(sourceFiles).values(Array.from({ length: 98 }, (_, i) => row(i)));
    const answers = await Promise.all([1, 2, 3, 4].map((i) => stage(app, aPdf(String(i)), teacher)));
    expect(answers.flatMap(failures)).toEqual(["LIMIT_REACHED at input.name", "LIMIT_REACHED at input.name"]);
    expect(await filesOf(teacher)).toBe(100);
  });
});

describe("uploadComplete", () => {
  test.each([["pdf", aPdf()], ["docx", aDocx()], ["txt", aText("\uFEFFनमस्ते", "a.TXT")], ["md", aText()]])("stores a %s", async (fileType, local) => {
    const { id, url } = await staged(app, local, teacher);
    expect((await put(url, local.content)).status).toBe(204);
    const { sourceFile, errors } = await complete(app, id, teacher);
    expect(errors).toEqual([]);
    expect(sourceFile).toMatchObject({ id, status: "STORED", fileType: fileType.toUpperCase(), expiresAt: null });
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: "stored", fileType, expiresAt: null });
    expect(Date.parse(row.uploadedAt)).toBeGreaterThan(Date.parse(row.createdAt));
    expect(await complete(app, id, teacher)).toMatchObject({ sourceFile: { id, status: "STORED" }, errors: [] });
    const fetched = await fetch(sourceFile?.downloadUrl ?? "");
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(local.content);
  });

  test.each<[string, Local]>([
    ["a picture that is called a PDF", { name: "a.pdf", content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) }],
    ["a text that is called a PDF", { name: "a.pdf", content: Buffer.from("Once upon a time.") }],
    ["an archive that is no Word document", { name: "a.docx", content: zip({ "a.txt": "a" }) }],
    ["a damaged archive", { name: "a.docx", content: aDocx().content.subarray(0, 40) }],
    ["a PDF that is called a text", { ...aPdf(), name: "a.txt" }],
    ["a Word document that is called Markdown", { ...aDocx(), name: "a.md" }],
    ["text that is not UTF-8", { name: "a.txt", content: Buffer.from("café", "latin1") }],
    ["text in UTF-16", { name: "a.txt", content: Buffer.from("\uFEFFcafé", "utf16le") }],
    ["text that ends within a character", { name: "a.txt", content: Buffer.from("é").subarray(0, 1) }],
    ["text with a NUL", { name: "a.txt", content: Buffer.from("a\0b") }],
  ])("refuses %s, and removes it", async (_what, local) => {
    const { id, url } = await staged(app, local, teacher);
    expect((await put(url, local.content)).status).toBe(204);
    expect(await isThere(id)).toBe(true);
    const answer = await complete(app, id, teacher);
    expect([answer.sourceFile, failures(answer)]).toEqual([null, ["UNSUPPORTED at input.id"]]);
    expect(await rowOf(id)).toMatchObject({ status: "rejected", expiresAt: null, fileType: null });
    expect(await isThere(id)).toBe(false);
    expect(failures(await complete(app, id, teacher))).toEqual(["CONFLICT at input.id"]);
    expect((await put(url, local.content)).status).toBe(403);
  });

  test("waits for the content", async () => {
    const { id } = await staged(app, aPdf(), teacher);
    expect(failures(await complete(app, id, teacher))).toEqual(["CONFLICT at input.id"]);
    expect(await rowOf(id)).toMatchObject({ status: "staged" });
  });

  test("refuses content that changed in the storage", async () => {
    const local = aPdf("honest");
    const { id, url } = await staged(app, local, teacher);
    await put(url, local.content);
    await app.services.storage.write(uploadKey(keyOf(id)), aPdf("forged").content);
    expect(failures(await complete(app, id, teacher))).toEqual(["INVALID at input.id"]);
    expect([(await rowOf(id)).status, await isThere(id)]).toEqual(["rejected", false]);
  });

  test("is for the owner: to others, admins too, there is no such file", async () => {
    const local = aPdf();
    const { id, url } = await staged(app, local, teacher);
    await put(url, local.content);
    for (const role of ["teacher", "admin"] as const) {
      const answer = await complete(app, id, await app.signedIn(role));
      expect([answer.sourceFile, failures(answer)]).toEqual([null, ["NOT_FOUND at input.id"]]);
    }
    expect((await rowOf(id)).status).toBe("staged");
    expect(failures(await complete(app, toGlobalId("Course", keyOf(id)), teacher))).toEqual(["INVALID_ID at input.id"]);
  });

  test("looks at four files at a time: each is a copy on the disk", async () => {
    const files = await Promise.all(Array.from({ length: 10 }, (_, i) => staged(app, aPdf(String(i)), teacher)));
    for (const [i, { url }] of files.entries()) expect((await put(url, aPdf(String(i)).content)).status).toBe(204);
    let [now, most] = [0, 0];
    const { storage } = app.services;
    const read = storage.read.bind(storage);
    const spy = vi.spyOn(storage, "read").mockImplementation(async (...args) => {
      most = Math.max(most, ++now);
      await delay(20);
      return (await read(...args)).once("end", () => void now--);
    });
    const answers = await Promise.all(files.map(({ id }) => complete(app, id, teacher)));
    spy.mockRestore();
    expect(answers.map(({ sourceFile }) => sourceFile?.status)).toEqual(files.map(() => "STORED"));
    expect([most, now]).toEqual([4, 0]);
  });

  test("two at once store the file once", async () => {
    const local = aDocx();
    const { id, url } = await staged(app, local, teacher);
    await put(url, local.content);
    const answers = await Promise.all([1, 2, 3].map(() => complete(app, id, teacher)));
    expect(answers.map(({ sourceFile, errors }) => [sourceFile?.status, errors])).toEqual(Array(3).fill(["STORED", []]));
  });
});

describe("deleteSourceFile", () => {
  test("removes the file and its content, and says so in the audit log", async () => {
    const { id } = await stored(app, aPdf("to go"), teacher);
    expect(await remove(id, teacher)).toEqual({ deletedId: id, errors: [] });
    expect([(await rowOf(id)).status, await isThere(id)]).toEqual(["deleted", false]);
    const [entry] = await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, keyOf(id)));
    expect(entry).toMatchObject({ action: "catalog.source_file_deleted", userId: teacher.userId });
    expect(failures(await remove(id, teacher))).toEqual(["NOT_FOUND at input.id"]);
    expect(failures(await complete(app, id, teacher))).toEqual(["NOT_FOUND at input.id"]);
    const seen = await app.query<{ node: object | null }>("query ($id: ID!) { node(id: $id) { id } }", { id }, teacher);
    expect(seen.data.node).toBeNull();
  });

  test("leaves what a course was made from, or is being made from", async () => {
    const { id } = await stored(app, aPdf("in use"), teacher);
    const change = (values: object) => app.db.update(sourceFiles).set(values).where(eq(sourceFiles.id, keyOf(id)));
    const job = await aJob(app.db, { jobType: "course_generation", status: "processing", createdById: teacher.userId });
    await change({ jobId: job.id });
    expect(failures(await remove(id, teacher))).toEqual(["CONFLICT at input.id"]);
    const course = await aCourse(app.db, { createdById: teacher.userId });
    await change({ jobId: null, courseId: course.id });
    expect(failures(await remove(id, teacher))).toEqual(["CONFLICT at input.id"]);
    expect([(await rowOf(id)).status, await isThere(id)]).toEqual(["stored", true]);
  });

  test("is for the owner", async () => {
    const { id } = await stored(app, aPdf("mine"), teacher);
    expect(failures(await remove(id, await app.signedIn("teacher")))).toEqual(["NOT_FOUND at input.id"]);
    expect((await rowOf(id)).status).toBe("stored");
  });
});

test("files are listed with whoever uploaded them, with their course and with their job", async () => {
  const course = await aCourse(app.db, { createdById: teacher.userId, status: "draft" });
  const job = await aJob(app.db, { createdById: teacher.userId });
  const [first, second] = [await stored(app, aPdf("first"), teacher), await staged(app, aText(), teacher)];
  await app.db.update(sourceFiles).set({ courseId: course.id, jobId: job.id }).where(eq(sourceFiles.id, keyOf(first.id)));
  const { data: answer, errors } = await app.query(
    `query ($course: ID!, $job: ID!) {
      viewer { sourceFiles { totalCount nodes { id } } text: sourceFiles(where: { status: { eq: STAGED } }) { nodes { id downloadUrl } } }
      course(id: $course) { sourceFiles { nodes { id filename fileSizeBytes course { id } job { id } uploadedBy { id } } } }
      job(id: $job) { sourceFiles { nodes { id } } }
    }`,
    { course: toGlobalId("Course", course.id), job: toGlobalId("Job", job.id) },
    teacher,
  );
  expect(errors).toBeUndefined();
  const [courseId, jobId, userId] = [toGlobalId("Course", course.id), toGlobalId("Job", job.id), toGlobalId("User", teacher.userId)];
  expect(answer).toEqual({
    viewer: { sourceFiles: { totalCount: 2, nodes: [{ id: second.id }, { id: first.id }] }, text: { nodes: [{ id: second.id, downloadUrl: null }] } },
    course: { sourceFiles: { nodes: [{ id: first.id, filename: "lesson.pdf", fileSizeBytes: 21, course: { id: courseId }, job: { id: jobId }, uploadedBy: { id: userId } }] } },
    job: { sourceFiles: { nodes: [{ id: first.id }] } },
  });
});

describe.skipIf(!data)("real documents", () => {
  const folder = path.join(data ?? "", "documents");
  const documents = data ? (JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8")) as { file: string; bytes: number; sha256: string }[]) : [];
  const refusedAtOnce: Record<string, string[]> = { "bad_empty.pdf": ["OUT_OF_RANGE at input.size"], "bad_png_renamed.pdf": ["UNSUPPORTED at input.id"] };

  test.each(documents.filter(({ bytes }) => bytes < maxBytes))("$file", async ({ file, bytes, sha256: checksum }) => {
    const answer: Staged = await stage(app, { name: file, content: Buffer.alloc(0) }, teacher, { size: bytes, sha256: checksum });
    const refusal = refusedAtOnce[file];
    if (!answer.uploadUrl) return expect(failures(answer)).toEqual(refusal);
    expect((await put(answer.uploadUrl, readFileSync(path.join(folder, file)))).status).toBe(204);
    const { sourceFile, ...rest } = await complete(app, answer.sourceFile?.id ?? "", teacher);
    expect([failures(rest), sourceFile?.fileType ?? null]).toEqual(refusal ? [refusal, null] : [[], path.extname(file).slice(1).toUpperCase()]);
  });
});
