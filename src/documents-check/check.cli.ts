import "reflect-metadata";
import { fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import type { Assignment } from "./client.js";
import { readManifest } from "./manifest.js";
import type { Bounds } from "./report.js";
import { startCheckServer } from "./server.js";

const usage = `Takes every document of FOLDER/manifest.json the whole way to a course, on a server with data of its own.

  npm run documents:check -- FOLDER [--p99 MILLISECONDS] [--large SECONDS]

  --p99    fails when 99 of 100 queries to the API meanwhile took longer
  --large  fails when a document took longer

Exit code: 0 when all is as expected, 1 when not, 2 when nothing could be checked.`;

/** Ends the command with code 2 and a message instead of a stack. */
class Unusable extends Error {}

async function main(): Promise<number> {
  const { folder, bounds } = readArguments();
  // Before the server starts, so that a wrong folder is told at once.
  await readManifest(folder).catch((error: Error) => {
    throw new Unusable(error.message);
  });
  const server = await startCheckServer();
  try {
    const client = fork(new URL("./client.ts", import.meta.url));
    const stop = (): void => void client.kill();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    const { url, login, password } = server;
    client.send({ url, login, password, folder, bounds } satisfies Assignment);
    const [code] = (await once(client, "exit")) as [number | null];
    return code ?? 2;
  } finally {
    await server.close();
  }
}

function readArguments(): { folder: string; bounds: Bounds } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { p99: { type: "string" }, large: { type: "string" } } });
    const [folder, ...others] = positionals;
    if (folder === undefined || others.length > 0) throw new Unusable(usage);
    return { folder, bounds: { ...bound("p99", values.p99), ...bound("large", values.large) } };
  } catch (error) {
    throw error instanceof Unusable ? error : new Unusable(`${(error as Error).message}\n\n${usage}`);
  }
}

function bound(name: keyof Bounds, text: string | undefined): Bounds {
  if (text === undefined) return {};
  const value = Number(text);
  if (!(value > 0)) throw new Unusable(`--${name} must be a number above 0.\n\n${usage}`);
  return { [name]: value };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Unusable ? error.message : error);
  process.exitCode = 2;
}
