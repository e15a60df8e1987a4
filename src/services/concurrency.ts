import { sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { reject } from "../graphql/errors.js";

/**
 * Sees to it that nobody changed a row since the client read it. To be called with the row locked, so that it
 * stays so until the commit. `expectedUpdatedAt` is the `updatedAt` that the graph gave, to the microsecond.
 * @throws {Rejection} CONFLICT at `expectedUpdatedAt`.
 */
export function unchanged(row: { updatedAt: string }, expectedUpdatedAt: string): void {
  const found = momentOf(row.updatedAt);
  if (found !== null && found === momentOf(expectedUpdatedAt)) return;
  throw reject("CONFLICT", "expectedUpdatedAt", "Somebody changed this since you read it; read it again.");
}

/**
 * The next `updated_at` of a row, always later than the last. `now()` alone is not: the embedded database
 * tells milliseconds apart, no less, and clocks are set back.
 */
export const later = (updatedAt: PgColumn): SQL => sql`greatest(now(), ${updatedAt} + interval '1 microsecond')`;

const instant = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d)(?::?(\d\d))?$/i;

/** One text for one moment, however it is written; null for what is no instant. Dates would lose the microseconds. */
function momentOf(text: string): string | null {
  const [, day, time, fraction = "", zone = "Z", minutes = "00"] = instant.exec(text) ?? [];
  if (day === undefined) return null;
  const seconds = Date.parse(`${day}T${time}${zone.toUpperCase() === "Z" ? "Z" : `${zone}:${minutes}`}`);
  return Number.isNaN(seconds) ? null : `${seconds} ${fraction.replace(/0+$/, "")}`;
}
