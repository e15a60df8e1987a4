import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { inTemporaryFolder, removeLeftFolders } from "../../src/storage/temporary.js";
import { inTurn } from "../../src/storage/turns.js";

/** What the machine takes for its temporary folder in these tests. */
let temporary: string;
beforeEach(async () => {
  const before = process.env["TMPDIR"];
  temporary = await mkdtemp(path.join(tmpdir(), "disha-temporary-"));
  process.env["TMPDIR"] = temporary;
  return async () => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    await rm(temporary, { recursive: true, force: true });
  };
});

const left = () => readdirSync(temporary).filter((name) => name.startsWith("disha-")).toSorted();

async function aFolder(name: string, hoursOld = 0): Promise<string> {
  const made = path.join(temporary, name);
  await mkdir(made);
  await writeFile(path.join(made, "content"), "x");
  const then = new Date(Date.now() - hoursOld * 3_600_000);
  await utimes(made, then, then);
  return name;
}

test("a folder is there while it is used, and gone afterwards, also after a failure", async () => {
  await inTemporaryFolder(async (folder) => expect(existsSync(folder)).toBe(true));
  await expect(inTemporaryFolder(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(left()).toEqual([]);
});

test("a process that was killed with a document in its hands leaves it only until the next start", async () => {
  const script = `import("./src/storage/temporary.ts").then(({ inTemporaryFolder }) => inTemporaryFolder((folder) => (console.log(folder), new Promise(() => setInterval(() => {}, 1000)))))`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const folder = String((await once(child.stdout, "data"))[0]).trim();
  expect(await removeLeftFolders()).toBe(0);
  expect(existsSync(folder)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(left()).toEqual([path.basename(folder)]);
  expect(await removeLeftFolders()).toBe(1);
  expect(left()).toEqual([]);
});

test("folders of processes that run stay, unless they are older than a day; those of other machines too", async () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", ""]);
  const ours = `disha-temp-${hostname()}`;
  const kept = [
    await aFolder(`${ours}-${process.ppid}-aaaaaa`, 23),
    await aFolder(`${ours}-${process.pid}-aaaaaa`),
    await aFolder(`disha-temp-another-one-${dead}-aaaaaa`, 23),
    await aFolder(`disha-temporary-${dead}`, 48),
  ];
  // Our own number, but older than we are: of a server that was killed in the same container.
  await aFolder(`${ours}-${process.pid}-bbbbbb`, 23);
  await aFolder(`${ours}-${dead}-bbbbbb`);
  await aFolder(`${ours}-${process.ppid}-bbbbbb`, 25);
  await aFolder(`disha-temp-another-one-${dead}-bbbbbb`, 25);
  expect(await removeLeftFolders()).toBe(4);
  expect(left()).toEqual(kept.toSorted());
});

test("at most so many work at a time, in their order, and a failure gives its turn on", async () => {
  const turn = inTurn(2);
  let [now, most] = [0, 0];
  const begun: number[] = [];
  const work = (nth: number) =>
    turn(async () => {
      begun.push(nth);
      most = Math.max(most, ++now);
      await delay(5);
      now--;
      if (nth === 1) throw new Error("no");
    });
  const ends = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(ends.map(({ status }) => status === "fulfilled")).toEqual([true, false, true, true, true, true, true]);
  expect([most, begun]).toEqual([2, [0, 1, 2, 3, 4, 5, 6]]);
});
