import { randomBytes } from "node:crypto";
import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { profiles, userPreferences, users } from "../../db/tables/index.js";
import { violatedKey } from "../../db/violations.js";
import { missing, reject, type Problem } from "../../graphql/errors.js";
import type { UserRow } from "./sessions.js";

/** Adds an account with its settings and its empty profile; points and streaks begin when they are earned. */
export async function createAccount(tx: Tx, values: typeof users.$inferInsert): Promise<UserRow> {
  const [user] = await tx.insert(users).values(values).returning();
  if (!user) throw new Error("The insert returned no account.");
  await tx.insert(userPreferences).values({ userId: user.id });
  await tx.insert(profiles).values({ userId: user.id });
  return user;
}

/** A username that nobody has, made of an e-mail address or a name. */
export async function freeUsername(tx: Tx, from: string): Promise<string> {
  const plain = (from.split("@")[0] ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
  const base = plain.length >= 3 ? plain : `user_${plain}${randomBytes(3).toString("hex")}`;
  const wishes = [base, ...[2, 4].map((bytes) => `${base}_${randomBytes(bytes).toString("hex")}`)];
  const taken = await tx
    .select({ username: users.username })
    .from(users)
    .where(and(inArray(users.username, wishes), isNull(users.deletedAt)));
  const used = new Set(taken.map(({ username }) => username.toLowerCase()));
  return wishes.find((wish) => !used.has(wish)) ?? `user_${randomBytes(8).toString("hex")}`;
}

/** The viewer's own account. */
export async function ownAccount(db: Database, viewer: SignedIn): Promise<UserRow> {
  const [user] = await db.select().from(users).where(and(eq(users.id, viewer.id), isNull(users.deletedAt)));
  if (!user) throw missing([], "account");
  return user;
}

/**
 * The same, locked until the transaction ends, so that changes of one account follow each other. The lock
 * leaves room for rows that refer to the account: transactions that have added one already, such as their
 * idempotency key, would otherwise wait for each other.
 */
export async function lockAccount(tx: Tx, viewer: SignedIn): Promise<UserRow> {
  const [user] = await tx.select().from(users).where(and(eq(users.id, viewer.id), isNull(users.deletedAt))).for("no key update");
  if (!user) throw missing([], "account");
  return user;
}

const emailTaken = () => reject("TAKEN", "email", "This e-mail address has an account already.");
const usernameTaken = () => reject("TAKEN", "username", "This username is taken.");

/** TAKEN for each of the names that a living account has, in one statement; that of `except` does not count. */
export async function takenNames(
  db: Database | Tx,
  { email, username }: { email?: string | null | undefined; username?: string | null | undefined },
  except?: string,
): Promise<Problem[]> {
  if (email == null && username == null) return [];
  const hasEmail = sql<boolean>`coalesce(${users.email} = ${email ?? null}, false)`;
  const hasUsername = sql<boolean>`coalesce(${users.username} = ${username ?? null}, false)`;
  const found = await db
    .select({ email: hasEmail, username: hasUsername })
    .from(users)
    .where(and(or(hasEmail, hasUsername), isNull(users.deletedAt), except === undefined ? undefined : ne(users.id, except)));
  return [
    ...(found.some((row) => row.email) ? emailTaken().problems : []),
    ...(found.some((row) => row.username) ? usernameTaken().problems : []),
  ];
}

/**
 * Runs a write of accounts, whose names somebody else may take after `takenNames` found them free.
 * @throws {Rejection} TAKEN, where the database refused the second one.
 */
export async function refusingTakenNames<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const key = violatedKey(error);
    if (key === "uidx_users_email") throw emailTaken();
    if (key === "uidx_users_username") throw usernameTaken();
    throw error;
  }
}

/** What a change did to a row, for the audit log: only columns whose values differ. */
export function difference<Row extends Record<string, unknown>>(before: Row, values: Partial<Row>) {
  const changed = Object.keys(values).filter((key) => values[key] !== undefined && values[key] !== before[key]);
  return {
    changed: changed.length > 0,
    oldValues: Object.fromEntries(changed.map((key) => [key, before[key]])),
    newValues: Object.fromEntries(changed.map((key) => [key, values[key]])),
  };
}
