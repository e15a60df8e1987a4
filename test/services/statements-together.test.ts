import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { constant, together } from "../../src/db/constant.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
  await engine.db.execute(sql`create table noted (place serial, word text)`);
});
afterAll(() => engine.close());

const note = constant({}, () => sql`insert into noted (word) values (${sql.placeholder("word")})`);
const fail = constant({}, () => sql`select 1 / ${sql.placeholder("zero")}::int`);
const words = async () => (await notedWords(engine.db)).map(({ word }) => word);
const notedWords = constant({ word: sql<string>`word`.as("word") }, () => sql`select word from noted order by place`);

test("a branch that fails waits for a slow one, so that nothing is executed behind the rollback", async () => {
  let slowly: Promise<void> | undefined;
  const failing = inTransaction(engine.db, anonymous(), ({ tx }) => {
    const slow = async () => {
      for (const word of ["one", "two", "three"]) {
        // The transaction is already lost; what is sent in it must be lost too.
        await note(tx, { word }).catch(() => {});
        await new Promise(setImmediate);
      }
    };
    const failed = fail(tx, { zero: 0 });
    return together([failed, (slowly = slow())]);
  });
  await expect(failing).rejects.toThrow();
  await slowly;
  expect(await words()).toEqual([]);
});

test("statements are executed in the order in which they are called", async () => {
  const called = Array.from({ length: 20 }, (_, index) => `word ${index}`);
  await inTransaction(engine.db, anonymous(), ({ tx }) => together(called.map((word) => note(tx, { word }))));
  expect(await words()).toEqual(called);
});
