/** The product itself; only its ear at the database is wrapped, to note when the process learns of a change. */
import { startApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { openPostgres } from "../../src/db/engines/postgres.js";
import { outboxChannel } from "../../src/db/unit-of-work.js";
import { answer, usage } from "./process.js";
import { now } from "./scenario.js";

const config = readConfig();
const engine = await openPostgres(config.databaseUrl ?? "");
const app = await startApp(
  config,
  {
    ...engine,
    listen: (channel, onMessage, onReconnect) =>
      engine.listen(
        channel,
        (payload) => {
          if (channel === outboxChannel) process.send?.({ type: "learned", topic: payload, learned: now() });
          onMessage(payload);
        },
        onReconnect,
      ),
  },
  config.jwtSecret ?? "",
);
answer(usage);
process.send?.({ type: "ready", url: `${app.url.replace("http", "ws")}/graphql` });
