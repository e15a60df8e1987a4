import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Passwords } from "../../auth/passwords.js";
import type { Tokens } from "../../auth/tokens.js";
import type { Viewer } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { reject } from "../../graphql/errors.js";
import { audit } from "../audit.js";
import { check, checkWithStored } from "../input.js";
import { createAccount, freeUsername, refusingTakenNames, takenNames } from "./accounts.js";
import { email, fullName, givenPassword, language, newPassword, partOfName, username } from "./rules.js";
import { live, onNewDevice, openSession, type SignedInAnswer, type UserRow } from "./sessions.js";

/**
 * Counts one guess at an account, for the operation and the address too; the answer takes it back.
 * @throws {Rejection} RATE_LIMITED.
 */
export type Guess = (account: string) => Promise<() => Promise<void>>;

/** What it takes to tell people apart. */
export interface SignInParts {
  passwords: Passwords;
  tokens: Tokens;
  guess: Guess;
}

interface SignUpInput {
  email: string;
  username?: string | null;
  fullName: string;
}

/**
 * Makes an account of a learner and signs it in.
 * @throws {Rejection} with every rule that the input breaks, TAKEN, or RATE_LIMITED.
 */
export async function signUp(viewer: Viewer, db: Database, input: SignUpInput, parts: SignInParts): Promise<SignedInAnswer> {
  const rules = z.object({
    email,
    password: newPassword([input.email, input.username, input.fullName]),
    fullName,
    firstName: partOfName.nullish(),
    lastName: partOfName.nullish(),
    username: username.nullish(),
    language: language.nullish(),
  });
  const { password, ...wanted } = await checkWithStored(rules, { ...input }, async (sound) => {
    const name = sound.email ?? sound.username;
    if (name == null) return [];
    // Counted however the rest of the input looks: the answer tells whether a name has an account.
    await parts.guess(name.toLowerCase());
    return takenNames(db, sound);
  });
  const passwordHash = await parts.passwords.hash(password);
  return refusingTakenNames(() =>
    inTransaction(db, viewer, async (work) => {
      const { tx } = work;
      const user = await createAccount(tx, {
        ...wanted,
        passwordHash,
        language: wanted.language ?? undefined,
        username: wanted.username ?? (await freeUsername(tx, wanted.email)),
        lastLoginAt: new Date().toISOString(),
      });
      const device = onNewDevice(viewer, user);
      const answer = await openSession(tx, device, parts.tokens);
      await audit(
        { ...work, viewer: device },
        {
          action: "identity.sign_up",
          entityType: "user",
          entityId: user.id,
          subjectUserId: user.id,
          newValues: { email: user.email, username: user.username, fullName: user.fullName, role: user.role },
        },
      );
      return answer;
    }),
  );
}

const signInRules = z.object({ login: z.string().trim().min(1, "Give an e-mail address or a username.").max(254), password: givenPassword });

/**
 * Signs in by e-mail address or username. Whatever is wrong, the answer and the time it takes are the same.
 * @throws {Rejection} INVALID_CREDENTIALS or RATE_LIMITED.
 */
export async function signIn(viewer: Viewer, db: Database, input: object, parts: SignInParts): Promise<SignedInAnswer> {
  const { login, password } = check(signInRules, input);
  const name = login.includes("@") ? users.email : users.username;
  const [user] = await db.select().from(users).where(and(eq(name, login), isNull(users.deletedAt)));
  const takeBack = await parts.guess(user?.id ?? login.toLowerCase());
  const right = await parts.passwords.verify(password, user?.passwordHash);
  const wrong = reject("INVALID_CREDENTIALS", [], "The account or the password is not right.");
  if (!right || user?.status !== "active") {
    await auditWrongPassword(viewer, db, "identity.sign_in", user);
    throw wrong;
  }
  await takeBack();
  const device = onNewDevice(viewer, user);
  return inTransaction(db, device, async (work) => {
    // The account as it is now: comparing took a while, in which the password or the status may have changed.
    const unchanged = and(eq(users.id, user.id), live, eq(users.passwordHash, user.passwordHash ?? ""));
    const [opened] = await work.tx
      .update(users)
      .set({ lastLoginAt: sql`now()`, updatedAt: sql`${users.updatedAt}` })
      .where(unchanged)
      .returning({ id: users.id });
    if (!opened) throw wrong;
    const answer = await openSession(work.tx, device, parts.tokens);
    await audit(work, { action: "identity.sign_in", entityType: "user", entityId: user.id, subjectUserId: user.id });
    return answer;
  });
}

/**
 * Makes sure that it is the account's owner who asks for something grave, not somebody at an open device.
 * Accounts of outside providers have no password and pass.
 * @throws {Rejection} REQUIRED, INVALID_CREDENTIALS or RATE_LIMITED at `field`.
 */
export async function confirmPassword(
  viewer: Viewer,
  db: Database,
  user: UserRow,
  confirmation: { action: string; field: string; password: string | null | undefined },
  { passwords, guess }: Pick<SignInParts, "passwords" | "guess">,
): Promise<void> {
  const { action, field, password } = confirmation;
  if (user.passwordHash === null) return;
  if (password == null) throw reject("REQUIRED", field, "Give the present password.");
  const takeBack = await guess(user.id);
  if (!(await passwords.verify(password, user.passwordHash))) {
    await auditWrongPassword(viewer, db, action, user);
    throw reject("INVALID_CREDENTIALS", field, "The password is not right.");
  }
  await takeBack();
}

/** In a transaction of its own, for what was asked for does not happen. */
const auditWrongPassword = (viewer: Viewer, db: Database, action: string, user: UserRow | undefined): Promise<void> =>
  inTransaction(db, viewer, (work) =>
    audit(work, {
      action,
      entityType: "user",
      entityId: user?.id ?? null,
      subjectUserId: user?.id ?? null,
      errorMessage: "The account, its status or the password is not right.",
    }),
  );
