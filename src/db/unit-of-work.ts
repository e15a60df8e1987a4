import { sql } from "drizzle-orm";
import type { Viewer } from "../auth/viewer.js";
import { asViewer, lockUntilCommit, type Database, type Tx } from "./client.js";
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
  const topics = [...new Set(events.map((event) => event.topic))].sort();
  // Statement by statement: the order in which one statement takes several locks is not promised.
  await together([
    ...topics.map((topic) => lockUntilCommit(tx, topic)),
    ...events.map((event) => keepEvent(tx, { ...event })),
    ...topics.map((topic) => notify(tx, { channel: outboxChannel, topic })),
  ]);
}

const keepEvent = constant({}, (db) =>
  db.insert(eventOutbox).values({
    topic: sql.placeholder("topic"),
    entityType: sql.placeholder("entityType"),
    entityId: sql.placeholder("entityId"),
    payload: sql.placeholder("payload"),
  }),
);

const notify = constant({}, () => sql`select pg_notify(${sql.placeholder("channel")}, ${sql.placeholder("topic")})`);
