import { createClient, type Client } from "graphql-ws";
import type { Document } from "./documents.js";
import type { Session } from "./session.js";
import { createStore, type Store } from "./store.js";

/** How the socket is: nothing is watched, it is being opened, updates arrive, or it was lost and is tried again. */
export type Line = "idle" | "opening" | "live" | "lost";

export interface Update {
  kind: "SNAPSHOT" | "CHANGE" | "RESYNC";
  seq: number;
}

/** Longest wait before a lost line is tried again, in milliseconds. */
const longestPause = 10_000;
/** A line on which nothing is heard for so long, and no pong within so long, is dead. */
const quiet = { pingAfter: 10_000, pongWithin: 5_000 };
const forbidden = 4403;

/**
 * Subscriptions of the page over one socket. After a cut each goes on behind the last update that it saw, so that
 * nothing is lost and nothing comes twice. graphql-ws itself would repeat the first variables: that would begin with a snapshot.
 */
export class Live {
  readonly line: Store<Line> = createStore<Line>("idle");
  private readonly client: Client;
  private followers = 0;
  private readonly ended = new AbortController();
  /** Ends the pause of all who wait to try again. */
  private wake = Promise.withResolvers<void>();

  constructor(private readonly session: Session) {
    let silence: ReturnType<typeof setTimeout> | undefined;
    this.client = createClient({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
      connectionParams: async () => ({ authorization: `Bearer ${await session.token()}` }),
      retryAttempts: 0,
      keepAlive: quiet.pingAfter,
      on: {
        connected: () => this.line.set("live"),
        closed: () => {
          clearTimeout(silence);
          if (this.followers === 0) this.line.set("idle");
        },
        ping: (received) => {
          if (!received) silence = setTimeout(() => this.client.terminate(), quiet.pongWithin);
        },
        pong: (received) => {
          if (received) clearTimeout(silence);
        },
      },
    });
    const { signal } = this.ended;
    addEventListener("offline", () => this.client.terminate(), { signal });
    addEventListener("online", () => this.tryNow(), { signal });
    document.addEventListener("visibilitychange", () => this.tryNow(), { signal });
  }

  /** Calls back with each update of the document's only field until the answered function is called. */
  watch<Data extends Record<string, Update>, Variables>(
    { text }: Document<Data, Variables>,
    variables: Omit<Variables, "after">,
    show: (update: Data[keyof Data]) => void,
  ): () => void {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.ended.signal]);
    this.followers++;
    void this.follow(text, variables, (data) => show(Object.values(data as Data)[0] as Data[keyof Data]), signal).finally(() => this.followers--);
    return () => stop.abort();
  }

  /** Ends everything; the socket closes. */
  async stop(): Promise<void> {
    this.ended.abort();
    this.tryNow();
    await this.client.dispose();
  }

  private tryNow(): void {
    this.wake.resolve();
    this.wake = Promise.withResolvers<void>();
  }

  private async follow(query: string, variables: object, show: (data: Record<string, Update>) => void, signal: AbortSignal): Promise<void> {
    let after: number | undefined;
    let failures = 0;
    while (!signal.aborted) {
      if (this.line.get() === "idle") this.line.set("opening");
      try {
        const updates = this.client.iterate<Record<string, Update>>({ query, variables: { ...variables, ...(after !== undefined && { after }) } });
        const end = () => void updates.return?.();
        signal.addEventListener("abort", end, { once: true });
        for await (const { data, errors } of updates) {
          if (errors?.length || !data) throw new Error(errors?.[0]?.message ?? "An update without data");
          failures = 0;
          after = Object.values(data)[0]?.seq ?? after;
          show(data);
        }
        signal.removeEventListener("abort", end);
      } catch (cause) {
        // The token, the account or its role no longer holds: ask for a new token, which may end the session.
        if ((cause as { code?: unknown }).code === forbidden) await this.session.refresh().catch(() => undefined);
      }
      if (signal.aborted) return;
      this.line.set("lost");
      await this.pause(failures++);
    }
  }

  /** Longer from failure to failure, and each page a little differently; a network that is back ends it. */
  private async pause(failures: number): Promise<void> {
    const ms = Math.min(longestPause, 250 * 2 ** failures) * (0.75 + Math.random() / 2);
    await Promise.race([this.wake.promise, new Promise((resolve) => setTimeout(resolve, ms))]);
  }
}
