import { Column, is, sql, type SQL } from "drizzle-orm";
import { PgArray, type PgColumn } from "drizzle-orm/pg-core";
import type { Viewer } from "../auth/viewer.js";
import { signature, type Order } from "../db/ordering.js";
import { renamed, type Bound } from "../db/statements.js";
import type { PageRequest } from "../graphql/page.js";
import type { Read } from "./source.js";

/** An object of the answer as the database writes it: its fields in order, each under the key that the client gave it. */
export interface WrittenObject {
  fields: readonly WrittenField[];
}

export type WrittenField = { key: string; /** Only where this column of the row holds the viewer's key; null for others. */ own?: string } & (
  | { text: string }
  | { column: string; as: Form }
  | { id: string }
  | { edge: WrittenEdge; property: string }
);

/** Objects that a loader answers under a key. */
export interface WrittenEdge {
  /** Its number in the operation, which its names in SQL are made with. */
  at: number;
  loader: string;
  read: Read<unknown>;
  bound: Bound;
  /** One object or null, all objects of a bounded list, or the page of a connection. */
  below: { one: WrittenObject } | { many: WrittenObject } | { page: WrittenPage };
}

export interface WrittenPage {
  request: PageRequest;
  count: { read: Read<number>; bound: Bound } | undefined;
  /** The rows alone, where the list turns out too long to be gathered and counted. */
  uncounted: Read<unknown>;
  /** What the client asked of the connection, in order. */
  fields: readonly WrittenPageField[];
}

export type WrittenPageField = { key: string } & (
  | { text: string }
  | { size: true }
  | { nodes: WrittenObject }
  | { edges: readonly ({ key: string } & ({ text: string } | { cursor: true } | { node: WrittenObject }))[] }
  | { info: readonly ({ key: string } & ({ text: string } | { of: "hasNextPage" | "hasPreviousPage" | "startCursor" | "endCursor" }))[] }
);

/** How a column is written as JSON; each by the name of the scalar that shows it. */
export type Form = "text" | "quoted" | "plain" | "decimal" | "instant" | "upper" | "texts";

const ref = (at: number, property: string): SQL => sql`${sql.identifier(`w${at}`)}.${sql.identifier(property)}`;
/** Placeholders of each level have names of their own, but for the viewer and for keys that were given. */
const named = (at: number, name: string, mark: string): string => (name === "viewer" || name.startsWith("key_") ? name : `${name}_${mark}${at}`);
const viewerKey = sql`${sql.placeholder("viewer")}::uuid`;
const literal = (text: string): SQL => sql.raw(`'${text.replaceAll("'", "''")}'`);
const textOf = (value: SQL): SQL => sql`to_json(${value}::text)::text`;

const forms: Record<Form, (value: SQL) => SQL> = {
  text: textOf,
  quoted: (value) => sql`'"' || ${value}::text || '"'`,
  plain: (value) => sql`${value}::text`,
  decimal: (value) => sql`trim_scale(${value})::text`,
  instant: (value) => sql`'"' || replace(replace(${value}::text, ' ', 'T'), '+00', 'Z') || '"'`,
  upper: (value) => sql`'"' || upper(${value}) || '"'`,
  texts: (value) => sql`to_json(${value})::text`,
};

/** The form of a column under a scalar; undefined where the scalar does more than PostgreSQL's text of it. */
export function formOf(column: unknown, scalar: string, isList: boolean): Form | undefined {
  if (!is(column, Column)) return undefined;
  if (is(column, PgArray)) return isList && scalar === "String" && /^(text|citext)$/.test((column as PgArray<never, never>).baseColumn.getSQLType()) ? "texts" : undefined;
  const type = (column as PgColumn).getSQLType().replace(/\(.*\)/, "");
  if (isList) return undefined;
  return byScalar[scalar]?.[type];
}

const byScalar: Record<string, Record<string, Form>> = {
  String: { text: "text", citext: "text", varchar: "text" },
  Int: { integer: "plain", smallint: "plain" },
  BigInt: { integer: "plain", smallint: "plain", bigint: "plain" },
  Float: { numeric: "decimal", integer: "plain", smallint: "plain" },
  Boolean: { boolean: "plain" },
  DateTime: { "timestamp with time zone": "instant" },
  LocalDate: { date: "quoted" },
  UUID: { uuid: "quoted" },
};

/** JSON text of what stands below an edge, for the key in an expression; never NULL. */
export function writtenText(edge: WrittenEdge, key: SQL, viewer: Viewer): SQL {
  const { below, at } = edge;
  if ("page" in below) return pageText(edge, below.page, key, viewer);
  const object = "one" in below ? below.one : below.many;
  const { rows } = rowsOf(edge.read, at, columnsOf(object), key, viewer);
  const text = objectText(object, at, viewer);
  return "one" in below
    ? sql`coalesce((select ${text} from (${rows()}) ${level(at)}), 'null')`
    : sql`(select coalesce('[' || string_agg(${text}, ',') || ']', '[]') from (${rows()}) ${level(at)})`;
}

/** Values of the placeholders in an edge's text. */
export function writtenBound({ at, bound, below }: WrittenEdge, into: Bound = {}): Bound {
  const bind = (values: Bound, mark: string): void => {
    for (const [name, value] of Object.entries(values)) into[named(at, name, mark)] = value;
  };
  bind(bound, "w");
  if ("page" in below && below.page.count) bind(below.page.count.bound, "c");
  for (const object of objectsBelow(below)) for (const field of object.fields) if ("edge" in field) writtenBound(field.edge, into);
  return into;
}

/** What the text of an edge depends on, in a word. */
export const writtenVariant = (edge: WrittenEdge): string =>
  JSON.stringify(edge, (name, value: unknown) => {
    if (name === "bound") return undefined;
    if (name === "read" || name === "uncounted") return (value as Read<unknown>).variant;
    if (name !== "request") return value;
    const { order, limit, behind } = value as PageRequest;
    return [signature(order), limit, behind];
  });

function objectsBelow(below: WrittenEdge["below"]): WrittenObject[] {
  if (!("page" in below)) return ["one" in below ? below.one : below.many];
  return below.page.fields.flatMap((field) =>
    "nodes" in field ? [field.nodes] : "edges" in field ? field.edges.flatMap((of) => ("node" in of ? [of.node] : [])) : [],
  );
}

function pageText(edge: WrittenEdge, page: WrittenPage, key: SQL, viewer: Viewer): SQL {
  const { at, read } = edge;
  const { request, fields, uncounted, count } = page;
  const total = (): SQL => countText(edge, count, key, viewer);
  // Who asks for the size alone reads no rows.
  if (fields.every((field) => "text" in field || "size" in field)) return joined(partsOf(edge, page, total(), viewer));
  const objects = objectsBelow(edge.below);
  const columns = new Set([...objects.flatMap((object) => [...columnsOf(object)]), ...request.order.columns.map(({ property }) => property)]);
  const { rows, gathered } = rowsOf(read, at, columns, key, viewer);
  const [only] = fields;
  if (!gathered && fields.length === 1 && only && "nodes" in only) {
    const text = objectText(only.nodes, at, viewer);
    // Materialized, for beneath a limit that it does not know PostgreSQL plans for a few rows of many.
    const shown = sql`with listed as materialized (${rows()}) select * from listed limit ${sizeOf(at)}`;
    return sql`(select ${literal(`{"${only.key}":[`)} || coalesce(string_agg(${text}, ','), '') || ']}' from (${shown}) ${level(at)})`;
  }
  // With HAVING it is one row, even where none of the fields gathers anything.
  const written = (listed: SQL, size: SQL): SQL => sql`(select ${joined(partsOf(edge, page, size, viewer))}
    from (select *, row_number() over () as "#place", count(*) over () as "#read" from (${listed}) listed) ${level(at)} having true)`;
  if (!gathered) return written(rows(), total());
  const { order, most } = gathered;
  const listed = sql`select * from gathered order by ${order} limit ${sql.raw(String(request.limit))}`;
  return sql`(with gathered as materialized (${rows()})
    select case when (select count(*) from gathered) <= ${sql.raw(String(most))}
      then ${written(listed, sql`(select count(*) from gathered)::text`)}
      else ${written(rowsOf(uncounted, at, columns, key, viewer).rows(), total())} end)`;
}

/** The size of the page; the rows are read up to one of few limits, so that there are few texts. */
const sizeOf = (at: number): SQL => sql`${sql.placeholder(named(at, "size", "w"))}::int`;

function partsOf({ at }: WrittenEdge, { request, fields }: WrittenPage, total: SQL, viewer: Viewer): [string, SQL][] {
  const { order } = request;
  return fields.map((field): [string, SQL] => {
    if ("text" in field) return [field.key, literal(field.text)];
    if ("size" in field) return [field.key, total];
    if ("nodes" in field) return [field.key, onPage(objectText(field.nodes, at, viewer), at)];
    if ("edges" in field) {
      const edges = field.edges.map((of): [string, SQL] => [
        of.key,
        "text" in of ? literal(of.text) : "cursor" in of ? cursorText(order, at) : objectText(of.node, at, viewer),
      ]);
      return [field.key, onPage(joined(edges), at)];
    }
    const info = field.info.map((of): [string, SQL] => [of.key, "text" in of ? literal(of.text) : infoText(of.of, request, at)]);
    return [field.key, joined(info)];
  });
}

function countText({ at }: WrittenEdge, count: WrittenPage["count"], key: SQL, viewer: Viewer): SQL {
  if (!count) return literal("0");
  const { inside } = count.read;
  if (!inside) throw new Error("The list cannot be counted inside another statement");
  return sql`(select size::text from (${renamed(inside.rows(key, viewer), (name) => named(at, name, "c"))}) ${level(at)})`;
}

/** The rows of an edge with the columns that are written. */
function rowsOf(wide: Read<unknown>, at: number, columns: ReadonlySet<string>, key: SQL, viewer: Viewer) {
  const { inside } = wide.only(columns.size > 0 ? columns : new Set(Object.keys(wide.selection).slice(0, 1)));
  if (!inside) throw new Error("These rows cannot be read inside another statement");
  const rows = (): SQL => renamed(inside.rows(key, viewer), (name) => named(at, name, "w"));
  return { rows, gathered: inside.gathered };
}

const objectText = ({ fields }: WrittenObject, at: number, viewer: Viewer): SQL =>
  joined(
    fields.map((field): [string, SQL] => {
      const text = fieldText(field, at, viewer);
      return [field.key, field.own === undefined ? text : sql`case when ${ref(at, field.own)} = ${viewerKey} then ${text} else 'null' end`];
    }),
  );

function fieldText(field: WrittenField, at: number, viewer: Viewer): SQL {
  if ("text" in field) return literal(field.text);
  if ("id" in field) return globalIdText(field.id, at);
  if ("edge" in field) return writtenText(field.edge, ref(at, field.property), viewer);
  return sql`coalesce(${forms[field.as](ref(at, field.column))}, 'null')`;
}

const level = (at: number): SQL => sql`${sql.identifier(`w${at}`)}`;

/** The columns that an object is written from. */
function columnsOf({ fields }: WrittenObject): Set<string> {
  return new Set(
    fields.flatMap((field) => [
      ...(field.own === undefined ? [] : [field.own]),
      ...("column" in field ? [field.column] : "id" in field ? [keyOfType(field.id)] : "edge" in field ? [field.property] : []),
    ]),
  );
}

const keyOfType = (type: string): string => (type === "NsqfLevel" ? "level" : "id");

function joined(fields: readonly [string, SQL][]): SQL {
  const parts = fields.flatMap(([key, text], place) => [literal(`${place === 0 ? "{" : ","}"${key}":`), text]);
  return sql.join([...parts, literal(fields.length === 0 ? "{}" : "}")], sql` || `);
}

/** An array of the objects that the page shows; one row more was read. */
const onPage = (text: SQL, at: number): SQL =>
  sql`'[' || coalesce(string_agg(${text}, ',' order by "#place") filter (where "#place" <= ${sizeOf(at)}), '') || ']'`;

function infoText(of: "hasNextPage" | "hasPreviousPage" | "startCursor" | "endCursor", { order, behind }: PageRequest, at: number): SQL {
  if (of === "hasNextPage") return behind.before ? literal("true") : sql`(count(*) > ${sizeOf(at)})::text`;
  if (of === "hasPreviousPage") return literal(String(behind.after));
  const place = of === "startCursor" ? sql.raw("1") : sql`least("#read", ${sizeOf(at)})`;
  return sql`coalesce(max(${cursorText(order, at)}) filter (where "#place" = ${place}), 'null')`;
}

/** As `encodeCursor`: base64url of the order's signature and the row's sort values, in JSON. */
function cursorText(order: Order, at: number): SQL {
  const values = order.columns.map(({ property, column }) => {
    const isNumber = /^(integer|smallint|bigint|boolean)$/.test(column.getSQLType());
    return sql`coalesce(${isNumber ? sql`${ref(at, property)}::text` : textOf(ref(at, property))}, 'null')`;
  });
  const json = sql.join([literal(`["${signature(order)}"`), ...values], sql` || ',' || `);
  return sql`'"' || rtrim(translate(encode(convert_to(${json} || ']', 'UTF8'), 'base64'), E'+/\\n', '-_'), '=') || '"'`;
}

/** As `toGlobalId`. Of letters, digits and hyphens base64 makes neither `+` nor `/`; it breaks the line after 76 characters. */
function globalIdText(type: string, at: number): SQL {
  const encoded = sql`encode(convert_to(${literal(`v1:${type}:`)} || ${ref(at, keyOfType(type))}::text, 'UTF8'), 'base64')`;
  const isOneLine = type.length < 17;
  return sql`'"' || rtrim(${isOneLine ? encoded : sql`translate(${encoded}, E'\\n', '')`}, '=') || '"'`;
}
