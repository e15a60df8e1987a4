import { Column, is, sql, type SQL } from "drizzle-orm";
import { PgArray } from "drizzle-orm/pg-core";
import type { Viewer } from "../auth/viewer.js";
import { asViewer } from "../db/client.js";
import { renamed, type Bound, type Selection } from "../db/statements.js";
import { givenKeys, narrowed, type PageRows, type Read, type Source, type Written } from "./source.js";
import { writtenBound, writtenText, writtenVariant, type WrittenEdge } from "./written.js";

/** One loader's part of a statement that reads a root and what is selected below it. */
export interface Step {
  /** Name of the loader. */
  name: string;
  declaration: object;
  read: Read<unknown>;
  bound: Bound;
  /** Known keys, the viewer's own, or the property of the parent's rows that holds them. */
  keys: readonly string[] | "viewer" | { parent: Step; property: string };
  /** Arguments of a page. */
  page?: object;
  /** Columns that the page's cursors are made of. */
  sorted: readonly string[];
}

/** A field whose whole answer the database writes. */
export interface Island {
  /** The field in the client's document. */
  node: object;
  edge: WrittenEdge;
  keys: Step["keys"];
  /** The property of the row above that holds the key; undefined where there is no such row. */
  property: string | undefined;
  own: string | undefined;
}

/** A statement for a root and what is selected below it; the same for all viewers of a role. */
export interface Ahead {
  variant: string;
  /** Every part is read for all requests together as well. */
  isShared: boolean;
  steps: readonly Step[];
  islands: readonly Island[];
  bound: Bound;
  getSQL(): SQL;
}

/** The declaration that these statements are kept under. */
const declaration = {};
const part = (at: number) => sql.identifier(`part${at}`);
const named = (at: number, name: string): string => `${name}_${at}`;

/** Puts the statements of the steps together; parents come before their children. */
export function prepareAhead(viewer: Viewer, given: readonly Step[], islands: readonly Island[], wanted: Source["wanted"]): Ahead {
  const steps = given.map((step) => ({ ...step, read: narrowed(step.read, wanted?.get(step.declaration)) }));
  const places = new Map(given.map((step, at) => [step, at]));
  for (const step of steps) {
    if (hangs(step.keys)) step.keys = { ...step.keys, parent: steps[places.get(step.keys.parent) ?? 0] as Step };
  }
  const bound: Bound = {};
  const texts = steps.map(({ name, read, keys, bound: own }, at) => {
    for (const [key, value] of Object.entries(own)) bound[named(at, key)] = value;
    return `${name} ${read.variant} ${hangs(keys) ? `${steps.indexOf(keys.parent as never)} ${keys.property}` : ""}`;
  });
  const isShared = islands.length === 0 && given.every(({ declaration: owner }) => "scope" in owner && owner.scope !== "perViewer");
  const placed = islands.map((island) => ({ ...island, keys: hangs(island.keys) ? { ...island.keys, parent: steps[places.get(island.keys.parent) ?? 0] as Step } : island.keys }));
  const written = placed.map(({ edge, keys, own }) => {
    writtenBound(edge, bound);
    if (Array.isArray(keys)) bound[keyName(edge)] = keys[0];
    return `${hangs(keys) ? `${steps.indexOf(keys.parent)} ${keys.property}` : String(keys === "viewer")} ${own ?? ""} ${writtenVariant(edge)}`;
  });
  return { variant: [viewer.role, ...texts, "|", ...written].join("; "), isShared, steps, islands: placed, bound, getSQL: () => statementOf(viewer, steps, placed) };
}

const keyName = ({ at }: WrittenEdge): string => `key_${at}`;

/**
 * Reads a root and everything below it, and primes the loaders with it: resolvers find their rows there.
 * @returns what the database has written, by field; undefined when it left something out.
 */
export async function readAhead(source: Source, ahead: Ahead): Promise<Map<object, Written> | undefined> {
  const { db, viewer, statements, pages } = source;
  const { steps, islands, variant } = ahead;
  const bound: Bound = { ...ahead.bound, viewer: viewer.id };
  const given = steps.map(({ keys }, at) => {
    if (hangs(keys)) return [];
    const known = keys === "viewer" ? [viewer.id ?? ""] : keys;
    bound[named(at, "keys")] = known;
    return known;
  });
  const statement = statements.of(declaration, variant, () => ahead);
  const [parts = []] = await asViewer(db, viewer, (scoped) => statement(scoped, bound));
  steps.forEach(({ name, declaration: owner, read, keys: from, page }, at) => {
    const rows = parts[at] as unknown[][];
    const keys = hangs(from) ? keysIn(parts[steps.indexOf(from.parent)] as unknown[][], from) : (given[at] ?? []);
    const values = read.collect(rows, keys);
    const loader = page ? undefined : source.loader(name);
    keys.forEach((key, index) => {
      const value = values[index];
      if (!page) loader?.prime(key, value);
      else if (value) pages.set(owner, key, page, Array.isArray(value) ? { rows: value } : (value as PageRows));
    });
  });
  return writtenIn(islands, parts.slice(steps.length), viewer.id ?? "");
}

/**
 * A field of a fragment that is spread in several places has texts from each of them, told apart by the key of the row above.
 * Where they cannot be told apart the field is left to the loaders.
 */
export function addWritten(written: Map<object, Written>, node: object, found: Written): void {
  const known = written.get(node);
  const isSame = !known || (known.property === found.property && known.own === found.own);
  const texts = isSame ? [...(known?.texts ?? []), ...found.texts] : [];
  written.set(node, { ...found, texts: new Map(texts) });
}

function writtenIn(islands: readonly Island[], texts: readonly unknown[], viewerId: string): Map<object, Written> | undefined {
  const written = new Map<object, Written>();
  for (const [place, { node, keys, property, own }] of islands.entries()) {
    const found = texts[place];
    if (found === null || found === undefined) return undefined;
    const pairs: [string, string][] = hangs(keys) ? (found as [string, string][]) : [[property === undefined ? "" : viewerId, found as string]];
    addWritten(written, node, { property, own, texts: new Map(pairs) });
  }
  return written;
}

const hangs = (keys: Step["keys"]): keys is { parent: Step; property: string } => typeof keys === "object" && "parent" in keys;

/** The keys that rows of a parent hold, each once. */
function keysIn(rows: unknown[][], { parent, property }: { parent: Step; property: string }): string[] {
  const place = 1 + Object.keys(parent.read.selection).indexOf(property);
  const keys = new Set<string>();
  for (const values of rows) if (values[place] !== null) keys.add(String(values[place] as string | number));
  return [...keys];
}

/** Each step is a part of its own, which later ones take their keys from; each part leaves as one array of arrays. */
function statementOf(viewer: Viewer, steps: readonly Step[], islands: readonly Island[]): SQL {
  const parts = steps.map(({ read, keys }, at) => {
    const query = read.query(hangs(keys) ? keysFrom(steps.indexOf(keys.parent), keys.property, read.isEach) : givenKeys(read), viewer);
    return sql`${part(at)} as (${renamed(query.getSQL(), (name) => (name === "viewer" ? name : named(at, name)))})`;
  });
  const columns = steps.map(({ read }, at) => {
    const row = sql.join([sql`key::text`, ...Object.entries(read.selection).map(asJson)], sql`, `);
    return sql`(select coalesce(json_agg(json_build_array(${row})), '[]') from ${part(at)})`;
  });
  const texts = islands.map((island) => sql`${islandText(viewer, steps, island)}`);
  const shared = parts.length > 0 ? sql`with ${sql.join(parts, sql`, `)} ` : sql``;
  return sql`${shared}select ${sql.join([...columns, ...texts], sql`, `)}`;
}

/** The text of an island, or pairs of key and text for the rows that it hangs on. */
function islandText(viewer: Viewer, steps: readonly Step[], { edge, keys }: Island): SQL {
  if (hangs(keys)) {
    const each = sql`(select distinct ${sql.identifier(keys.property)} as key from ${part(steps.indexOf(keys.parent))} where ${sql.identifier(keys.property)} is not null)`;
    return sql`(select coalesce(json_agg(json_build_array(above.key::text, ${writtenText(edge, sql`above.key`, viewer)})), '[]') from ${each} above)`;
  }
  const type = sql.raw(edge.read.key?.getSQLType() ?? "text");
  return writtenText(edge, keys === "viewer" ? sql`${sql.placeholder("viewer")}::uuid::${type}` : sql`${sql.placeholder(keyName(edge))}::text::${type}`, viewer);
}

function keysFrom(parent: number, property: string, isEach = false): SQL {
  const column = sql.identifier(property);
  const once = sql.raw(isEach ? "distinct " : "");
  return sql`array(select ${once}${column} from ${part(parent)} where ${column} is not null)`;
}

/** Types whose JSON is not the text that the driver would deliver, such as `4.0` and instants; they leave as text. */
const unlikeInJson = new Set(["PgNumeric", "PgTimestampString"]);

function asJson([name, source]: [string, Selection[string]]): SQL {
  const column = is(source, PgArray) ? source.baseColumn : source;
  const differs = is(column, Column) && unlikeInJson.has(column.columnType);
  return differs ? sql`${sql.identifier(name)}::text` : sql`${sql.identifier(name)}`;
}
