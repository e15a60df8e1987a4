/** The limit: `ws` alone, which sends the same bytes to every socket. */
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { answer, usage } from "./process.js";
import { now } from "./scenario.js";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => "graphql-transport-ws" });
server.on("connection", (socket) => {
  socket.once("message", () => {
    socket.send('{"type":"connection_ack"}');
    socket.once("message", () => socket.send('{"kind":"SNAPSHOT"}'));
  });
});

answer({
  ...usage,
  publish({ text }: { text: string }) {
    const learned = now();
    const data = Buffer.from(text);
    for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(data, { binary: false });
    return { learned };
  },
});
server.on("listening", () => process.send?.({ type: "ready", url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }));
