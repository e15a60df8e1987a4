import websocket, { type WebsocketHandler } from "@fastify/websocket";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  createSourceEventStream, getOperationAST, GraphQLError, type DocumentNode, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { handleProtocols, makeServer, type Context as GraphQLWsContext, type SubscribePayload } from "graphql-ws";
import { networkOf } from "../auth/network.js";
import type { Config } from "../config.js";
import { closeCodes } from "./close-codes.js";
import { createContext, type Context, type Services } from "./context.js";
import type { Documents } from "./documents.js";
import type { Executor, Operation } from "./execution/executor.js";
import { formatError, isInternal } from "./format-error.js";
import type { Cost, Gate } from "./limits/gate.js";
import { createAudiences } from "./live/audiences.js";
import { Subscriber } from "./live/subscriber.js";
import type { Metrics } from "./metrics.js";
import { reasonOf, type Observer } from "./observer.js";
import { allowedOrigins, fail } from "./security.js";
import { createSessions, type Session } from "./sessions.js";
import { letGoOfRequest, Line } from "./socket-line.js";
import { TopicStream } from "./topic-stream.js";

const maxPayload = 64 * 1024;
const maxSubscriptions = 50;
const initTimeoutMs = 3_000;
/** How long a socket may take to say goodbye before it is cut off. */
const goodbyeMs = 2_000;

interface Parts {
  config: Config;
  schema: GraphQLSchema;
  documents: Pick<Documents, "prepare">;
  execute: Executor;
  services: Services;
  gate: Gate;
  observe: Observer;
  metrics: Metrics;
  log: FastifyBaseLogger;
}

type Connection = GraphQLWsContext<Record<string, unknown>, Line>;

/** One operation that passed the gate, as graphql-ws hands it on to be executed. */
class Admitted implements ExecutionArgs {
  readonly startedAt = performance.now();

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly operationName: string | null,
    public variableValues: Record<string, unknown>,
    public contextValue: Context | undefined,
    readonly line: Line,
    readonly session: Session,
    readonly cost: Cost | undefined,
    /** The id that the client has given to the operation. */
    readonly id: string,
  ) {}

  get requestId(): string {
    return `${this.line.requestId}/${this.id}`;
  }

  /** graphql-ws holds on to this while a subscription lasts, which needs nothing of it any more. */
  letGo(): void {
    this.variableValues = {};
    this.contextValue = undefined;
  }
}

const admitted = (args: ExecutionArgs): Admitted => {
  if (args instanceof Admitted) return args;
  throw new Error("The operation did not pass the gate");
};

/** GraphQL over WebSocket, protocol graphql-transport-ws: the same schema, limits and errors as over HTTP. */
export function createSockets({ config, schema, documents, execute, services, gate, observe, metrics, log }: Parts) {
  const sessions = createSessions(config, services.authenticator, metrics);
  const { prepare } = documents;
  const format = formatError(config);
  const shown = (error: GraphQLError): GraphQLFormattedError => format(error.toJSON(), error);
  const audienceOf = createAudiences({ services, execute, shown, metrics });

  /** Everything that HTTP checks before an operation runs; errors end it without touching the socket. */
  async function admit({ extra: line, subscriptions }: Connection, id: string, payload: SubscribePayload) {
    const session = sessions.of(line);
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
    // The message lives as long as its operation: the text of a document that thousands send is kept once.
    Object.assign(payload, { query: document.loc?.source.body ?? payload.query, variables: undefined });
    const context = createContext(services, session.viewer, `${line.requestId}/${id}`);
    return new Admitted(schema, document, operationName ?? null, variables, context, line, session, cost, id);
  }

  const operationOf = ({ document, operationName, variableValues, contextValue }: Admitted): Operation => ({
    document,
    operationName,
    variables: variableValues,
    context: contextValue as Context,
  });

  async function subscribe(args: Admitted): Promise<Subscriber | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(source instanceof TopicStream)) {
      if (Symbol.asyncIterator in source) throw new Error("Subscriptions follow a topic");
      return source;
    }
    const { document, operationName, variableValues: variables, line, session, cost, id, requestId } = args;
    args.letGo();
    const audience = audienceOf({ topic: source.topic, viewer: session.viewer, document, operationName, variables, requestId });
    return new Subscriber(id, line, session, source, audience, cost && { cost });
  }

  function report({ document, operationName, session, cost, startedAt, requestId }: Admitted, errors: readonly GraphQLError[]): void {
    const operation = getOperationAST(document, operationName);
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
    async onConnect(connection) {
      const { connectionParams, extra } = connection;
      const welcome = await sessions.open(extra, connectionParams, log);
      // The token has done its work; a socket need not carry it about.
      Object.assign(connection, { connectionParams: undefined });
      return welcome;
    },
    async onSubscribe(connection, id, payload) {
      try {
        return await admit(connection, id, payload);
      } catch (error) {
        return [error instanceof GraphQLError ? error : new GraphQLError("Not admitted", { originalError: error as Error })];
      }
    },
    async execute(args: ExecutionArgs): Promise<ExecutionResult> {
      const operation = admitted(args);
      const { cost } = operation;
      const result = await execute(operationOf(operation));
      report(operation, result.errors ?? []);
      return cost ? { ...result, extensions: { cost } } : result;
    },
    async subscribe(args: ExecutionArgs) {
      const operation = admitted(args);
      const results = await subscribe(operation);
      report(operation, results instanceof Subscriber ? [] : (results.errors ?? []));
      return results;
    },
    onNext(_connection, _id, _payload, _args, result) {
      metrics.events.inc();
      return result.errors ? { ...result, errors: result.errors.map(shown) } : undefined;
    },
    onError: ({ extra: { requestId } }, _id, _payload, errors) =>
      errors.map((error) => {
        const formatted = shown(error as GraphQLError);
        if (isInternal(formatted)) log.error({ requestId, ...reasonOf(error) }, "unexpected failure of a subscription");
        return formatted;
      }),
  });

  const handler: WebsocketHandler = (socket, request) => {
    const line = new Line(socket, request, log);
    line.connect(protocol, sessions.enter(line, networkOf(request.ip)));
    letGoOfRequest(socket, request);
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
