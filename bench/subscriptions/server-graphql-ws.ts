/** graphql-ws as its documentation shows it: one async iterator and one execution a subscriber and event. */
import type { AddressInfo } from "node:net";
import { buildSchema, execute, parse, subscribe, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { answer, usage } from "./process.js";
import { now } from "./scenario.js";

const schema = buildSchema(`
  scalar BigInt
  scalar DateTime
  enum Kind { SNAPSHOT CHANGE }
  type Job { id: ID! jobId: String! jobType: String! status: String! progress: Int! message: String attempts: Int! startedAt: DateTime createdAt: DateTime! updatedAt: DateTime! }
  type JobUpdate { kind: Kind! seq: BigInt! job: Job }
  type Query { job: Job }
  type Subscription { jobUpdated(id: ID!, after: BigInt): JobUpdate! }
`);
interface Update {
  jobUpdated: { kind: string; seq: number; job: object };
}
const listeners = new Set<(update: Update) => void>();
let newest: Update;

async function* updates({ after }: { after?: number | null }): AsyncGenerator<Update> {
  const waiting: Update[] = [];
  let wake = (): void => {};
  const listener = (update: Update): void => {
    waiting.push(update);
    wake();
  };
  listeners.add(listener);
  try {
    if (after == null) yield { jobUpdated: { ...newest.jobUpdated, kind: "SNAPSHOT" } };
    for (;;) {
      for (let update = waiting.shift(); update; update = waiting.shift()) yield update;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    listeners.delete(listener);
  }
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
// All of one copy of graphql: the bench has its own, which graphql-ws does not know.
useServer({ schema, parse, validate, execute, subscribe, roots: { subscription: { jobUpdated: updates } } }, server);

answer({
  ...usage,
  publish({ text }: { text: string }) {
    const learned = now();
    const { payload } = JSON.parse(text) as { payload: { data: Update } };
    newest = payload.data;
    for (const listener of listeners) listener(newest);
    return { learned };
  },
});
server.on("listening", () => process.send?.({ type: "ready", url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }));
