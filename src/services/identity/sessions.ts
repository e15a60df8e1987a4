import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNotNull, isNull, ne, sql, type SQL } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Tokens } from "../../auth/tokens.js";
import { isAdmin, type SignedIn, type UserRole, type Viewer } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { constant } from "../../db/constant.js";
import { authSessions, users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { check } from "../input.js";

const refreshDays = 30;

export type UserRow = typeof users.$inferSelect;

/** What a device gets when somebody signs in on it; shown once and never stored. */
export interface SignedInAnswer {
  accessToken: string;
  accessTokenExpiresAt: string;
  refreshToken: string;
  refreshTokenExpiresAt: string;
  user: UserRow;
  /** Who the rest of the operation acts as. */
  viewer: SignedIn;
}

const now = sql`now()`;
/** An account that may be used. */
export const live = and(eq(users.status, "active"), isNull(users.deletedAt));

/** 256 random bits need no slow hash: nobody can try them all. */
const hashOf = (refreshToken: string): string => createHash("sha256").update(refreshToken).digest("base64url");

const isAccount = and(eq(users.id, sql.placeholder("userId")), live);

const roleOfAccount = constant({ role: users.role }, (db, columns) => db.select(columns).from(users).where(isAccount));

const roleOnDevice = constant({ role: users.role }, (db, columns) =>
  db
    .select(columns)
    .from(users)
    .innerJoin(authSessions, eq(authSessions.userId, users.id))
    .where(and(isAccount, eq(authSessions.id, sql.placeholder("sessionId")), isNull(authSessions.revokedAt))),
);

/** The role of an account that may be used, on a device that was not signed out; else null. */
export async function roleOf(db: Database, userId: string, sessionId: string | null): Promise<UserRole | null> {
  const [found] = await (sessionId === null ? roleOfAccount(db, { userId }) : roleOnDevice(db, { userId, sessionId }));
  return found?.role ?? null;
}

/** The viewer that a user becomes by signing in on a new device. */
export const onNewDevice = (viewer: Viewer, user: Pick<UserRow, "id" | "role">): SignedIn & { sessionId: string } => ({
  ...viewer,
  id: user.id,
  role: user.role,
  sessionId: uuidv7(),
  expiresAt: null,
});

/** Signs the viewer's device in, within the caller's transaction. `family` is that of the token it replaces. */
export async function openSession(
  tx: Tx,
  viewer: SignedIn & { sessionId: string },
  tokens: Tokens,
  family: string = uuidv7(),
): Promise<SignedInAnswer> {
  const refreshToken = randomBytes(32).toString("base64url");
  const refreshTokenExpiresAt = new Date(Date.now() + refreshDays * 86_400_000).toISOString();
  await tx.insert(authSessions).values({
    id: viewer.sessionId,
    userId: viewer.id,
    familyId: family,
    refreshTokenHash: hashOf(refreshToken),
    userAgent: viewer.userAgent?.slice(0, 500) ?? null,
    ipAddress: viewer.ip,
    expiresAt: refreshTokenExpiresAt,
  });
  const [user] = await tx
    .update(users)
    // Being here does not change the account.
    .set({ lastActiveAt: now, updatedAt: sql`${users.updatedAt}` })
    .where(eq(users.id, viewer.id))
    .returning();
  if (!user) throw missing([], "account");
  const { token, expiresAt } = await tokens.issue({ userId: viewer.id, sessionId: viewer.sessionId });
  return {
    accessToken: token,
    accessTokenExpiresAt: new Date(expiresAt * 1000).toISOString(),
    refreshToken,
    refreshTokenExpiresAt,
    user,
    viewer: { ...viewer, expiresAt },
  };
}

const refreshRules = z.object({ refreshToken: z.string().min(1).max(200) });

/**
 * Changes a refresh token into a new pair. Of several uses of one token exactly one wins; any other
 * is a replay, which signs the device out for good: either the thief or the owner holds the other copy.
 * @throws {Rejection} INVALID_CREDENTIALS for tokens that are unknown, ended, replaced or signed out.
 */
export async function refreshSession(viewer: Viewer, db: Database, input: object, tokens: Tokens): Promise<SignedInAnswer> {
  const { refreshToken } = check(refreshRules, input);
  const token = eq(authSessions.refreshTokenHash, hashOf(refreshToken));
  const answer = await inTransaction(db, viewer, async ({ tx }) => {
    const [known] = await tx.select({ userId: authSessions.userId }).from(authSessions).where(token);
    if (!known) return null;
    // The account before its sessions, in the order in which changes of the account lock them.
    const account = tx.select({ id: users.id, role: users.role }).from(users).where(and(eq(users.id, known.userId), live));
    const [user] = await account.for("no key update");
    if (!user) return null;
    const [old] = await tx
      .update(authSessions)
      .set({ rotatedAt: now })
      .where(and(token, isNull(authSessions.rotatedAt), isNull(authSessions.revokedAt), gt(authSessions.expiresAt, now)))
      .returning();
    return old ? openSession(tx, onNewDevice(viewer, user), tokens, old.familyId) : null;
  });
  if (answer) return answer;
  // Its own transaction: this must hold although the answer is a failure.
  await inTransaction(db, viewer, async (work) => {
    const [replayed] = await work.tx.select().from(authSessions).where(and(token, isNotNull(authSessions.rotatedAt)));
    if (!replayed) return;
    const revoked = await revoke(work.tx, replayed.userId, eq(authSessions.familyId, replayed.familyId));
    if (revoked === 0) return;
    await audit(work, {
      action: "identity.replay_refresh_token",
      entityType: "auth_session",
      entityId: replayed.id,
      subjectUserId: replayed.userId,
      errorMessage: "A refresh token was used twice; the device was signed out.",
    });
  });
  throw reject("INVALID_CREDENTIALS", "refreshToken", "This refresh token is not valid; sign in again.");
}

/**
 * Ends sessions of a user, all of them or those for which `which` holds; answers how many tokens.
 * A refresh under way makes the first look wait, and its new token shows in the next.
 */
export async function revoke(tx: Tx, userId: string, which?: SQL): Promise<number> {
  let all = 0;
  for (;;) {
    const revoked = await tx
      .update(authSessions)
      .set({ revokedAt: now })
      .where(and(eq(authSessions.userId, userId), isNull(authSessions.revokedAt), which))
      .returning({ id: authSessions.id });
    if (revoked.length === 0) return all;
    all += revoked.length;
  }
}

/** The device behind the viewer's access token: every token that came from one sign-in. */
export async function familyOf(tx: Tx, viewer: SignedIn): Promise<string | null> {
  if (viewer.sessionId === null) return null;
  const [session] = await tx
    .select({ familyId: authSessions.familyId })
    .from(authSessions)
    .where(and(eq(authSessions.id, viewer.sessionId), eq(authSessions.userId, viewer.id)));
  return session?.familyId ?? null;
}

const signOutRules = z.object({ sessionId: nodeId("AuthSession").nullish() });

/**
 * Signs out one device: the viewer's own, or the named one.
 * @throws {Rejection} NOT_FOUND for a device of somebody else; CONFLICT when an outside token has none.
 */
export async function signOut(viewer: SignedIn, db: Database, input: object): Promise<{ userId: string; sessionId: string }> {
  const sessionId = check(signOutRules, input).sessionId ?? viewer.sessionId;
  if (sessionId === null) throw reject("CONFLICT", "sessionId", "The outside provider signs this device out.");
  return inTransaction(db, viewer, async (work) => {
    const owner = isAdmin(viewer) ? undefined : eq(authSessions.userId, viewer.id);
    const [session] = await work.tx.select().from(authSessions).where(and(eq(authSessions.id, sessionId), owner));
    if (!session) throw missing("sessionId", "session");
    await revoke(work.tx, session.userId, eq(authSessions.familyId, session.familyId));
    await audit(work, {
      action: "identity.sign_out",
      entityType: "auth_session",
      entityId: sessionId,
      subjectUserId: session.userId,
    });
    return { userId: session.userId, sessionId };
  });
}

const everywhereRules = z.object({ keepCurrent: z.boolean().nullish() });

/** Signs out every device of the viewer, or all others; answers how many devices these were. */
export async function signOutEverywhere(viewer: SignedIn, db: Database, input: object): Promise<{ signedOut: number }> {
  const { keepCurrent } = check(everywhereRules, input);
  return inTransaction(db, viewer, async (work) => {
    const kept = keepCurrent ? await familyOf(work.tx, viewer) : null;
    const others = kept === null ? undefined : ne(authSessions.familyId, kept);
    const devices = and(
      eq(authSessions.userId, viewer.id), isNull(authSessions.revokedAt), isNull(authSessions.rotatedAt),
      gt(authSessions.expiresAt, now), others,
    );
    const signedOut = await work.tx.$count(authSessions, devices);
    await revoke(work.tx, viewer.id, others);
    await audit(work, {
      action: "identity.sign_out_everywhere",
      entityType: "user",
      entityId: viewer.id,
      subjectUserId: viewer.id,
      newValues: { signedOut, keptCurrent: kept !== null },
    });
    return { signedOut };
  });
}
