import type { WebSocket } from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import { CloseCode, type Server } from "graphql-ws";
import { reasonOf } from "./observer.js";

const pingEveryMs = 15_000;

/** A socket and the request that it grew out of. */
export interface Line {
  socket: WebSocket;
  request: FastifyRequest;
}

/** Connects a socket with the protocol: messages both ways, and pings that notice a dead line. */
export function connect(protocol: Server<Line>, line: Line): void {
  const { socket, request } = line;
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      /** Resolves as the bytes leave, so that a slow reader slows its own subscription down. */
      send: (text) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== socket.OPEN) resolve();
          else socket.send(text, (error) => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()));
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) => {
        socket.on("message", (data) => {
          receive((data as Buffer).toString("utf8")).catch((error: unknown) => {
            request.log.error({ requestId: request.id, ...reasonOf(error) }, "unexpected failure of a socket");
            socket.close(CloseCode.InternalServerError, "Something went wrong on our side");
          });
        });
      },
    },
    line,
  );
  let answered = true;
  socket.on("pong", () => (answered = true));
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs);
  // What comes after an error, such as 1009 for a message that is too large, `ws` does itself.
  socket.on("error", () => {});
  socket.once("close", (code, reason) => {
    clearInterval(ping);
    closed(code, String(reason)).catch((error: unknown) => request.log.error({ ...reasonOf(error) }, "a socket did not end cleanly"));
  });
}
