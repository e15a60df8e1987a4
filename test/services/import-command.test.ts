import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPglite } from "../../src/db/engines/pglite.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-command-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as a process of its own on an embedded database in the folder. */
const command = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const script = ["--import", "tsx", "src/services/import/import-courses.cli.ts", ...args];
    const env = { ...process.env, NODE_ENV: "test", DATABASE_URL: "", DATA_DIR: path.join(folder, "data") };
    const child = execFile(process.execPath, script, { env }, (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }));
  });

test("the command tells by its exit code what became of the file, and is refused while the folder is held", { timeout: 120_000 }, async () => {
  const header = "course_id,title,description,nsqf_level,skills,keywords,duration_months,language,region\n";
  const [good, mixed, other] = ["good.csv", "mixed.csv", "other.csv"].map((name) => path.join(folder, name)) as [string, string, string];
  await writeFile(good, `${header}G-1,Good,,3,,,,,\n`);
  await writeFile(mixed, `${header}G-1,Good,,3,,,,,\nG-2,"Bad, really",,30,,,,,\n`);
  await writeFile(other, "name,level\nGood,3\n");
  const report = path.join(folder, "refused.csv");

  expect(await command(good)).toMatchObject({ code: 0, out: expect.stringContaining("1 inserted, 0 updated, 0 unchanged, 0 refused") });
  const second = await command(mixed, "--report", report);
  expect(second).toMatchObject({ code: 1, out: expect.stringContaining("0 inserted, 0 updated, 1 unchanged, 1 refused") });
  expect(second.out).toMatch(/^ {2}3\s+nsqf_level\s+is not an NSQF level from 1 to 10 in halves: "30"$/m);
  expect(await readFile(report, "utf8")).toBe(
    'line,field,reason\n3,nsqf_level,"is not an NSQF level from 1 to 10 in halves: ""30"""\n',
  );
  expect(await command(other)).toMatchObject({ code: 2, err: expect.stringContaining("no known format") });

  const holder = await openPglite(path.join(folder, "data"));
  expect(await command(good)).toMatchObject({ code: 2, err: expect.stringMatching(/is in use by process \d+/) });
  await holder.close();
});
