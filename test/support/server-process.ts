import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { testSecret } from "./app.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The real server in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** Everything it wrote so far. */
  output: () => string;
  /** SIGKILL; resolves when it is gone. */
  kill: () => Promise<void>;
  /** SIGTERM; the exit code. */
  stop: () => Promise<number | null>;
}

/** A process that may end by itself: what it wrote, and its exit code when it does. */
export interface Launched {
  process: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** Starts `src/main.ts` under the running Node with only these settings; PORT is chosen freely. */
export function launch(settings: Record<string, string>): Launched {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: "0", LOG_LEVEL: "warn", JWT_SECRET: testSecret, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (written += String(part)));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { process: child, output: () => written, ended };
}

/**
 * Starts the server and waits until it is ready.
 * @throws {Error} with its output when it ends instead.
 */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  const { process: child, output, ended } = launch(settings);
  let code: number | null | undefined;
  void ended.then((ending) => (code = ending));
  for (;;) {
    const url = /(http:\/\/\S+)\/health\/ready/.exec(output())?.[1];
    if (url && (await fetch(`${url}/health/ready`)).ok) {
      const end = async (signal: NodeJS.Signals) => {
        child.kill(signal);
        return ended;
      };
      return { url, pid: child.pid ?? 0, output, kill: async () => void (await end("SIGKILL")), stop: () => end("SIGTERM") };
    }
    if (code !== undefined) throw new Error(`The server ended with code ${code}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
