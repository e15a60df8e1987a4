import { createHash } from "node:crypto";
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
import { UnconditionalRootsRule } from "./limits/conditional-roots.js";
import { limits } from "./limits/shape.js";

/** Bounds of what is kept, for anybody may send documents: a token takes up to 400 bytes, so all take at most about 120 MB. */
const maxKept = 1_000;
const maxTokens = 200_000;
const maxCharacters = 40_000;

/** A document that may be executed, or why not. */
export type Prepared = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/** A cache in Apollo's form. */
interface Cache<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** Documents that were parsed and found valid, each once: HTTP and all sockets execute the same object. */
export interface Documents {
  /** Parses and validates a document of a WebSocket operation as Apollo does those of HTTP. */
  prepare(query: string): Prepared;
  /** The document of this text, when it was found valid before. */
  known(query: string): DocumentNode | undefined;
  /** The document that a client has registered under the SHA-256 of its text, in hexadecimal digits. */
  persisted(hash: string): DocumentNode | undefined;
  /** Where Apollo keeps what it found valid, by hash with a prefix. */
  readonly documentStore: Cache<DocumentNode>;
  /** Where Apollo keeps the texts of automatic persisted queries, by hash with a prefix. */
  readonly persistedQueries: Cache<string>;
}

interface Kept {
  text: string;
  hash: string;
  document: DocumentNode;
  tokens: number;
  persisted: boolean;
}

/** Keeps valid documents, the least recently used going first. */
export function createDocuments(schema: GraphQLSchema, { introspection }: Pick<Config, "introspection">): Documents {
  const rules = [UnconditionalRootsRule, ...specifiedRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const byText = new Map<string, Kept>();
  const byHash = new Map<string, Kept>();
  let tokens = 0;

  function used(entry: Kept | undefined): Kept | undefined {
    if (entry) {
      byText.delete(entry.text);
      byText.set(entry.text, entry);
    }
    return entry;
  }

  function drop(entry: Kept): void {
    byText.delete(entry.text);
    byHash.delete(entry.hash);
    tokens -= entry.tokens;
  }

  function keep(text: string, document: DocumentNode): void {
    if (byText.has(text) || text.length > maxCharacters) return;
    const hash = createHash("sha256").update(text).digest("hex");
    const entry = { text, hash, document, tokens: tokensOf(document), persisted: false };
    byText.set(text, entry);
    byHash.set(hash, entry);
    tokens += entry.tokens;
    for (const oldest of byText.values()) {
      if (byText.size <= maxKept && tokens <= maxTokens) break;
      drop(oldest);
    }
  }

  const ofKey = (key: string): Kept | undefined => byHash.get(key.slice(key.lastIndexOf(":") + 1));
  const forget = async (key: string): Promise<boolean> => {
    const entry = ofKey(key);
    if (entry) drop(entry);
    return entry !== undefined;
  };

  return {
    prepare(query) {
      const known = used(byText.get(query));
      if (known) return { document: known.document };
      let document: DocumentNode;
      try {
        document = parse(query, { maxTokens: limits.tokens });
      } catch (error) {
        return { errors: [coded(error, "GRAPHQL_PARSE_FAILED")] };
      }
      const errors = validate(schema, document, rules, { hideSuggestions: !introspection });
      if (errors.length > 0) return { errors: errors.map((error) => coded(error, "GRAPHQL_VALIDATION_FAILED")) };
      keep(query, document);
      return { document };
    },
    known: (query) => used(byText.get(query))?.document,
    persisted(hash) {
      const entry = byHash.get(hash);
      return entry?.persisted ? used(entry)?.document : undefined;
    },
    documentStore: {
      get: async (key) => used(ofKey(key))?.document,
      set: async (_key, document) => {
        if (document.loc) keep(document.loc.source.body, document);
      },
      delete: forget,
    },
    persistedQueries: {
      get: async (key) => {
        const entry = ofKey(key);
        return entry?.persisted ? used(entry)?.text : undefined;
      },
      set: async (key) => {
        const entry = ofKey(key);
        if (entry) entry.persisted = true;
      },
      delete: forget,
    },
  };
}

/** The tokens of a document, comments among them, which the parser's limit leaves out. */
function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) count++;
  return count;
}

function coded(error: unknown, code: string): GraphQLError {
  if (!(error instanceof GraphQLError)) throw error;
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}
