import type { FastifyInstance } from "fastify";
import { ping } from "../db/client.js";
import type { Services } from "./context.js";

/** Whether the server is on its way out; readiness says so before anything else ends. */
export interface Lifecycle {
  stopping: boolean;
}

const pingTimeoutMs = 2_000;

/** `/health/live`: the process answers. `/health/ready`: it can do its work and is not stopping. */
export function registerHealth(server: FastifyInstance, { db, jobs }: Pick<Services, "db" | "jobs">, lifecycle: Lifecycle): void {
  server.get("/health/live", async () => ({ status: "ok" }));
  server.get("/health/ready", async (_request, reply) => {
    const checks = {
      accepting: !lifecycle.stopping,
      database: await answers(() => ping(db)),
      jobs: jobs.running,
    };
    const ready = Object.values(checks).every(Boolean);
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ok" : "unavailable", checks });
  });
}

async function answers(check: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), pingTimeoutMs);
  });
  try {
    return await Promise.race([check().then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
