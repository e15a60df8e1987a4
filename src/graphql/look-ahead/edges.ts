import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType } from "graphql";
import type { Viewer } from "../../auth/viewer.js";
import { root } from "../../loaders/reads.js";

/** A field that a loader answers as it is: which loader, by which key, and with which arguments of a page. */
export interface Edge {
  loader: string;
  /** The key itself at a root field; below, the property of the row that holds it. */
  key: string | Property;
  page?: object;
  /** Properties of the row that the resolver looks at. */
  reads: readonly string[];
}

/** Stands for the value that a row will have. */
export class Property {
  constructor(readonly name: string) {}
}

/**
 * What a resolver does: hands on what a loader answers, looks at nothing but these properties of its row (all of
 * them when undefined), or something that cannot be told.
 */
export type Doing = { edge: Edge } | { reads: readonly string[] | undefined } | "something";

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Find = (args: Record<string, unknown>, viewer: Viewer) => Promise<Doing> | Doing;

/** Edges kept of a field, one for each combination of arguments. */
const maxKept = 100;

/** Lets every field with a resolver tell what it does. Nobody declares it: the resolver itself is observed. */
export function findEdges(types: readonly GraphQLObjectType[]): void {
  for (const field of types.flatMap((type) => Object.values(type.getFields()))) {
    const { resolve, extensions } = field;
    if (resolve && !extensions["reads"]) field.extensions = { ...extensions, doing: finderOf(resolve) };
  }
}

/** What the resolver of a field does with these arguments; a plain column is read under the field's name. */
export function doingOf({ name, extensions }: GraphQLField<unknown, unknown>, args: Record<string, unknown>, viewer: Viewer): Promise<Doing> | Doing {
  const find = extensions["doing"] as Find | undefined;
  return find ? find(args, viewer) : { reads: (extensions["reads"] as string[] | undefined) ?? [name] };
}

/** What it does is the same for all viewers of a role, but for keys that a root field knows. */
function finderOf(resolve: Resolver): Find {
  const kept = new Map<string, Doing>();
  return (args, viewer) => {
    const shape = `${viewer.role} ${JSON.stringify(args)}`;
    const known = kept.get(shape);
    if (known) return known;
    return observe(resolve, args, viewer).then((doing) => {
      if (kept.size >= maxKept) kept.clear();
      const isKnownKey = typeof doing === "object" && "edge" in doing && !(doing.edge.key instanceof Property) && doing.edge.key !== root;
      if (!isKnownKey) kept.set(shape, doing);
      return doing;
    });
  };
}

/** Calls a resolver to see what it does. Nothing real is in reach: the row gives names for values, loaders only note. */
async function observe(resolve: Resolver, args: Record<string, unknown>, viewer: Viewer): Promise<Doing> {
  const answer = {};
  const reads: string[] = [];
  let edge: Edge | undefined;
  let isOfRow = true;
  const note = (found: Omit<Edge, "reads">): object => {
    edge = { ...found, reads };
    return answer;
  };
  const loader = (name: string) => ({
    load: (key: Edge["key"]) => note({ loader: name, key }),
    page: (...given: [object] | [Edge["key"], object]) => {
      const [key, page] = given.length === 1 ? [root, given[0]] : given;
      return note({ loader: name, key, page });
    },
  });
  const row = recorder((name) => {
    reads.push(name);
    return new Property(name);
  });
  const context = recorder((name) => {
    if (name === "viewer") return viewer;
    isOfRow = false;
    return name === "loaders" ? recorder(loader) : undefined;
  });
  try {
    const result: unknown = await resolve(row, args, context, {} as never);
    if (Array.isArray(result)) Promise.all(result).catch(() => {});
    if (result === answer && edge) return { edge };
    return isOfRow ? { reads: undefined } : "something";
  } catch {
    // It needs more than a loader, or its arguments are wrong, which it will say when it runs.
    return "something";
  }
}

const recorder = (get: (name: string) => unknown): object =>
  new Proxy({}, { get: (_target, name) => (typeof name === "string" ? get(name) : undefined) });
