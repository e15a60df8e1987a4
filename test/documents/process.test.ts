import { fork } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { embeddedWriterInChild } from "../../src/documents/embedded-in-child.js";
import { runModuleTask, type TaskOptions } from "../../src/documents/process.js";
import { parsePs, usageOf } from "../../src/documents/usage.js";

const module = new URL("tasks/misbehaving.ts", import.meta.url);
const run = (name: string, options: Partial<TaskOptions<unknown>> = {}, input: unknown = null): Promise<unknown> =>
  runModuleTask(module, name, input, { signal: new AbortController().signal, ...options });

/** Whether a process is there still. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (const until = Date.now() + 60_000; Date.now() < until && lives(pid); ) await delay(50);
  return !lives(pid);
}

test("a task answers what it was asked, without the environment and with less than usual priority", async () => {
  const input = { text: "क्लिक \u2028 ünïcode", list: [1, null, "x".repeat(1_000_000)] };
  expect(await run("echo", {}, input)).toEqual(input);
  expect(await run("surroundings")).toEqual({ environment: [], priority: constants.priority.PRIORITY_BELOW_NORMAL });
});

test("a task that never lets go of its thread ends with its processor time, and the parent is not held up", async () => {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  const reports: unknown[] = [];
  const started = performance.now();
  await expect(run("burn", { onReport: (report, allow) => { reports.push(report); allow({ cpuMs: 1_500 }); } })).rejects.toMatchObject({ name: "DocumentFailure", code: "TIMEOUT" });
  lag.disable();
  expect(reports).toEqual(["burning"]);
  expect(performance.now() - started).toBeGreaterThan(1_000);
  expect(lag.percentile(50) / 1e6).toBeLessThan(100);
});

test("a task is given more time when its report allows it, and none without end", async () => {
  const allowed = run("burn", { limits: { cpuMs: 60_000 }, onReport: (_, allow) => allow({ cpuMs: 700 }) });
  await expect(allowed).rejects.toMatchObject({ code: "TIMEOUT" });
  await expect(run("wait", { limits: { wallMs: 1_500 } })).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a task that takes too much memory is ended, whether it lies in the heap or beside it", async () => {
  const memoryBytes = 256 * 1024 * 1024;
  await expect(run("hoard", { limits: { memoryBytes } })).rejects.toMatchObject({ name: "DocumentFailure", code: "TOO_LARGE" });
  await expect(run("pile", { limits: { memoryBytes } })).rejects.toMatchObject({ name: "DocumentFailure", code: "TOO_LARGE" });
});

test("a process that ends by itself, or a task that throws, is not said to be the document's fault", async () => {
  await expect(run("fall")).rejects.toThrow(/The process of the task fall ended with SIGSEGV/);
  await expect(run("throws")).rejects.toThrow(new Error("a mistake of ours"));
  await expect(run("nothing")).rejects.toThrow(/There is no task nothing/);
});

test("an aborted signal ends the child at once, and its reason is what the caller hears", async () => {
  const stop = new AbortController();
  let pid = 0;
  const running = run("wait", { signal: stop.signal, onReport: (report) => stop.abort(new Error(`cancelled ${(pid = report as number)}`)) });
  await expect(running).rejects.toThrow(/^cancelled \d+$/);
  expect(lives(pid)).toBe(false);
  await expect(run("wait", { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
});

test("a child whose parent is killed ends by itself, even while it never lets go of its thread", async () => {
  const parent = fork(new URL("tasks/parent.ts", import.meta.url), [module.href], { execArgv: ["--import", "tsx"] });
  const [pid] = (await once(parent, "message")) as [number];
  // By now its thread is busy, and it does not hear of the channel's end.
  await delay(1_000);
  expect(lives(pid)).toBe(true);
  parent.kill("SIGKILL");
  expect(await gone(pid)).toBe(true);
});

test("usage is told on Linux and by ps elsewhere", async () => {
  const here = await usageOf(process.pid);
  if (process.platform === "linux") expect(here?.residentBytes).toBeGreaterThan(10_000_000);
  expect(parsePs(" 20480 00:01:02\n")).toEqual({ cpuMs: 62_000, residentBytes: 20_971_520 });
  expect(parsePs("20480   1:02.50")).toEqual({ cpuMs: 62_500, residentBytes: 20_971_520 });
  expect(parsePs("1 1-00:00:01")).toEqual({ cpuMs: 86_401_000, residentBytes: 1_024 });
  expect(parsePs("")).toBeNull();
  expect(await usageOf(2 ** 22 + 1)).toBeNull();
});

test("a stage of the embedded writer that reaches a limit says which stage it was", async () => {
  const source = { documents: [], filenames: [], title: null, nsqfLevel: null, language: "en", weeks: null, skills: [] };
  const plan = { title: "T", description: "", keywords: [], skillIds: [], modules: [] };
  const stage = { report: async () => {}, signal: new AbortController().signal };
  await expect(embeddedWriterInChild({ cpuMs: 1 }).structure(source, stage)).rejects.toMatchObject({ code: "TIMEOUT", message: "Planning the course took longer than is allowed." });
  await expect(embeddedWriterInChild({ memoryBytes: 1 }).write(source, plan, stage)).rejects.toMatchObject({ code: "TOO_LARGE", message: "Writing the course took more memory than is allowed." });
});
