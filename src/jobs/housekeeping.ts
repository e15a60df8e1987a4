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

/**
 * The hourly chores: partitions of the coming months, rows that have done their service, attempts whose time
 * and streaks whose day has ended, folders that killed processes of this machine left, and what uploads and jobs left
 * in the storage.
 */
export async function keepHouse(db: Database, storage: Storage): Promise<Record<string, number>> {
  const { created } = await ensurePartitions(db);
  const report: Record<string, number> = { partitions: created.length };
  for (const [name, statement] of Object.entries(outdated)) report[name] = await deleteAll(db, statement);
  const attempts = await sweepQuizAttempts(db);
  const streaks = await sweepStreaks(db);
  const temporaryFolders = await removeLeftFolders();
  // Last: a storage that is away keeps nothing else from being done.
  return { ...report, attempts, streaks, temporaryFolders, ...(await sweepStorage(db, storage)) };
}

async function deleteAll(db: Database, statement: SQL): Promise<number> {
  for (let total = 0; ; ) {
    const deleted = await rowsOf(db, sql`${statement} returning 1`);
    total += deleted.length;
    if (deleted.length < batchSize) return total;
  }
}
