import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import {
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLJSON,
  GraphQLLocalDate,
  GraphQLTimeZone,
  GraphQLURL,
  GraphQLUUID,
} from "graphql-scalars";
import { nestsBeyond } from "./limits/shape.js";

/**
 * Instants travel as text from the database to the answer, because JS dates drop microseconds;
 * only the separators are changed. Input is checked by graphql-scalars and kept as text too.
 */
export const DateTime = new GraphQLScalarType<string, string>({
  ...GraphQLDateTimeISO.toConfig(),
  name: "DateTime",
  description: "An instant in UTC, ISO 8601, with up to six digits of fractional seconds.",
  serialize: (value) => isoInstant(value),
  parseValue: (value) => {
    GraphQLDateTimeISO.parseValue(value);
    return String(value);
  },
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING) throw new GraphQLError("DateTime needs a string.");
    GraphQLDateTimeISO.parseValue(node.value);
    return node.value;
  },
});

/** `2026-11-20 10:00:00.123456+00` as PostgreSQL writes it, in ISO 8601. */
function isoInstant(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") throw new GraphQLError("DateTime needs text or a date.");
  return value.replace(" ", "T").replace(/\+00(:00)?$/, "Z");
}

/**
 * A whole number beyond 32 bits. It stays a JSON number: sequence numbers and counts are below 2^53,
 * which JavaScript, and with it most clients, reads exactly.
 */
export const BigIntScalar = new GraphQLScalarType<number, number>({
  name: "BigInt",
  description: "A whole number between -(2^53 - 1) and 2^53 - 1, as a JSON number.",
  // Sums of the database arrive as text.
  serialize: (value) => wholeNumber(typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value),
  parseValue: wholeNumber,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT) throw new GraphQLError("BigInt needs a whole number.");
    return wholeNumber(Number(node.value));
  },
});

function wholeNumber(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new GraphQLError("BigInt needs a whole number below 2^53.");
  return value;
}

const deepestJson = 32;

/** Any JSON that is not nested deeper than people or programs would. */
export const JSONValue = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  parseValue: (value) => shallow(GraphQLJSON.parseValue(value)),
  parseLiteral: (node, variables) => shallow(GraphQLJSON.parseLiteral(node, variables)),
});

function shallow(value: unknown): unknown {
  if (nestsBeyond(value, deepestJson)) throw new GraphQLError(`JSON may be nested to depth ${deepestJson}.`);
  return value;
}

export {
  GraphQLEmailAddress as EmailAddress,
  GraphQLLocalDate as LocalDate,
  GraphQLTimeZone as TimeZone,
  GraphQLURL as Url,
  GraphQLUUID as UUID,
};
