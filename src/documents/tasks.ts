import type { PageReport, SourceFile } from "./extraction/read.js";

/**
 * What may be run in a child process by `runTask`. A task takes plain JSON and answers plain JSON; it reports what it
 * wishes while it works. Each loads what it needs when it is called, so that a child pays for its own task alone.
 */
export const tasks = {
  extract: async (file: SourceFile, report: (pages: PageReport) => void) =>
    (await import("./extraction/read.js")).readDocument(file, report),
};
