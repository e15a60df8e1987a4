import type { ExecutionResult } from "graphql";
import type { OutboxRow } from "../../db/outbox.js";
import { closeCodes } from "../close-codes.js";
import type { Session } from "../sessions.js";
import type { Line } from "../socket-line.js";
import { tooSlow, type TopicStream } from "../topic-stream.js";
import type { Audience } from "./audience.js";
import type { NextMessages } from "./messages.js";

type Answer = IteratorResult<ExecutionResult, void>;

/** Bytes that may wait in a socket before its changes wait as rows instead, which all slow clients share. */
export const maxUnsent = 64 * 1024;

const done: Answer = { done: true, value: undefined };

/**
 * One subscription, as graphql-ws holds it. Until it is up to date it answers message by message; from
 * then on its audience writes to the socket for it, and `next()` waits until that ends.
 */
export class Subscriber implements AsyncGenerator<ExecutionResult, void, void> {
  #parked: PromiseWithResolvers<Answer> | undefined;
  /** The answer that is on its way. */
  #shown: ExecutionResult | undefined;
  #ended = false;

  constructor(
    readonly id: string,
    readonly line: Line,
    readonly session: Session,
    readonly stream: TopicStream<unknown>,
    private readonly audience: Audience,
    /** Added to the first answer, then undefined. */
    private extensions: Record<string, unknown> | undefined,
  ) {
    audience.enter();
  }

  next(): Promise<Answer> {
    // It was sent by now, but graphql-ws holds it until the next one comes, which may be hours.
    if (this.#shown) this.#shown.data = undefined;
    this.#shown = undefined;
    return this.audience.admit(this) ? this.#park() : this.#catchUp();
  }

  /** Writes the change, unless it was seen before; a client that does not keep up waits outside until it has read. */
  receive(row: OutboxRow, messages: NextMessages): boolean {
    const { socket } = this.line;
    if (row.seq <= this.stream.last || socket.readyState !== socket.OPEN) return false;
    this.stream.last = row.seq;
    const bytes = messages.for(this.id, this.#takeExtensions());
    if (socket.bufferedAmount + bytes.length <= maxUnsent) socket.send(bytes, { binary: false });
    else {
      this.stream.onPush = () => this.#whileBehind();
      this.audience.dismiss(this);
      socket.send(bytes, { binary: false }, () => this.#goOn());
    }
    return true;
  }

  /** Ends the subscription with an error message. */
  fail(error: Error): void {
    this.#parked?.reject(error);
    this.end();
  }

  /** Ends the subscription and its socket: the viewer may not be here any longer. */
  refuse(): void {
    this.session.refuse();
    this.end();
  }

  /** Ends the subscription, also while somebody waits for its next answer. */
  end(): Answer {
    if (!this.#ended) {
      this.#ended = true;
      this.audience.exit(this);
      this.stream.end();
      this.#unpark(done);
    }
    return done;
  }

  async return(): Promise<Answer> {
    return this.end();
  }

  async throw(error: unknown): Promise<Answer> {
    this.end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }

  /** Answers what came before the changes to come, one message at a time, each read as it is asked for. */
  async #catchUp(): Promise<Answer> {
    try {
      for (;;) {
        const message = await this.stream.take();
        if (this.stream.ended) return this.end();
        if (message) {
          if (!(await this.session.isStillValid())) return this.end();
          const result = await this.audience.execute(this.session, message);
          if (this.#ended) return done;
          const extensions = this.#takeExtensions();
          this.#shown = extensions ? { ...result, extensions } : result;
          return { done: false, value: this.#shown };
        }
        if (this.audience.admit(this)) return this.#park();
      }
    } catch (error) {
      // Whoever loops over the answers does not end them after an error; the topic would be followed for ever.
      this.end();
      throw error;
    }
  }

  #takeExtensions(): Record<string, unknown> | undefined {
    const { extensions } = this;
    this.extensions = undefined;
    return extensions;
  }

  #park(): Promise<Answer> {
    this.#parked = Promise.withResolvers();
    return this.#parked.promise;
  }

  #unpark(answer: Answer | Promise<Answer>): void {
    this.#parked?.resolve(answer);
    this.#parked = undefined;
  }

  /** The client has read what was written to it. */
  #goOn(): void {
    if (this.#parked && !this.audience.admit(this)) this.#unpark(this.#catchUp());
  }

  /** A client that lets too many changes wait is let go at once: what it would be told lies behind what it does not read. */
  #whileBehind(): void {
    if (this.stream.ended) this.end();
    if (!this.stream.isTooSlow) return;
    this.fail(tooSlow(this.stream.last));
    setImmediate(() => this.line.close(closeCodes.tooSlow, "The client reads too slowly"));
  }
}
