import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = path.join(root, "dashboard");

/** Where the built page is: `index.html`, and `assets/` with names that change with their content. */
export const dashboardFolder = path.join(root, "dist", "dashboard");
const weekMs = 7 * 24 * 60 * 60 * 1000;
const stamp = path.join(dashboardFolder, "built-from");

/** Is the built page the one of the sources? They are compared by content: checkouts and copies change times. */
export async function isDashboardCurrent(): Promise<boolean> {
  const built = await readFile(stamp, "utf8").catch(() => "");
  return built === (await fingerprint());
}

/**
 * Builds the page in a process of its own, so that this one does not keep the bundler in memory.
 * @throws {Error} with what the bundler said.
 */
export async function buildDashboardApart(): Promise<void> {
  const command = fileURLToPath(new URL("build.cli.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", command], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (part) => (said += String(part)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(said.trim() || `The bundler ended with code ${code}.`);
}

/**
 * Builds the page into `dashboardFolder`. Servers may be serving it meanwhile, and others may be building it:
 * everything is made aside and put in place file by file, the entry last. Assets of former builds stay a week for pages that are still open.
 */
export async function buildDashboard(): Promise<void> {
  const { build } = await import("vite");
  const from = await fingerprint();
  const aside = path.join(root, "dist", `dashboard-${randomUUID()}`);
  try {
    await build({ root: sources, configFile: path.join(sources, "vite.config.ts"), logLevel: "warn", build: { outDir: aside } });
    await compress(path.join(aside, "assets"));
    await writeFile(path.join(aside, "built-from"), from);
    await mkdir(path.join(dashboardFolder, "assets"), { recursive: true });
    // A rename replaces a file as a whole: who reads it at that moment has the one or the other.
    const assets = (await readdir(path.join(aside, "assets"))).map((name) => path.join("assets", name));
    for (const file of [...assets, "index.html", "built-from"]) await rename(path.join(aside, file), path.join(dashboardFolder, file));
    await forgetOld();
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Changes with every file of the page and with every package. */
async function fingerprint(): Promise<string> {
  const files = (await readdir(sources, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    // Types only: nothing of them is in what is built.
    .filter((file) => !file.startsWith(path.join(sources, "generated")))
    .sort();
  const hash = createHash("sha256");
  for (const file of [...files, path.join(root, "package-lock.json")]) {
    hash.update(`${path.relative(root, file)}\0`).update(await readFile(file).catch(() => "")).update("\0");
  }
  return hash.digest("hex");
}

async function forgetOld(): Promise<void> {
  const folder = path.join(dashboardFolder, "assets");
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    // Another build may have been quicker.
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > weekMs) await rm(file, { force: true });
  }
}

/** Beside each text asset its compressed forms, which are then sent as they are. */
async function compress(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = path.join(folder, name);
    const content = await readFile(file);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
    await writeFile(`${file}.gz`, await promisify(gzip)(content));
  }
}
