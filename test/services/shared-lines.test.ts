import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { rowsOf } from "../../src/db/client.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { preparedBudget, preparing, textual } from "../../src/db/engines/preparing.js";
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
    line = withoutRetries(textual(postgres(adminUrl ?? "", { max: 1, connection: { TimeZone: "UTC" } })));
    // The query builder has its own ways to write some types.
    drizzle(line);
    sent = preparing(line, preparedBudget());
  });
  afterEach(() => line.end());

  test("all get their own rows", async () => {
    for (let round = 0; round < 3; round++) expect(new Set(await askAll(round * 100))).toEqual(new Set(["own"]));
  });

  test("are prepared once on a connection, however many come at once", async () => {
    await ask(0);
    expect(new Set(await askAll(100))).toEqual(new Set(["own"]));
    expect((await line.unsafe("select statement from pg_prepared_statements where statement = $1", [read])).length).toBe(1);
  });

  test("get every kind of value as it is given, whatever PostgreSQL has told of the types", async () => {
    const at = "2026-11-21 05:00:00.123456+00";
    const values: [type: string, value: unknown, answer: string | null][] = [
      ["numeric", -1.5, "-1.5"],
      ["int8", 12n, "12"],
      ["boolean", true, "true"],
      ["boolean", "true", "true"],
      ["text", null, null],
      ["text", 'a "b" \\c', 'a "b" \\c'],
      ["text[]", ["", 'x"y', "{a,b}", "\\", "null", null], String.raw`{"","x\"y","{a,b}","\\","null",NULL}`],
      ["int[]", [[1, 2], [3, 4]], "{{1,2},{3,4}}"],
      ["uuid[]", [], "{}"],
      ["boolean[]", [false, true], "{f,t}"],
      ["numeric[]", ["1.50", 2], "{1.50,2}"],
      ["timestamptz", at, at],
      ["timestamptz[]", [at], `{"${at}"}`],
      ["date", "2026-11-21", "2026-11-21"],
      ["jsonb", '{"a": [1, "b"]}', '{"a": [1, "b"]}'],
      ["jsonb", true, "true"],
    ];
    const echo = `select ${values.map(([type], index) => `$${index + 1}::${type}::text as v${index}`).join(", ")}`;
    const rounds = await Promise.all([1, 2, 3, 4].map(() => sent.unsafe<Record<string, unknown>[]>(echo, values.map(([, value]) => value) as never)));
    for (const [row] of rounds) expect(Object.values(row ?? {})).toEqual(values.map(([, , answer]) => answer));
    expect(await ask(7)).toEqual({ number: 7, word: "word 7" });
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
    expect(() => sent.unsafe(read, [1, [new Date()] as never])).toThrow(TypeError);
    expect(await before).toEqual({ number: 1, word: "word 1" });
    expect(new Set(await askAll(100))).toEqual(new Set(["own"]));
  });
});

test.runIf(adminUrl)("behind a pooler that mixes connections nothing is prepared, and every statement gets its own answer", async () => {
  const url = new URL(adminUrl ?? "");
  url.searchParams.set("prepare", "false");
  const engine = await openPostgres(url.href);
  expect(engine.reads).toBe(engine.db);
  const numbers = await engine.db.transaction(async (tx) => {
    const asked = Array.from({ length: 20 }, (_, index) => rowsOf<{ number: number }>(tx, sql`select ${index}::int as number`));
    const rows = await Promise.all(asked);
    expect(await rowsOf(tx, sql`select 1 from pg_prepared_statements`)).toEqual([]);
    return rows.map(([row]) => row?.number);
  });
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index));
  await engine.close();
});

test.runIf(adminUrl)("the reads of an engine cannot write", async () => {
  const engine = await openPostgres(adminUrl ?? "");
  await expect(engine.reads.execute(sql`create table written ()`)).rejects.toMatchObject({ cause: { code: "25006" } });
  await engine.close();
});
