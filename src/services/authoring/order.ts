import { eq, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { arrayOf, rowsOf, type Tx } from "../../db/client.js";
import { modules } from "../../db/tables/index.js";
import { reject } from "../../graphql/errors.js";

interface Placed {
  id: string;
  orderIndex: number | null;
  archivedAt: string | null;
}

export const live = <Row extends Placed>(rows: readonly Row[]): Row[] => rows.filter(({ archivedAt }) => archivedAt === null);

/** The place after all others; null sorts last too, where the others have none. */
export const placeAtEnd = (rows: readonly Placed[]): number | null =>
  rows.some(({ orderIndex }) => orderIndex === null) ? null : Math.max(-1, ...rows.map(({ orderIndex }) => orderIndex ?? 0)) + 1;

/**
 * Sees to it that a parent takes one more live row.
 * @throws {Rejection} LIMIT_REACHED.
 */
export function room(rows: readonly Placed[], bound: number, field: string, what: string): void {
  if (live(rows).length >= bound) throw reject("LIMIT_REACHED", field, `There is room for ${bound} ${what}; archive one first.`);
}

/**
 * Sees to it that `ids` are exactly the live rows, each once.
 * @throws {Rejection} INVALID.
 */
export function exactly(ids: readonly string[], rows: readonly Placed[], field: string): void {
  const wanted = new Set(ids);
  const there = live(rows);
  if (wanted.size === ids.length && there.length === ids.length && there.every(({ id }) => wanted.has(id))) return;
  throw reject("INVALID", field, "This must be each one that is not archived, once.");
}

/** Numbers rows in the order of `ids`, from 0. */
export async function renumber(tx: Tx, table: PgTable & { id: PgColumn }, ids: readonly string[]): Promise<void> {
  await rowsOf(
    tx,
    sql`update ${table} set order_index = wanted.place - 1
        from unnest(${arrayOf(ids, "uuid")}) with ordinality as wanted(id, place) where ${table.id} = wanted.id`,
  );
}

/** Weeks of a course beyond all that can be in use, for the time of a change: a week is unique at every moment. */
const aside = 16_000;

/** Gives modules the weeks of the same places; the modules may hold one another's now. */
export async function setWeeks(tx: Tx, ids: readonly string[], weeks: readonly number[]): Promise<void> {
  const write = (week: SQL) =>
    rowsOf(
      tx,
      sql`update ${modules} set week = ${week}
          from unnest(${arrayOf(ids, "uuid")}, ${arrayOf(weeks, "smallint")}) as wanted(id, week) where ${modules.id} = wanted.id`,
    );
  await write(sql`wanted.week + ${aside}::smallint`);
  await write(sql`wanted.week`);
}

/** The week after the last live one. An archived module that holds it moves behind all others. */
export async function freeWeek(tx: Tx, rows: readonly (Placed & { week: number })[]): Promise<number> {
  const week = Math.max(0, ...live(rows).map((row) => row.week)) + 1;
  const holder = rows.find((row) => row.week === week);
  if (holder) await tx.update(modules).set({ week: Math.max(...rows.map((row) => row.week)) + 1, updatedAt: sql`${modules.updatedAt}` }).where(eq(modules.id, holder.id));
  return week;
}
