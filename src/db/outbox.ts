import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Database } from "./client.js";

/** One change of a topic, as the outbox keeps it for 24 hours. */
export interface OutboxRow {
  /** Rises in commit order within a topic; gaps are normal. Stays below 2^53. */
  seq: number;
  topic: string;
  payload: Record<string, unknown>;
}

interface StoredRow {
  seq: string | number;
  topic: string;
  payload: Record<string, unknown>;
}

/**
 * The next changes of several topics, each behind its own position, at most `limit` in all.
 * Rows come in the order of `seq`, which is the order of commits within each topic.
 */
export async function readOutbox(
  db: Database,
  positions: ReadonlyMap<string, number>,
  limit: number,
): Promise<OutboxRow[]> {
  const topics = sql.param([...positions.keys()]);
  const after = sql.param([...positions.values()].map(String));
  const rows = await rowsOf<StoredRow>(
    db,
    sql`select e.seq::text as seq, e.topic, e.payload
        from unnest(${topics}::text[], ${after}::bigint[]) as wanted (topic, after)
        join ops.event_outbox e on e.topic = wanted.topic and e.seq > wanted.after
        order by e.seq limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The newest change of a topic that is committed; 0 when there is none. */
export async function newestSeq(db: Database, topic: string): Promise<number> {
  const [row] = await rowsOf<{ seq: string }>(
    db,
    sql`select coalesce(max(seq), 0)::text as seq from ops.event_outbox where topic = ${topic}`,
  );
  return Number(row?.seq ?? 0);
}

/**
 * Are all changes behind `after` still there, for every topic? The outbox is emptied from its old
 * end only (`deleteOldEvents`), so nothing behind its oldest row can be missing. A position that was
 * never handed out, as after restoring a backup, is not to be trusted either.
 */
export async function canReplay(db: Database, after: number): Promise<boolean> {
  const [row] = await rowsOf<{ oldest: string | null; issued: string }>(
    db,
    sql`select (select min(seq)::text from ops.event_outbox) as oldest,
               (select case when is_called then last_value else 0 end::text from ops.event_outbox_seq_seq) as issued`,
  );
  if (!row || after > Number(row.issued)) return false;
  return row.oldest === null ? after === Number(row.issued) : after + 1 >= Number(row.oldest);
}

/**
 * Deletes changes older than 24 hours, at most `limit`, from the old end only: a row that a long
 * transaction dated early stays until everything before it is as old. `canReplay` rests on that.
 */
export const deleteOldEvents = (limit: number): SQL =>
  sql`delete from ops.event_outbox where seq in (
        select seq from ops.event_outbox
        where seq < coalesce(
          (select min(seq) from ops.event_outbox where created_at >= now() - interval '24 hours'), 9223372036854775807)
        order by seq limit ${limit})`;
