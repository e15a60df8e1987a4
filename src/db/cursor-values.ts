import type { PgColumn } from "drizzle-orm/pg-core";

type Form = (value: unknown) => boolean;

const textLike = (pattern: RegExp): Form => (value) => typeof value === "string" && pattern.test(value);
const wholeBelow = (limit: number): Form => (value) => Number.isInteger(value) && Math.abs(value as number) < limit;

/** `YYYY-MM-DD` names a day of the calendar: JavaScript would read 30 February as 2 March. */
function isCalendarDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const instantForm = /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$/;

/** How each type's values stand in a row, and so in a cursor. Types that are not named here are texts. */
const forms: Record<string, Form> = {
  uuid: textLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  smallint: wholeBelow(2 ** 15),
  integer: wholeBelow(2 ** 31),
  bigint: wholeBelow(Number.MAX_SAFE_INTEGER),
  numeric: textLike(/^-?\d{1,18}(\.\d{1,18})?$/),
  boolean: (value) => typeof value === "boolean",
  date: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && isCalendarDay(value),
  "timestamp with time zone": (value) =>
    typeof value === "string" && instantForm.test(value) && isCalendarDay(value.slice(0, 10)),
};

const text: Form = (value) => typeof value === "string" && !value.includes("\0");

/** Can the column be compared with this value from a cursor? Anything else would be an error in the database. */
export function cursorValueFits(column: PgColumn, value: unknown): boolean {
  if (value === null) return !column.notNull;
  const type = column.getSQLType().replace(/\(.*\)/, "");
  return (forms[type] ?? text)(value);
}
