import { UploadComplete, UploadStage } from "../../graph/documents.js";
import type { Graph } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { problemOf, unreachable, type Problem } from "../../graph/problems.js";

/** How far a chosen file is on its way to the server. */
export type Phase =
  | { name: "reading" }
  | { name: "sending"; share: number }
  | { name: "checking" }
  | { name: "ready"; sourceFileId: string; duplicate: boolean }
  | { name: "failed"; problems: readonly Problem[] };

/** Endings that the server takes; the content decides in the end. */
export const endings = [".pdf", ".docx", ".txt", ".md"] as const;

/** Does the browser give checksums here? They are kept from pages that came by plain HTTP from another machine. */
export const canUpload = (): boolean => globalThis.isSecureContext && "subtle" in crypto;

/** Why a file need not even be tried. */
export function refusalOf(file: File, maxBytes: number): Problem | undefined {
  const refused = (code: string, message: string) => problemOf(code, message);
  if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return refused("UNSUPPORTED", "Only PDF, DOCX, TXT and Markdown files are taken.");
  if (file.size === 0) return refused("REQUIRED", "The file is empty.");
  if (file.size > maxBytes) return refused("TOO_LARGE", `The file is larger than ${sizeOf(maxBytes)}.`);
  return undefined;
}

/** Sends one file: its checksum, its announcement, its content, and the word that it is complete. Tells each phase; `signal` stops it. */
export async function upload(file: File, { send }: Pick<Graph, "send">, tell: (phase: Phase) => void, signal: AbortSignal): Promise<void> {
  const step = (phase: Phase) => {
    signal.throwIfAborted();
    tell(phase);
  };
  try {
    step({ name: "reading" });
    const sha256 = await checksumOf(file);
    signal.throwIfAborted();
    const staged = await send(UploadStage, { input: { name: file.name, size: file.size, sha256, idempotencyKey: newKey() } });
    if (!staged.payload?.sourceFile) return step({ name: "failed", problems: staged.problems });
    const { sourceFile, uploadUrl, duplicate } = staged.payload;
    if (duplicate) return step({ name: "ready", sourceFileId: sourceFile.id, duplicate: true });
    step({ name: "sending", share: 0 });
    const problem = await put(file, uploadUrl ?? "", (share) => step({ name: "sending", share }), signal);
    if (problem) return step({ name: "failed", problems: [problem] });
    step({ name: "checking" });
    const completed = await send(UploadComplete, { input: { id: sourceFile.id } });
    if (!completed.payload) return step({ name: "failed", problems: completed.problems });
    return step({ name: "ready", sourceFileId: sourceFile.id, duplicate: false });
  } catch {
    // Stopped, or a file that can no longer be read: moved, or on a drive that is gone.
    if (!signal.aborted) tell({ name: "failed", problems: [problemOf("UNREADABLE", "The file cannot be read from your device. Choose it again.")] });
  }
}

async function checksumOf(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends the content; XMLHttpRequest, for `fetch` does not tell how far it is. */
function put(file: File, url: string, tell: (share: number) => void, signal: AbortSignal): Promise<Problem | undefined> {
  // The link names the server's public address; this page may have come by another one, localhost for instance.
  const { pathname, search } = new URL(url, location.href);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.upload.addEventListener("progress", ({ loaded, total }) => !signal.aborted && tell(loaded / Math.max(1, total)));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    request.addEventListener("abort", () => reject(new DOMException("Stopped", "AbortError")));
    request.addEventListener("error", () => resolve(unreachable));
    request.addEventListener("load", () => resolve(request.status < 300 ? undefined : refusedBy(request)));
    request.open("PUT", pathname + search);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}

function refusedBy({ status, responseText }: XMLHttpRequest): Problem {
  try {
    const { errors } = JSON.parse(responseText) as { errors: { message: string; extensions: { code: string } }[] };
    const [error] = errors;
    if (error) return { code: error.extensions.code, message: error.message, path: [] };
  } catch {
    // Not an answer of the server itself.
  }
  return problemOf(undefined, `The file was not taken (${status}). Try again.`);
}

/** Bytes for people, such as "3.4 MB". */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  const [unit, value] = bytes < 1_000_000 ? ["kB", bytes / 1_000] : ["MB", bytes / 1_048_576];
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
