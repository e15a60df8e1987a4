import { and, eq, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { profiles } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { check } from "../input.js";

export type ProfileRow = typeof profiles.$inferSelect;

/** A table whose rows belong to a learner. */
export type OwnTable = PgTable & { id: PgColumn; userId: PgColumn };

/** The one row of the user's; another learner's id finds nothing. */
export const ownRow = (table: OwnTable, userId: string, id: string): SQL | undefined =>
  and(eq(table.id, id), eq(table.userId, userId));

/** Values of an update, which also moves `updated_at` when none of them is set. */
export const changed = <Values extends object>(values: Values) => ({ ...values, updatedAt: sql`now()` });

/** The fields of an input that were given; absent ones are gone. */
export const given = <Input extends object>(input: Input): Partial<Input> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Input>;

/**
 * The user's profile, made when missing and locked until the transaction ends: the writes of one
 * learner follow one another, so that the bounds of lists and the merging of names hold.
 */
export async function lockProfile({ tx }: Work, userId: string): Promise<ProfileRow> {
  await tx.insert(profiles).values({ userId }).onConflictDoNothing();
  const [profile] = await tx.select().from(profiles).where(eq(profiles.userId, userId)).for("update");
  if (!profile) throw new Error(`The profile of the user ${userId} is gone`);
  return profile;
}

/**
 * Sees to it that a list under a profile does not grow beyond its bound.
 * @throws {Rejection} CONFLICT at `field`.
 */
export function refuseBeyond(bound: number, rows: number, field: string): void {
  if (rows > bound) throw reject("CONFLICT", field, `A profile holds at most ${bound} of these.`);
}

/** Locks the profile of the user and sees to it that `table` takes one more row of theirs within `bound`. */
export async function makeRoom(work: Work, userId: string, table: OwnTable, bound: number, field: string): Promise<void> {
  await lockProfile(work, userId);
  refuseBeyond(bound, (await work.tx.$count(table, eq(table.userId, userId))) + 1, field);
}

/**
 * Removes a row of the viewer's, with a line in the audit log about an `entityType`, and answers with its key.
 * @throws {Rejection} NOT_FOUND when it is missing or another learner's.
 */
export async function removeOwn(
  viewer: SignedIn,
  db: Database,
  { table, type, entityType, what }: { table: OwnTable; type: string; entityType: string; what: string },
  input: { id: string },
): Promise<string> {
  const { id } = check(z.object({ id: nodeId(type) }), input);
  await inTransaction(db, viewer, async (work) => {
    const removed = await work.tx.delete(table).where(ownRow(table, viewer.id, id)).returning({ id: table.id });
    if (removed.length === 0) throw missing("id", what);
    await audit(work, {
      action: `learner.${entityType}_removed`,
      entityType,
      entityId: id,
      subjectUserId: viewer.id,
    });
  });
  return id;
}
