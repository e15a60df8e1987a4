import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sourceFiles } from "../../src/db/tables/index.js";
import { parseGlobalId } from "../../src/graphql/node.js";
import { addressOf } from "../../src/graphql/server.js";
import { createFileLinks, withoutToken } from "../../src/storage/links.js";
import { startTestApp, testSecret, type Session, type TestApp } from "../support/app.js";
import { aPdf, aText, complete, put, staged, stored, type Local } from "../support/uploads.js";

/** A tenth of what a running service allows, and less. */
const tuning = { longestRequest: 1_000, transfer: { idle: 3_000, longest: 8_000 } };
const origin = "https://school.example";

let app: TestApp;
let folder: string;
let teacher: Session;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-files-"));
  app = await startTestApp({ files: { maxBytes: 50_000_000, folder, s3: undefined }, corsOrigins: [origin] }, tuning);
});
beforeEach(async () => {
  teacher = await app.signedIn("teacher");
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const keyOf = (id: string): string => parseGlobalId(id)?.key ?? "";
const objects = (): string[] => readdirSync(path.join(folder, "uploads"));
const objectsOf = (id: string): string[] => objects().filter((name) => name.startsWith(keyOf(id)));

interface Reply {
  status: number;
  code: string | undefined;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, code: text ? (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code : undefined };
}

/** A PUT whose body is written piece by piece, without a length. */
function open(url: string, headers: Record<string, string> = {}): { sending: ClientRequest; answer: Promise<Reply> } {
  const sending = request(url, { method: "PUT", headers: { "content-type": "application/octet-stream", ...headers } });
  const answer = new Promise<Reply>((resolve, reject) => {
    sending.on("error", reject).on("response", (response: IncomingMessage) => {
      let text = "";
      response.on("data", (piece) => (text += String(piece))).on("end", () => void replyOf(new Response(text || null, { status: response.statusCode ?? 0 })).then(resolve));
    });
  });
  answer.catch(() => {});
  return { sending, answer };
}

/** Waits until it holds, at most 30 s. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await holds()); await delay(20)) if (Date.now() > end) throw new Error("It does not hold");
}

describe("a link that is not valid", () => {
  const forbidden = { status: 403, code: "FORBIDDEN" };
  const tokenOf = (url: string) => url.split("/").at(-1) ?? "";

  test("answers the same, whatever is wrong with it", async () => {
    const local = aPdf();
    const { id, url } = await staged(app, local, teacher);
    const file = await stored(app, aPdf("stored"), teacher);
    const links = createFileLinks(testSecret, () => app.url);
    const strangers = createFileLinks(`${testSecret}!`, () => app.url);
    const [ended, nobody] = [new Date(Date.now() - 1_000), "0190b8a0-0000-7000-8000-000000000000"];
    const [header = "", , signature = ""] = tokenOf(url).split(".");
    const claims = Buffer.from(JSON.stringify({ sub: keyOf(id), iss: "disha", aud: "disha-upload", exp: 9_999_999_999 })).toString("base64url");
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims}.`;
    const bySecret = await new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(keyOf(id)).setIssuer("disha").setAudience("disha-upload")
      .setExpirationTime("5m").sign(new TextEncoder().encode(testSecret));
    const bad = [
      "", "x", "a/b", `${tokenOf(url)}x`, `${header}.${claims}.${signature}`, unsigned, bySecret, teacher.token,
      tokenOf(file.downloadUrl ?? ""),
      ...(await Promise.all([links.upload(keyOf(id), ended), links.upload(nobody, new Date(Date.now() + 60_000)), strangers.upload(keyOf(id), new Date(Date.now() + 60_000))])).map(tokenOf),
    ];
    for (const token of bad) expect({ token, ...(await replyOf(await put(`${app.url}/uploads/${token}`, local.content))) }).toEqual({ token, ...forbidden });
    for (const token of [...bad.filter((each) => each !== tokenOf(file.downloadUrl ?? "")), tokenOf(url), tokenOf(await links.download(keyOf(id)))]) {
      expect({ token, ...(await replyOf(await fetch(`${app.url}/files/${token}`))) }).toEqual({ token, ...forbidden });
      expect((await fetch(`${app.url}/files/${token}`, { method: "HEAD" })).status).toBe(403);
    }
    expect(objectsOf(id)).toEqual([]);
    expect((await put(url, local.content)).status).toBe(204);
  });

  test("is no access token", async () => {
    const { url } = await staged(app, aPdf(), teacher);
    const { errors } = await app.query("{ viewer { id } }", {}, { userId: "", token: tokenOf(url) });
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("its token stays out of paths that are logged", () => {
    expect(["/uploads/secret.token", "/files/secret/token", "/graphql", "/uploads"].map(withoutToken)).toEqual(["/uploads/…", "/files/…", "/graphql", "/uploads"]);
  });
});

describe("PUT takes", () => {
  const large = aText("A line of seventeen.".repeat(400_000), "large.txt");

  test("more than the graph does, whole and unchanged, by any name of its kind", async () => {
    for (const type of ["application/octet-stream", "application/json", "text/plain; charset=utf-16", "application/pdf"]) {
      const { id, url } = await staged(app, large, teacher);
      expect((await put(url, large.content, { "content-type": type })).status).toBe(204);
      expect(objectsOf(id)).toEqual([keyOf(id)]);
      expect((await complete(app, id, teacher)).sourceFile?.status).toBe("STORED");
      await app.db.delete(sourceFiles).where(eq(sourceFiles.id, keyOf(id)));
    }
    expect((await fetch(`${app.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: "x".repeat(2_000_000) })).status).toBe(413);
  });

  test("again what was sent before, until it is stored", async () => {
    const local = aPdf("again");
    const { id, url } = await staged(app, local, teacher);
    const both = await Promise.all([put(url, local.content), put(url, local.content)]);
    expect([...both.map(({ status }) => status), (await put(url, local.content)).status]).toEqual([204, 204, 204]);
    await complete(app, id, teacher);
    expect(await replyOf(await put(url, local.content))).toEqual({ status: 409, code: "CONFLICT" });
    expect(objectsOf(id)).toEqual([keyOf(id)]);
  });

  test("from pages of this origin and of those that are allowed", async () => {
    const { url } = await staged(app, aPdf(), teacher);
    const ask = (from: string) =>
      fetch(url, { method: "OPTIONS", headers: { origin: from, "access-control-request-method": "PUT", "access-control-request-headers": "content-type" } });
    const allowed = await ask(origin);
    expect([allowed.headers.get("access-control-allow-origin"), allowed.headers.get("access-control-allow-methods"), allowed.headers.get("access-control-allow-headers")])
      .toEqual([origin, "GET, POST, PUT", "content-type"]);
    expect((await ask("https://elsewhere.example")).headers.get("access-control-allow-origin")).toBeNull();
    const sent = await put(url, aPdf().content, { origin });
    expect([sent.status, sent.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  });
});

describe("PUT refuses", () => {
  const local = aPdf("x".repeat(100_000));
  const shorter = local.content.subarray(0, -1);
  const other = Buffer.from(local.content).fill("y", 50);

  test.each<[string, Buffer, Reply]>([
    ["a byte more", Buffer.concat([local.content, Buffer.from("x")]), { status: 413, code: "PAYLOAD_TOO_LARGE" }],
    ["a byte less", shorter, { status: 400, code: "BAD_REQUEST" }],
    ["nothing", Buffer.alloc(0), { status: 400, code: "BAD_REQUEST" }],
    ["another content", other, { status: 400, code: "BAD_REQUEST" }],
  ])("%s, and leaves nothing", async (_what, content, expected) => {
    const { id, url } = await staged(app, local, teacher);
    expect(await replyOf(await put(url, content))).toEqual(expected);
    const { sending, answer } = open(url);
    sending.end(content);
    expect(await answer).toEqual(expected);
    expect(objectsOf(id)).toEqual([]);
    expect((await put(url, local.content)).status).toBe(204);
  });

  test("more than was announced before it has all arrived", async () => {
    const { id, url } = await staged(app, local, teacher);
    const early = open(url, { "content-length": "90000000" });
    early.sending.write("x");
    expect(await early.answer).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    const endless = open(url);
    endless.sending.write(local.content);
    endless.sending.write("more");
    expect(await endless.answer).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    early.sending.destroy();
    endless.sending.destroy();
    expect(objectsOf(id)).toEqual([]);
  });

  test("to keep half of what was interrupted", async () => {
    const { id, url } = await staged(app, local, teacher);
    const { sending } = open(url);
    sending.write(local.content.subarray(0, 60_000));
    await until(() => objectsOf(id).length === 1);
    expect(objectsOf(id)).not.toEqual([keyOf(id)]);
    sending.destroy();
    await until(() => objectsOf(id).length === 0);
    expect((await put(url, local.content)).status).toBe(204);
  });

  test("what arrives after the file was deleted", async () => {
    const { id, url } = await staged(app, local, teacher);
    const { sending, answer } = open(url);
    sending.write(shorter);
    await until(() => objectsOf(id).length === 1);
    await app.db.update(sourceFiles).set({ status: "deleted" }).where(eq(sourceFiles.id, keyOf(id)));
    sending.end(local.content.subarray(-1));
    expect(await answer).toEqual({ status: 403, code: "FORBIDDEN" });
    expect(objectsOf(id)).toEqual([]);
  });
});

describe("a slow line", () => {
  const local = aPdf("slow");

  async function trickle(sending: ClientRequest, content: Buffer, everyMs: number): Promise<void> {
    const size = Math.ceil(content.length / 8);
    for (let start = 0; start < content.length; start += size) {
      if (start > 0) await delay(everyMs);
      sending.write(content.subarray(start, start + size));
    }
    sending.end();
  }

  test("may take longer than any other request, as long as something comes", async () => {
    const { id, url } = await staged(app, local, teacher);
    const { sending, answer } = open(url);
    await trickle(sending, local.content, 250);
    expect(await answer).toEqual({ status: 204, code: undefined });
    expect(objectsOf(id)).toEqual([keyOf(id)]);
  });

  test("is cut off when nothing comes, and a document that never ends too", async () => {
    const { id, url } = await staged(app, local, teacher);
    const idle = open(url);
    idle.sending.write("%PDF");
    expect(await idle.answer).toEqual({ status: 408, code: "TIMEOUT" });
    idle.sending.destroy();
    const dripping = open((await staged(app, aPdf("x".repeat(1_000)), teacher)).url);
    const drops = setInterval(() => dripping.sending.write("x"), 300);
    expect(await dripping.answer).toEqual({ status: 408, code: "TIMEOUT" });
    clearInterval(drops);
    dripping.sending.destroy();
    expect(objectsOf(id)).toEqual([]);
  });

  test("does not hold other requests open", async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), "127.0.0.1");
    let text = "";
    socket.on("data", (piece) => (text += String(piece))).on("error", () => {});
    socket.write("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
    await once(socket, "close");
    expect(text).toContain("408 Request Timeout");
  });
});

describe("GET gives", () => {
  test("the content to be saved under its name, and HEAD the same without it", async () => {
    const name = `सौर "पैनल" 100% (a*b').txt`;
    const file = await stored(app, aText("Sun.", name), teacher);
    const [given, head] = [await fetch(file.downloadUrl ?? ""), await fetch(file.downloadUrl ?? "", { method: "HEAD" })];
    expect(await given.text()).toBe("Sun.");
    expect(await head.text()).toBe("");
    for (const { status, headers } of [given, head]) {
      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-type": "text/plain; charset=utf-8",
        "content-length": "4",
        "content-disposition": `attachment; filename="___ ______ 100_ (a*b').txt"; filename*=UTF-8''${encodeURIComponent('सौर "पैनल" 100% ')}%28a%2Ab%27%29.txt`,
        "cache-control": "private, no-store",
        "accept-ranges": "none",
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
      });
    }
  });

  test("nothing once the file is deleted", async () => {
    const file = await stored(app, aPdf("to go"), teacher);
    await app.db.update(sourceFiles).set({ status: "deleted" }).where(eq(sourceFiles.id, keyOf(file.id)));
    expect(await replyOf(await fetch(file.downloadUrl ?? ""))).toEqual({ status: 403, code: "FORBIDDEN" });
  });

  test("an error when the content is gone", async () => {
    const file = await stored(app, aPdf("lost"), teacher);
    await rm(path.join(folder, "uploads", keyOf(file.id)));
    expect(await replyOf(await fetch(file.downloadUrl ?? ""))).toEqual({ status: 503, code: "UNAVAILABLE" });
  });

  test("to whoever hangs up, without keeping the file open", async () => {
    const local: Local = aText("A line of seventeen.".repeat(400_000), "hang-up.txt");
    const file = await stored(app, local, teacher);
    const openFiles = () => readdirSync("/proc/self/fd").length;
    const before = openFiles();
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(new URL(app.url).port), "127.0.0.1").on("error", () => {});
      socket.write(`GET ${new URL(file.downloadUrl ?? "").pathname} HTTP/1.1\r\nhost: x\r\n\r\n`);
      await once(socket, "data");
      socket.destroy();
    }
    await until(() => openFiles() <= before + 3);
  });
});

test("links lead to the public address, else to where the server listens", () => {
  const listening = [["127.0.0.1", 4000], ["::1", 5000], ["0.0.0.0", 80], ["::", 1]] as const;
  expect(listening.map(([host, port]) => addressOf(host, port))).toEqual(["http://127.0.0.1:4000", "http://[::1]:5000", "http://localhost:80", "http://localhost:1"]);
});

/** Another server, whose storage is that of the test. */
async function withStorage(at: string, run: (served: TestApp, as: Session) => Promise<void>): Promise<void> {
  const served = await startTestApp({ files: { maxBytes: 50_000_000, folder: at, s3: undefined }, publicUrl: "https://disha.example.org/learn" });
  try {
    await run(served, await served.signedIn("teacher"));
  } finally {
    await served.close();
  }
}

/** The same link where this test reaches it. */
const here = (served: TestApp, url: string): string => url.replace("https://disha.example.org/learn", served.url);

const mount = (at: string, options: string) => spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", at]).status === 0;

test("a storage that is full or away answers so, keeps nothing half-written, and works again without a restart", async ({ skip }) => {
  const disk = await mkdtemp(path.join(tmpdir(), "disha-disk-"));
  if (!mount(disk, "size=400k")) skip("only root may mount a small disk");
  const at = path.join(disk, "files");
  const local = aPdf("x".repeat(300_000));
  try {
    await withStorage(at, async (served, as) => {
      // Where the folder should be stands a file.
      writeFileSync(at, "in the way");
      const { id, url } = await staged(served, local, as);
      expect(url).toMatch(/^https:\/\/disha\.example\.org\/learn\/uploads\/eyJ/);
      expect(await replyOf(await put(here(served, url), local.content))).toEqual({ status: 503, code: "UNAVAILABLE" });
      const answer = await served.query(`mutation { uploadComplete(input: { id: "${id}" }) { errors { code } } }`, {}, as);
      expect(answer.errors?.[0]?.extensions.code).toBe("UNAVAILABLE");
      rmSync(at);
      expect((await put(here(served, url), local.content)).status).toBe(204);

      const second = await staged(served, local, as);
      expect(await replyOf(await put(here(served, second.url), local.content))).toEqual({ status: 507, code: "INSUFFICIENT_STORAGE" });
      expect(readdirSync(path.join(at, "uploads"))).toEqual([keyOf(id)]);
      expect((await complete(served, id, as)).sourceFile?.status).toBe("STORED");
      rmSync(path.join(at, "uploads", keyOf(id)));
      expect((await put(here(served, second.url), local.content)).status).toBe(204);
    });
  } finally {
    spawnSync("umount", [disk]);
    await rm(disk, { recursive: true, force: true });
  }
});
