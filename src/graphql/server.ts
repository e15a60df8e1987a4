import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify, { LogController, type FastifyInstance, type RouteHandlerMethod } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Config } from "../config.js";
import { withoutToken } from "../storage/links.js";
import type { TransferTiming } from "../storage/transfer.js";
import { createAdmission } from "./admission.js";
import { createApollo } from "./apollo.js";
import type { Services } from "./context.js";
import { registerDashboard, type DemoAccount } from "./dashboard.js";
import { createDocuments } from "./documents.js";
import { createCompiled } from "./execution/compiled.js";
import { createInterpreter } from "./execution/executor.js";
import { registerFiles } from "./files.js";
import { registerExplorer } from "./explorer/page.js";
import { formatError } from "./format-error.js";
import { lookingAhead } from "./look-ahead/executor.js";
import { registerHealth, type Lifecycle } from "./health.js";
import { createGate } from "./limits/gate.js";
import { createMetrics } from "./metrics.js";
import { createObserver } from "./observer.js";
import { createRequestContext } from "./request-context.js";
import { maxInFlight, refuseForeignCharset, secure, unavailable } from "./security.js";
import { createShortWay, type ShortWay } from "./short-way.js";
import { createSockets } from "./websocket.js";

const bodyLimit = 1_000_000;
/** For a request to arrive whole; whoever sends a byte now and then would hold a connection for ever. */
const longestRequestMs = 30_000;
/** A handler that has not ended by then is cut off, so that the process ends within 10 s. */
const longestGoodbyeMs = 7_000;

/** What tests set lower than a running service may. */
export interface ServerTuning {
  /** Queries under way from which on nothing is read ahead; 0 leaves all to the loaders. */
  crowd?: number;
  /** Milliseconds for a request to arrive whole. */
  longestRequest?: number;
  /** Milliseconds for the content of a document: between two pieces, and in all. */
  transfer?: TransferTiming;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  url(): string;
  /** Listens, and answers with the address such as `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /**
   * Stops in order: readiness turns 503, load balancers get `drainMs` to see it, sockets close with
   * 1001, requests under way finish, the port closes.
   */
  stop(): Promise<void>;
}

/** The HTTP and WebSocket server with everything mounted, not yet listening. `demoAccounts` are those that the dashboard offers. */
export async function createServer(
  config: Config,
  schema: GraphQLSchema,
  services: Services,
  demoAccounts: () => Promise<readonly DemoAccount[]>,
  tuning: ServerTuning = {},
): Promise<HttpServer> {
  const requestTimeout = tuning.longestRequest ?? longestRequestMs;
  const server = Fastify({
    logger: { level: config.logLevel, serializers: { req: ({ method, url }) => ({ method, path: withoutToken(url?.split("?")[0] ?? "") }) } },
    logController: new LogController({ disableRequestLogging: true }),
    // Lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit,
    trustProxy: (_address, hop) => hop < config.trustProxy,
    requestTimeout,
    // Node takes the longer of the two for the whole request, and by default a minute for its head.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: Math.ceil(requestTimeout / 6) },
    genReqId: ({ headers }) => saneRequestId(headers["x-request-id"]) ?? randomUUID(),
    // What arrives on an open connection while stopping is still answered.
    return503OnClosing: false,
    forceCloseConnections: "idle",
  });
  const lifecycle: Lifecycle = { stopping: false };
  const metrics = createMetrics();
  const observe = createObserver(server.log, metrics);
  const isCompiled = config.execution === "compiled";
  const execute = lookingAhead(schema, isCompiled ? createCompiled(schema) : createInterpreter(schema), { log: server.log, crowd: tuning.crowd, writes: isCompiled });
  const gate = createGate(schema, config, services.limiter);
  const admit = createAdmission(gate);
  const documents = createDocuments(schema, config);
  const apollo = createApollo({ config, schema, execute, admit, documents, observe, logger: server.log });
  await apollo.start();
  server.addHook("onClose", () => apollo.stop());

  await secure(server, config);
  registerHealth(server, services, lifecycle);
  await registerFiles(server, services, tuning.transfer);
  if (config.explorer) registerExplorer(server);
  if (config.dashboard) registerDashboard(server, { maxUploadBytes: config.files.maxBytes, demoAccounts });
  if (config.metrics) registerMetrics(server, metrics);
  const sockets = createSockets({ config, schema, documents, execute, services, gate, observe, metrics, log: server.log });
  await sockets.register(server);
  const contextOf = createRequestContext(services);
  const longWay = fastifyApolloHandler(apollo, { context: contextOf });
  const shortWay = createShortWay({ documents, contextOf, admit, execute, format: formatError(config), observe });
  mountGraph(server, longWay, shortWay, sockets.handler);

  const url = (): string => addressOf(config.host, (server.server.address() as AddressInfo).port);
  return {
    url,
    async listen() {
      // The start has its own words for this; a log line amid them would say it twice.
      const { level } = server.log;
      server.log.level = "silent";
      await server.listen({ host: config.host, port: config.port });
      server.log.level = level;
      return url();
    },
    async stop() {
      lifecycle.stopping = true;
      await delay(config.drainMs);
      const late = setTimeout(() => server.server.closeAllConnections(), longestGoodbyeMs);
      await server.close();
      clearTimeout(late);
    },
  };
}

/** `/graphql`: POST, and GET for queries, for the landing page and for the upgrade to a WebSocket. */
function mountGraph(
  server: FastifyInstance,
  longWay: RouteHandlerMethod,
  shortWay: ShortWay,
  wsHandler: ReturnType<typeof createSockets>["handler"],
): void {
  let underWay = 0;
  const onRequest = [
    refuseForeignCharset,
    (request: { ws?: boolean | null }, reply: Parameters<typeof unavailable>[0], next: () => void) => {
      if (underWay < maxInFlight || request.ws) next();
      else unavailable(reply);
    },
  ];
  const counted = (handler: RouteHandlerMethod): RouteHandlerMethod =>
    async function (request, reply) {
      underWay++;
      try {
        return (await handler.call(this, request, reply)) as unknown;
      } finally {
        underWay--;
      }
    };
  const post: RouteHandlerMethod = async function (request, reply) {
    const known = shortWay.find(request);
    if (known) return shortWay.answer(known, request, reply);
    const answer: unknown = await longWay.call(this, request, reply);
    shortWay.learn(request, reply);
    return answer;
  };
  const get: RouteHandlerMethod = async function (request, reply) {
    const answer: unknown = await longWay.call(this, request, reply);
    // A page, not data: it carries its own policy, with nonces for its scripts.
    if (String(reply.getHeader("content-type")).startsWith("text/html")) reply.removeHeader("content-security-policy");
    return answer;
  };
  server.route({ method: "POST", url: "/graphql", onRequest, handler: counted(post) });
  server.route({ method: "GET", url: "/graphql", onRequest, handler: counted(get), wsHandler });
}

/** Where a server on this host and port is reached; one that listens on every address, by its name on this machine. */
export function addressOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function registerMetrics(server: FastifyInstance, metrics: ReturnType<typeof createMetrics>): void {
  server.get("/metrics", async (_request, reply) => {
    const { type, text } = await metrics.render();
    return reply.type(type).send(text);
  });
}

const saneRequestId = (given: string | string[] | undefined): string | undefined =>
  typeof given === "string" && /^[\w.:-]{8,128}$/.test(given) ? given : undefined;
