import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authSessions, auditLogs, profiles, userPreferences, users } from "../../src/db/tables/index.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const password = "a lamp in the rain";
const tokenFields = "accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt";

interface SignedIn {
  accessToken: string | null;
  accessTokenExpiresAt: string;
  refreshToken: string | null;
  refreshTokenExpiresAt: string;
  user: { email: string; username: string; role: string; lastLoginAt: string | null } | null;
}

/** Attempts are counted by address, so each test that guesses comes from an app of its own. */
const signUp = async (on: TestApp, more: object = {}) => {
  const email = `${randomUUID().slice(0, 8)}@disha.example`;
  const payload = await mutate<SignedIn>(on, "signUp", { email, password, fullName: "Meera Nair", ...more }, `${tokenFields} user { email username role lastLoginAt }`);
  return { email, ...payload };
};

const as = (token: string | null): Session => ({ userId: "", token: token ?? "" });
const whoAmI = async (token: string | null, on = app) => on.query<{ viewer: { email: string; role: string } | null }>("{ viewer { email role } }", {}, as(token));

test("signing up makes a learner with settings and profile, signed in, and leaves an audit row without secrets", async () => {
  const { email, accessToken, user, errors, accessTokenExpiresAt, refreshTokenExpiresAt } = await signUp(app);
  expect(errors).toEqual([]);
  expect(user).toMatchObject({ email, role: "STUDENT", username: email.split("@")[0] });
  expect(user?.lastLoginAt).not.toBeNull();
  expect(Date.parse(accessTokenExpiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  expect(Date.parse(refreshTokenExpiresAt) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect((await whoAmI(accessToken)).data.viewer).toMatchObject({ email, role: "STUDENT" });

  const [row] = await app.db.select().from(users).where(eq(users.email, email));
  expect(row?.passwordHash).toMatch(/^\$2b\$04\$/);
  expect(await app.db.$count(userPreferences, eq(userPreferences.userId, row?.id ?? ""))).toBe(1);
  expect(await app.db.$count(profiles, eq(profiles.userId, row?.id ?? ""))).toBe(1);
  const lines = await app.db.select().from(auditLogs).where(eq(auditLogs.userId, row?.id ?? ""));
  expect(lines).toMatchObject([{ action: "identity.sign_up", isSuccess: true, module: "identity", newValues: { email } }]);
  expect(JSON.stringify(lines)).not.toContain(row?.passwordHash);
});

test("signing up reports every broken rule together, and names that are taken together", async () => {
  const broken = await mutate(app, "signUp", { email: "nobody", password: "short", fullName: " ", username: "a@b", language: "?" }, "accessToken");
  expect(broken["accessToken"]).toBeNull();
  expect(failures(broken).sort()).toEqual([
    "INVALID_FORMAT at input.email", "INVALID_FORMAT at input.language", "INVALID_FORMAT at input.username",
    "TOO_SHORT at input.fullName", "TOO_SHORT at input.password",
  ]);
  const { email, user } = await signUp(app, { username: `meera-${randomUUID().slice(0, 8)}` });
  const other = await signUp(app);
  const taken = await mutate(app, "signUp", { email: other.email.toUpperCase(), password, fullName: "Meera", username: user?.username }, "accessToken");
  expect(failures(taken)).toEqual(["TAKEN at input.email", "TAKEN at input.username"]);
  const both = await mutate(app, "signUp", { email: other.email, password: "short", fullName: "Meera", username: user?.username }, "accessToken");
  expect(failures(both)).toEqual(["TOO_SHORT at input.password", "TAKEN at input.email", "TAKEN at input.username"]);
  const same = await mutate(app, "signUp", { email, password, fullName: "Meera", username: user?.username }, "accessToken");
  expect(failures(same)).toEqual(["TAKEN at input.email", "TAKEN at input.username"]);
  expect(await app.db.$count(users, eq(users.email, email))).toBe(1);
});

test.each([
  ["seven characters", "kd83hx7", "TOO_SHORT"],
  ["129 characters", `${"kd83hx7 ".repeat(16)}!`, "TOO_LONG"],
  ["a common password", "Password123", "INVALID"],
  ["one character again and again", "zzzzzzzzzzzz", "INVALID"],
  ["the address itself", "ravi.menon@disha.example", "INVALID"],
])("a password of %s is refused", async (_what, refused, code) => {
  const answer = await mutate(app, "signUp", { email: "ravi.menon@disha.example", password: refused, fullName: "Ravi" }, "accessToken");
  expect(failures(answer)).toEqual([`${code} at input.password`]);
});

test("people sign in by address or username, whatever the case", async () => {
  const { email, user } = await signUp(app);
  for (const login of [email.toUpperCase(), user?.username]) {
    const answer = await mutate<SignedIn>(app, "signIn", { login, password }, `${tokenFields} user { email username role lastLoginAt }`);
    expect(answer.errors).toEqual([]);
    expect((await whoAmI(answer.accessToken)).data.viewer?.email).toBe(email);
  }
});

test("after signing in the rest of the operation acts as the user", async () => {
  const { email } = await signUp(app);
  const { data } = await app.query<{ signIn: { user: { sessions: { totalCount: number; nodes: { isCurrent: boolean }[] } } }; updateUser: { user: { fullName: string } } }>(
    `mutation ($login: String!, $password: String!) {
      signIn(input: {login: $login, password: $password}) { user { sessions { totalCount nodes { isCurrent } } } }
      updateUser(input: {fullName: "Meera N."}) { user { fullName } } }`,
    { login: email, password },
  );
  expect(data.signIn.user.sessions).toEqual({ totalCount: 2, nodes: [{ isCurrent: true }, { isCurrent: false }] });
  expect(data.updateUser.user.fullName).toBe("Meera N.");
});

test("wrong passwords, unknown, suspended and deleted accounts get the same answer, which is audited", async () => {
  const guessed = await startTestApp();
  try {
    const { email } = await signUp(guessed);
    const suspended = await signUp(guessed);
    const deleted = await signUp(guessed);
    await guessed.db.update(users).set({ status: "suspended" }).where(eq(users.email, suspended.email));
    await guessed.db.update(users).set({ deletedAt: new Date().toISOString() }).where(eq(users.email, deleted.email));
    const attempts = [
      { login: email, password: "not that one" },
      { login: "nobody@disha.example", password },
      { login: suspended.email, password },
      { login: deleted.email, password },
    ];
    for (const input of attempts) {
      const answer = await mutate(guessed, "signIn", input, "accessToken user { id }");
      expect(answer).toMatchObject({ accessToken: null, user: null });
      expect(failures(answer)).toEqual(["INVALID_CREDENTIALS at input"]);
    }
    const lines = await guessed.db.select().from(auditLogs).where(eq(auditLogs.isSuccess, false));
    expect(lines.map(({ action }) => action)).toEqual(attempts.map(() => "identity.sign_in"));
  } finally {
    await guessed.close();
  }
});

test("passwords that share their first 73 bytes are different passwords", async () => {
  const start = "k7 ".repeat(25).slice(0, 73);
  const { email } = await signUp(app, { password: `${start}A` });
  expect(failures(await mutate(app, "signIn", { login: email, password: `${start}B` }, "accessToken"))).toEqual(["INVALID_CREDENTIALS at input"]);
  expect(failures(await mutate(app, "signIn", { login: email, password: `${start}A` }, "accessToken"))).toEqual([]);
});

test("after ten wrong guesses an account is closed to the eleventh, even a right one; signing in costs nothing", async () => {
  const guessed = await startTestApp();
  try {
    const { email } = await signUp(guessed);
    for (let i = 0; i < 12; i++) expect(failures(await mutate(guessed, "signIn", { login: email, password }, "accessToken"))).toEqual([]);
    for (let i = 0; i < 10; i++) {
      expect(failures(await mutate(guessed, "signIn", { login: email, password: `guess ${i}` }, "accessToken"))).toEqual(["INVALID_CREDENTIALS at input"]);
    }
    expect(failures(await mutate(guessed, "signIn", { login: email, password }, "accessToken"))).toEqual(["RATE_LIMITED at input"]);
    expect(failures(await mutate(guessed, "signIn", { login: "other@disha.example", password }, "accessToken"))).toEqual(["RATE_LIMITED at input"]);
  } finally {
    await guessed.close();
  }
});

test("looking for accounts with inputs that are wrong otherwise is counted too", async () => {
  const guessed = await startTestApp();
  try {
    const { email } = await signUp(guessed);
    const look = (name: object) => mutate(guessed, "signUp", { email: "nobody", password: "short", fullName: "A", ...name }, "accessToken");
    for (let i = 0; i < 9; i++) expect(failures(await look({ email }))).toContain("TAKEN at input.email");
    expect(failures(await look({ email }))).toEqual(["RATE_LIMITED at input"]);
    for (let i = 0; i < 10; i++) await look({ username: "somebody" });
    expect(failures(await look({ username: "somebody" }))).toEqual(["RATE_LIMITED at input"]);
  } finally {
    await guessed.close();
  }
});

test("aliases of one document count together", async () => {
  const guessed = await startTestApp();
  try {
    const { email } = await signUp(guessed);
    const guesses = Array.from({ length: 15 }, (_, i) => `g${i}: signIn(input: {login: "${email}", password: "${i === 12 ? password : "no"}"}) { errors { code } accessToken }`);
    const { data } = await guessed.query<Record<string, { errors: { code: string }[]; accessToken: string | null }>>(`mutation { ${guesses.join("\n")} }`);
    const codes = Object.values(data).map(({ errors }) => errors[0]?.code);
    expect(codes).toEqual([...Array<string>(10).fill("INVALID_CREDENTIALS"), ...Array<string>(5).fill("RATE_LIMITED")]);
  } finally {
    await guessed.close();
  }
});

const refresh = (refreshToken: string | null) => mutate<SignedIn>(app, "refreshSession", { refreshToken }, `${tokenFields} user { email username role lastLoginAt }`);

test("a refresh token gives the next pair, and only its hash is kept", async () => {
  const first = await signUp(app);
  const second = await refresh(first.refreshToken);
  expect(second.errors).toEqual([]);
  expect(second.user?.email).toBe(first.email);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(Buffer.from(second.refreshToken ?? "", "base64url")).toHaveLength(32);
  expect((await whoAmI(second.accessToken)).data.viewer?.email).toBe(first.email);
  const rows = await app.db.select().from(authSessions);
  expect(JSON.stringify(rows)).not.toContain(second.refreshToken);
  const { data } = await app.query<{ viewer: { sessions: { totalCount: number } } }>("{ viewer { sessions { totalCount } } }", {}, as(second.accessToken));
  expect(data.viewer.sessions.totalCount).toBe(1);
});

test("a replayed refresh token revokes its whole family, though the answer is a failure, and no other device", async () => {
  const live = await startTestApp({}, { believedFor: 0 });
  try {
    const first = await signUp(live);
    const otherDevice = await mutate<SignedIn>(live, "signIn", { login: first.email, password }, tokenFields);
    const next = await mutate<SignedIn>(live, "refreshSession", { refreshToken: first.refreshToken }, tokenFields);
    const replay = await mutate<SignedIn>(live, "refreshSession", { refreshToken: first.refreshToken }, tokenFields);
    expect(replay.accessToken).toBeNull();
    expect(failures(replay)).toEqual(["INVALID_CREDENTIALS at input.refreshToken"]);
    expect(failures(await mutate(live, "refreshSession", { refreshToken: next.refreshToken }, "accessToken"))).toEqual(["INVALID_CREDENTIALS at input.refreshToken"]);
    for (const token of [first.accessToken, next.accessToken]) expect(await whoAmI(token, live)).toMatchObject({ status: 401 });
    expect((await whoAmI(otherDevice.accessToken, live)).data.viewer?.email).toBe(first.email);
    const lines = await live.db.select().from(auditLogs).where(eq(auditLogs.action, "identity.replay_refresh_token"));
    expect(lines).toMatchObject([{ isSuccess: false }]);
  } finally {
    await live.close();
  }
});

test("of several refreshes of one token at once exactly one wins", async () => {
  const { refreshToken } = await signUp(app);
  const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));
  expect(answers.filter(({ accessToken }) => accessToken !== null)).toHaveLength(1);
});

test("a replay that meets a refresh of the newest token leaves no token of the family behind", async () => {
  for (let round = 0; round < 10; round++) {
    const { email, refreshToken: old } = await signUp(app);
    const { refreshToken: newest } = await refresh(old);
    const [, replay] = await Promise.all([refresh(newest), refresh(old)]);
    expect(replay.accessToken).toBeNull();
    const [user] = await app.db.select().from(users).where(eq(users.email, email));
    const sessions = await app.db.select().from(authSessions).where(eq(authSessions.userId, user?.id ?? ""));
    expect(sessions.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
  }
});

test("unknown, ended and signed-out refresh tokens are refused", async () => {
  const ended = await signUp(app);
  const [user] = await app.db.select().from(users).where(eq(users.email, ended.email));
  await app.db.update(authSessions).set({ expiresAt: new Date(Date.now() - 1000).toISOString() }).where(eq(authSessions.userId, user?.id ?? ""));
  const gone = await signUp(app);
  await mutate(app, "signOut", {}, "sessionId", as(gone.accessToken));
  for (const token of ["no such token", ended.refreshToken, gone.refreshToken]) {
    expect(failures(await refresh(token))).toEqual(["INVALID_CREDENTIALS at input.refreshToken"]);
  }
});

test("signing out ends this device at once, and another one by its id, but nobody else's", async () => {
  const here = await signUp(app);
  const there = await mutate<SignedIn>(app, "signIn", { login: here.email, password }, tokenFields);
  const stranger = await app.signedIn();
  const { data } = await app.query<{ viewer: { sessions: { nodes: { id: string; isCurrent: boolean }[] } } }>(
    "{ viewer { sessions { nodes { id isCurrent } } } }", {}, as(here.accessToken),
  );
  const other = data.viewer.sessions.nodes.find(({ isCurrent }) => !isCurrent)?.id;
  expect(failures(await mutate(app, "signOut", { sessionId: other }, "sessionId", stranger))).toEqual(["NOT_FOUND at input.sessionId"]);
  expect(failures(await mutate(app, "signOut", { sessionId: "x" }, "sessionId", stranger))).toEqual(["INVALID_ID at input.sessionId"]);
  expect(await mutate(app, "signOut", { sessionId: other }, "sessionId", as(here.accessToken))).toMatchObject({ sessionId: other, errors: [] });
  expect((await whoAmI(there.accessToken)).status).toBe(401);
  await mutate(app, "signOut", {}, "sessionId", as(here.accessToken));
  expect((await whoAmI(here.accessToken)).status).toBe(401);
  const anonymous = await app.query("mutation { signOut(input: {}) { sessionId } }");
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("signing out everywhere ends every device, or all but this one", async () => {
  const here = await signUp(app);
  const devices = [];
  for (let i = 0; i < 2; i++) devices.push(await mutate<SignedIn>(app, "signIn", { login: here.email, password }, tokenFields));
  expect(await mutate(app, "signOutEverywhere", { keepCurrent: true }, "signedOut", as(here.accessToken))).toMatchObject({ signedOut: 2 });
  for (const device of devices) expect((await whoAmI(device.accessToken)).status).toBe(401);
  expect((await whoAmI(here.accessToken)).data.viewer?.email).toBe(here.email);
  expect(await mutate(app, "signOutEverywhere", {}, "signedOut", as(here.accessToken))).toMatchObject({ signedOut: 1 });
  expect((await whoAmI(here.accessToken)).status).toBe(401);
});
