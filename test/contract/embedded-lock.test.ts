import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FolderInUse, lockFolder } from "../../src/db/engines/folder-lock.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { launch } from "../support/server-process.js";

let folder: string;
let lockFile: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-lock-"));
  lockFile = path.join(folder, "disha.lock");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a folder that a living process holds", () => {
  test("is refused to a second server in clear words, with exit code 1, and stays as it is", async () => {
    const engine = await openPglite(folder);
    try {
      const second = launch({ DATA_DIR: folder });
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain(`The database in ${folder} is in use by process ${process.pid}.`);
      expect(second.output()).toContain("set DATA_DIR to another folder");
      expect(second.output()).not.toMatch(/\n\s+at /);
      expect((await engine.client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
      expect(await readFile(lockFile, "utf8")).toMatch(new RegExp(`^${process.pid} `));
    } finally {
      await engine.close();
    }
  });

  test("is refused to the same process a second time", async () => {
    const release = await lockFolder(folder);
    await expect(lockFolder(path.join(folder, "..", path.basename(folder)))).rejects.toThrow(FolderInUse);
    await release();
    await (await lockFolder(folder))();
  });

  test("goes to one of many that ask at once over a dead process's lock", async () => {
    await writeFile(lockFile, `${await deadProcess()} long-ago/1`);
    const script = 'import("./src/db/engines/folder-lock.ts").then((m) => m.lockFolder(process.argv[1])).then(() => { console.log("held"); setInterval(() => {}, 1000); }, (e) => console.log(e.constructor.name))';
    const contenders = Array.from({ length: 4 }, () => spawn(process.execPath, ["--import", "tsx", "-e", script, folder], { stdio: ["ignore", "pipe", "inherit"] }));
    const ended = contenders.map((contender) => once(contender, "close"));
    const said = await Promise.all(contenders.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()));
    for (const contender of contenders) contender.kill("SIGKILL");
    expect(said.toSorted()).toEqual(["FolderInUse", "FolderInUse", "FolderInUse", "held"]);
    await Promise.all(ended);
  }, 60_000);
});

describe("a lock that was left behind is taken over", () => {
  test.each([
    ["its process is gone", async () => `${await deadProcess()} long-ago/1`],
    ["another process has its number by now", async () => `${process.ppid} long-ago/1`],
    ["this very process has its number by now, as in a container", async () => `${process.pid} long-ago/1`],
    ["its writer was killed before it wrote a word", async () => ""],
    ["it holds no process at all", async () => "not a process"],
  ])("when %s", async (_why, content) => {
    await writeFile(lockFile, await content());
    const release = await lockFolder(folder);
    expect(await readFile(lockFile, "utf8")).toMatch(new RegExp(`^${process.pid} `));
    await release();
    await expect(readFile(lockFile)).rejects.toThrow("ENOENT");
  });
});

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  return child.pid ?? 0;
}
