import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/**
 * Folders lie in the machine's own temporary folder and not in DATA_DIR, which several machines may share. Their names
 * tell machine and process, so that another process can tell which were left behind by one that was killed.
 */
const prefix = "disha-temp-";
const named = /^disha-temp-(.+)-(\d+)-\w{6}$/;
/** Nothing needs a folder for so long; it bounds what a reused process number keeps. */
const longestMs = 24 * 3_600_000;

/** Calls `use` with a folder that only this user can read; it is gone afterwards. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}${hostname()}-${process.pid}-`));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Removes the temporary folders of processes of this machine that have ended without doing so themselves, and whatever
 * is older than a day. Answers how many went. A folder that cannot be removed, such as one of another user, stays.
 */
export async function removeLeftFolders(): Promise<number> {
  let removed = 0;
  for (const name of await readdir(tmpdir())) {
    const [, host, pid] = named.exec(name) ?? [];
    if (pid === undefined) continue;
    const folder = path.join(tmpdir(), name);
    try {
      const { mtimeMs } = await stat(folder);
      if (Date.now() - mtimeMs < longestMs && (host !== hostname() || livesSince(Number(pid), mtimeMs))) continue;
      await rm(folder, { recursive: true });
      removed++;
    } catch {
      // Gone meanwhile, or not ours to remove.
    }
  }
  return removed;
}

/** Does the process run that made a folder at `madeAt`? In containers a new server often has the number of the old one. */
function livesSince(pid: number, madeAt: number): boolean {
  if (pid === process.pid) return madeAt >= Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
