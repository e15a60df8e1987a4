import { Worker } from "node:worker_threads";
import { DocumentFailure } from "./document.js";

/** What the parent asks for, once. */
export interface Order {
  /** Address of a module that exports a table of `tasks`. */
  module: string;
  name: string;
  input: unknown;
}

/** What the child answers: reports as it goes, then one of the others. */
export type Answer =
  | { kind: "report"; value: unknown }
  | { kind: "done"; value: unknown }
  | { kind: "failure"; code: DocumentFailure["code"]; message: string }
  | { kind: "error"; message: string; stack: string | undefined };

type Table = Record<string, (input: unknown, report: (value: unknown) => void) => unknown>;

/**
 * Ends this process when its parent is gone. The event of the lost channel is not enough: a document may keep the
 * main thread busy for good, and nobody would be left to stop it.
 */
function endWithParent(): void {
  process.once("disconnect", () => process.exit(1));
  const watch = `setInterval(() => process.ppid !== ${process.ppid} && process.kill(process.pid, "SIGKILL"), 500)`;
  new Worker(watch, { eval: true, execArgv: [], env: {}, stdout: true, stderr: true }).unref();
}

const answer = (message: Answer): void => void process.send?.(message);

async function run({ module, name, input }: Order): Promise<Answer> {
  try {
    const { tasks } = (await import(module)) as { tasks: Table };
    const task = tasks[name];
    if (!task) throw new Error(`There is no task ${name} in ${module}.`);
    return { kind: "done", value: await task(input, (value) => answer({ kind: "report", value })) };
  } catch (error) {
    if (error instanceof DocumentFailure) return { kind: "failure", code: error.code, message: error.message };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: "error", message, stack };
  }
}

endWithParent();
// The parent ends this process when it has the answer: what is still to be sent is never cut off.
process.once("message", (order) => void run(order as Order).then(answer));
