import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { constants, setPriority } from "node:os";
import { pathToFileURL } from "node:url";
import type { Answer, Order } from "./child.js";
import { DocumentFailure } from "./document.js";
import type { tasks } from "./tasks.js";
import { usageOf } from "./usage.js";

const mebibyte = 1024 * 1024;

/** What one task may take. All three are kept by this process, so they hold even when the child never yields. */
export interface Limits {
  /** Milliseconds of processor time, the start of the process (some 500) included. */
  cpuMs: number;
  /** Bytes of resident memory; about 100 MB of them are Node itself. */
  memoryBytes: number;
  /** Milliseconds between start and end; generous, for the child gives way to everybody else. */
  wallMs: number;
}

/** For work whose size is not known: 15 s of processor time, 512 MB. */
export const defaultLimits: Limits = { cpuMs: 15_000, memoryBytes: 512 * mebibyte, wallMs: 150_000 };

export interface TaskOptions<Report> {
  /** Ends the child at once when it is aborted; the promise is then rejected with its reason. */
  signal: AbortSignal;
  limits?: Partial<Limits>;
  /** Called with each report of the task, in order; `allow` changes the limits from here on. */
  onReport?: (report: Report, allow: (limits: Partial<Limits>) => void) => void;
}

/** Milliseconds between two looks at what the child takes: a process can take about 100 MB meanwhile. */
const lookMs = { linux: 100, elsewhere: 1_000 };

/** Characters kept of what the child writes as it falls. */
const keptOfErrors = 8_000;

type Tasks = typeof tasks;

/**
 * Runs one of our own tasks in a child process of its own, within limits; see `runModuleTask`.
 */
export function runTask<Name extends keyof Tasks>(
  name: Name,
  input: Parameters<Tasks[Name]>[0],
  options: TaskOptions<Parameters<Parameters<Tasks[Name]>[1]>[0]>,
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
  return runModuleTask(new URL("./tasks.ts", import.meta.url), name, input, options);
}

/**
 * Runs a task of a module's exported table `tasks` in a child process of its own. Input, reports and result travel as
 * JSON. The child gives way to other processes (nice 10) and has an empty environment, so no secrets; it ends
 * with the task, with the signal, with a limit, or with this process.
 * @throws {DocumentFailure} TIMEOUT over the limits of time, TOO_LARGE over that of memory (the document unpacked to
 * more than can be read: waiting longer would not help), or whatever failure the task itself threw.
 * @throws {Error} when the task threw anything else, or the process ended by itself: not known to be the document's fault.
 */
export function runModuleTask<Result, Report>(
  module: URL,
  name: string,
  input: unknown,
  { signal, limits: given, onReport }: TaskOptions<Report>,
): Promise<Result> {
  const limits: Limits = { ...defaultLimits, ...given };
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(asError(signal.reason));
    const child = start(limits.memoryBytes);
    const started = performance.now();
    let errors = "";
    let settle: (() => void) | undefined;
    /** The first verdict stands; it is given when the process is gone, so that none is left running. */
    const end = (verdict: () => void): void => {
      settle ??= verdict;
      child.kill("SIGKILL");
    };
    const fail = (error: unknown): void => end(() => reject(asError(error)));
    const onAbort = (): void => fail(signal.reason);
    const stopWatching = watch(child, (usage) => {
      if (usage.residentBytes > limits.memoryBytes) fail(new DocumentFailure("TOO_LARGE"));
      else if (usage.cpuMs > limits.cpuMs || performance.now() - started > limits.wallMs) fail(new DocumentFailure("TIMEOUT"));
    });
    const leave = (): void => {
      stopWatching();
      signal.removeEventListener("abort", onAbort);
    };
    signal.addEventListener("abort", onAbort);
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (errors = (errors + chunk).slice(-keptOfErrors)));
    child.on("message", (message) => {
      const answer = message as Answer;
      if (settle) return;
      if (answer.kind === "report") {
        try {
          onReport?.(answer.value as Report, (more) => Object.assign(limits, more));
        } catch (error) {
          fail(error);
        }
      } else if (answer.kind === "done") end(() => resolve(answer.value as Result));
      else if (answer.kind === "failure") fail(new DocumentFailure(answer.code, answer.message));
      else fail(Object.assign(new Error(answer.message), { stack: answer.stack }));
    });
    child.once("error", (error) => {
      leave();
      reject(error);
    });
    child.once("exit", () => settle && (leave(), settle()));
    child.once("close", (code, killedBy) => {
      leave();
      // V8 ends the process by itself when the heap is full, before the resident size is reached.
      if (/heap out of memory|Allocation failed/.test(errors)) return reject(new DocumentFailure("TOO_LARGE"));
      reject(new Error(`The process of the task ${name} ended with ${killedBy ?? `code ${code}`}: ${errors.trim()}`));
    });
    const order: Order = { module: module.href, name, input };
    child.send(order, (error) => error && fail(error));
  });
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** The loader that runs TypeScript, by its own address: a test runner or a debugger starts this process differently. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

function start(memoryBytes: number): ChildProcess {
  // Room beside the heap: the program, threads, buffers.
  const heapMb = Math.max(64, Math.floor(memoryBytes / mebibyte) - 128);
  const child = fork(new URL("./child.ts", import.meta.url), {
    execPath: process.execPath,
    execArgv: ["--import", loader, `--max-old-space-size=${heapMb}`, "--disallow-code-generation-from-strings"],
    env: {},
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  try {
    // At once, since threads inherit it as they are made.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, which its events tell.
  }
  return child;
}

/** Looks at what the child takes until it is told to stop; a look that cannot tell counts as nothing taken. */
function watch(child: ChildProcess, look: (usage: { cpuMs: number; residentBytes: number }) => void): () => void {
  const { pid } = child;
  if (pid === undefined) return () => {};
  let looking = false;
  const every = process.platform === "linux" ? lookMs.linux : lookMs.elsewhere;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void usageOf(pid).then((usage) => {
      looking = false;
      look(usage ?? { cpuMs: 0, residentBytes: 0 });
    });
  }, every);
  return () => clearInterval(timer);
}
