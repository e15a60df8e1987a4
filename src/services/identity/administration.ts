import { inArray, eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { accountStatuses, userRoles } from "../../db/value-sets.js";
import { Forbidden, missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { check } from "../input.js";
import { revoke, type UserRow } from "./sessions.js";

const roleRules = z.object({ userId: nodeId("User"), role: z.enum(userRoles) });
const statusRules = z.object({ userId: nodeId("User"), status: z.enum(accountStatuses) });

/**
 * Gives a user another role; it holds for every request from half a minute later at the latest.
 * @throws {Rejection} NOT_FOUND; CONFLICT for the viewer's own account.
 */
export async function updateUserRole(viewer: SignedIn, db: Database, input: object): Promise<UserRow> {
  const { userId, role } = check(roleRules, input);
  return administer(viewer, db, userId, "identity.update_role", { role });
}

/**
 * Opens, rests or suspends an account; one that is not active loses all its sessions.
 * @throws {Rejection} NOT_FOUND; CONFLICT for the viewer's own account.
 */
export async function updateUserStatus(viewer: SignedIn, db: Database, input: object): Promise<UserRow> {
  const { userId, status } = check(statusRules, input);
  return administer(viewer, db, userId, "identity.update_status", { status });
}

/** Admins change others only, so that there is always one left. */
function administer(
  viewer: SignedIn,
  db: Database,
  userId: string,
  action: string,
  change: Partial<Pick<UserRow, "role" | "status">>,
): Promise<UserRow> {
  if (userId === viewer.id) throw reject("CONFLICT", "userId", "Another admin has to change your own account.");
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    // Both accounts, in one order: two admins who change each other at once come one after the other.
    const locked = await tx.select().from(users).where(inArray(users.id, [userId, viewer.id])).orderBy(users.id).for("no key update");
    const admin = locked.find(({ id }) => id === viewer.id);
    if (admin?.role !== "admin" || admin.status !== "active") throw new Forbidden();
    const before = locked.find(({ id, deletedAt }) => id === userId && deletedAt === null);
    if (!before) throw missing("userId", "user");
    const [after] = await tx.update(users).set(change).where(eq(users.id, userId)).returning();
    if (!after) throw missing("userId", "user");
    if (after.status !== "active") await revoke(tx, userId);
    const oldValues = change.role ? { role: before.role } : { status: before.status };
    await audit(work, { action, entityType: "user", entityId: userId, subjectUserId: userId, oldValues, newValues: change });
    return after;
  });
}
