import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import type { ServerSpec } from "./catalogue.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/** Those that would outlive a bench which ends in haste. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

export interface RunningServer {
  spec: ServerSpec;
  port: number;
  pid: number;
  /** The end of what it printed. */
  printed(): string;
  stop(): Promise<void>;
}

export interface StartOptions {
  databaseUrl: string;
  /** Folder of the embedded database, for servers that run on it. */
  dataDir: string;
  /** Folder of the product's checkout. */
  productDir: string;
  /** Folder into which the product writes a CPU profile as it ends. */
  profileDir?: string | undefined;
  /** After how long hand-written servers close connections that rest; 0 is never. */
  poolIdleSeconds: number;
}

/**
 * Starts a server in a process of its own and waits until it answers.
 * @throws {Error} with what it printed, when it ends or does not answer within a minute.
 */
export async function startServer(spec: ServerSpec, { databaseUrl, dataDir, productDir, profileDir, poolIdleSeconds }: StartOptions): Promise<RunningServer> {
  const port = await freePort();
  const profile = profileDir && spec.entry === undefined ? ["--cpu-prof", `--cpu-prof-dir=${profileDir}`] : [];
  const { DATABASE_URL: _none, ...env } = process.env;
  const child = spawn(process.execPath, [...profile, "--import", "tsx", spec.entry ?? path.join(productDir, "src/main.ts")], {
    cwd: spec.entry ? root : productDir,
    env: {
      ...env, NODE_ENV: "production", PORT: String(port), POOL_IDLE_SECONDS: String(poolIdleSeconds),
      ...(spec.embedded ? { DATA_DIR: dataDir } : { DATABASE_URL: databaseUrl }), ...spec.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4_000)));
  const stop = () => stopProcess(child);
  try {
    await answering(child, port);
  } catch (error) {
    await stop();
    throw new Error(`The server ${spec.name} did not start:\n${printed}`, { cause: error });
  }
  if (child.pid === undefined) throw new Error(`The server ${spec.name} has no process`);
  return { spec, port, pid: child.pid, printed: () => printed, stop };
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + startTimeoutMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await delay(100);
  }
  throw new Error("It did not answer in time");
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await ended;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
