import { GraphQLError } from "graphql";
import type { OutboxRow } from "../db/outbox.js";
import type { SubscribeOptions } from "./topics.js";

export type TopicMessage<Snapshot> =
  | { kind: "SNAPSHOT" | "RESYNC"; seq: number; snapshot: Snapshot }
  | { kind: "CHANGE"; seq: number; payload: Record<string, unknown> };

/** Where streams get their changes from. */
interface Source {
  /** From here on every new change of the topic is pushed to the stream. */
  join(topic: string, stream: TopicStream<unknown>): Promise<void>;
  leave(topic: string, stream: TopicStream<unknown>): void;
  newest(topic: string): Promise<number>;
  canReplay(after: number): Promise<boolean>;
  readBehind(topic: string, after: number): Promise<OutboxRow[]>;
  batchSize: number;
}

/** Changes that wait for a slow client, at most. */
export const maxWaiting = 1_000;

/**
 * One subscriber's view of a topic. It joins the topic first and reads the past after that; changes
 * that arrive meanwhile wait, and those it has read itself are left out by their `seq`.
 */
export class TopicStream<Snapshot> implements AsyncGenerator<TopicMessage<Snapshot>, void, void> {
  readonly #messages: AsyncGenerator<TopicMessage<Snapshot>, void, void>;
  #waiting: OutboxRow[] = [];
  #tooSlow = false;
  #ended = false;
  #wake: () => void = () => {};

  constructor(
    private readonly topic: string,
    private readonly options: SubscribeOptions<Snapshot>,
    private readonly source: Source,
  ) {
    this.#messages = this.run();
  }

  /** Hands over a change; a client that is too far behind is let go, and resumes with `after`. */
  push(row: OutboxRow): void {
    if (this.#waiting.length >= maxWaiting) {
      this.#tooSlow = true;
      this.#waiting = [];
    }
    if (!this.#tooSlow) this.#waiting.push(row);
    this.#wake();
  }

  /** Ends the stream, also while somebody waits for its next message. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  next(): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    return this.#messages.next();
  }

  /** A generator that waits cannot be returned from outside, so it is woken first. */
  return(): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    this.end();
    return this.#messages.return();
  }

  throw(error: unknown): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    this.end();
    return this.#messages.throw(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  private async *run(): AsyncGenerator<TopicMessage<Snapshot>, void, void> {
    const { topic, source } = this;
    try {
      await source.join(topic, this);
      let last = yield* this.past();
      for (;;) {
        for (let row = this.#waiting.shift(); row; row = this.#waiting.shift()) {
          if (this.#ended) return;
          if (row.seq <= last) continue;
          last = row.seq;
          yield change(row);
        }
        if (this.#ended) return;
        if (this.#tooSlow) throw tooSlow(last);
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      source.leave(topic, this);
    }
  }

  /** What comes before the changes to come; answers the `seq` that it reaches. */
  private async *past(): AsyncGenerator<TopicMessage<Snapshot>, number, void> {
    const { topic, source } = this;
    const { after, snapshot } = this.options;
    if (after === null || !(await source.canReplay(after))) {
      const seq = await source.newest(topic);
      yield { kind: after === null ? "SNAPSHOT" : "RESYNC", seq, snapshot: await snapshot() };
      return seq;
    }
    let last = after;
    for (let full = true; full && !this.#ended; ) {
      const rows = await source.readBehind(topic, last);
      full = rows.length === source.batchSize;
      for (const row of rows) {
        if (this.#ended) break;
        last = row.seq;
        yield change(row);
      }
    }
    return last;
  }
}

const change = ({ seq, payload }: OutboxRow) => ({ kind: "CHANGE" as const, seq, payload });

const tooSlow = (last: number): GraphQLError =>
  new GraphQLError("The client reads too slowly; subscribe again with `after`.", {
    extensions: { code: "TOO_SLOW", after: last },
  });
