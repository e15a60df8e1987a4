import { sql, type SQL } from "drizzle-orm";
import {
  type AnyPgColumn, bigint, check, customType, date, type ExtraConfigColumn, index, numeric, type PgColumn,
  timestamp, uuid,
} from "drizzle-orm/pg-core";
import { v7 as uuidv7 } from "uuid";

/** Case-insensitive text of the `citext` extension. */
export const citext = customType<{ data: string }>({ dataType: () => "citext" });

/** An instant, read as text because a JavaScript Date drops the microseconds that cursors need. */
export const instant = <Name extends string>(name: Name) =>
  timestamp(name, { withTimezone: true, mode: "string" });

/** A calendar day, `YYYY-MM-DD`. */
export const day = <Name extends string>(name: Name) => date(name, { mode: "string" });

/** A bigint that stays below 2^53: counts, paise, sequence numbers. */
export const bigInteger = <Name extends string>(name: Name) => bigint(name, { mode: "number" });

/** 0 to 100 with two decimals; leaves the database as text. Its table adds the range CHECK. */
export const percent = <Name extends string>(name: Name) => numeric(name, { precision: 5, scale: 2 });

/** 0 to 1 with four decimals: probabilities, confidence, model quality. */
export const fraction = <Name extends string>(name: Name) => numeric(name, { precision: 5, scale: 4 });

/** A UUIDv7 made by the application, so that rows sort by time and are known before they are inserted. */
export const newId = () => uuid("id").notNull().$defaultFn(uuidv7);

/**
 * Id and instant of a new row of a partitioned table, from one reading of the clock: who knows the id knows
 * the month, and the two never fall on different sides of its end. The instant has milliseconds.
 */
export function datedId(): { id: string; at: string } {
  const id = uuidv7();
  return { id, at: new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toISOString() };
}

/** `newId` as the whole primary key; partitioned tables add their time column to the key instead. */
export const id = () => newId().primaryKey();

export const createdAt = () => instant("created_at").notNull().defaultNow();

/** When a row came and when it last changed; Drizzle sets `updated_at` on every update. */
export const timestamps = () => ({
  createdAt: createdAt(),
  updatedAt: instant("updated_at").notNull().defaultNow().$onUpdate(() => sql`now()`),
});

/** A reference that must be there; the row goes with its parent. */
export const belongsTo = <Name extends string>(name: Name, parent: () => AnyPgColumn) =>
  uuid(name).notNull().references(parent, { onDelete: "cascade" });

/** A reference that may be absent and is cleared with its target. */
export const refersTo = <Name extends string>(name: Name, target: () => AnyPgColumn) =>
  uuid(name).references(target, { onDelete: "set null" });

const quoted = (values: readonly string[]): SQL => sql.raw(values.map((value) => `'${value}'`).join(", "));
const bare = (column: { name: string }): SQL => sql.raw(`"${column.name}"`);

/** CHECK: one word of a value set. */
export const oneOf = (name: string, column: PgColumn, values: readonly string[]) =>
  check(name, sql`${bare(column)} in (${quoted(values)})`);

/** CHECK: every element of an array column is a word of a value set. */
export const subsetOf = (name: string, column: PgColumn, values: readonly string[]) =>
  check(name, sql`${bare(column)} <@ array[${quoted(values)}]`);

/** CHECK: both bounds are allowed. */
export const between = (name: string, column: PgColumn, low: number, high: number) =>
  check(name, sql`${bare(column)} between ${sql.raw(`${low} and ${high}`)}`);

export const atLeast = (name: string, column: PgColumn, low: number) =>
  check(name, sql`${bare(column)} >= ${sql.raw(String(low))}`);

/** CHECK of an open value set: a lower-case word such as `course.enrolled`. */
export const openWord = (name: string, column: PgColumn) =>
  check(name, sql`${bare(column)} ~ '^[a-z][a-z0-9_.]*$'`);

/** Index order of `ORDER BY column DESC`, which puts NULL first; Drizzle's own `desc()` puts it last. */
export const newestFirst = (column: ExtraConfigColumn) => column.desc().nullsFirst();

/** Index for substring and similarity search on a title or a name. */
export const trigram = (name: string, column: ExtraConfigColumn) =>
  index(name).using("gin", column.op("gin_trgm_ops"));
