import { sql } from "drizzle-orm";
import type { Viewer } from "../auth/viewer.js";
import { asViewer, lockOf, type Database, type Tx } from "./client.js";
import { constant, together } from "./constant.js";
import { eventOutbox } from "./tables/index.js";

/** The channel on which instances hear that topics have new events. */
export const outboxChannel = "disha_outbox";

/** One change that subscribers of a topic will see, in the order of `seq` within the topic. */
export interface OutboxEvent {
  /** `streak:<user id>`, `job:<id>`, `jobs:<user id>` or `enrollments:<user id>`. */
  topic: string;
  entityType: string;
  entityId: string;
  payload: Record<string, unknown>;
}

/** A transaction together with what it will tell subscribers when it commits. */
export interface Work {
  readonly tx: Tx;
  readonly viewer: Viewer;
  publish(event: OutboxEvent): void;
}

/**
 * Runs `run` in one transaction. Published events are written last, under a lock on each topic in
 * sorted order, so that `seq` rises in commit order within a topic; NOTIFY leaves with the commit.
 */
export const inTransaction = <Result>(
  db: Database,
  viewer: Viewer,
  run: (work: Work) => Promise<Result>,
): Promise<Result> =>
  asViewer(db, viewer, (scoped) =>
    scoped.transaction(async (tx) => {
      const events: OutboxEvent[] = [];
      const result = await run({ tx, viewer, publish: (event) => void events.push(event) });
      await flush(tx, events);
      return result;
    }),
  );

async function flush(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  // A statement for each event, topic by topic: the order in which one statement takes several locks is not promised.
  const byTopic = events.toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0));
  await together(byTopic.map((event) => keepEvent(tx, { ...event, payload: JSON.stringify(event.payload) })));
}

/** Locks the topic until the commit, and only then takes the number and announces the topic. */
const keepEvent = constant({}, () => {
  const topic = sql`${sql.placeholder("topic")}::text`;
  return sql`with held as materialized (select ${lockOf(topic)})
    insert into ${eventOutbox} (topic, entity_type, entity_id, payload)
    select ${topic}, ${sql.placeholder("entityType")}, ${sql.placeholder("entityId")}::uuid, ${sql.placeholder("payload")}::text::jsonb from held
    returning pg_notify(${outboxChannel}::text, topic)`;
});
