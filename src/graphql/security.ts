import cors from "@fastify/cors";
import underPressure from "@fastify/under-pressure";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.js";
import { reasonOf } from "./observer.js";

const explorerOrigin = "https://studio.apollographql.com";

/** Requests of /graphql under way at once; more would only wait for the database and time out. */
export const maxInFlight = 500;
const maxEventLoopDelayMs = 1_000;

/** Browser origins that may call the API. */
export const allowedOrigins = ({ explorer, corsOrigins }: Pick<Config, "explorer" | "corsOrigins">): string[] =>
  explorer ? [explorerOrigin, ...corsOrigins] : [...corsOrigins];

/** Headers of every answer. Answers are data: nothing in them is to be run, framed or sniffed; pages bring their own, wider policy. */
const fixedHeaders = ({ production }: Pick<Config, "production">): Record<string, string> => ({
  "content-security-policy": "default-src 'none';frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  // Pages of other origins may call the API where CORS lets them.
  "cross-origin-resource-policy": "cross-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  // Plain HTTP on a laptop is normal; in production TLS ends at a proxy in front.
  ...(production ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "SAMEORIGIN",
  "x-permitted-cross-domain-policies": "none",
  "x-xss-protection": "0",
});

/** Headers, origins, overload and error answers of every route. */
export async function secure(server: FastifyInstance, config: Config): Promise<void> {
  const fixed = fixedHeaders(config);
  server.addHook("onRequest", (request, reply, next) => {
    reply.headers(fixed).header("x-request-id", request.id);
    next();
  });
  await server.register(cors, {
    origin: allowedOrigins(config),
    methods: ["GET", "POST", "PUT"],
    exposedHeaders: ["x-request-id", "retry-after"],
    maxAge: 600,
  });
  // The embedded database works in this thread, where a long statement is no sign of overload.
  if (config.databaseUrl) {
    await server.register(underPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      pressureHandler: (request, reply) => {
        if (!request.url.startsWith("/health/")) unavailable(reply);
      },
    });
  }
  server.setNotFoundHandler((_request, reply) => fail(reply, 404, "NOT_FOUND", "There is nothing here; the graph is at /graphql."));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const known = refusals[error.code];
    if (known) return fail(reply, known.status, known.code, known.message);
    const status = error.statusCode ?? 500;
    if (status < 500) return fail(reply, status, "BAD_REQUEST", "The request is not well-formed.");
    request.log.error({ requestId: request.id, ...reasonOf(error) }, "unexpected failure");
    return fail(reply, 500, "INTERNAL_SERVER_ERROR", "Something went wrong on our side.");
  });
}

const refusals: Record<string, { status: number; code: string; message: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: "PAYLOAD_TOO_LARGE", message: "The body is larger than 1 MB." },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message: "Send JSON as application/json." },
};

/** Only UTF-8: a body in another encoding would be read as something else than the filters in front saw. */
export function refuseForeignCharset(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers["content-type"] ?? "")?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) next();
  else fail(reply, 415, "UNSUPPORTED_MEDIA_TYPE", "The charset must be UTF-8.");
}

/** An answer before any operation was read, in the form of GraphQL errors. */
export const fail = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  reply.code(status).send({ errors: [{ message, extensions: { code } }] });

/** Too much to do: come back in a moment. */
export const unavailable = (reply: FastifyReply): FastifyReply =>
  fail(reply.header("retry-after", "2"), 503, "UNAVAILABLE", "The server is busy; try again in a moment.");
