import {
  getArgumentValues, getDirectiveValues, getNamedType, GraphQLIncludeDirective, GraphQLSkipDirective, isObjectType, Kind,
  type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLObjectType, type SelectionNode, type SelectionSetNode,
} from "graphql";
import { policies, policyOf } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Island, Step } from "../../loaders/ahead.js";
import { declarationOf } from "../../loaders/index.js";
import { doingOf, Property, viewerKey, type Edge } from "./edges.js";
import { guardOf, islandOf } from "./islands.js";

/** What a selection is read with. */
export interface Reading {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  /** Stands for all viewers of the role. */
  viewer: Viewer;
  /** Columns that are looked at, by the declaration that reads them. */
  wanted: Map<object, Set<string>>;
  /** Whether parts of the answer may be left to the database to write. */
  writes: boolean;
  /** Edges that the database writes, so far. */
  islands: number;
  /** Some resolver does more than hand on what a loader answers: it may look at any column of any row. */
  opaque: boolean;
}

/** What answers a root field and what is selected below it, as far as loaders and the database do. */
export interface Answering {
  steps: Step[];
  islands: Island[];
}

/** `mayWrite` says whether the field is selected once only: two selections of it are merged as they are executed. */
export async function answering(reading: Reading, type: GraphQLObjectType, field: FieldNode, mayWrite: boolean): Promise<Answering> {
  const found: Answering = { steps: [], islands: [] };
  await follow(reading, found, type, field, undefined, mayWrite);
  return found;
}

/** The keys of the answer that one field alone is selected under. */
export function keysOfOne(nodes: readonly FieldNode[]): ReadonlySet<string> {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const key of nodes.map(keyOf)) (seen.has(key) ? again : seen).add(key);
  for (const key of again) seen.delete(key);
  return seen;
}

export const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/** The fields of an object that a selection asks for, fragments opened. */
export const fieldsOf = (reading: Reading, type: GraphQLObjectType, { selections }: SelectionSetNode): FieldNode[] =>
  selections.flatMap((selection) => {
    if (!isIncluded(reading, selection)) return [];
    if (selection.kind === Kind.FIELD) return selection;
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? reading.fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value ?? type.name;
    const applies = condition === type.name || type.getInterfaces().some(({ name }) => name === condition);
    return fragment && applies ? fieldsOf(reading, type, fragment.selectionSet) : [];
  });

/** Follows a field; `parent` reads the row that it belongs to, if any step does. */
async function follow(reading: Reading, found: Answering, type: GraphQLObjectType, node: FieldNode, parent: Step | undefined, mayWrite: boolean): Promise<void> {
  const field = type.getFields()[node.name.value];
  if (!field) return;
  const doing = await doingOf(field, getArgumentValues(field, node, reading.variables), reading.viewer);
  const edge = typeof doing === "object" && "edge" in doing ? doing.edge : undefined;
  if (doing === "something") reading.opaque = true;
  else if (parent) want(reading, parent, "edge" in doing ? doing.edge.reads : doing.reads);
  const policy = policyOf(type, field.name);
  if (parent && policy) want(reading, parent, policies[policy].reads);
  const target = getNamedType(field.type);
  if (!node.selectionSet || !isObjectType(target)) return;
  const island = reading.writes && mayWrite && edge ? await islandAt(reading, type, field, node, edge, parent) : undefined;
  if (island) {
    found.islands.push(island);
    if (parent && island.own !== undefined) want(reading, parent, [island.own]);
    return;
  }
  const selected = new Set(fieldsOf(reading, target, node.selectionSet).map(({ name }) => name.value));
  const step = edge ? added(reading, found.steps, stepOf(edge, parent, selected)) : undefined;
  // Which columns are looked at below is not noted without a step.
  if (edge && !step) reading.opaque = true;
  const below = itemsOf(reading, target, node.selectionSet).flatMap(([item, selection]) =>
    fieldsOf(reading, item, selection).map((child): [GraphQLObjectType, FieldNode] => [item, child]),
  );
  const alone = keysOfOne(below.map(([, child]) => child));
  for (const [item, child] of below) await follow(reading, found, item, child, step, mayWrite && alone.has(keyOf(child)));
}

/** The field as an island, when the keys that it hangs on are known and it may be shown at all. */
async function islandAt(
  reading: Reading,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  edge: Edge,
  parent: Step | undefined,
): Promise<Island | undefined> {
  const keys = keysOf(edge.key, parent);
  // Whether a root field may be asked for was looked at before.
  const guard = type.name === "Query" ? "open" : guardOf(reading, field);
  if (!keys || guard === undefined || guard === "closed") return undefined;
  const written = await islandOf(reading, field, node, edge);
  const property = typeof keys === "object" && "parent" in keys ? keys.property : undefined;
  return written && { node, edge: written, keys: simplest(keys), property, own: guard === "open" ? undefined : guard.own };
}

/** Columns of the parent's rows that somebody looks at; undefined stands for all. */
export function want({ wanted }: Reading, { declaration, read }: Pick<Step, "declaration" | "read">, names: readonly string[] | undefined): void {
  const columns = wanted.get(declaration) ?? new Set();
  wanted.set(declaration, columns);
  for (const name of names ?? Object.keys(read.selection)) columns.add(name);
}

/** The step as the list of steps has it, so that two selections of one edge share it. */
function added({ wanted }: Reading, steps: Step[], made: Step | null): Step | undefined {
  if (!made) return undefined;
  const known = steps.find((step) => isSame(step, made));
  if (!known) steps.push(made);
  const columns = wanted.get(made.declaration) ?? new Set();
  wanted.set(made.declaration, columns);
  for (const name of made.sorted) columns.add(name);
  return known ?? made;
}

/** `selected` are the fields of the page, which tell whether it is counted, and whether anybody sees cursors. */
function stepOf({ loader: name, key, page }: Edge, parent: Step | undefined, selected: ReadonlySet<string>): Step | null {
  const declaration = declarationOf(name);
  const keys = keysOf(key, parent);
  if (!keys || !declaration) return null;
  if (page && "pageRead" in declaration) {
    const { read, bound, sorted } = declaration.pageRead(page, selected.has("totalCount"));
    return { name, declaration, keys, page, read, bound, sorted: selected.has("pageInfo") || selected.has("edges") ? sorted : [] };
  }
  return page || !("read" in declaration) ? null : { name, declaration, keys, read: declaration.read, bound: {}, sorted: [] };
}

/** The key of the row that was read by the viewer's key is the viewer's key. */
function simplest(keys: Step["keys"]): Step["keys"] {
  if (typeof keys !== "object" || !("parent" in keys)) return keys;
  const { parent, property } = keys;
  return parent.keys === "viewer" && parent.read.selection[property] === parent.read.key ? "viewer" : keys;
}

/** Keys are known, or a column of the parent's rows. */
function keysOf(key: Edge["key"], parent: Step | undefined): Step["keys"] | null {
  if (key === viewerKey) return "viewer";
  if (!(key instanceof Property)) return [key];
  return parent && key.name in parent.read.selection ? { parent, property: key.name } : null;
}

const isSame = (one: Step, other: Step): boolean => one.name === other.name && identity(one) === identity(other);

const identity = ({ keys, page }: Step): string =>
  JSON.stringify([typeof keys === "object" && "parent" in keys ? [identity(keys.parent), keys.parent.name, keys.property] : keys, page]);

/** The objects that a loader's rows become, and what is selected of them: of a connection, what its page holds. */
function itemsOf(reading: Reading, type: GraphQLObjectType, selected: SelectionSetNode): [GraphQLObjectType, SelectionSetNode][] {
  if (!type.name.endsWith("Connection")) return [[type, selected]];
  const item = getNamedType(type.getFields()["nodes"]?.type);
  if (!isObjectType(item)) return [];
  return fieldsOf(reading, type, selected).flatMap(({ name, selectionSet }) => {
    if (!selectionSet) return [];
    if (name.value === "nodes") return [[item, selectionSet] as [GraphQLObjectType, SelectionSetNode]];
    const edge = getNamedType(type.getFields()["edges"]?.type);
    if (name.value !== "edges" || !isObjectType(edge)) return [];
    return fieldsOf(reading, edge, selectionSet).flatMap((field): [GraphQLObjectType, SelectionSetNode][] =>
      field.name.value === "node" && field.selectionSet ? [[item, field.selectionSet]] : [],
    );
  });
}

function isIncluded({ variables }: Reading, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] !== false
  );
}
