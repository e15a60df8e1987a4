import { jwtSecret, type Changes } from "./database.js";
import { start, type Child } from "./process.js";
import { now, type OwnVariables } from "./scenario.js";

const clientProcesses = 2;

/** One server with its subscribers. */
export interface Contestant {
  name: string;
  own: OwnVariables;
  /** Publishes one change; milliseconds from the moment the server process learned of it, and from its being written. */
  event(text: string): Promise<Event>;
  /** Bytes of resident memory that each subscriber added. */
  bytesPerSubscriber: number;
  heapBytesPerSubscriber: number;
  stop(): Promise<void>;
}

export interface Event {
  learnedToLast: number;
  writtenToLast: number;
  /** CPU of the server process, milliseconds for the whole event. */
  cpu: number;
  bytes: number;
  sample: string;
}

export interface Plan {
  name: string;
  script: string;
  own: OwnVariables;
}

const settings = (changes: Changes) => ({
  NODE_ENV: "production",
  PORT: "0",
  LOG_LEVEL: "warn",
  DATABASE_URL: changes.url,
  JWT_SECRET: jwtSecret,
  MAX_SOCKETS: "1000000",
  MAX_SOCKETS_PER_ADDRESS: "1000000",
  MAX_SOCKETS_PER_USER: "1000000",
  COST_BUDGET_USER: "1000000000",
});

/** Starts the server, opens `count` sockets with one subscription each, and measures what they hold. */
export async function enter({ name, script, own }: Plan, count: number, changes: Changes): Promise<Contestant> {
  const job = await changes.job(count);
  const server = start(script, settings(changes));
  const clients: Child[] = [];
  const stop = async () => void (await Promise.all([server, ...clients].map((child) => child.stop())));
  try {
    const { url } = await server.next<{ url: string }>("ready");
    const isProduct = script.includes("product");
    const publish = async (text: string): Promise<number> => {
      if (!isProduct) return (await server.ask<{ learned: number }>({ type: "publish", text }, "publish")).learned;
      const learned = server.next<{ learned: number }>("learned");
      await changes.change(job.key);
      return (await learned).learned;
    };
    // Others need an event to make their snapshot from.
    await publish(blank);
    const before = await server.ask<Memory>({ type: "memory" }, "memory");
    for (let i = 0; i < clientProcesses; i++) {
      const client = start("client.ts");
      clients.push(client);
      await client.next("ready");
    }
    const share = Math.ceil(count / clientProcesses);
    await Promise.all(
      clients.map((client, i) => client.ask({ type: "open", url, token: changes.token, from: i * share, to: Math.min(count, (i + 1) * share), count, id: job.id, after: job.after, own }, "open")),
    );
    // The wait for introductions and what else belongs to the handshake is over by then.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const after = await server.ask<Memory>({ type: "memory" }, "memory");
    return {
      name,
      own,
      bytesPerSubscriber: (after.rss - before.rss) / count,
      heapBytesPerSubscriber: (after.heapUsed - before.heapUsed) / count,
      stop,
      async event(text) {
        const received = clients.map((client) => client.next<{ last: number; bytes: number; sample: string }>("event"));
        await Promise.all(clients.map((client) => client.ask({ type: "event" }, "listening")));
        const { milliseconds } = await server.ask<{ milliseconds: number }>({ type: "cpu" }, "cpu");
        const written = now();
        const learned = await publish(text);
        const arrived = await Promise.all(received);
        const cpu = (await server.ask<{ milliseconds: number }>({ type: "cpu" }, "cpu")).milliseconds - milliseconds;
        const last = Math.max(...arrived.map((one) => one.last));
        return {
          learnedToLast: last - learned,
          writtenToLast: last - written,
          cpu,
          bytes: arrived.reduce((sum, one) => sum + one.bytes, 0) / count,
          sample: arrived[0]?.sample ?? "",
        };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Memory {
  rss: number;
  heapUsed: number;
}

const blank = JSON.stringify({ id: "1", type: "next", payload: { data: { jobUpdated: { kind: "CHANGE", seq: 1, job: null } } } });
