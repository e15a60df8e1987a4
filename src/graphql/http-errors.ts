import { GraphQLError, Kind, type GraphQLFormattedError } from "graphql";

export type Format = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Errors as an answer over HTTP holds them, with the status and the headers that they ask for in `extensions.http`. */
export interface HttpErrors {
  formatted: GraphQLFormattedError[];
  status: number | undefined;
  headers: Record<string, string>;
}

/** Formats errors as Apollo does; of several that ask for a status the last one has it. */
export function httpErrors(errors: readonly GraphQLError[], format: Format): HttpErrors {
  const answer: HttpErrors = { formatted: [], status: undefined, headers: {} };
  for (const error of errors) {
    const { http, ...extensions } = error.extensions;
    const head = http as { status?: number; headers?: Map<string, string> } | undefined;
    answer.status = head?.status ?? answer.status;
    Object.assign(answer.headers, Object.fromEntries(head?.headers ?? []));
    extensions["code"] ??= isBadVariable(error) ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR";
    answer.formatted.push(format({ ...error.toJSON(), extensions }, error));
  }
  return answer;
}

/** Whatever was thrown, as an error of the graph. */
export function graphError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(error.message, { originalError: error });
}

/**
 * Clients that do not know `application/graphql-response+json` expect 200 for whatever answers as
 * GraphQL, failures of parsing, validation and variables included (GraphQL over HTTP, 6.4.1).
 */
export function statusFor(status: number | undefined, errors: readonly GraphQLFormattedError[] | undefined, accept: string): number | undefined {
  const isRequestError = errors?.every((error) => error.extensions?.["code"] !== "BAD_REQUEST") ?? false;
  return status === 400 && isRequestError && !accept.includes("application/graphql-response+json") ? 200 : status;
}

/** Found before anything ran: a variable has no usable value. */
const isBadVariable = ({ nodes, message }: GraphQLError): boolean =>
  nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION && message.startsWith(`Variable "$${nodes[0].variable.name.value}" `);
