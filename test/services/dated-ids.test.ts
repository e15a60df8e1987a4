import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { datedId } from "../../src/db/columns.js";
import { auditLogs } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { system } from "../../src/jobs/record.js";
import { audit } from "../../src/services/audit.js";
import { openTestEngine } from "../support/database.js";

const millisecondsIn = (id: string): number => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

test("a line of the audit log is dated by its id, and its lines keep their order", async () => {
  const engine = await openTestEngine();
  await inTransaction(engine.db, system, async (work) => {
    for (let line = 0; line < 50; line++) await audit(work, { action: "test.dated", entityType: "user", actorLabel: String(line) });
  });
  const lines = await engine.db.select().from(auditLogs).where(eq(auditLogs.action, "test.dated")).orderBy(auditLogs.createdAt, auditLogs.id);
  expect(lines.map(({ actorLabel }) => Number(actorLabel))).toEqual(Array.from({ length: 50 }, (_, line) => line));
  for (const { id, createdAt } of lines) expect(Date.parse(createdAt)).toBe(millisecondsIn(id));
  await engine.close();
});

test("id and instant come from one reading of the clock, also at the end of a leap year", () => {
  vi.useFakeTimers({ now: Date.UTC(2028, 11, 31, 23, 59, 59, 999) });
  const { id, at } = datedId();
  vi.useRealTimers();
  expect(at).toBe(new Date(millisecondsIn(id)).toISOString());
  expect(at.slice(0, 16)).toBe("2028-12-31T23:59");
});
