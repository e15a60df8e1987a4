import { GraphQLError, Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";

/** What one document may hold. Introspection is left out of the depth; fragments count where they are spread. */
export const limits = {
  /** Fields below each other, the root field included. */
  depth: 15,
  aliases: 20,
  /** Lexical tokens; the parser stops there. */
  tokens: 2_000,
  directives: 50,
  /** Objects and lists within each other in the variables. */
  variables: 40,
} as const;

interface Shape {
  depth: number;
  aliases: number;
  directives: number;
}

const measured = new WeakMap<DocumentNode, GraphQLError | null>();

/**
 * The first limit that a valid document breaks, else null. Measured once per document.
 * Recursion ends because validation refuses fragments that spread themselves.
 */
export function shapeError(document: DocumentNode): GraphQLError | null {
  const known = measured.get(document);
  if (known !== undefined) return known;
  const error = measure(document);
  measured.set(document, error);
  return error;
}

function measure(document: DocumentNode): GraphQLError | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const shapes = new Map<string, Shape>();
  const shapeOf = (selections: SelectionSetNode): Shape => {
    const total: Shape = { depth: 0, aliases: 0, directives: 0 };
    for (const selection of selections.selections) {
      let below: Shape | undefined;
      if (selection.kind === Kind.FRAGMENT_SPREAD) below = fragmentShape(selection.name.value);
      else if (selection.selectionSet) below = shapeOf(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      const introspects = isField && selection.name.value.startsWith("__");
      const depth = introspects ? 1 : (below?.depth ?? 0) + (isField ? 1 : 0);
      total.depth = Math.max(total.depth, depth);
      total.aliases += (below?.aliases ?? 0) + (isField && selection.alias ? 1 : 0);
      total.directives += (below?.directives ?? 0) + (selection.directives?.length ?? 0);
    }
    return total;
  };
  const fragmentShape = (name: string): Shape => {
    const known = shapes.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const shape = fragment ? shapeOf(fragment.selectionSet) : { depth: 0, aliases: 0, directives: 0 };
    shapes.set(name, shape);
    return shape;
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const shape = shapeOf(definition.selectionSet);
    shape.directives += definition.directives?.length ?? 0;
    for (const name of ["depth", "aliases", "directives"] as const) {
      if (shape[name] > limits[name]) return limitExceeded(name, limits[name], shape[name]);
    }
  }
  return null;
}

/**
 * Does a value hold more than `depth` objects and lists within each other? Without calling itself once a
 * level, which whoever reads or writes the value does: that would run out of stack.
 */
export function nestsBeyond(value: unknown, depth: number): boolean {
  let level = [value];
  for (let left = depth; level.length > 0; left--) {
    level = level.filter((item) => typeof item === "object" && item !== null);
    if (left < 0 && level.length > 0) return true;
    level = level.flatMap((item) => Object.values(item as object));
  }
  return false;
}

/** An operation that is too large to run; nothing of it was executed. */
export const limitExceeded = (limit: keyof typeof limits | "cost", allowed: number, found: number): GraphQLError =>
  new GraphQLError(`The operation exceeds the limit of ${allowed} for ${limit}: it has ${found}.`, {
    extensions: { code: "LIMIT_EXCEEDED", limit, allowed, found, http: { status: 400 } },
  });

/** Variables that nobody may read; nothing was executed. */
export const variablesTooDeep = (): GraphQLError =>
  new GraphQLError(`Variables may be nested to depth ${limits.variables}.`, {
    extensions: { code: "LIMIT_EXCEEDED", limit: "variables", allowed: limits.variables, http: { status: 400 } },
  });
