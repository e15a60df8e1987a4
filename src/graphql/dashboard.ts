import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dashboardFolder } from "../dashboard/build.js";
import { fail } from "./security.js";

/** Who can sign in to a database that was made for trying out. */
export type DemoAccount = Readonly<{ role: string; email: string; password: string }>;

interface Parts {
  /** Largest document that is taken, in bytes. */
  maxUploadBytes: number;
  /** The demo accounts that may be shown on the page; none in production. */
  demoAccounts: () => Promise<readonly DemoAccount[]>;
}

const assets = path.join(dashboardFolder, "assets");
const yearMs = 365 * 24 * 60 * 60 * 1000;

/**
 * The page for teachers and learners at `/dashboard`: built files, and what the page must know of this server.
 * Until it is built its address answers 503.
 */
export function registerDashboard(server: FastifyInstance, { maxUploadBytes, demoAccounts }: Parts): void {
  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (!existsSync(path.join(dashboardFolder, "index.html"))) return fail(reply, 503, "UNAVAILABLE", "The dashboard is not built: npm run dashboard:build.");
    return reply
      .headers({
        "content-security-policy": policy(request.host),
        "cross-origin-resource-policy": "same-origin",
        // Asked for each time, and mostly answered with 304: it names the assets that belong together.
        "cache-control": "no-cache",
      })
      .sendFile("index.html", dashboardFolder, { cacheControl: false });
  };

  // In a scope of its own: the plugin adds to every reply.
  void server.register(async (scope) => {
    await scope.register(fastifyStatic, { serve: false, preCompressed: true });
    scope.get("/dashboard", page);
    scope.get("/dashboard/", page);
    scope.get<{ Params: { name: string } }>("/dashboard/assets/:name", (request, reply) => {
      const { name } = request.params;
      // Names as the bundler makes them: no folders, no dot in front.
      if (!/^[\w-][\w.-]*$/.test(name) || !existsSync(path.join(assets, name))) return reply.callNotFound();
      return reply.header("cross-origin-resource-policy", "same-origin").sendFile(name, assets, { maxAge: yearMs, immutable: true });
    });
    scope.get("/dashboard/settings", async (_request, reply) =>
      reply
        .headers({ "cache-control": "no-store", "cross-origin-resource-policy": "same-origin" })
        .send({ maxUploadBytes, demoAccounts: await demoAccounts() }),
    );
  });
}

/** Scripts and styles of this server alone, none inline; the page calls nobody else. Texts of courses may show images by https. */
function policy(host: string): string {
  // Not every browser counts sockets of the same host to 'self'.
  const sockets = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' https:",
    `connect-src ${["'self'", ...sockets].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
