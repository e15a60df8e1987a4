import { Column, is, sql, type Query, type SQL } from "drizzle-orm";
import { PgArray } from "drizzle-orm/pg-core";
import { asViewer } from "../db/client.js";
import { rendered, renamed, type Bound, type Selection } from "../db/statements.js";
import type { Viewer } from "../auth/viewer.js";
import { givenKeys, narrowed, standInOf, type Read, type Source } from "./source.js";

/** One loader's part of a statement that reads a root and what is selected below it. */
export interface Step {
  /** Name of the loader. */
  name: string;
  declaration: object;
  read: Read<unknown>;
  bound: Bound;
  /** The root's keys; below, the property of the parent's rows that holds them. */
  keys: readonly string[] | { parent: Step; property: string };
  /** Columns that are read in any case, such as those of an order. */
  always: readonly string[];
  /** Hands the value of a key to its loader. */
  prime: (key: string, value: unknown) => void;
}

/** The declaration that these statements are kept under. */
const declaration = {};
const part = (at: number) => sql.identifier(`part${at}`);
const named = (at: number, name: string): string => `${name}_${at}`;

/**
 * Reads a root and everything below it by one statement, which is made of the statements of the loaders, and primes
 * the loaders with it: resolvers find their rows there. Parents come before their children in `steps`.
 */
export async function readAhead({ db, viewer, statements, wanted }: Source, steps: readonly Step[]): Promise<void> {
  for (const step of steps) step.read = narrowed(step.read, wanted?.get(step.declaration));
  const bound: Bound = { viewer: viewer.id };
  const texts = steps.map(({ name, read, keys, bound: own }, at) => {
    for (const [key, value] of Object.entries(own)) bound[named(at, key)] = value;
    if (!("parent" in keys)) bound[named(at, "keys")] = keys;
    return `${name} ${read.variant} ${"parent" in keys ? `${steps.indexOf(keys.parent)} ${keys.property}` : ""}`;
  });
  const statement = statements.of(declaration, [viewer.role, ...texts].join("; "), () => ({ toSQL: () => statementOf(viewer, steps) }));
  const [parts = []] = await asViewer(db, viewer, (scoped) => statement(scoped, bound));
  steps.forEach(({ read, keys: given, prime }, at) => {
    const keys = "parent" in given ? keysIn(parts[steps.indexOf(given.parent)] as unknown[][], given) : given;
    const values = read.collect(parts[at] as unknown[][], keys);
    keys.forEach((key, index) => prime(key, values[index]));
  });
}

/** The keys that rows of a parent hold, each once. */
function keysIn(rows: unknown[][], { parent, property }: { parent: Step; property: string }): string[] {
  const place = 1 + Object.keys(parent.read.selection).indexOf(property);
  return [...new Set(rows.map((values) => values[place]).filter((value) => value !== null))].map(String);
}

/** Each step is a part of its own, which later ones take their keys from; each part leaves as one array of arrays. */
function statementOf(viewer: Viewer, steps: readonly Step[]): Query {
  const parts = steps.map(({ read, keys }, at) => {
    const query = read.query("parent" in keys ? keysFrom(steps.indexOf(keys.parent), keys.property) : givenKeys(read), standInOf(viewer));
    return sql`${part(at)} as (${renamed(query.getSQL(), (name) => (name === "viewer" ? name : named(at, name)))})`;
  });
  const columns = steps.map(({ read }, at) => {
    const row = sql.join([sql`key::text`, ...Object.entries(read.selection).map(asJson)], sql`, `);
    return sql`(select coalesce(json_agg(json_build_array(${row})), '[]') from ${part(at)})`;
  });
  return rendered(sql`with ${sql.join(parts, sql`, `)} select ${sql.join(columns, sql`, `)}`);
}

const keysFrom = (parent: number, property: string): SQL => {
  const column = sql.identifier(property);
  return sql`array(select distinct ${column} from ${part(parent)} where ${column} is not null)`;
};

/** Types whose JSON is not the text that the driver would deliver, such as `4.0` and instants; they leave as text. */
const unlikeInJson = new Set(["PgNumeric", "PgTimestampString"]);

function asJson([name, source]: [string, Selection[string]]): SQL {
  const column = is(source, PgArray) ? source.baseColumn : source;
  const differs = is(column, Column) && unlikeInJson.has(column.columnType);
  return differs ? sql`${sql.identifier(name)}::text` : sql`${sql.identifier(name)}`;
}
