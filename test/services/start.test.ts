import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.js";
import { openEngine } from "../../src/db/open.js";
import { courses, users } from "../../src/db/tables/index.js";
import { createLimiter } from "../../src/graphql/rate-limit.js";
import { jwtSecret } from "../../src/jwt-secret.js";
import { demoAccounts, demoAccountsIn } from "../../src/seed/demo.js";
import { seedWhenEmpty } from "../../src/seed/first-start.js";
import { openTestEngine } from "../support/database.js";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "disha-start-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const secretOf = () => jwtSecret({ jwtSecret: undefined, dataDir });

test("processes that start at once share one new secret, which its owner alone may read", async () => {
  const secrets = await Promise.all([secretOf(), secretOf(), secretOf()]);
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toHaveLength(64);
  expect((await stat(path.join(dataDir, "jwt-secret"))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(["jwt-secret"]);
  expect(await secretOf()).toBe(secrets[0]);
});

test.each(["", "cut-off"])("a secret file that holds %j is replaced", async (left) => {
  await writeFile(path.join(dataDir, "jwt-secret"), left);
  const secret = await secretOf();
  expect(secret).toHaveLength(64);
  expect(await readFile(path.join(dataDir, "jwt-secret"), "utf8")).toBe(secret);
});

test("a data folder that cannot be made is named", async () => {
  const file = path.join(dataDir, "file");
  await writeFile(file, "");
  await expect(openEngine({ databaseUrl: undefined, dataDir: file })).rejects.toThrow(`DATA_DIR=${file} is no folder that can be written`);
});

test("addresses of services that cannot be right are refused by name; empty values are none", () => {
  expect(() => readConfig({ DATABASE_URL: "localhost/disha", REDIS_URL: "localhost:6379" })).toThrow(/DATABASE_URL: .*\n.*REDIS_URL: /s);
  expect(readConfig({ DATABASE_URL: "", REDIS_URL: "", PORT: "", HOST: "", JWT_SECRET: "" })).toEqual(readConfig({}));
  const hops = ["false", "true", "2"].map((TRUST_PROXY) => readConfig({ TRUST_PROXY }).trustProxy);
  expect(hops).toEqual([0, 1, 2]);
});

test("a Redis that is not there, or does not speak, is an error of the start", async () => {
  const silent = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen");
  const url = `redis://127.0.0.1:${address.port}`;
  await expect(createLimiter(url)).rejects.toThrow("Redis at REDIS_URL cannot be used");
  await new Promise((resolve) => silent.close(resolve));
  await expect(createLimiter(url)).rejects.toThrow(/Redis at REDIS_URL cannot be used: .*ECONNREFUSED/);
});

test("an empty database is filled whole, and only once", async () => {
  const engine = await openTestEngine();
  const sizes = async () => [await engine.db.$count(users), await engine.db.$count(courses)];
  await seedWhenEmpty(engine.db, { demo: true });
  const first = await sizes();
  expect(first.every((size) => size > 0)).toBe(true);
  await seedWhenEmpty(engine.db, { demo: true });
  expect(await sizes()).toEqual(first);
  expect(await demoAccountsIn(engine.db)).toEqual(demoAccounts);
  await engine.close();
});

test("without demo people only an empty catalogue is filled; courses of others do not keep the demo people away", async () => {
  const engine = await openTestEngine();
  await seedWhenEmpty(engine.db, { demo: false });
  expect([await engine.db.$count(users), await demoAccountsIn(engine.db)]).toEqual([0, []]);
  const known = await engine.db.$count(courses);
  await engine.db.delete(courses).where(eq(courses.courseId, "NM-2.5-ET-02919-2024-V1-MEPSC"));
  await seedWhenEmpty(engine.db, { demo: false });
  expect(await engine.db.$count(courses)).toBe(known - 1);
  await seedWhenEmpty(engine.db, { demo: true });
  expect([await engine.db.$count(courses), await engine.db.$count(users)]).toEqual([known, 5]);
  await engine.close();
});
