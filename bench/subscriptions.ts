import type { Tell } from "./run.js";

export interface SubscriptionFigures {
  /** From the moment the server learns of an event to its last receipt by 10,000 sockets, over that of bare `ws`. */
  ratioToWs: number;
  kilobytesPerSubscriber: number;
}

type Run = (options: { quick: boolean; databaseUrl: string }) => Promise<SubscriptionFigures>;

const isRun = (value: unknown): value is Run => typeof value === "function";

/** Fan-out to thousands of sockets, see `subscriptions/`; null, with the reason told, where it cannot be measured. */
export async function measureSubscriptions(options: { quick: boolean; databaseUrl: string }, tell: Tell): Promise<SubscriptionFigures | null> {
  const file = new URL("subscriptions/run.ts", import.meta.url).href;
  const found: unknown = await import(file).catch((error: unknown) => {
    tell(`subscriptions are not measured: ${String(error)}`);
    return null;
  });
  if (typeof found !== "object" || found === null || !("runSubscriptions" in found) || !isRun(found.runSubscriptions)) return null;
  tell("subscriptions: 10,000 sockets");
  const { ratioToWs, kilobytesPerSubscriber, ...details } = await found.runSubscriptions(options);
  tell(`  ${ratioToWs.toFixed(2)} times bare ws, ${kilobytesPerSubscriber.toFixed(1)} kB a subscriber`);
  return { ratioToWs, kilobytesPerSubscriber, ...details };
}
