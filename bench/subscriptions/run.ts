/**
 * Fan-out to thousands of sockets: bare `ws`, graphql-ws as documented, and the product.
 *
 *     tsx bench/subscriptions/run.ts [--quick] [--size 10000]… [--json FILE]
 *
 * `ratioToWs` compares like with like: the time from the moment the server process learns of an event (for
 * the product the NOTIFY, so that reading the outbox counts; for the others the call of publish) to the moment
 * the last subscriber has it, the product's median over that of bare `ws` sending as many bytes.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { enter, type Contestant, type Event, type Plan } from "./contestant.js";
import { openChanges } from "./database.js";

export interface Options {
  sizes?: number[];
  /** Bare `ws` and the product alone, 10,000 sockets, within two minutes. */
  quick?: boolean;
  /** A PostgreSQL server on which a database may be made and dropped. */
  databaseUrl?: string;
}

export interface Row {
  server: string;
  sockets: number;
  /** What the second half of the subscribers brings, see scenario.ts. */
  own: string;
  learnedToLastMs: number;
  /** From the lowest to the highest of the measured events. */
  spreadMs: [number, number];
  /** For the product this includes its transaction. */
  writtenToLastMs: number;
  cpuMicrosecondsPerSubscriber: number;
  kilobytesPerSubscriber: number;
  heapKilobytesPerSubscriber: number;
  bytesPerMessage: number;
}

export interface Outcome {
  ratioToWs: number;
  kilobytesPerSubscriber: number;
  /** The same ratio where no execution can be shared among the second half. */
  ratioToWsOwnSelection: number | undefined;
  rows: Row[];
}

const bare: Plan = { name: "ws", script: "server-bare.ts", own: "resume" };
const product: Plan = { name: "disha", script: "server-product.ts", own: "resume" };
const quickPlans = [bare, product];
const plans = [...quickPlans, { ...product, own: "selection" as const }, { name: "graphql-ws", script: "server-graphql-ws.ts", own: "resume" as const }];
const warmUp = 4;

const progress = (line: string): void => void process.stderr.write(`${line}\n`);

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** @throws {Error} when the machine does not let a process open enough sockets, or a subscriber is lost. */
export async function runSubscriptions({ quick = false, sizes = quick ? [10_000] : [2_000, 10_000], databaseUrl = "postgres://root@127.0.0.1:5432/postgres" }: Options = {}): Promise<Outcome> {
  requireDescriptors(Math.max(...sizes));
  const changes = await openChanges(databaseUrl);
  const rows: Row[] = [];
  try {
    for (const size of sizes) {
      const contestants: Contestant[] = [];
      try {
        for (const plan of quick ? quickPlans : plans) {
          const begun = performance.now();
          contestants.push(await enter(plan, size, changes));
          progress(`${size} sockets on ${plan.name} (${plan.own}) opened in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
        }
        rows.push(...(await measure(contestants, size, quick ? 9 : 15)));
      } finally {
        for (const contestant of contestants) await contestant.stop();
      }
    }
  } finally {
    await changes.drop();
  }
  const largest = rows.filter(({ sockets }) => sockets === Math.max(...sizes));
  const of = (server: string, own = "resume") => largest.find((row) => row.server === server && row.own === own);
  const ratio = (row: Row | undefined) => (row ? row.learnedToLastMs / (of("ws")?.learnedToLastMs ?? Number.NaN) : undefined);
  return {
    ratioToWs: ratio(of("disha")) ?? Number.NaN,
    kilobytesPerSubscriber: of("disha")?.kilobytesPerSubscriber ?? Number.NaN,
    ratioToWsOwnSelection: ratio(of("disha", "selection")),
    rows,
  };
}

/** Sends events in turn to one server after the other, so that what slows the machine slows all of them. */
async function measure(contestants: Contestant[], sockets: number, rounds: number): Promise<Row[]> {
  const seen = new Map<Contestant, Event[]>(contestants.map((contestant) => [contestant, []]));
  let text = padded(510);
  for (let round = -warmUp; round < rounds; round++) {
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const event = await contestant.event(text);
      if (round >= 0) seen.get(contestant)?.push(event);
      // The others send what the product sends.
      if (contestant.name === "disha" && contestant.own === "resume") text = event.sample;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
  return contestants.map((contestant) => {
    const events = seen.get(contestant) ?? [];
    const times = events.map(({ learnedToLast }) => learnedToLast);
    return {
      server: contestant.name,
      sockets,
      own: contestant.own,
      learnedToLastMs: median(times),
      spreadMs: [Math.min(...times), Math.max(...times)],
      writtenToLastMs: median(events.map(({ writtenToLast }) => writtenToLast)),
      cpuMicrosecondsPerSubscriber: (median(events.map(({ cpu }) => cpu)) * 1000) / sockets,
      kilobytesPerSubscriber: contestant.bytesPerSubscriber / 1000,
      heapKilobytesPerSubscriber: contestant.heapBytesPerSubscriber / 1000,
      bytesPerMessage: median(events.map(({ bytes }) => bytes)),
    };
  });
}

const padded = (length: number): string => {
  const message = { id: "1", type: "next", payload: { data: { jobUpdated: { kind: "CHANGE", seq: 1, job: { message: "" } } } } };
  message.payload.data.jobUpdated.job.message = "x".repeat(Math.max(0, length - JSON.stringify(message).length));
  return JSON.stringify(message);
};

/** A process needs a descriptor for each socket, and a few hundred for itself. */
function requireDescriptors(sockets: number): void {
  const allowed = Number(execFileSync("/bin/sh", ["-c", "ulimit -n"], { encoding: "utf8" }));
  if (allowed < sockets + 500) {
    throw new Error(`A process may open ${allowed} files here, and ${sockets} sockets need ${sockets + 500}: run \`ulimit -n ${sockets + 500}\` first.`);
  }
}

export function table(rows: Row[]): string {
  const lines = rows.map((row) =>
    [
      row.server.padEnd(10), row.own.padEnd(9), String(row.sockets).padStart(6),
      `${row.learnedToLastMs.toFixed(0)} ms (${row.spreadMs.map((value) => value.toFixed(0)).join("-")})`.padStart(20),
      `${row.writtenToLastMs.toFixed(0)} ms`.padStart(10),
      `${row.cpuMicrosecondsPerSubscriber.toFixed(1)} µs`.padStart(10),
      `${row.kilobytesPerSubscriber.toFixed(1)} kB`.padStart(9),
      `${row.heapKilobytesPerSubscriber.toFixed(1)} kB`.padStart(9),
      `${row.bytesPerMessage.toFixed(0)} B`.padStart(7),
    ].join(" "),
  );
  return [`server     own       sockets  learned to last      written  CPU/sub.  RSS/sub. heap/sub. message`, ...lines].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { quick: { type: "boolean" }, size: { type: "string", multiple: true }, json: { type: "string" }, database: { type: "string" } },
  });
  const outcome = await runSubscriptions({ quick: values.quick, sizes: values.size?.map(Number), databaseUrl: values.database });
  console.log(table(outcome.rows));
  const { rows: _rows, ...figures } = outcome;
  console.log(JSON.stringify(figures));
  if (values.json) writeFileSync(values.json, JSON.stringify(outcome, null, 2));
}
