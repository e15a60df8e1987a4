import { setTimeout as delay } from "node:timers/promises";
import { and, eq, inArray, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPasswords, type Passwords } from "../../src/auth/passwords.js";
import { createTokens } from "../../src/auth/tokens.js";
import { anonymous } from "../../src/auth/viewer.js";
import { authSessions, userContacts, users } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { lockAccount } from "../../src/services/identity/accounts.js";
import { addContact } from "../../src/services/identity/contacts.js";
import { changePassword, deleteAccount } from "../../src/services/identity/own-account.js";
import { refreshSession, revoke } from "../../src/services/identity/sessions.js";
import { signIn, signUp, type SignInParts } from "../../src/services/identity/sign-in.js";
import { testSecret } from "../support/app.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
const tokens = createTokens(testSecret);
const parts: SignInParts = { tokens, passwords: createPasswords({ cost: 4 }), guess: async () => async () => {} };
const password = "a rather long secret";
let number = 0;

beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const join = async () => {
  const email = `racer${++number}@example.org`;
  const answer = await signUp(anonymous(), engine.db, { email, fullName: "A Racer", password } as never, parts);
  return { ...answer, email };
};

test("contacts added at once by one person all arrive", async () => {
  const { viewer } = await join();
  const add = (index: number) =>
    addContact(viewer, engine.db, {
      kind: "phone", value: `+9198765432${10 + index}`, idempotencyKey: crypto.randomUUID(),
    } as never);
  await Promise.all(Array.from({ length: 8 }, (_, index) => add(index)));
  expect(await engine.db.$count(userContacts, eq(userContacts.userId, viewer.id))).toBe(8);
});

test("a refresh that meets a change of the account waits for it without holding the session", async () => {
  const { viewer, refreshToken } = await join();
  let refreshed: Promise<unknown> | undefined;
  await inTransaction(engine.db, viewer, async ({ tx }) => {
    await lockAccount(tx, viewer);
    refreshed = refreshSession(anonymous(), engine.db, { refreshToken }, tokens).catch((error: unknown) => error);
    await delay(300);
    await revoke(tx, viewer.id);
  });
  expect(await refreshed).toMatchObject({ problems: [{ code: "INVALID_CREDENTIALS" }] });
});

test("a password that is replaced while it is compared opens no session", async () => {
  const { viewer, email } = await join();
  const passwords: Passwords = {
    ...parts.passwords,
    verify: async (given, stored) => {
      const right = await parts.passwords.verify(given, stored);
      await changePassword(viewer, engine.db, { currentPassword: password, newPassword: `${password} anew` }, parts);
      return right;
    },
  };
  const signedIn = signIn(anonymous(), engine.db, { login: email, password }, { ...parts, passwords });
  await expect(signedIn).rejects.toMatchObject({ problems: [{ code: "INVALID_CREDENTIALS" }] });
  expect(await engine.db.$count(authSessions, and(eq(authSessions.userId, viewer.id), isNull(authSessions.revokedAt)))).toBe(1);
});

test("of the last two admins who leave at once one stays", async () => {
  const admins = await Promise.all([join(), join()]);
  await engine.db.update(users).set({ role: "admin" }).where(inArray(users.id, admins.map(({ viewer }) => viewer.id)));
  const left = await Promise.allSettled(admins.map(({ viewer }) => deleteAccount({ ...viewer, role: "admin" }, engine.db, { password }, parts)));
  expect(left.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await engine.db.$count(users, and(eq(users.role, "admin"), isNull(users.deletedAt)))).toBe(1);
});
