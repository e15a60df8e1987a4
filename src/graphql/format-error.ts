import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Config } from "../config.js";
import { Rejection } from "./errors.js";

/** What clients see of an error: expected failures with their codes, anything else masked. */
export const formatError =
  (_config: Pick<Config, "production">) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    if (original instanceof Rejection) {
      const [first] = original.problems;
      return { ...formatted, message: original.message, extensions: { code: first?.code ?? "INVALID", problems: original.problems } };
    }
    if (original instanceof GraphQLError) return formatted;
    return { ...formatted, message: "Something went wrong on our side.", extensions: { code: "INTERNAL_SERVER_ERROR" } };
  };
