import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { preset } from "./postgraphile.preset.js";

/** PostGraphile as its documentation serves it on Node's own server, with NODE_ENV and GRAPHILE_ENV set to production. */
const server = createServer();
server.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
const instance = postgraphile(preset);
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env["PORT"]), "127.0.0.1");
