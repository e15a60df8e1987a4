import {
  getArgumentValues, getNamedType, getNullableType, isEnumType, isListType, isNonNullType, isObjectType, isScalarType, type FieldNode, type GraphQLEnumType,
  type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, type SelectionSetNode,
} from "graphql";
import { policies, policyOf, type Policy, type Rule } from "../../auth/policy.js";
import { isSignedIn } from "../../auth/viewer.js";
import { declarationOf } from "../../loaders/index.js";
import type { Pageable } from "../../loaders/lists.js";
import type { Read } from "../../loaders/source.js";
import { formOf, type WrittenEdge, type WrittenField, type WrittenObject, type WrittenPageField } from "../../loaders/written.js";
import { doingOf, Property, type Edge } from "./edges.js";
import { fieldsOf, keyOf, want, type Reading } from "./steps.js";

/** Edges that the database writes for one operation; beyond that its text grows too large to be planned quickly. */
const mostEdges = 40;

/** The rows that objects are written from. */
interface Rows {
  declaration: object;
  read: Read<unknown>;
  /** Do several rows stand side by side? */
  areMany: boolean;
  /** May one row stand there several times, such as the provider of many courses? */
  repeat: boolean;
}

/*
 * Islands: parts of an answer that are nothing but columns and edges. The database can write them as JSON. A field
 * with a resolver that computes something, a column whose JSON is not PostgreSQL's text, or a value that may be missing
 * where the graph promises one keeps all that stands above it off the island; `undefined` says so.
 */

/** What the database writes for an edge below `above`, when all below it can be written. */
export async function islandOf(
  reading: Reading,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  edge: Edge,
  above: Pick<Rows, "areMany" | "repeat"> = { areMany: false, repeat: false },
): Promise<WrittenEdge | undefined> {
  const declaration = declarationOf(edge.loader);
  const type = getNamedType(field.type);
  if (!declaration || !isObjectType(type) || !node.selectionSet || reading.islands >= mostEdges) return undefined;
  if (edge.page) {
    // What a loader reads once for each key would be read for every row.
    if (above.repeat || !("pageRead" in declaration)) return undefined;
    return pageOf(reading, type, node.selectionSet, edge, declaration);
  }
  if (!("read" in declaration) || !declaration.read.inside) return undefined;
  const { read } = declaration;
  const isMany = isListType(getNullableType(field.type));
  if (isMany !== Boolean(read.isEach) || (!isMany && isNonNullType(field.type))) return undefined;
  const rows: Rows = { declaration, read, areMany: above.areMany || isMany, repeat: above.repeat || (above.areMany && !isMany) };
  const object = await objectOf(reading, type, node.selectionSet, rows);
  return object && { at: reading.islands++, loader: edge.loader, read, bound: {}, below: isMany ? { many: object } : { one: object } };
}

/** The fields of an object by the keys of the answer; undefined when a key is given to more than one field. */
function selected(reading: Reading, type: GraphQLObjectType, selection: SelectionSetNode): [string, FieldNode][] | undefined {
  const keyed = fieldsOf(reading, type, selection).map((node): [string, FieldNode] => [keyOf(node), node]);
  return new Set(keyed.map(([key]) => key)).size === keyed.length ? keyed : undefined;
}

async function objectOf(reading: Reading, type: GraphQLObjectType, selection: SelectionSetNode, rows: Rows): Promise<WrittenObject | undefined> {
  const keyed = selected(reading, type, selection);
  if (!keyed) return undefined;
  const fields: WrittenField[] = [];
  for (const [key, node] of keyed) {
    const field = await fieldOf(reading, type, node, rows);
    if (!field) return undefined;
    fields.push({ key, ...field });
  }
  return { fields };
}

type Unkeyed<Field> = Field extends unknown ? Omit<Field, "key"> : never;

async function fieldOf(reading: Reading, type: GraphQLObjectType, node: FieldNode, rows: Rows): Promise<Unkeyed<WrittenField> | undefined> {
  if (node.name.value === "__typename") return { text: JSON.stringify(type.name) };
  const field = type.getFields()[node.name.value];
  const guard = field && guardOf(reading, field);
  if (!field || !guard) return undefined;
  const { read } = rows;
  // Should the database not have written it after all, the loaders need the same columns.
  const policy = policyOf(type, field.name);
  if (policy) want(reading, rows, policies[policy].reads);
  if (guard === "closed") return { text: "null" };
  const own = typeof guard === "object" ? guard : {};
  if (typeof guard === "object" && !(guard.own in read.selection)) return undefined;
  if (!node.selectionSet) {
    const leaf = leafOf(type, field, read);
    want(reading, rows, (field.extensions["reads"] as string[] | undefined) ?? [field.name]);
    return leaf && { ...leaf, ...own };
  }
  const doing = await doingOf(field, getArgumentValues(field, node, reading.variables), reading.viewer);
  if (typeof doing !== "object" || !("edge" in doing)) return undefined;
  const { key } = doing.edge;
  want(reading, rows, doing.edge.reads);
  if (!(key instanceof Property) || !(key.name in read.selection)) return undefined;
  const edge = await islandOf(reading, field, node, doing.edge, rows);
  return edge && { edge, property: key.name, ...own };
}

/** Whether the field's policy lets the viewer pass: always, never, or where a column holds their key; undefined when that cannot be told. */
export function guardOf({ viewer }: Reading, { extensions, type }: GraphQLField<unknown, unknown>): "open" | "closed" | { own: string } | undefined {
  const policy = extensions["policy"] as Policy | undefined;
  if (!policy) return "open";
  const { allows, reads, own }: Rule = policies[policy];
  const passes = (row: object | undefined): boolean => allows(viewer, row as never);
  const isClosed = reads.length === 0 ? !passes(undefined) : own === undefined ? undefined : !passes({ [own]: viewer.id });
  if (isClosed === undefined || (isClosed && isNonNullType(type))) return undefined;
  if (isClosed) return "closed";
  if (own === undefined || passes({ [own]: "somebody else" })) return "open";
  return isNonNullType(type) || !isSignedIn(viewer) ? undefined : { own };
}

function leafOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, read: Read<unknown>): { id: string } | { column: string; as: NonNullable<ReturnType<typeof formOf>> } | undefined {
  const reads = field.extensions["reads"] as string[] | undefined;
  if (reads) return field.name === "id" && reads.some((name) => name in read.selection) ? { id: type.name } : undefined;
  if (field.extensions["doing"] || field.args.length > 0) return undefined;
  const column = read.selection[field.name];
  if (!column || (isNonNullType(field.type) && !("notNull" in column && column.notNull))) return undefined;
  const as = formFor(field.type, column);
  return as && { column: field.name, as };
}

function formFor(type: GraphQLOutputType, column: unknown): ReturnType<typeof formOf> {
  const nullable = getNullableType(type);
  const named = getNamedType(type);
  if (isEnumType(named)) return !isListType(nullable) && isUpperCase(named) && formOf(column, "String", false) ? "upper" : undefined;
  return isScalarType(named) ? formOf(column, named.name, isListType(nullable)) : undefined;
}

/** Are the names of an enum's values the database's words in upper case? */
const isUpperCase = (type: GraphQLEnumType): boolean => type.getValues().every(({ name, value }) => typeof value === "string" && value.toUpperCase() === name);

async function pageOf(
  reading: Reading,
  type: GraphQLObjectType,
  selection: SelectionSetNode,
  { loader, page = {} }: Edge,
  declaration: Pageable<never>,
): Promise<WrittenEdge | undefined> {
  const keyed = selected(reading, type, selection);
  const item = getNamedType(type.getFields()["nodes"]?.type);
  if (!keyed || !isObjectType(item)) return undefined;
  const names = keyed.map(([, { name }]) => name.value);
  const isCounted = names.includes("totalCount");
  const asked = declaration.pageRead(page, isCounted);
  const { read, bound, request, uncounted } = asked;
  if (request.isBackward || !read.inside) return undefined;
  const rows: Rows = { declaration, read, areMany: true, repeat: false };
  if (names.includes("edges") || names.includes("pageInfo")) want(reading, rows, request.order.columns.map(({ property }) => property));
  const fields: WrittenPageField[] = [];
  for (const [key, node] of keyed) {
    const field = await pageFieldOf(reading, type, item, node, rows);
    if (!field) return undefined;
    fields.push({ key, ...field } as WrittenPageField);
  }
  const below = { page: { request, fields, uncounted, count: isCounted ? asked.count() : undefined } };
  return { at: reading.islands++, loader, read, bound: { ...bound, size: request.size }, below };
}

async function pageFieldOf(reading: Reading, type: GraphQLObjectType, item: GraphQLObjectType, node: FieldNode, rows: Rows): Promise<Unkeyed<WrittenPageField> | undefined> {
  const { name, selectionSet } = node;
  if (name.value === "__typename") return { text: JSON.stringify(type.name) };
  if (name.value === "totalCount") return { size: true };
  const below = getNamedType(type.getFields()[name.value]?.type);
  if (!selectionSet || !isObjectType(below)) return undefined;
  if (name.value === "nodes") {
    const nodes = await objectOf(reading, item, selectionSet, rows);
    return nodes && { nodes };
  }
  const keyed = selected(reading, below, selectionSet);
  if (!keyed) return undefined;
  if (name.value === "pageInfo") {
    const info = keyed.map(([key, { name: of }]) => ({ key, ...(of.value === "__typename" ? { text: JSON.stringify(below.name) } : { of: of.value as "endCursor" }) }));
    return { info };
  }
  if (name.value !== "edges") return undefined;
  const edges: Extract<WrittenPageField, { edges: unknown }>["edges"][number][] = [];
  for (const [key, { name: of, selectionSet: ofNode }] of keyed) {
    if (of.value === "__typename") edges.push({ key, text: JSON.stringify(below.name) });
    else if (of.value === "cursor") edges.push({ key, cursor: true });
    else {
      const object = ofNode && (await objectOf(reading, item, ofNode, rows));
      if (!object) return undefined;
      edges.push({ key, node: object });
    }
  }
  return { edges };
}
