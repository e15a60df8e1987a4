import { inArray, sql } from "drizzle-orm";
import { rowsOf, type Database } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { inTransaction } from "../db/unit-of-work.js";
import { changeJobs, system } from "./record.js";

/**
 * Fails the open jobs that nobody works on any more: their task ended or is gone without saying so,
 * or the command that executed them has been silent for 15 minutes. Attempts that expired with tries
 * left are repeated by pg-boss itself. Safe to run on several instances at once.
 * @returns how many there were.
 */
export const failLostJobs = (db: Database): Promise<number> =>
  inTransaction(db, system, async (work) => {
    const lost = await rowsOf<{ id: string }>(
      work.tx,
      sql`select q.id
          from ${jobQueue} q
          left join pgboss.job b on b.name = q.job_type
            and b.id = case when q.task_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then q.task_id::uuid end
          where q.status in ('pending', 'processing')
            and case
              when q.task_id is null then q.updated_at < now() - interval '15 minutes'
              else q.updated_at < now() - interval '20 seconds'
                and (b.id is null or b.state::text in ('completed', 'failed', 'cancelled'))
            end
          order by q.id
          limit 100
          for update of q skip locked`,
    );
    if (lost.length === 0) return 0;
    const failed = await changeJobs(work, inArray(jobQueue.id, lost.map(({ id }) => id)), {
      status: "failed",
      error: "LOST: The worker stopped before the job ended.",
      completedAt: sql`now()`,
    });
    return failed.length;
  });
