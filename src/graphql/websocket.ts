import websocket, { type WebsocketHandler } from "@fastify/websocket";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getOperationAST, GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { handleProtocols, makeServer, type Context as GraphQLWsContext } from "graphql-ws";
import { networkOf } from "../auth/network.js";
import type { Config } from "../config.js";
import { createContext, type Context, type Services } from "./context.js";
import type { Documents } from "./documents.js";
import type { Executor, Operation } from "./execution/executor.js";
import { formatError, isInternal } from "./format-error.js";
import type { Cost, Gate } from "./limits/gate.js";
import type { Metrics } from "./metrics.js";
import { reasonOf, type Observer } from "./observer.js";
import { allowedOrigins, fail } from "./security.js";
import { createSessions, type Session } from "./sessions.js";
import { subscribeFresh } from "./subscribe.js";
import { connect, type Line } from "./socket-line.js";

const maxPayload = 64 * 1024;
const maxSubscriptions = 50;
const initTimeoutMs = 3_000;
/** How long a socket may take to say goodbye before it is cut off. */
const goodbyeMs = 2_000;

/** Close codes beside those of graphql-transport-ws (4400, 4401, 4403, 4406, 4408, 4409, 4429). */
export const closeCodes = {
  /** The server stops; come back elsewhere. */
  goingAway: 1001,
  /** Whether the token still holds cannot be found out at the moment; clients try again. */
  tryAgainLater: 1013,
  /** The token was refused, has ended, or its account or role has changed. */
  forbidden: 4403,
  /** The user has too many sockets. */
  tooMany: 4429,
} as const;

interface Parts {
  config: Config;
  schema: GraphQLSchema;
  documents: Pick<Documents, "prepare">;
  execute: Executor;
  services: Services;
  gate: Gate;
  observe: Observer;
  metrics: Metrics;
}

type Connection = GraphQLWsContext<Record<string, unknown>, Line>;

interface Running {
  session: Session;
  cost: Cost | undefined;
  startedAt: number;
  requestId: string;
}

/** GraphQL over WebSocket, protocol graphql-transport-ws: the same schema, limits and errors as over HTTP. */
export function createSockets({ config, schema, documents, execute, services, gate, observe, metrics }: Parts) {
  const sessions = createSessions(config, services.authenticator, metrics);
  const { prepare } = documents;
  const format = formatError(config);
  const running = new WeakMap<object, Running>();
  const shown = (error: GraphQLError): GraphQLFormattedError => format(error.toJSON(), error);

  const runningOf = (args: object): Running => {
    const found = running.get(args);
    if (!found) throw new Error("The operation did not pass the gate");
    return found;
  };

  /** Everything that HTTP checks before an operation runs; errors end it without touching the socket. */
  async function admit({ extra, subscriptions }: Connection, id: string, payload: { query: string; operationName?: string | null | undefined; variables?: Record<string, unknown> | null | undefined }) {
    const session = sessions.of(extra.socket);
    if (Object.keys(subscriptions).length > maxSubscriptions) {
      return [new GraphQLError(`A socket may hold ${maxSubscriptions} operations at once.`, { extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } })];
    }
    const prepared = prepare(payload.query);
    if ("errors" in prepared) return prepared.errors;
    const { document } = prepared;
    const { operationName } = payload;
    const variables = payload.variables ?? {};
    if (!getOperationAST(document, operationName)) {
      return [new GraphQLError("There is no such operation in the document.", { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } })];
    }
    const cost = await gate({ document, operationName, variables, viewer: session.viewer });
    const requestId = `${extra.request.id}/${id}`;
    const args: ExecutionArgs = {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: createContext(services, session.viewer, requestId),
    };
    running.set(args, { session, cost, startedAt: performance.now(), requestId });
    return args;
  }

  const operationOf = ({ document, operationName, variableValues, contextValue }: ExecutionArgs): Operation => ({
    document,
    operationName,
    variables: variableValues ?? {},
    context: contextValue as Context,
  });

  function report(args: ExecutionArgs, errors: readonly GraphQLError[]): void {
    const { session, cost, startedAt, requestId } = runningOf(args);
    const operation = getOperationAST(args.document, args.operationName);
    observe({
      requestId,
      transport: "websocket",
      viewer: session.viewer,
      name: operation?.name?.value,
      type: operation?.operation ?? "unknown",
      startedAt,
      cost,
      errors,
      formatted: errors.map(shown),
    });
  }

  const protocol = makeServer<Record<string, unknown>, Line>({
    connectionInitWaitTimeout: initTimeoutMs,
    onConnect: ({ connectionParams, extra }) => sessions.open(extra.socket, connectionParams, extra.request),
    async onSubscribe(connection, id, payload) {
      try {
        return await admit(connection, id, payload);
      } catch (error) {
        return [error instanceof GraphQLError ? error : new GraphQLError("Not admitted", { originalError: error as Error })];
      }
    },
    async execute(args: ExecutionArgs): Promise<ExecutionResult> {
      const { cost } = runningOf(args);
      const result = await execute(operationOf(args));
      report(args, result.errors ?? []);
      return cost ? { ...result, extensions: { cost } } : result;
    },
    async subscribe(args: ExecutionArgs) {
      const { session, cost, requestId } = runningOf(args);
      const results = await subscribeFresh(args, {
        mayContinue: () => session.isStillValid(),
        execute: (root) => execute({ ...operationOf(args), root, context: createContext(services, session.viewer, requestId) }),
        extensions: cost && { cost },
        onEnd: () => metrics.subscriptions.dec(),
      });
      report(args, "errors" in results ? (results.errors ?? []) : []);
      if (Symbol.asyncIterator in results) metrics.subscriptions.inc();
      return results;
    },
    onNext(_connection, _id, _payload, _args, result) {
      metrics.events.inc();
      return result.errors ? { ...result, errors: result.errors.map(shown) } : undefined;
    },
    onError: ({ extra: { request } }, _id, _payload, errors) =>
      errors.map((error) => {
        const formatted = shown(error as GraphQLError);
        if (isInternal(formatted)) request.log.error({ requestId: request.id, ...reasonOf(error) }, "unexpected failure of a subscription");
        return formatted;
      }),
  });

  const handler: WebsocketHandler = (socket, request) => {
    sessions.enter(socket, networkOf(request.ip));
    connect(protocol, { socket, request });
  };

  return {
    handler,
    async register(server: FastifyInstance): Promise<void> {
      await server.register(websocket, {
        options: { maxPayload, handleProtocols },
        errorHandler: (_error, socket) => socket.close(),
        preClose(this: FastifyInstance, done) {
          for (const client of this.websocketServer.clients) client.close(closeCodes.goingAway, "The server is stopping");
          const late = setTimeout(() => {
            for (const client of this.websocketServer.clients) client.terminate();
          }, goodbyeMs);
          this.websocketServer.close(() => {
            clearTimeout(late);
            done();
          });
        },
      });
      // Refused before the handshake: a socket that is not wanted costs nothing.
      server.addHook("preValidation", async (request, reply) => {
        if (request.ws) await refuseUpgrade(request, reply);
      });
    },
  };

  async function refuseUpgrade(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!isAllowedOrigin(request.headers.origin, request.headers.host)) {
      await fail(reply, 403, "FORBIDDEN", "Sockets from this origin are not allowed.");
    } else if (sessions.isFull()) {
      await fail(reply.header("retry-after", "5"), 503, "UNAVAILABLE", "The server holds as many sockets as it can.");
    } else if (sessions.isFullFor(networkOf(request.ip))) {
      await fail(reply.header("retry-after", "5"), 429, "RATE_LIMITED", "This address holds too many sockets.");
    }
  }

  /** Browsers always name the page that opens a socket; programs need not. Cookies play no part in signing in. */
  function isAllowedOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || allowedOrigins(config).includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
}
