import { setTimeout as wait } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { sharing } from "../../src/db/engines/sharing.js";

const testDatabase = inject("testDatabase");
const adminUrl = testDatabase.engine === "pglite" ? undefined : testDatabase.adminUrl;

describe.skipIf(adminUrl === undefined)("reads that share connections", () => {
  const pidOf = (client: Sql) => client.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid").then(([row]) => row?.pid ?? 0);
  const slept = (text: string) => shared.unsafe<{ pid: number }[]>(text).then(([row]) => row?.pid ?? 0);
  let lines: Sql[];
  let linePids: number[];
  let pool: Sql;
  let shared: Sql;

  beforeEach(async () => {
    const connect = (max: number) => postgres(adminUrl ?? "", { max });
    lines = [connect(1), connect(1)];
    pool = connect(3);
    shared = sharing(lines, pool);
    linePids = await Promise.all(lines.map(pidOf));
  });
  afterEach(() => Promise.all([...lines, pool].map((client) => client.end())));

  test("go down the lines, however many are under way", async () => {
    const pids = await Promise.all(Array.from({ length: 60 }, () => pidOf(shared)));
    expect(new Set(pids)).toEqual(new Set(linePids));
  });

  test("stay on one connection while they come one after the other", async () => {
    const pids: number[] = [];
    for (let count = 0; count < 5; count++) pids.push(await pidOf(shared));
    expect(new Set(pids)).toEqual(new Set(linePids.slice(0, 1)));
  });

  test("fail alone", async () => {
    const outcomes = await Promise.allSettled(["select 1", "select 1/0", "select 1", "select 1/0", "select 1"].map((text) => shared.unsafe(text)));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  });

  test("do not wait behind statements that hold up every line", async () => {
    const ended: string[] = [];
    const long = lines.map(() => slept("select pg_sleep(0.5), pg_backend_pid() as pid").then(() => ended.push("long")));
    await wait(60);
    const pid = await pidOf(shared);
    ended.push("short");
    await Promise.all(long);
    expect(ended).toEqual(["short", "long", "long"]);
    expect(linePids).not.toContain(pid);
  });

  test("leave the lines when their text turns out long, and take no other with them", async () => {
    const long = "select pg_sleep(0.06), pg_backend_pid() as pid";
    const pids: number[] = [];
    for (let count = 0; count < 12; count++) {
      pids.push(await slept(long));
      for (let others = 0; others < 10; others++) await pidOf(shared);
    }
    expect(linePids).toContain(pids[0]);
    expect(linePids).not.toContain(pids.at(-1));
    expect(linePids).toContain(await pidOf(shared));
  });

  test("stay where everything takes long", async () => {
    const pids: number[] = [];
    for (let count = 0; count < 12; count++) pids.push(await slept("select pg_sleep(0.06), pg_backend_pid() as pid"));
    expect(linePids).toContain(pids.at(-1));
  });

  test("leave transactions to the pool", async () => {
    const [row] = await shared.begin((tx) => tx.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid"));
    expect(linePids).not.toContain(row?.pid);
  });
});
