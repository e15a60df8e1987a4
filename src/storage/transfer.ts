import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { PassThrough, Transform, type Readable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { uploadKey, type Storage } from "./open.js";

/** Why content did not arrive; `full` and `unavailable` are the storage's fault, the others the sender's. */
export type TransferProblem = "too_large" | "incomplete" | "wrong_content" | "interrupted" | "slow" | "full" | "unavailable";

/** Content that was not stored; nothing of it is left. */
export class TransferFailure extends Error {
  constructor(
    readonly problem: TransferProblem,
    options?: ErrorOptions,
  ) {
    super(`The content was not stored: ${problem}`, options);
    this.name = "TransferFailure";
  }
}

/** What the content must be. */
export interface Expected {
  /** In bytes. */
  size: number;
  /** 64 lower-case hexadecimal digits. */
  sha256: string;
}

/** Both in milliseconds. */
export interface TransferTiming {
  /** Longest wait for the next piece. */
  idle: number;
  /** For the whole of it, however steadily it trickles. */
  longest: number;
}

/**
 * Writes the content of a file to its place in the storage, piece by piece as it arrives. What lies there is always
 * whole and has the expected checksum: it is written beside, and moved when its last byte was found right.
 * @throws {TransferFailure}
 */
export async function receiveContent(
  storage: Storage,
  sourceFileId: string,
  body: Readable,
  expected: Expected,
  timing: TransferTiming,
): Promise<void> {
  const key = uploadKey(sourceFileId);
  // Each attempt has its own: two at a time do not mix.
  const beside = `${key}.${randomUUID()}`;
  const meter = new Meter(expected, timing);
  const interrupted = () => void (body.readableEnded || meter.fail("interrupted"));
  body.on("error", interrupted).on("close", interrupted);
  if (body.destroyed) interrupted();
  try {
    await storage.write(beside, body.pipe(meter), { mimeType: "application/octet-stream", timeout: timing.longest });
    await storage.moveFile(beside, key, { timeout: timing.longest });
  } catch (error) {
    // A storage that failed at once has not touched the content, which would wait for ever to be read.
    body.unpipe(meter);
    meter.destroy();
    await storage.deleteFile(beside).catch(() => {});
    throw meter.failure ?? ofStorage(error);
  } finally {
    meter.stop();
    body.off("error", interrupted).off("close", interrupted);
  }
}

/** Lets content through while counting and hashing it, and breaks off when it cannot be right any more. */
class Meter extends Transform {
  failure: TransferFailure | undefined;
  readonly #expected: Expected;
  readonly #hash = createHash("sha256");
  readonly #idle: NodeJS.Timeout;
  readonly #deadline: NodeJS.Timeout;
  #size = 0;

  constructor(expected: Expected, timing: TransferTiming) {
    super();
    this.#expected = expected;
    // A storage that does not take what is there is not the sender's fault.
    this.#idle = setTimeout(() => this.fail(this.writableNeedDrain ? "unavailable" : "slow"), timing.idle);
    this.#deadline = setTimeout(() => this.fail("slow"), timing.longest);
  }

  fail(problem: TransferProblem): TransferFailure {
    this.failure ??= new TransferFailure(problem);
    this.stop();
    this.destroy(this.failure);
    return this.failure;
  }

  stop(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#deadline);
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#idle.refresh();
    this.#size += piece.length;
    if (this.#size > this.#expected.size) return void this.fail("too_large");
    this.#hash.update(piece);
    done(null, piece);
  }

  override _flush(done: TransformCallback): void {
    // From here on it is for the storage to end; the connection has done its part.
    this.stop();
    if (this.#size !== this.#expected.size) return void this.fail("incomplete");
    if (this.#hash.digest("hex") !== this.#expected.sha256) return void this.fail("wrong_content");
    done();
  }
}

/** What went wrong in the storage: no room, or anything else. */
function ofStorage(error: unknown): TransferFailure {
  const isFull = codesOf(error).some((code) => code === "ENOSPC" || code === "EDQUOT");
  return new TransferFailure(isFull ? "full" : "unavailable", { cause: error });
}

/** The codes of an error of the storage and of its causes, such as `ENOSPC`. */
export function codesOf(error: unknown): unknown[] {
  const codes: unknown[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) if ("code" in cause) codes.push(cause.code);
  return codes;
}

/** Longest wait for the storage's next piece, in milliseconds. */
const longestSilenceMs = 30_000;

/**
 * Content as a stream that may be left half-read. The storage's own stream would then keep its file or connection
 * open for ever, so the rest is read to nowhere. A storage that falls silent ends it with an error.
 */
export async function readContent(
  storage: Storage,
  key: string,
  { signal, silenceMs = longestSilenceMs }: { signal?: AbortSignal | undefined; silenceMs?: number } = {},
): Promise<Readable> {
  const content = await storage.read(key, { abortSignal: signal });
  const relay = new PassThrough();
  const silence = setTimeout(() => {
    // Whoever reads slowly keeps the storage waiting, not the other way round.
    if (relay.writableNeedDrain) return void silence.refresh();
    relay.destroy(new Error("The storage stopped in the middle of a document."));
    content.destroy();
  }, silenceMs);
  content
    .on("data", () => silence.refresh())
    .on("end", () => clearTimeout(silence))
    .on("error", (error) => relay.destroy(error));
  relay.on("close", () => {
    clearTimeout(silence);
    content.unpipe(relay);
    content.resume();
  });
  return content.pipe(relay);
}

/** Copies content to a file of this machine, and answers with its size in bytes and its SHA-256 in hexadecimal digits. */
export async function copyToFile(storage: Storage, key: string, file: string, signal?: AbortSignal): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  await pipeline(
    await readContent(storage, key, { signal }),
    async function* (content: AsyncIterable<Buffer>) {
      for await (const piece of content) {
        size += piece.length;
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(file, { mode: 0o600 }),
    { signal },
  );
  return { size, sha256: hash.digest("hex") };
}
