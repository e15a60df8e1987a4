import { setTimeout as delay } from "node:timers/promises";
import { canReplay, newestSeq, readOutbox, type OutboxRow } from "../db/outbox.js";
import type { Engine } from "../db/client.js";
import { outboxChannel } from "../db/unit-of-work.js";
import { TopicStream, type Listener, type Source, type TopicMessage } from "./topic-stream.js";

/** Changes read in one statement; the rest follow in the next. */
const batchSize = 500;
const retryMs = 1_000;

export interface SubscribeOptions<Snapshot> {
  /** The last `seq` that the client has seen; what followed it is replayed. Null starts with a snapshot. */
  after: number | null;
  /** The present state; read after the stream has its place, so that nothing falls between. */
  snapshot: () => Promise<Snapshot>;
}

/** Streams of the outbox's topics to the subscribers of this instance. */
export interface Topics {
  /**
   * The changes of a topic, each once, in order: first a snapshot, or with `after` what was missed
   * since, or a snapshot marked RESYNC when that is gone. Nothing is held before the first `next()`.
   */
  subscribe<Snapshot>(topic: string, options: SubscribeOptions<Snapshot>): TopicStream<Snapshot>;
  /** Ends every stream, as the server stops. */
  close(): Promise<void>;
}

export type { TopicMessage };

/** Who listens to one topic, and how far the topic was read. */
interface Followed {
  listeners: Set<Listener>;
  /** The newest change handed out; undefined until the database has said where to begin. */
  position: number | undefined;
  begun: Promise<void>;
}

interface Log {
  error(fields: object, message: string): void;
}

/** Listens on the database for new changes; one connection and one read serve all streams of the process. */
export async function createTopics(engine: Engine, log?: Log): Promise<Topics> {
  const { db } = engine;
  const followed = new Map<string, Followed>();
  const changed = new Set<string>();
  let reading = Promise.resolve();
  let busy = false;
  let closed = false;

  const wake = (topics: Iterable<string>): void => {
    for (const topic of topics) if (followed.has(topic)) changed.add(topic);
    if (busy || changed.size === 0) return;
    busy = true;
    reading = read();
  };

  /** Reads until nothing is left; a notification during a read is taken up by its next turn. */
  async function read(): Promise<void> {
    while (!closed) {
      const positions = new Map<string, number>();
      for (const topic of changed) {
        const position = followed.get(topic)?.position;
        if (position !== undefined) positions.set(topic, position);
        else if (!followed.has(topic)) changed.delete(topic);
      }
      if (positions.size === 0) break;
      for (const topic of positions.keys()) changed.delete(topic);
      try {
        const rows = await readOutbox(db, positions, batchSize);
        for (const row of rows) deliver(row);
        // More may wait behind a full batch.
        if (rows.length === batchSize) for (const topic of positions.keys()) changed.add(topic);
      } catch (error) {
        for (const topic of positions.keys()) changed.add(topic);
        log?.error({ reason: error instanceof Error ? error.message : String(error) }, "changes could not be read; trying again");
        await delay(retryMs);
      }
    }
    busy = false;
  }

  function deliver(row: OutboxRow): void {
    const entry = followed.get(row.topic);
    if (!entry || row.seq <= (entry.position ?? -1)) return;
    entry.position = row.seq;
    for (const listener of entry.listeners) listener.push(row);
  }

  /** Where the topic stands as its first listener joins: from there on nothing passes unread. */
  async function begin(topic: string, entry: Followed): Promise<void> {
    entry.position = await newestSeq(db, topic);
    if (changed.has(topic)) wake([topic]);
  }

  const source: Source = {
    join(topic, listener) {
      let entry = followed.get(topic);
      if (!entry) {
        entry = { listeners: new Set(), position: undefined, begun: Promise.resolve() };
        followed.set(topic, entry);
        entry.begun = begin(topic, entry);
      }
      entry.listeners.add(listener);
      return entry.begun;
    },
    leave(topic, listener) {
      const entry = followed.get(topic);
      entry?.listeners.delete(listener);
      if (entry?.listeners.size === 0) followed.delete(topic);
    },
    newest: (topic) => newestSeq(db, topic),
    canReplay: (after) => canReplay(db, after),
    readBehind: (topic, after) => readOutbox(db, new Map([[topic, after]]), batchSize),
    batchSize,
  };

  const unlisten = await engine.listen(outboxChannel, (topic) => wake([topic]), () => wake(followed.keys()));
  return {
    subscribe: (topic, options) => new TopicStream(topic, options, source),
    async close() {
      closed = true;
      for (const { listeners } of followed.values()) for (const listener of listeners) listener.end();
      await unlisten();
      await reading;
    },
  };
}
