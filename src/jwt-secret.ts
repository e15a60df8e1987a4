import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Config } from "./config.js";

/** As many characters as JWT_SECRET must have; a file with fewer is what a crash or a full disk left behind. */
const leastLength = 32;

/**
 * The secret of JWT_SECRET, else one that is made once and kept in DATA_DIR, readable by its owner alone.
 * The file appears whole or not at all, and of several processes that start at once all take the same.
 */
export async function jwtSecret(config: Pick<Config, "jwtSecret" | "dataDir">): Promise<string> {
  if (config.jwtSecret) return config.jwtSecret;
  const file = path.join(config.dataDir, "jwt-secret");
  await mkdir(config.dataDir, { recursive: true });
  const kept = await secretIn(file);
  if (kept !== null) return kept;
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, randomBytes(48).toString("base64url"), { mode: 0o600, flush: true });
  try {
    await link(fresh, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  const made = await secretIn(file);
  if (made === null) throw new Error(`The secret in ${file} went away while it was made.`);
  return made;
}

/** Null when there is no usable secret; what is there instead is removed. */
async function secretIn(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null || text.length >= leastLength) return text;
  await rm(file, { force: true });
  return null;
}
