import type { Api } from "./api.js";

/** Queries a second: as many as a class of some hundred learners sends. */
const rate = 20;

const document = `query Probe {
  viewer { fullName jobs(first: 5) { nodes { status progress message } } }
  courses(first: 10) { nodes { title nsqfLevel { level } skills { skill { name } } } }
}`;

/** How long queries took, in milliseconds. */
export interface Latencies {
  requests: number;
  p50: number;
  p99: number;
  slowest: number;
}

/** Asks the API the same real query at a steady rate, until it is stopped. */
export interface Probe {
  /** @throws {Error} when a query failed. */
  stop(): Promise<Latencies>;
}

/** Starts asking. A slow answer holds no later query up, so none hides behind another. */
export function startProbe(api: Api): Probe {
  const taken: number[] = [];
  const underWay = new Set<Promise<void>>();
  let failure: unknown;
  const ask = async (): Promise<void> => {
    const at = performance.now();
    await api.query(document);
    taken.push(performance.now() - at);
  };
  const timer = setInterval(() => {
    const asked = ask().catch((error: unknown) => {
      failure ??= error;
    });
    underWay.add(asked);
    void asked.finally(() => underWay.delete(asked));
  }, 1000 / rate);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      if (failure !== undefined) throw new Error("A query of the probe failed.", { cause: failure });
      return latenciesOf(taken);
    },
  };
}

/** The figures of a list of times, by nearest rank. */
export function latenciesOf(taken: readonly number[]): Latencies {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99), slowest: at(1) };
}
