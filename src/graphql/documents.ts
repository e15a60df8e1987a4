import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import type { Config } from "../config.js";
import { limits } from "./limits/shape.js";

const maxKept = 500;

/** A document that may be executed, or why not. */
export type Prepared = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/**
 * Parses and validates documents of WebSocket operations as Apollo does those of HTTP. Valid ones
 * are kept, the least recently used going first: a thousand sockets share one parsed document.
 */
export function createDocuments(schema: GraphQLSchema, { introspection }: Pick<Config, "introspection">): (query: string) => Prepared {
  const kept = new Map<string, DocumentNode>();
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (query) => {
    const known = kept.get(query);
    if (known) {
      kept.delete(query);
      kept.set(query, known);
      return { document: known };
    }
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.tokens });
    } catch (error) {
      return { errors: [coded(error, "GRAPHQL_PARSE_FAILED")] };
    }
    const errors = validate(schema, document, rules, { hideSuggestions: !introspection });
    if (errors.length > 0) return { errors: errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED")) };
    kept.set(query, document);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return { document };
  };
}

function coded(error: unknown, code: string): GraphQLError {
  if (!(error instanceof GraphQLError)) throw error;
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
