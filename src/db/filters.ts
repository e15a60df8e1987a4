import { and, arrayContains, eq, gte, lte, not, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { BadInput } from "../graphql/errors.js";
import type { Combined, Operators } from "../graphql/filters.js";
import { keyOf } from "../graphql/node.js";
import { anyOf, arrayOf } from "./client.js";

const maxFilterDepth = 3;
const maxValues = 100;
/** Conditions of one `where` in all, wherever they nest; each is work for every row. */
const maxConditions = 50;
const maxSearchLength = 200;

/** What each condition of a `where` input means in SQL. */
export type Conditions<Where> = {
  [Field in Exclude<keyof Where, "AND" | "OR" | "NOT">]-?: (value: NonNullable<Where[Field]>, path: string[]) => SQL | undefined;
};

/**
 * Turns a `where` input into SQL. Conditions side by side must all hold; an empty OR never does.
 * @throws {BadInput} when AND, OR and NOT nest deeper than three, there are more than 50 conditions, or a
 * value cannot be compared.
 */
export const whereOf =
  <Where extends Combined<Where>>(conditions: Conditions<Where>) =>
  (where: Where | null | undefined): SQL | undefined => {
    let found = 0;
    const compile = (part: Where, depth: number): SQL | undefined => {
      if (depth > maxFilterDepth) throw new BadInput("where", `where may nest to depth ${maxFilterDepth}.`);
      const { AND, OR, NOT, ...own } = part;
      for (const list of [AND, OR]) checkLength(list);
      found += Math.max(1, Object.values(own).filter((value) => value != null).length);
      if (found > maxConditions) throw new BadInput("where", `where may have at most ${maxConditions} conditions.`);
      const inner = NOT ? compile(NOT, depth + 1) : undefined;
      return and(
        ...Object.entries(own).map(([field, value]) =>
          value == null ? undefined : conditions[field as keyof Conditions<Where>](value as never, ["where", field]),
        ),
        ...(AND ?? []).map((item) => compile(item, depth + 1)),
        OR ? (or(...OR.map((item) => compile(item, depth + 1) ?? sql`true`)) ?? sql`false`) : undefined,
        // A condition on a missing value is unknown in SQL; for people, what does not hold is false.
        inner ? not(sql`coalesce((${inner}), false)`) : undefined,
      );
    };
    return where ? compile(where, 0) : undefined;
  };

/** The typed operators on a column. */
export const matches =
  (column: PgColumn) =>
  ({ eq: value, oneOf, range }: Operators<unknown>): SQL | undefined => {
    checkLength(oneOf);
    for (const item of [value, ...(oneOf ?? [])]) checkText(item);
    return and(
      value == null ? undefined : eq(column, value),
      oneOf == null ? undefined : anyOf(column, oneOf, unbounded(column)),
      range?.gte == null ? undefined : gte(column, range.gte),
      range?.lte == null ? undefined : lte(column, range.lte),
    );
  };

/** The operators on a column that holds a list of words: `eq` is one of them, `oneOf` shares one with them. */
export const contains =
  (column: PgColumn) =>
  ({ eq: value, oneOf }: Operators<string>): SQL | undefined => {
    checkLength(oneOf);
    for (const item of [value, ...(oneOf ?? [])]) checkText(item);
    return and(
      value == null ? undefined : arrayContains(column, [value]),
      oneOf == null ? undefined : sql`${column} && ${arrayOf(oneOf, "text")}`,
    );
  };

/** The operators on a related item, whose global ids become keys; `on` builds the condition from them. */
export const related =
  (type: string, on: (keys: string[]) => SQL) =>
  ({ eq: value, oneOf }: Operators<string>, path: string[]): SQL | undefined => {
    checkLength(oneOf);
    return and(
      value == null ? undefined : on([keyOf(type, value, [...path, "eq"])]),
      oneOf == null ? undefined : on(oneOf.map((id, at) => keyOf(type, id, [...path, "oneOf", String(at)]))),
    );
  };

/** Trigram search: the text occurs in the column, or a word of the column is similar to it. */
export const searches =
  (...columns: PgColumn[]) =>
  (text: string): SQL | undefined => {
    checkText(text);
    const wanted = text.trim();
    if (wanted.length > maxSearchLength) throw new BadInput("search", `search may have at most ${maxSearchLength} characters.`);
    if (wanted === "") return undefined;
    const pattern = `%${wanted.replace(/[\\%_]/g, "\\$&")}%`;
    return or(...columns.map((column) => sql`(${column} ilike ${pattern} or ${wanted}::text <% ${column}::text)`));
  };

/** The column's type without its precision: casting 4.55 to `numeric(3,1)` would round it, 1e9 would fail. */
const unbounded = (column: PgColumn): string => column.getSQLType().replace(/\(.*\)/, "");

function checkLength(list: readonly unknown[] | null | undefined): void {
  if (list && list.length > maxValues) throw new BadInput("where", `A list in where may have at most ${maxValues} values.`);
}

/** PostgreSQL's text cannot hold the character NUL; asking for it is an error of the caller. */
function checkText(value: unknown): void {
  if (typeof value === "string" && value.includes("\0")) throw new BadInput("where", "A text in where may not contain the character NUL.");
}
