/** A process full of subscribers: raw sockets of `ws` that only count what arrives. */
import WebSocket from "ws";
import { answer } from "./process.js";
import { now, subscribeMessage, type OwnVariables } from "./scenario.js";

interface Open {
  url: string;
  token: string;
  /** The sockets of this process: `from` to `to` of `count`. */
  from: number;
  to: number;
  count: number;
  id: string;
  after: number;
  own: OwnVariables;
}

const atOnce = 64;
let received = 0;
let expected = 0;
let bytes = 0;
let sample = "";
let complete: () => void = () => {};

function onEvent(data: Buffer): void {
  received++;
  bytes += data.length;
  if (received === 1) sample = data.toString("utf8");
  if (received === expected) complete();
}

/** Resolves when the socket is subscribed as far as it can know. */
const openSocket = (index: number, { url, token, count, ...subscription }: Open): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, "graphql-transport-ws", { perMessageDeflate: false, skipUTF8Validation: true });
    socket.on("error", reject);
    socket.on("close", (code) => {
      console.error(`A subscriber was closed with ${code}`);
      process.exit(1);
    });
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } })));
    socket.once("message", (ack: Buffer) => {
      if (!ack.includes("connection_ack")) return reject(new Error(`Not acknowledged: ${String(ack)}`));
      const message = subscribeMessage(index, count, subscription);
      socket.send(message);
      // Whoever resumes without having missed anything hears nothing before the next change.
      const resumes = message.includes('"after":');
      if (resumes) {
        socket.on("message", onEvent);
        return resolve();
      }
      socket.once("message", (snapshot: Buffer) => {
        if (!snapshot.includes('"SNAPSHOT"')) return reject(new Error(`No snapshot: ${String(snapshot)}`));
        socket.on("message", onEvent);
        resolve();
      });
    });
  });

answer({
  async open(request: Open) {
    let next = request.from;
    const worker = async () => {
      while (next < request.to) await openSocket(next++, request);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    expected = request.to - request.from;
    return {};
  },
  /** Counts one event; answers when the last socket has it. */
  async event() {
    received = 0;
    bytes = 0;
    const all = new Promise<void>((resolve) => (complete = resolve));
    process.send?.({ type: "listening" });
    await all;
    return { last: now(), bytes, sample };
  },
});
process.send?.({ type: "ready" });
