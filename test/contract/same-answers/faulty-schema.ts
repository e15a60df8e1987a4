import {
  buildSchema, getNullableType, GraphQLError, isAbstractType, isEnumType, isListType, isNonNullType, isObjectType, isScalarType, type GraphQLOutputType,
} from "graphql";

/** What was called, in which order. */
export type Calls = string[];

export interface Source {
  seed: number;
  kind: unknown;
}

const sdl = /* GraphQL */ `
  interface Node { id: ID! name: String self: Node more: [Node] }
  union Any = A | B
  enum Color { RED GREEN }
  scalar Odd
  input Filter { n: Int! color: Color = RED list: [Int!] odd: Odd more: Filter }
  type A implements Node {
    id: ID! name: String self: Node more: [Node] needed: Int! maybe: Int plain: String plainNeeded: String! plainList: [String!] method: Int
    many: [A!]! some: [B] pairs: [[Int!]] deep: B! any: Any anys: [Any!] color: Color odd: Odd odds: [Odd!]
    given(filter: Filter, n: Int! = 3, odd: Odd): String
  }
  type B implements Node {
    id: ID! name: String self: Node more: [Node] needed: Int! maybe: Int a: A needs: A! colors: [Color!] given(filter: [Filter!], color: Color! = GREEN): [String]
  }
  type Query { a: A needsA: A! b: B node: Node nodes: [Node!] any: Any anys: [Any]! odd(odd: Odd = 3): Odd! given(filter: Filter, n: Int! = 3): String! }
  type Mutation { a: A needsA: A! b(filter: Filter): B any: Any odd(odd: Odd): Odd }
  type Subscription { a: A needsA: A! b: B }
`;

const spread = (seed: number, text: string): number => {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const later = async (ticks: number): Promise<void> => {
  for (let i = 0; i < ticks; i++) await Promise.resolve();
};

const failureOf = (hash: number): unknown => {
  const failures = [
    new Error("broken"), new GraphQLError("refused", { extensions: { code: "REFUSED", hash } }), "text", null, new TypeError(""),
    new GraphQLError("elsewhere", { path: ["else", 1] }),
  ];
  return failures[hash % failures.length];
};

/** A schema whose resolvers fail in every way, always the same for the same root and place; they write into `calls` of the context. */
export function faultySchema() {
  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) type.resolveType = (value: Source) => value.kind as string;
    if (type.name === "Odd" && isScalarType(type)) {
      const odd = (value: unknown) => {
        if (value === 7) return null;
        if (typeof value !== "number" || value % 2 === 0) throw new Error(`${String(value)} is even`);
        return value;
      };
      Object.assign(type, { serialize: odd, parseValue: odd, parseLiteral: (node: { value?: string }) => odd(Number(node.value)) });
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("plain") || field.name === "method") continue;
      field.resolve = (source: Source, args, { calls }: { calls: Calls }, { fieldName, path }) => {
        calls.push(`${path.typename}.${fieldName}.${path.key}`);
        return behave(field.type, spread(source.seed, `${fieldName}${JSON.stringify(args)}`));
      };
    }
  }

  /** A value, null, an error, a throw, or one of them later. */
  function behave(type: GraphQLOutputType, hash: number): unknown {
    const late = spread(hash, "late") % 10;
    if (late < 4) return later(late).then(() => outcome(type, hash));
    return outcome(type, hash);
  }

  function outcome(type: GraphQLOutputType, hash: number): unknown {
    const fate = spread(hash, "fate") % 100;
    if (fate < 4) throw failureOf(hash);
    if (fate < 6) return failureOf(hash);
    if (fate < 9) return fate === 8 ? undefined : null;
    const bare = getNullableType(type);
    if (isListType(bare)) {
      if (fate < 11) return "no list";
      const items = Array.from({ length: hash % 4 }, (_, index) => item(bare.ofType, spread(hash, `item${index}`)));
      // When an item throws, graphql-js lets go of those that are under way, and their failures would end the process.
      if (isNonNullType(bare.ofType)) return items.map((each) => Promise.resolve(each));
      return fate < 20 ? new Set(items) : items;
    }
    if (isEnumType(bare)) return ["RED", "GREEN", "GREEN", "BLUE"][hash % 4];
    if (isScalarType(bare)) return bare.name === "Int" && fate < 12 ? "no number" : hash % 10;
    return sourceOf(isObjectType(bare) ? bare.name : kindOf(hash), hash);
  }

  const item = (type: GraphQLOutputType, hash: number): unknown => {
    try {
      return behave(type, hash);
    } catch (error) {
      return hash % 2 ? null : Promise.reject(error as Error);
    }
  };
  return schema;
}

const kindOf = (hash: number): unknown => {
  const kinds: readonly (() => unknown)[] = [
    () => null, () => "Nobody", () => "Query", () => "Color", () => 5, () => Promise.resolve("A"), () => Promise.reject(new Error("kindless")),
  ];
  const odd = hash % 60;
  return odd < kinds.length ? kinds[odd]?.() : hash % 2 ? "A" : "B";
};

/** An object of the schema; also the root of an operation. */
export function sourceOf(kind: unknown, seed: number): Source & Record<string, unknown> {
  const properties = ["value", null, undefined, 3, new Error("property"), Promise.resolve("late"), () => "called"];
  return {
    seed,
    kind,
    plain: properties[spread(seed, "plain") % properties.length],
    plainNeeded: properties[spread(seed, "needed") % (3 + properties.length)] ?? "value",
    plainList: [["a", "b"], ["a", null], "a", null, [Promise.resolve("a"), "b"]][seed % 5],
    method: (...given: unknown[]) => {
      if (seed % 7 === 0) throw new Error("method");
      return given.length + (seed % 3);
    },
  };
}
