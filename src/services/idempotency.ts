import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { SignedIn } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import { idempotencyKeys } from "../db/tables/index.js";
import { inTransaction, type Work } from "../db/unit-of-work.js";
import { reject } from "../graphql/errors.js";

/** An input that may carry a key to be safe to send again; a UUID, checked by the graph. */
export interface Keyed {
  idempotencyKey?: string | null;
}

/**
 * Runs a mutation in one transaction, once per key: a repeated key answers with the stored result,
 * for 24 hours. The key is written with the effect, so neither is ever there without the other.
 * `Result` must be plain JSON, as rows are.
 * @throws {Rejection} KEY_REUSED when the key came with another input before.
 */
export const once = <Result extends object>(
  db: Database,
  viewer: SignedIn,
  mutation: string,
  input: Keyed,
  run: (work: Work) => Promise<Result>,
): Promise<Result> =>
  inTransaction(db, viewer, async (work) => {
    const { idempotencyKey: key, ...rest } = input;
    if (!key) return run(work);
    const { tx } = work;
    const row = { userId: viewer.id, mutation, key, inputHash: hashOf(rest) };
    const claimed = await tx.insert(idempotencyKeys).values(row).onConflictDoNothing().returning({ key: idempotencyKeys.key });
    const same = and(
      eq(idempotencyKeys.userId, row.userId),
      eq(idempotencyKeys.mutation, mutation),
      eq(idempotencyKeys.key, key),
    );
    if (claimed.length === 0) {
      const [stored] = await tx.select().from(idempotencyKeys).where(same);
      if (stored?.inputHash === row.inputHash) return stored.payload as Result;
      throw reject("KEY_REUSED", "idempotencyKey", "This idempotency key was used with another input.");
    }
    const payload = await run(work);
    await tx.update(idempotencyKeys).set({ payload }).where(same);
    return payload;
  });

const hashOf = (input: object): string =>
  createHash("sha256").update(JSON.stringify(sorted(input))).digest("base64url");

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]))
    : Array.isArray(value) ? value.map(sorted) : value;
