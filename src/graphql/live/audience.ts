import { setImmediate as nextTurn } from "node:timers/promises";
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLFormattedError } from "graphql";
import type { OutboxRow } from "../../db/outbox.js";
import { createContext, type Services } from "../context.js";
import type { Executor } from "../execution/executor.js";
import type { Metrics } from "../metrics.js";
import type { Session } from "../sessions.js";
import { change, maxWaiting, tooSlow, type Listener, type TopicMessage } from "../topic-stream.js";
import { NextMessages } from "./messages.js";
import type { Subscriber } from "./subscriber.js";

/** Sockets written to before others get their turn. */
const atOnce = 1_000;

export interface AudienceParts {
  services: Services;
  execute: Executor;
  /** An error as clients see it. */
  shown: (error: GraphQLError) => GraphQLFormattedError;
  metrics: Pick<Metrics, "events" | "subscriptions">;
}

/** What all members of an audience have asked for. */
export interface SharedOperation {
  document: DocumentNode;
  operationName: string | null | undefined;
  variables: Record<string, unknown>;
  requestId: string;
}

/**
 * Subscribers who are shown the same: for each change the operation is executed once and serialised
 * once. Who may be in one audience is decided by `audienceKey`.
 */
export class Audience implements Listener {
  readonly #live = new Set<Subscriber>();
  #rows: OutboxRow[] = [];
  #busy = false;
  #subscribers = 0;

  constructor(
    private readonly operation: SharedOperation,
    private readonly parts: AudienceParts,
    /** Called when nobody is left. */
    private readonly forget: () => void,
  ) {}

  /** Counts a subscriber from its beginning, live or not. */
  enter(): void {
    this.#subscribers++;
    this.parts.metrics.subscriptions.inc();
  }

  /** Counts a subscriber out. */
  exit(member: Subscriber): void {
    this.dismiss(member, false);
    this.parts.metrics.subscriptions.dec();
    if (--this.#subscribers === 0) this.forget();
  }

  /** Takes in a subscriber who is up to date: from the next change on it is written to together with the others. */
  admit(member: Subscriber): boolean {
    if (!member.stream.handOver(this)) return false;
    this.#live.add(member);
    return true;
  }

  /** Lets a subscriber go on by itself, with the changes that the audience has not come to. */
  dismiss(member: Subscriber, goesOn = true): void {
    if (!this.#live.delete(member)) return;
    if (goesOn) member.stream.takeBack(this.#rows);
    if (this.#live.size === 0) member.stream.source.leave(member.stream.topic, this);
  }

  /** The operation for one message, in a context of its own: loaders read what is true now. */
  execute(session: Session, root: TopicMessage<unknown>): ExecutionResult | Promise<ExecutionResult> {
    const { document, operationName, variables, requestId } = this.operation;
    const context = createContext(this.parts.services, session.viewer, requestId);
    return this.parts.execute({ document, operationName, variables, context, root });
  }

  push(row: OutboxRow): void {
    if (this.#rows.length >= maxWaiting) {
      this.#rows = [];
      for (const member of this.#live) member.fail(tooSlow(member.stream.last));
      return;
    }
    this.#rows.push(row);
    if (!this.#busy) void this.#work();
  }

  end(): void {
    for (const member of this.#live) member.end();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let row = this.#rows.shift(); row; row = this.#rows.shift()) {
      try {
        await this.#show(row);
      } catch (error) {
        for (const member of this.#live) member.fail(error as Error);
      }
    }
    this.#busy = false;
  }

  async #show(row: OutboxRow): Promise<void> {
    for (const member of this.#live) if (member.session.hasEnded()) member.refuse();
    const [first] = this.#live;
    if (!first) return;
    // One sign-in stands behind all of them, and with it they stay or go.
    if (!(await first.session.isStillValid())) {
      for (const member of this.#live) member.refuse();
      return;
    }
    const executed = this.execute(first.session, change(row));
    // Thousands of audiences may be at the same change: what is there already is sent before the next one executes.
    const result = executed instanceof Promise ? await executed : executed;
    const messages = new NextMessages({ ...result, ...(result.errors && { errors: result.errors.map(this.parts.shown) }) } as never);
    let [sent, met] = [0, 0];
    for (const member of this.#live) {
      if (++met % atOnce === 0) await nextTurn();
      if (member.receive(row, messages)) sent++;
    }
    this.parts.metrics.events.inc(sent);
  }
}
