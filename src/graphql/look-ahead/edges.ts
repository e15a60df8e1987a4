import type { GraphQLField, GraphQLFieldResolver, GraphQLObjectType } from "graphql";
import { isSignedIn, type Viewer } from "../../auth/viewer.js";
import { Kept } from "../../db/statements.js";
import { root } from "../../loaders/reads.js";

/** A field that a loader answers as it is: which loader, by which key, and with which arguments of a page. */
export interface Edge {
  loader: string;
  /** The key itself, the property of the row that holds it, or the viewer's own. */
  key: string | Property;
  page?: object;
  /** Properties of the row that the resolver looks at. */
  reads: readonly string[];
}

/** Stands for the value that a row will have. */
export class Property {
  constructor(readonly name: string) {}

  /** Whoever makes something else of the value needs the value. */
  [Symbol.toPrimitive](): never {
    throw new Error(`The value of ${this.name} is not known yet`);
  }
}

/** Stands for the key of whoever asks. */
export const viewerKey = new Property("viewer");

/**
 * What a resolver does: hands on what a loader answers, looks at nothing but these properties of its row (all of
 * them when undefined), or something that cannot be told.
 */
export type Doing = { edge: Edge } | { reads: readonly string[] | undefined } | "something";

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Find = (args: Record<string, unknown>, viewer: Viewer) => Promise<Doing>;

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

/** What it does is the same for all viewers of a role. */
function finderOf(resolve: Resolver): Find {
  const kept = new Kept<Promise<Doing>>(maxKept);
  return (args, viewer) => kept.of(`${viewer.role} ${JSON.stringify(args)}`, () => observe(resolve, args, viewer));
}

/** Calls a resolver to see what it does. Nothing real is in reach: the row gives names for values, loaders only note. */
async function observe(resolve: Resolver, args: Record<string, unknown>, viewer: Viewer): Promise<Doing> {
  const answer = {};
  const reads: string[] = [];
  const edges: Edge[] = [];
  let isOfRow = true;
  const note = (found: Omit<Edge, "reads">): object => {
    edges.push({ ...found, reads });
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
    if (name === "viewer") return isSignedIn(viewer) ? { ...viewer, id: viewerKey } : viewer;
    isOfRow = false;
    return name === "loaders" ? recorder(loader) : undefined;
  });
  try {
    const result: unknown = await resolve(row, args, context, {} as never);
    if (Array.isArray(result)) Promise.all(result).catch(() => {});
    const [edge, ...others] = edges;
    if (result === answer && edge && others.length === 0) return { edge };
    return isOfRow ? { reads: undefined } : "something";
  } catch {
    // It needs more than a loader, or its arguments are wrong, which it will say when it runs.
    return "something";
  }
}

const recorder = (get: (name: string) => unknown): object =>
  new Proxy({}, { get: (_target, name) => (typeof name === "string" ? get(name) : undefined) });
