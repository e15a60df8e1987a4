import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Config } from "../config.js";
import { Rejection } from "./errors.js";

type Coded = Pick<GraphQLFormattedError, "message"> & { extensions: Record<string, unknown> };

const internal: Coded = {
  message: "Something went wrong on our side.",
  extensions: { code: "INTERNAL_SERVER_ERROR" },
};

/** What PostgreSQL's error classes mean to a client; the database's own words never leave the server. */
const databaseErrors: readonly (readonly [RegExp, Coded])[] = [
  [/^22/, { message: "A value cannot be stored or compared.", extensions: { code: "BAD_USER_INPUT" } }],
  [/^57014$/, { message: "The operation took too long; ask for less.", extensions: { code: "TIMEOUT" } }],
  [/^(40001|40P01|55P03)$/, { message: "Another change came in between; try again.", extensions: { code: "CONFLICT" } }],
  [
    /^(08\w{3}|53\w{3}|57P\w{2}|CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|ENOTFOUND|EAI_AGAIN)$/,
    { message: "The database is not available at the moment; try again.", extensions: { code: "UNAVAILABLE" } },
  ],
];

/**
 * What clients see of an error, over HTTP and WebSocket alike: expected failures with their codes,
 * anything else masked. Suggestions go where introspection is off.
 */
export const formatError =
  ({ introspection }: Pick<Config, "introspection">) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, extensions } = publicPart(formatted, error);
    return {
      ...formatted,
      message: introspection ? message : message.replace(/ ?Did you mean .+\?$/s, ""),
      extensions,
    };
  };

function publicPart(formatted: GraphQLFormattedError, error: unknown): Coded {
  const original = unwrapResolverError(error);
  if (original instanceof Rejection) {
    const [first] = original.problems;
    return { message: original.message, extensions: { code: first?.code ?? "INVALID", problems: original.problems } };
  }
  const database = databaseErrorOf(original);
  if (database) return database;
  if (!(original instanceof GraphQLError)) return internal;
  const { stacktrace: _stack, http: _http, ...extensions } = formatted.extensions ?? {};
  if (extensions["code"] !== undefined && extensions["code"] !== "INTERNAL_SERVER_ERROR") {
    return { message: formatted.message, extensions };
  }
  // Found by the executor: a variable left an argument without a usable value.
  if (/^(Argument|Variable) "/.test(formatted.message)) return { message: formatted.message, extensions: { code: "BAD_USER_INPUT" } };
  return internal;
}

/** Is this a failure that nobody expected, which belongs into the log? */
export const isInternal = (error: GraphQLFormattedError): boolean => error.extensions?.["code"] === internal.extensions["code"];

function databaseErrorOf(error: unknown): Coded | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string" && !(cause instanceof GraphQLError)) {
      const known = databaseErrors.find(([pattern]) => pattern.test(code));
      if (known) return known[1];
    }
  }
  return undefined;
}
