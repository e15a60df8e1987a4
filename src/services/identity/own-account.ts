import { and, count, eq, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { lockUntilCommit, type Database } from "../../db/client.js";
import { authSessions, users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { reject } from "../../graphql/errors.js";
import { audit } from "../audit.js";
import { check, checkWithStored, clearable, problemsOf, webAddress } from "../input.js";
import { difference, lockAccount, ownAccount, refusingTakenNames, takenNames } from "./accounts.js";
import { email, fullName, givenPassword, language, newPassword, partOfName, username } from "./rules.js";
import { familyOf, revoke, type UserRow } from "./sessions.js";
import { confirmPassword, type SignInParts } from "./sign-in.js";

type Confirming = Pick<SignInParts, "passwords" | "guess">;

const updateRules = z.object({
  fullName: fullName.optional(),
  firstName: clearable(partOfName),
  lastName: clearable(partOfName),
  username: username.optional(),
  email: email.optional(),
  language: language.optional(),
  profilePictureUrl: clearable(webAddress),
  currentPassword: givenPassword.nullish(),
});

/**
 * Changes the viewer's names, picture, language, username or e-mail address. A new address needs the
 * present password, because it is what the account is reached by.
 * @throws {Rejection} TAKEN for names of others; REQUIRED or INVALID_CREDENTIALS for the password.
 */
export async function updateUser(
  viewer: SignedIn,
  db: Database,
  input: { currentPassword?: string | null },
  parts: Confirming,
): Promise<UserRow> {
  const user = await ownAccount(db, viewer);
  const { currentPassword: _, ...values } = await checkWithStored(updateRules, { ...input }, async ({ email, username }) => {
    if (email === undefined || email === user.email) return takenNames(db, { username }, viewer.id);
    const confirmation = { action: "identity.update_user", field: "currentPassword", password: input.currentPassword };
    const unconfirmed = await problemsOf(confirmPassword(viewer, db, user, confirmation, parts));
    // Whether an address has an account is not for somebody who found the viewer's device open.
    const names = unconfirmed.length > 0 ? { username } : { username, email };
    return [...unconfirmed, ...(await takenNames(db, names, viewer.id))];
  });
  return refusingTakenNames(() =>
    inTransaction(db, viewer, async (work) => {
      const before = await lockAccount(work.tx, viewer);
      const { changed, oldValues, newValues } = difference(before, values);
      if (!changed) return before;
      const [updated] = await work.tx.update(users).set(values).where(eq(users.id, viewer.id)).returning();
      await audit(work, { action: "identity.update_user", entityType: "user", entityId: viewer.id, subjectUserId: viewer.id, oldValues, newValues });
      return updated ?? before;
    }),
  );
}

/**
 * Replaces the viewer's password and signs out every other device.
 * @throws {Rejection} INVALID_CREDENTIALS, RATE_LIMITED, a rule of the new password, or CONFLICT for accounts without one.
 */
export async function changePassword(
  viewer: SignedIn,
  db: Database,
  input: object,
  parts: Confirming,
): Promise<UserRow> {
  const user = await ownAccount(db, viewer);
  const rules = z
    .object({ currentPassword: givenPassword, newPassword: newPassword([user.email, user.username, user.fullName]) })
    .refine((given) => given.currentPassword !== given.newPassword, { path: ["newPassword"], message: "This is the present password." });
  const given = await checkWithStored(rules, { ...input }, async ({ currentPassword }) => {
    if (user.passwordHash === null) {
      return reject("CONFLICT", [], "This account signs in at an outside provider and has no password.").problems;
    }
    if (currentPassword === undefined) return [];
    const confirmation = { action: "identity.change_password", field: "currentPassword", password: currentPassword };
    return problemsOf(confirmPassword(viewer, db, user, confirmation, parts));
  });
  const passwordHash = await parts.passwords.hash(given.newPassword);
  return inTransaction(db, viewer, async (work) => {
    const [changed] = await work.tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, viewer.id), eq(users.passwordHash, user.passwordHash ?? ""), isNull(users.deletedAt)))
      .returning();
    if (!changed) throw reject("CONFLICT", [], "The password was changed by another device meanwhile.");
    const kept = await familyOf(work.tx, viewer);
    await revoke(work.tx, viewer.id, kept === null ? undefined : ne(authSessions.familyId, kept));
    await audit(work, { action: "identity.change_password", entityType: "user", entityId: viewer.id, subjectUserId: viewer.id });
    return changed;
  });
}

const deleteRules = z.object({ password: givenPassword.nullish() });

/**
 * Deletes the viewer's account softly: it cannot be used or found any more, its e-mail address and
 * username are free again, and its records stay until they are erased for good.
 * @throws {Rejection} REQUIRED or INVALID_CREDENTIALS for the password; CONFLICT for the last admin.
 */
export async function deleteAccount(viewer: SignedIn, db: Database, input: object, parts: Confirming): Promise<void> {
  const { password } = check(deleteRules, input);
  const user = await ownAccount(db, viewer);
  await confirmPassword(viewer, db, user, { action: "identity.delete_account", field: "password", password }, parts);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    // Two admins who leave at once come one after the other, so that the second is seen to be the last.
    if (user.role === "admin") await lockUntilCommit(tx, "identity:last_admin");
    const { role, status, email, username } = await lockAccount(tx, viewer);
    if (role === "admin") {
      const [others] = await tx
        .select({ size: count() })
        .from(users)
        .where(and(eq(users.role, "admin"), eq(users.status, "active"), isNull(users.deletedAt), ne(users.id, viewer.id)));
      if (others?.size === 0) throw reject("CONFLICT", [], "The last admin cannot go; make somebody else an admin first.");
    }
    const deletedAt = new Date().toISOString();
    await tx.update(users).set({ deletedAt, status: "inactive" }).where(eq(users.id, viewer.id));
    await revoke(tx, viewer.id);
    await audit(work, {
      action: "identity.delete_account",
      entityType: "user",
      entityId: viewer.id,
      subjectUserId: viewer.id,
      oldValues: { email, username, status, deletedAt: null },
      newValues: { status: "inactive", deletedAt },
    });
  });
}
