import autocannon, { type Client, type Request } from "autocannon";
import type { LoadJob, LoadReport } from "./load.js";

/**
 * The load generator, in a process of its own. It does nothing with an answer but look for errors, since it
 * shares the machine with what it measures. Latencies come from its events: its histogram has whole milliseconds.
 */
process.on("message", (job: LoadJob) => {
  run(job).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});

async function run({ port, connections, seconds, requests, start, sendOnce }: LoadJob): Promise<LoadReport> {
  const latencies: number[] = [];
  const counts = new Map<object, number>();
  let failed: string | null = null;
  let last = 0;
  let clients = 0;
  const began = performance.now();
  const isGood = (body: unknown): boolean => {
    const text = String(body);
    const good = text.startsWith('{"data":{') && !text.includes('"errors":[{');
    if (!good) failed ??= text.slice(0, 2_000);
    return good;
  };
  const instance = autocannon({
    url: `http://127.0.0.1:${port}/graphql`,
    connections,
    duration: seconds,
    sampleInt: 100,
    verifyBody: isGood,
    setupClient: (client: Client) => {
      client.setRequests(share(requests, { place: clients, connections, start, once: sendOnce }).map(toSend));
      clients += 1;
    },
  });
  instance.on("response", (client: object, status: number, _bytes: number, took: number) => {
    last = performance.now();
    latencies.push(took);
    counts.set(client, (counts.get(client) ?? 0) + 1);
    if (status !== 200) failed ??= `HTTP status ${status}`;
  });
  const result = await instance;
  if (failed !== null) throw new Error(failed);
  if (result.errors + result.timeouts > 0) throw new Error(`${result.errors} connection errors, ${result.timeouts} timeouts`);
  return { latencies: Float64Array.from(latencies), elapsedMs: last - began, mostOfOneConnection: Math.max(0, ...counts.values()) };
}

/**
 * The requests of one connection. Those that may be sent once only are dealt out; else every connection sends
 * all of them, but begins at another, so that no two send the same one at the same time.
 */
function share(requests: LoadJob["requests"], { place, connections, start, once }: { place: number; connections: number; start: number; once: boolean }) {
  if (once) return requests.filter((_, index) => index % connections === place);
  const from = (start + place * Math.max(1, Math.floor(requests.length / connections))) % requests.length;
  return [...requests.slice(from), ...requests.slice(0, from)];
}

const toSend = ({ body, headers }: LoadJob["requests"][number]): Request => ({ method: "POST", path: "/graphql", body, headers });
