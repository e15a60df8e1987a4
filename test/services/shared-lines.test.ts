import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { preparedBudget, preparing } from "../../src/db/engines/preparing.js";
import { sharing } from "../../src/db/engines/sharing.js";
import { withoutRetries } from "../../src/db/engines/stale.js";

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
    const pids = await Promise.all(Array.from({ length: 30 }, () => pidOf(shared)));
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

  test("spread to the pool where they would wait too long", async () => {
    const text = "select pg_sleep(0.01), pg_backend_pid() as pid";
    for (let count = 0; count < 10; count++) await slept(text);
    const pids = await Promise.all(Array.from({ length: 40 }, () => slept(text)));
    expect(new Set(pids).size).toBe(lines.length + 3);
  });

  test("leave transactions to the pool", async () => {
    const [row] = await shared.begin((tx) => tx.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid"));
    expect(linePids).not.toContain(row?.pid);
  });
});

describe.skipIf(adminUrl === undefined)("prepared statements that are under way together", () => {
  const read = "select $1::int as number, $2::text as word";
  let line: Sql;
  let sent: Sql;
  const ask = async (number: number) => {
    const [row] = await sent.unsafe<{ number: number; word: string }[]>(read, [number, `word ${number}`]);
    return row && { ...row };
  };
  /** What each of many that are sent at once gets: its own row, or a failure. */
  const askAll = async (from: number) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => ask(from + index)));
    return outcomes.map((outcome, index) => {
      if (outcome.status === "rejected") return "failed";
      return outcome.value?.number === from + index && outcome.value.word === `word ${from + index}` ? "own" : "of another";
    });
  };

  beforeEach(() => {
    line = withoutRetries(postgres(adminUrl ?? "", { max: 1 }));
    sent = preparing(line, preparedBudget());
  });
  afterEach(() => line.end());

  test("all get their own rows", async () => {
    for (let round = 0; round < 3; round++) expect(new Set(await askAll(round * 100))).toEqual(new Set(["own"]));
  });

  test("fail or get their own rows when PostgreSQL has forgotten what was prepared, and are prepared anew", async () => {
    for (let round = 0; round < 3; round++) await ask(round);
    await line.unsafe("deallocate all");
    const rounds = [await askAll(100), await askAll(200), await askAll(300)];
    expect(rounds[0]).toContain("failed");
    expect(rounds.flat()).not.toContain("of another");
    expect(new Set(rounds[2])).toEqual(new Set(["own"]));
  });

  test("are not disturbed by one with a value that cannot be sent", async () => {
    for (let round = 0; round < 3; round++) await ask(round);
    const before = ask(1);
    expect(() => sent.unsafe(read, [undefined as never, "word"])).toThrow(TypeError);
    expect(() => sent.unsafe(read, [1, new Date() as never])).toThrow(TypeError);
    expect(await before).toEqual({ number: 1, word: "word 1" });
    expect(new Set(await askAll(100))).toEqual(new Set(["own"]));
  });
});

test.runIf(adminUrl)("the reads of an engine cannot write", async () => {
  const engine = await openPostgres(adminUrl ?? "");
  await expect(engine.reads.execute(sql`create table written ()`)).rejects.toMatchObject({ cause: { code: "25006" } });
  await engine.close();
});
