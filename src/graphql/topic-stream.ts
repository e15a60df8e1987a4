import { GraphQLError } from "graphql";
import type { OutboxRow } from "../db/outbox.js";
import type { SubscribeOptions } from "./topics.js";

export type TopicMessage<Snapshot> =
  | { kind: "SNAPSHOT" | "RESYNC"; seq: number; snapshot: Snapshot }
  | { kind: "CHANGE"; seq: number; payload: Record<string, unknown> };

/** Whoever is handed the changes of a topic: a stream, or an audience of many. */
export interface Listener {
  push(row: OutboxRow): void;
  /** The server stops. */
  end(): void;
}

/** Where streams get their changes from. */
export interface Source {
  /** From here on every new change of the topic is pushed to the listener. */
  join(topic: string, listener: Listener): Promise<void>;
  leave(topic: string, listener: Listener): void;
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
export class TopicStream<Snapshot> implements AsyncGenerator<TopicMessage<Snapshot>, void, void>, Listener {
  /** The newest change that the subscriber has. */
  last = -1;
  /** Called as soon as the stream ends, is woken by a change or has too many of them. */
  onPush: () => void = idle;
  #past: AsyncGenerator<TopicMessage<Snapshot>, void, void> | undefined;
  #waiting: OutboxRow[] = [];
  #tooSlow = false;
  #ended = false;

  constructor(
    readonly topic: string,
    options: SubscribeOptions<Snapshot>,
    readonly source: Source,
  ) {
    this.#past = this.readPast(options);
  }

  /** No more messages come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** More changes came than may wait; those are gone. */
  get isTooSlow(): boolean {
    return this.#tooSlow;
  }

  /** Hands over a change; a client that is too far behind is let go, and resumes with `after`. */
  push(row: OutboxRow): void {
    if (this.#waiting.length >= maxWaiting) {
      this.#tooSlow = true;
      this.#waiting = [];
    }
    if (!this.#tooSlow) this.#waiting.push(row);
    this.onPush();
  }

  /** Ends the stream, also while somebody waits for its next message. */
  end(): void {
    this.#ended = true;
    this.#past = undefined;
    this.#waiting = [];
    this.source.leave(this.topic, this);
    this.onPush();
  }

  /**
   * The next message that is there already; undefined when the subscriber is up to date or the stream has ended.
   * @throws {GraphQLError} TOO_SLOW, with the position at which to resume.
   */
  async take(): Promise<TopicMessage<Snapshot> | undefined> {
    while (this.#past && !this.#ended) {
      const { value } = await this.#past.next();
      if (value && !this.#ended) {
        this.last = value.seq;
        return value;
      }
      this.#past = undefined;
    }
    for (let row = this.#waiting.shift(); row; row = this.#waiting.shift()) {
      if (row.seq <= this.last) continue;
      this.last = row.seq;
      return change(row);
    }
    if (this.#tooSlow) throw tooSlow(this.last);
    return undefined;
  }

  /** Hands the topic over to `audience` when nothing is waiting: from the next change on, the audience has them all. */
  handOver(audience: Listener): boolean {
    if (this.#past || this.#ended || this.#tooSlow || this.#waiting.length > 0) return false;
    void this.source.join(this.topic, audience);
    this.source.leave(this.topic, this);
    return true;
  }

  /** Takes the topic back from an audience, together with the changes that it has not come to yet. */
  takeBack(rows: readonly OutboxRow[]): void {
    void this.source.join(this.topic, this);
    for (const row of rows) this.push(row);
  }

  async next(): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    try {
      for (;;) {
        const value = await this.take();
        if (value) return { done: false, value };
        if (this.#ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (this.onPush = resolve));
      }
    } catch (error) {
      this.end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    this.end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<TopicMessage<Snapshot>, void>> {
    this.end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** Joins the topic, and answers what comes before the changes to come. */
  private async *readPast({ after, snapshot }: SubscribeOptions<Snapshot>): AsyncGenerator<TopicMessage<Snapshot>, void, void> {
    const { topic, source } = this;
    await source.join(topic, this);
    if (this.#ended) return source.leave(topic, this);
    if (after === null || !(await source.canReplay(after))) {
      const seq = await source.newest(topic);
      yield { kind: after === null ? "SNAPSHOT" : "RESYNC", seq, snapshot: await snapshot() };
      return;
    }
    this.last = after;
    for (let full = true; full; ) {
      const rows = await source.readBehind(topic, this.last);
      full = rows.length === source.batchSize;
      for (const row of rows) yield change(row);
    }
  }
}

const idle = (): void => {};

export const change = ({ seq, payload }: OutboxRow) => ({ kind: "CHANGE" as const, seq, payload });

/** Ends a subscription that cannot keep up; `last` is where to resume. */
export const tooSlow = (last: number): GraphQLError =>
  new GraphQLError("The client reads too slowly; subscribe again with `after`.", {
    extensions: { code: "TOO_SLOW", after: last },
  });
