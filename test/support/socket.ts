import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";

/** The `ws` class under a client, so that a test can cut the line without a goodbye. */
export interface Cuttable {
  client: Client;
  /** Ends the connection as a lost network does. */
  cut: () => void;
}

export const socketUrl = (url: string): string => `${url.replace("http", "ws")}/graphql`;

export function socketClient(url: string, token?: string): Cuttable {
  let socket: WebSocket | undefined;
  const client = createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    onNonLazyError: () => {},
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    on: { opened: (opened) => (socket = opened as WebSocket) },
  });
  return { client, cut: () => socket?.terminate() };
}

/** A bare socket that speaks JSON: for what a well-behaved client would never send. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly messages: { type: string; id?: string; payload?: never }[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #arrived: () => void = () => {};

  constructor(url: string, options: { protocol?: string; headers?: Record<string, string> } = {}) {
    this.socket = new WebSocket(socketUrl(url), options.protocol ?? "graphql-transport-ws", { headers: options.headers ?? {} });
    this.closed = new Promise((resolve, reject) => {
      this.socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
      this.socket.on("unexpected-response", (_request, response) => reject(new Error(`refused with ${response.statusCode}`)));
    });
    this.closed.catch(() => {});
    this.socket.on("error", () => {});
    this.socket.on("message", (data) => {
      this.messages.push(JSON.parse((data as Buffer).toString("utf8")) as never);
      this.#arrived();
    });
  }

  static async open(url: string, options?: { protocol?: string; headers?: Record<string, string> }): Promise<RawSocket> {
    const raw = new RawSocket(url, options);
    await Promise.race([new Promise((resolve) => raw.socket.once("open", resolve)), raw.closed]);
    return raw;
  }

  /** Opened and acknowledged. */
  static async signedIn(url: string, token?: string): Promise<RawSocket> {
    const raw = await RawSocket.open(url);
    raw.send({ type: "connection_init", payload: token ? { authorization: `Bearer ${token}` } : {} });
    await raw.next("connection_ack");
    return raw;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** Takes the next message of the type, waiting up to 30 s for it. */
  async next<Payload>(type: string, id?: string): Promise<Payload> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const index = this.messages.findIndex((message) => message.type === type && (id === undefined || message.id === id));
      const [found] = index < 0 ? [] : this.messages.splice(index, 1);
      if (found) return found.payload as Payload;
      if (Date.now() > deadline) throw new Error(`No ${type} arrived; there are ${JSON.stringify(this.messages)}`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        setTimeout(resolve, 100);
      });
    }
  }
}
