import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** The database folder is in use by a living process; two of them would lose data silently. */
export class FolderInUse extends Error {}

const lockName = "disha.lock";
/** How long a lock file may be empty because its writer was just making it. */
const writingMs = 500;
/** How long after taking the folder its lock is looked at once more. */
const settlingMs = 30;
const heldHere = new Set<string>();

/**
 * Takes the folder for this process, making it when it is missing. Returns the way to give it back.
 * A lock that a killed process left behind is taken over.
 * @throws {FolderInUse} while a living process, this one included, holds the folder.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = path.resolve(folder, lockName);
  if (heldHere.has(file)) throw inUse(folder, process.pid);
  heldHere.add(file);
  try {
    await take(folder, file);
  } catch (error) {
    heldHere.delete(file);
    throw error;
  }
  return async () => {
    heldHere.delete(file);
    await rm(file, { force: true });
  };
}

async function take(folder: string, file: string): Promise<void> {
  const own = `${process.pid} ${(await birthOf(process.pid)) ?? ""}`.trim();
  for (;;) {
    try {
      await writeFile(file, own, { flag: "wx" });
      // Another process may have put an older lock back over this one; see `clearAway`.
      await wait(settlingMs);
      if ((await contentOf(file)) === own) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const found = await contentOf(file);
    if (found === null) continue;
    const holder = await livingHolder(found);
    if (holder !== null) throw inUse(folder, holder);
    await clearAway(file, found);
  }
}

/**
 * Moves a dead process's lock aside and looks at it again there: of two processes that start at once,
 * the slower one would otherwise remove the lock that the faster one has just made. What is not the
 * lock that was `found` goes back to its place.
 */
async function clearAway(file: string, found: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) === found) await rm(aside, { force: true });
  else await rename(aside, file);
}

/** What the lock says; null when it is gone. */
async function contentOf(file: string): Promise<string | null> {
  const until = Date.now() + writingMs;
  for (;;) {
    const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (content !== "" || Date.now() > until) return content;
    await wait(20);
  }
}

/** The process that a lock names, if it still runs; a later one that was given the same number is not it. */
async function livingHolder(content: string): Promise<number | null> {
  const [, number = "", born = ""] = /^(\d+)(?: (.+))?$/.exec(content) ?? [];
  const pid = Number(number);
  if (pid <= 0 || !isAlive(pid)) return null;
  const birth = await birthOf(pid);
  if (born !== "" && birth !== null) return birth === born ? pid : null;
  // Without times of birth: containers give the same number again and again, and this process holds nothing yet.
  return pid === process.pid ? null : pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Which boot of the machine and which tick of it a process began in; null where the system does not tell. */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The name, in parentheses, may hold spaces; the start time is the 20th field behind it.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks ? `${boot.trim()}/${ticks}` : null;
  } catch {
    return null;
  }
}

const inUse = (folder: string, holder: number): FolderInUse =>
  new FolderInUse(
    `The database in ${folder} is in use by process ${holder}. ` +
      "Stop that server first, or set DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL server.",
  );
