import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providers } from "../../src/db/tables/index.js";
import { DateTime } from "../../src/graphql/scalars.js";
import { later, unchanged } from "../../src/services/concurrency.js";
import { aProvider } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const row = { updatedAt: "2026-11-20 10:00:00.12345+00" };

test.each([
  "2026-11-20T10:00:00.12345Z",
  "2026-11-20T10:00:00.123450Z",
  "2026-11-20t10:00:00.12345z",
  "2026-11-20T15:30:00.12345+05:30",
])("a row that still is of %s is unchanged", (expected) => {
  expect(() => unchanged(row, expected)).not.toThrow();
});

test.each([
  "2026-11-20T10:00:00.123451Z",
  "2026-11-20T10:00:00.123Z",
  "2026-11-20T10:00:00Z",
  "2026-11-20T10:00:01.12345Z",
  "2026-11-20T10:00:00.12345+05:30",
  "2026-13-20T10:00:00.12345Z",
  "yesterday",
  "",
])("a row is not that of %j", (expected) => {
  expect(() => unchanged(row, expected)).toThrow(
    expect.objectContaining({
      problems: [{ code: "CONFLICT", path: ["input", "expectedUpdatedAt"], message: "Somebody changed this since you read it; read it again." }],
    }),
  );
});

test("text that is no instant is not the same as another that is none", () => {
  expect(() => unchanged({ updatedAt: "infinity" }, "infinity")).toThrow("Somebody changed this");
});

test("what the graph answers is taken back, and every change moves on, also in one transaction", async () => {
  const { id, updatedAt } = await aProvider(engine.db);
  const seen = [updatedAt];
  await engine.db.transaction(async (tx) => {
    for (let change = 0; change < 3; change++) {
      const [changed] = await tx.update(providers).set({ updatedAt: later(providers.updatedAt) }).where(eq(providers.id, id)).returning();
      if (changed) seen.push(changed.updatedAt);
    }
  });
  expect(new Set(seen).size).toBe(4);
  expect(seen.toSorted()).toEqual(seen);
  for (const updatedAt of seen) {
    const shown = DateTime.serialize(updatedAt);
    expect(() => unchanged({ updatedAt }, shown)).not.toThrow();
    for (const other of seen.filter((each) => each !== updatedAt)) expect(() => unchanged({ updatedAt: other }, shown)).toThrow();
  }
});
