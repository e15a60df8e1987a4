import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Database } from "../db/client.js";
import { deleteOldEvents } from "../db/outbox.js";
import { ensurePartitions } from "../db/partitions.js";
import { authSessions, idempotencyKeys } from "../db/tables/index.js";
import { sweepQuizAttempts } from "../services/assessment/overdue.js";
import { sweepStreaks } from "../services/streaks/sweep.js";
import { sweepStorage } from "../services/uploads/sweep.js";
import type { Storage } from "../storage/open.js";
import { removeLeftFolders } from "../storage/temporary.js";

/** Rows of one statement: few enough for the statement timeout. */
const batchSize = 5_000;

/** What is not needed any more, and since when. */
const outdated: Record<string, SQL> = {
  events: deleteOldEvents(batchSize),
  keys: sql`delete from ${idempotencyKeys} where ctid in
    (select ctid from ${idempotencyKeys} where created_at < now() - interval '24 hours' limit ${batchSize})`,
  // A month longer than they could be used, so that the reuse of an old token is still recognised.
  sessions: sql`delete from ${authSessions} where id in
    (select id from ${authSessions} where expires_at < now() - interval '30 days' limit ${batchSize})`,
};

interface ChoresLog {
  error: (fields: object, message: string) => void;
}

/**
 * The hourly chores: partitions of the coming months, rows that have done their service, attempts whose time
 * and streaks whose day has ended, folders that killed processes of this machine left, and what uploads and jobs left
 * in the storage. One that fails keeps no other from being done.
 * @throws {AggregateError} with what failed, after all else was done.
 */
export async function keepHouse(db: Database, storage: Storage, log?: ChoresLog): Promise<Record<string, number>> {
  const report: Record<string, number> = {};
  const failures: Error[] = [];
  const chore = async (name: string, run: () => Promise<number | Record<string, number>>): Promise<void> => {
    try {
      const done = await run();
      Object.assign(report, typeof done === "number" ? { [name]: done } : done);
    } catch (error) {
      log?.error({ err: error, chore: name }, "a chore of housekeeping failed");
      failures.push(new Error(`Housekeeping failed at ${name}.`, { cause: error }));
    }
  };
  await chore("partitions", async () => (await ensurePartitions(db)).created.length);
  for (const [name, statement] of Object.entries(outdated)) await chore(name, () => deleteAll(db, statement));
  await chore("attempts", () =>
    sweepQuizAttempts(db, Date.now(), (error, attempt) => log?.error({ err: error, attempt }, "a quiz attempt whose time has ended could not be submitted")),
  );
  await chore("streaks", () => sweepStreaks(db));
  await chore("temporaryFolders", () => removeLeftFolders());
  await chore("storage", async () => ({ ...(await sweepStorage(db, storage)) }));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join(" "));
  return report;
}

async function deleteAll(db: Database, statement: SQL): Promise<number> {
  for (let total = 0; ; ) {
    const deleted = await rowsOf(db, sql`${statement} returning 1`);
    total += deleted.length;
    if (deleted.length < batchSize) return total;
  }
}
