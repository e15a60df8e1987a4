import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchRequest } from "./queries/request.js";

export interface LoadJob {
  port: number;
  connections: number;
  /** How long requests are sent, in seconds. */
  seconds: number;
  requests: readonly BenchRequest[];
  /** Where in the requests the first connection begins. */
  start: number;
  /** Is each request sent once only? */
  sendOnce: boolean;
}

export interface LoadReport {
  /** Of each answer, in ms. */
  latencies: Float64Array;
  /** From the first request to the last answer, in ms. */
  elapsedMs: number;
  /** Answers that the busiest connection got: more than it had requests means that it began anew. */
  mostOfOneConnection: number;
}

export interface LoadGenerator {
  /** @throws {Error} when an answer failed, with its text. */
  run(job: LoadJob): Promise<LoadReport>;
  stop(): void;
}

/** Starts the process that sends requests. */
export function startLoadGenerator(): LoadGenerator {
  const child: ChildProcess = fork(fileURLToPath(new URL("load.worker.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  return {
    async run(job) {
      const over = new AbortController();
      const { signal } = over;
      child.send(job);
      try {
        const ended = once(child, "exit", { signal }).then(() => [{ failure: "The load generator ended" }]);
        ended.catch(() => {});
        const [report] = (await Promise.race([once(child, "message", { signal }), ended])) as [LoadReport | { failure: string }];
        if ("failure" in report) throw new Error(report.failure);
        return report;
      } finally {
        over.abort();
      }
    },
    stop: () => child.kill(),
  };
}
