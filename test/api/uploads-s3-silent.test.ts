import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { PassThrough } from "node:stream";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourceFiles } from "../../src/db/tables/index.js";
import { keyOf } from "../../src/graphql/node.js";
import { sweepStorage } from "../../src/services/uploads/sweep.js";
import { readContent } from "../../src/storage/transfer.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { emptyStorage } from "../support/storage.js";
import { aPdf, complete, put, staged } from "../support/uploads.js";

/** Takes connections and never answers. */
let silent: Server;
const sockets: Socket[] = [];
let app: TestApp;
let teacher: Session;
beforeAll(async () => {
  silent = createServer((socket) => void sockets.push(socket.on("error", () => {}).resume()));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const s3 = { bucket: "documents", region: "us-east-1", endpoint, keys: { id: "a", secret: "b" }, prefix: "" };
  app = await startTestApp({ files: { maxBytes: 1_000_000, folder: "/nowhere", s3 } }, { bucketAnswerMs: 100 });
  teacher = await app.signedIn("teacher");
});
afterAll(async () => {
  await app.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test("a bucket that takes connections and never answers counts as away, for whoever asks", async () => {
  const local = aPdf("late");
  const { id, url } = await staged(app, local, teacher);
  expect((await put(url, local.content)).status).toBe(503);
  const { errors } = await app.query("mutation ($input: UploadCompleteInput!) { uploadComplete(input: $input) { errors { code } } }", { input: { id } }, teacher);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAVAILABLE"]);
  await expect(sweepStorage(app.db, app.services.storage)).rejects.toThrow();
  await app.db.update(sourceFiles).set({ status: "stored", fileType: "pdf", expiresAt: null }).where(eq(sourceFiles.id, keyOf("SourceFile", id)));
  const { sourceFile } = await complete(app, id, teacher);
  expect((await fetch(sourceFile?.downloadUrl ?? "")).status).toBe(503);
});

test("a storage that stops in the middle ends the content with an error; a slow reader does not", async () => {
  const storage = emptyStorage();
  const stopped = new PassThrough();
  storage.read = async () => stopped;
  stopped.write("half");
  const content = await readContent(storage, "a", { silenceMs: 50 });
  await expect(content.toArray()).rejects.toThrow("stopped in the middle");
  expect(stopped.destroyed).toBe(true);

  const whole = new PassThrough();
  storage.read = async () => whole;
  whole.end(Buffer.alloc(200_000));
  const slowly = await readContent(storage, "b", { silenceMs: 50 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(Buffer.concat(await slowly.toArray()).length).toBe(200_000);
});
