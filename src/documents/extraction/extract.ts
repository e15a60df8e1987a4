import type { Document, FileType } from "../document.js";
import { defaultLimits, runTask, type Limits } from "../process.js";

/** Processor time for each 100 pages begun, in milliseconds; a document without pages counts as one of 100. */
const cpuMsPer100Pages = 15_000;
const mostCpuMs = 60_000;
/** The child gives way to everything else on the machine, so it may wait nine tenths of the time. */
const wallPerCpu = 10;

/** Time that a document of so many pages may take: 15 s of processor time for each 100 pages begun, 60 s at most. */
export function timeFor(pages: number): Pick<Limits, "cpuMs" | "wallMs"> {
  const cpuMs = Math.min(mostCpuMs, Math.max(1, Math.ceil(pages / 100)) * cpuMsPer100Pages);
  return { cpuMs, wallMs: cpuMs * wallPerCpu };
}

/**
 * Reads a file into clean blocks of text, in a child process: 512 MB of memory, 15 s of processor time for each
 * 100 pages begun, 60 s at most. `onPages` hears of pages read, at most five times a second, for formats that have them.
 * @throws {DocumentFailure} coded; trying again would not mend it.
 * @throws {Error} whatever else went wrong, or the reason of the signal.
 */
export function extractDocument(
  file: { path: string; fileType: FileType },
  { signal, onPages }: { signal: AbortSignal; onPages?: (done: number, total: number) => void },
): Promise<Document> {
  return runTask("extract", { path: file.path, fileType: file.fileType }, {
    signal,
    limits: { ...defaultLimits, ...timeFor(1) },
    onReport: ({ done, total }, allow) => {
      if (done === 0) allow(timeFor(total));
      onPages?.(done, total);
    },
  });
}
