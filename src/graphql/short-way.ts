import type { FastifyReply, FastifyRequest } from "fastify";
import { getOperationAST, type DocumentNode, type ExecutionResult, type GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode } from "graphql";
import type { Admission } from "./admission.js";
import type { Context } from "./context.js";
import type { Documents } from "./documents.js";
import type { Executor } from "./execution/executor.js";
import { jsonOf } from "./execution/written.js";
import { graphError, httpErrors, statusFor, type Format, type HttpErrors } from "./http-errors.js";
import type { Cost } from "./limits/gate.js";
import type { Observer } from "./observer.js";

/** Media types remembered: as many as there are kinds of clients; anybody may send others. */
const maxAccepted = 100;
const longestAccept = 300;
/** What no page of another origin can send without asking first; and no other charset. */
const plainJson = /^application\/json *(; *charset=utf-8)?$/i;

interface Parts {
  documents: Pick<Documents, "known" | "persisted">;
  contextOf: (request: FastifyRequest) => Promise<Context>;
  admit: Admission;
  execute: Executor;
  format: Format;
  observe: Observer;
}

/** An operation that may go the short way. */
interface Known {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  variables: Record<string, unknown>;
  /** The media type that Apollo chose for this client's Accept header. */
  contentType: string;
}

export interface ShortWay {
  /** The operation of a POST when nothing about the request is new; otherwise it is Apollo's. */
  find(request: FastifyRequest): Known | undefined;
  /** Answers it, byte for byte as Apollo would. */
  answer(known: Known, request: FastifyRequest, reply: FastifyReply): Promise<string>;
  /** Learns from an answer of Apollo's which media type this client takes. */
  learn(request: FastifyRequest, reply: FastifyReply): void;
}

/**
 * The short way past Apollo, for documents that Apollo or a WebSocket has parsed and found valid. It
 * leaves out the reading of headers, hashing, hooks and copies; every check of the viewer, the limits and
 * the budget is the same. What is in any way unusual goes to Apollo.
 */
export function createShortWay({ documents, contextOf, admit, execute, format, observe }: Parts): ShortWay {
  const accepted = new Map<string, string>();

  function documentOf(query: unknown, persisted: unknown): DocumentNode | undefined {
    if (persisted === undefined || persisted === null) return typeof query === "string" ? documents.known(query) : undefined;
    // With the text along, the client registers it.
    if (query !== undefined || !isRecord(persisted) || persisted["version"] !== 1) return undefined;
    const hash = persisted["sha256Hash"];
    return typeof hash === "string" ? documents.persisted(hash) : undefined;
  }

  function find({ headers, body }: FastifyRequest): Known | undefined {
    const contentType = accepted.get(headers.accept ?? "");
    if (contentType === undefined || !plainJson.test(headers["content-type"] ?? "") || !isRecord(body)) return undefined;
    const { query, operationName = null, variables = null, extensions = null } = body;
    if (operationName !== null && typeof operationName !== "string") return undefined;
    if (variables !== null && !isRecord(variables)) return undefined;
    if (extensions !== null && !isRecord(extensions)) return undefined;
    const document = documentOf(query, extensions?.["persistedQuery"]);
    const operation = document && getOperationAST(document, operationName);
    if (!operation || operation.operation === "subscription") return undefined;
    return { document, operation, operationName, variables: variables ?? {}, contentType };
  }

  async function run(known: Known, context: Context): Promise<{ result: ExecutionResult; cost: Cost | undefined; thrown: boolean }> {
    let cost: Cost | undefined;
    try {
      cost = await admit({ ...known, context });
      return { result: await execute({ ...known, context, isForText: true }), cost, thrown: false };
    } catch (error) {
      return { result: { errors: [graphError(error)] }, cost, thrown: true };
    }
  }

  async function answer(known: Known, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { operation, contentType } = known;
    let context: Context;
    try {
      context = await contextOf(request);
    } catch (error) {
      const failure = httpErrors([graphError(error)], format);
      head(reply, failure, failure.status ?? 500, contentType);
      return write({ errors: failure.formatted });
    }
    const startedAt = performance.now();
    const { result, cost, thrown } = await run(known, context);
    const failure = result.errors && httpErrors(result.errors, format);
    const failed = failure && (failure.status ?? (thrown ? 500 : result.data === undefined ? 400 : undefined));
    head(reply, failure, statusFor(failed, failure?.formatted, request.headers.accept ?? "") ?? 200, contentType);
    observe({
      requestId: context.requestId,
      transport: "http",
      viewer: context.viewer,
      name: operation.name?.value ?? null,
      type: operation.operation,
      startedAt,
      cost,
      errors: result.errors ?? none,
      formatted: failure?.formatted ?? none,
    });
    const extensions = cost && result.data !== undefined ? { ...result.extensions, cost } : result.extensions;
    return write({ errors: failure?.formatted, data: result.data, extensions });
  }

  function learn({ headers: { accept = "" } }: FastifyRequest, reply: FastifyReply): void {
    const contentType = reply.getHeader("content-type");
    if (reply.statusCode !== 200 || typeof contentType !== "string" || accept.length > longestAccept || accepted.has(accept)) return;
    if (accepted.size < maxAccepted) accepted.set(accept, contentType);
  }

  return { find, answer, learn };
}

const none: readonly GraphQLError[] & readonly GraphQLFormattedError[] = [];

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function head(reply: FastifyReply, failure: HttpErrors | undefined, status: number, contentType: string): void {
  if (failure) reply.headers(failure.headers);
  reply.code(status).header("content-type", contentType);
}

/** The text of an answer, its parts in Apollo's order. */
const write = (result: { errors?: readonly GraphQLFormattedError[] | undefined; data?: unknown; extensions?: unknown }): string => `${jsonOf(result)}\n`;
