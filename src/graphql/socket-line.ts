import type { WebSocket } from "@fastify/websocket";
import type { FastifyBaseLogger, FastifyRequest } from "fastify";
import { CloseCode, type Server, type WebSocket as ProtocolSocket } from "graphql-ws";
import { addressOf } from "../auth/network.js";
import type { Origin } from "../auth/authenticate.js";
import { closeCodes } from "./close-codes.js";
import { reasonOf } from "./observer.js";
import type { Pulsing } from "./pulse.js";
import type { Session } from "./sessions.js";

/** Bytes that may wait for a client who goes on asking without reading. */
const maxUnsent = 1024 * 1024;

/** One socket as the protocol sees it. Everything of its request that is not needed later is let go. */
export class Line implements ProtocolSocket, Pulsing {
  readonly requestId: string;
  readonly origin: Origin;
  /** Who is behind it, once it has introduced itself. */
  session: Session | undefined;
  #receive: (text: string) => Promise<void> = async () => {};
  #alive = true;
  #turns = 0;

  constructor(
    readonly socket: WebSocket,
    request: FastifyRequest,
    private readonly log: FastifyBaseLogger,
  ) {
    this.requestId = request.id;
    this.origin = { ip: addressOf(request.ip), userAgent: request.headers["user-agent"] ?? null };
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  /** Resolves as the bytes leave, so that a slow reader slows its own subscription down. */
  send(text: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) resolve();
      else socket.send(text, (error) => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()));
    });
  }

  close(code?: number, reason?: string): void {
    this.socket.close(code, reason);
  }

  onMessage(receive: (text: string) => Promise<void>): void {
    this.#receive = receive;
  }

  /** Pings notice a dead line; every second time the viewer is looked at as well. */
  onTurn(): void {
    if (!this.#alive) return this.socket.terminate();
    this.#alive = false;
    this.socket.ping();
    if (++this.#turns % 2 === 0) this.session?.isStillValid().catch(() => {});
  }

  onTimeOver(): void {
    this.close(closeCodes.forbidden, "The access token has ended");
  }

  /** Connects the socket with the protocol, until it closes. */
  connect(protocol: Server<Line>, leave: () => void): void {
    const { socket } = this;
    const closed = protocol.opened(this, this);
    socket.on("message", (data) => this.#hear(data as Buffer));
    socket.on("pong", () => (this.#alive = true));
    socket.on("close", (code, reason) => {
      leave();
      closed(code, String(reason)).catch((error: unknown) => this.log.error({ ...reasonOf(error) }, "a socket did not end cleanly"));
    });
  }

  #hear(data: Buffer): void {
    if (this.socket.bufferedAmount > maxUnsent) return this.close(closeCodes.tooSlow, "Too much waits to be read");
    this.#receive(messageOf(data.toString("utf8"))).catch((error: unknown) => {
      this.log.error({ requestId: this.requestId, ...reasonOf(error) }, "unexpected failure of a socket");
      this.close(CloseCode.InternalServerError, "Something went wrong on our side");
    });
  }
}

/**
 * The message as graphql-ws takes it too: read already. A text it would hold for as long as the subscription
 * lasts that the message begins, with the whole document in it.
 */
function messageOf(text: string): string {
  try {
    const message = JSON.parse(text) as string;
    return typeof message === "string" ? text : message;
  } catch {
    return text;
  }
}

/**
 * Lets go of the request behind a socket. The server's answer to the upgrade, with its headers, would hang
 * on the connection for as long as it lives, and so would both on the listener that the plugin adds.
 */
export function letGoOfRequest(socket: WebSocket, { raw }: FastifyRequest): void {
  const connection = raw.socket as typeof raw.socket & { _httpMessage?: { detachSocket(socket: unknown): void } | null };
  connection._httpMessage?.detachSocket(connection);
  socket.removeAllListeners("error");
  // What comes after an error, such as 1009 for a message that is too large, `ws` does itself.
  socket.on("error", ignore);
}

const ignore = (): void => {};
