import { runModuleTask } from "../../../src/documents/process.js";

/** A parent of its own, to be killed: starts a child that burns, and tells its process id. */
const [, , module = ""] = process.argv;
void runModuleTask<unknown, number>(new URL(module), "burnTelling", null, {
  signal: new AbortController().signal,
  onReport: (pid) => process.send?.(pid),
});
