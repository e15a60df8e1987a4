import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditLogs, authSessions, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, testSecret, type Session, type TestApp } from "../support/app.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
/** Asks the database about the account at every request. */
let wary: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  wary = await startTestApp({}, { believedFor: 0 });
});
afterAll(() => Promise.all([app.close(), wary.close()]));

const document = "{ viewer { id } }";
const key = new TextEncoder().encode(testSecret);

interface Forgery {
  alg?: string;
  typ?: string;
  iss?: string;
  aud?: string;
  exp?: number;
  sid?: string;
  secret?: Uint8Array;
}

async function forge({ userId }: Session, given: Forgery): Promise<string> {
  const [session] = await app.db.select().from(authSessions).where(eq(authSessions.userId, userId));
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sid: given.sid ?? session?.id })
    .setProtectedHeader({ alg: given.alg ?? "HS256", typ: given.typ ?? "at+jwt" })
    .setSubject(userId)
    .setIssuer(given.iss ?? "disha")
    .setAudience(given.aud ?? "disha-api")
    .setIssuedAt()
    .setExpirationTime(given.exp ?? now + 60)
    .sign(given.secret ?? key);
}

test("a token like ours is let in, so that the refusals below have one reason each", async () => {
  const me = await app.signedIn();
  const { data, status } = await app.query<{ viewer: { id: string } }>(document, {}, { userId: me.userId, token: await forge(me, {}) });
  expect(status).toBe(200);
  expect(data.viewer.id).toBe(toGlobalId("User", me.userId));
});

test.each<[string, Forgery]>([
  ["another algorithm of the same secret", { alg: "HS384" }],
  ["another secret", { secret: new TextEncoder().encode("another secret that is long enough, too") }],
  ["another issuer", { iss: "someone" }],
  ["another audience", { aud: "other-api" }],
  ["another type", { typ: "JWT" }],
  ["a time that is over", { exp: Math.floor(Date.now() / 1000) - 1 }],
  ["a session that is not there", { sid: randomUUID() }],
  ["a session that is no id", { sid: "1" }],
])("a token with %s is refused with 401", async (_what, forgery) => {
  const me = await app.signedIn();
  const answer = await app.query(document, {}, { userId: me.userId, token: await forge(me, forgery) });
  expect(answer.status).toBe(401);
  expect(answer.errors?.[0]?.extensions).toEqual({ code: "UNAUTHENTICATED" });
  expect(answer.data).toBeUndefined();
});

test("a token that was taken is refused once it has ended, or its session has, though its signature is remembered", async () => {
  const [brief, revoked] = [await app.signedIn(), await wary.signedIn()];
  const ask = async (on: TestApp, as: Session) => (await on.query(document, {}, as)).status;
  expect([await ask(app, brief), await ask(app, brief)]).toEqual([200, 200]);
  expect([await ask(wary, revoked), await ask(wary, revoked)]).toEqual([200, 200]);
  await wary.db.update(authSessions).set({ revokedAt: sql`now()` }).where(eq(authSessions.userId, revoked.userId));
  expect(await ask(wary, revoked)).toBe(401);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 15 * 60 * 1000 });
  try {
    expect(await ask(app, brief)).toBe(401);
  } finally {
    vi.useRealTimers();
  }
});

test("of a token that was taken nothing may be changed", async () => {
  const me = await app.signedIn();
  const [head, claims = "", signature] = me.token.split(".");
  const later = { ...(JSON.parse(Buffer.from(claims, "base64url").toString()) as object), exp: Math.floor(Date.now() / 1000) + 3600 };
  const longer = [head, Buffer.from(JSON.stringify(later)).toString("base64url"), signature].join(".");
  expect((await app.query(document, {}, me)).status).toBe(200);
  expect((await app.query(document, {}, { ...me, token: longer })).status).toBe(401);
});

test("unsigned tokens, tokens of other people's sessions and other schemes are refused", async () => {
  const [me, other] = [await app.signedIn(), await app.signedIn()];
  const [session] = await app.db.select().from(authSessions).where(eq(authSessions.userId, other.userId));
  const unsigned = new UnsecuredJWT({ sid: session?.id }).setSubject(other.userId).setIssuer("disha").setAudience("disha-api").setExpirationTime("1m").encode();
  const crossed = await forge(me, { sid: session?.id ?? "" });
  for (const token of [unsigned, crossed, "nonsense", ""]) expect((await app.query(document, {}, { userId: "", token })).status).toBe(401);
  const basic = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Basic YTpi" },
    body: JSON.stringify({ query: document }),
  });
  expect(basic.status).toBe(401);
});

test("a demoted admin loses the role, a suspended, deleted or signed-out user loses the account", async () => {
  const logs = "{ auditLogs(first: 1) { nodes { id } } }";
  const admin = await wary.signedIn("admin");
  expect((await wary.query(logs, {}, admin)).errors).toBeUndefined();
  await wary.db.update(users).set({ role: "student" }).where(eq(users.id, admin.userId));
  expect((await wary.query(logs, {}, admin)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");

  for (const change of [{ status: "suspended" as const }, { status: "inactive" as const }, { deletedAt: new Date().toISOString() }]) {
    const user = await wary.signedIn();
    await wary.db.update(users).set(change).where(eq(users.id, user.userId));
    expect((await wary.query(document, {}, user)).status).toBe(401);
  }
  const out = await wary.signedIn();
  await wary.db.update(authSessions).set({ revokedAt: new Date().toISOString() }).where(eq(authSessions.userId, out.userId));
  expect((await wary.query(document, {}, out)).status).toBe(401);
});

test("a socket's viewer is no longer valid once the role, the account or the token has changed", async () => {
  const { authenticator } = wary.services;
  const user = await wary.signedIn("teacher");
  const viewer = await authenticator.authenticate(`Bearer ${user.token}`, { ip: null, userAgent: null });
  expect(await authenticator.isStillValid(viewer)).toBe(true);
  expect(await authenticator.isStillValid({ ...viewer, expiresAt: Math.floor(Date.now() / 1000) })).toBe(false);
  await wary.db.update(users).set({ role: "student" }).where(eq(users.id, user.userId));
  expect(await authenticator.isStillValid(viewer)).toBe(false);
  await wary.db.update(users).set({ role: "teacher", status: "suspended" }).where(eq(users.id, user.userId));
  expect(await authenticator.isStillValid(viewer)).toBe(false);
});

test("an admin's change of role or status holds at once in the same process, is audited, and ends sessions", async () => {
  const admin = await app.signedIn("admin");
  const user = await app.signedIn();
  const userId = toGlobalId("User", user.userId);
  const logs = "{ auditLogs(first: 1) { nodes { id } } }";
  expect((await app.query(logs, {}, user)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(await mutate(app, "updateUserRole", { userId, role: "ADMIN" }, "user { role }", admin)).toMatchObject({ user: { role: "ADMIN" }, errors: [] });
  expect((await app.query(logs, {}, user)).errors).toBeUndefined();
  expect(await mutate(app, "updateUserRole", { userId, role: "TEACHER" }, "user { role }", admin)).toMatchObject({ user: { role: "TEACHER" } });
  expect((await app.query(logs, {}, user)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(await mutate(app, "updateUserStatus", { userId, status: "SUSPENDED" }, "user { status isActive }", admin)).toMatchObject({ user: { status: "SUSPENDED", isActive: false } });
  expect((await app.query(document, {}, user)).status).toBe(401);
  await mutate(app, "updateUserStatus", { userId, status: "ACTIVE" }, "user { status }", admin);
  expect((await app.query(document, {}, user)).status).toBe(401);
  const lines = await app.db.select().from(auditLogs).where(eq(auditLogs.subjectUserId, user.userId));
  expect(lines.map(({ action, oldValues, newValues }) => [action, oldValues, newValues])).toEqual([
    ["identity.update_role", { role: "student" }, { role: "admin" }],
    ["identity.update_role", { role: "admin" }, { role: "teacher" }],
    ["identity.update_status", { status: "active" }, { status: "suspended" }],
    ["identity.update_status", { status: "suspended" }, { status: "active" }],
  ]);
  expect(lines.every((line) => line.userId === admin.userId)).toBe(true);
});

test("only admins administer, never themselves, and only people who are there", async () => {
  const admin = await app.signedIn("admin");
  const teacher = await app.signedIn("teacher");
  const target = await app.signedIn();
  const input = { userId: toGlobalId("User", target.userId), role: "ADMIN" };
  const role = "mutation ($input: UpdateUserRoleInput!) { updateUserRole(input: $input) { user { id } } }";
  const status = "mutation ($input: UpdateUserStatusInput!) { updateUserStatus(input: $input) { user { id } } }";
  expect((await app.query(role, { input }, teacher)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect((await app.query(status, { input: { userId: input.userId, status: "SUSPENDED" } }, teacher)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect((await app.query(role, { input })).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  const own = toGlobalId("User", admin.userId);
  expect(failures(await mutate(app, "updateUserRole", { userId: own, role: "STUDENT" }, "user { id }", admin))).toEqual(["CONFLICT at input.userId"]);
  expect(failures(await mutate(app, "updateUserStatus", { userId: own, status: "INACTIVE" }, "user { id }", admin))).toEqual(["CONFLICT at input.userId"]);
  expect(failures(await mutate(app, "updateUserRole", { userId: toGlobalId("User", randomUUID()), role: "STUDENT" }, "user { id }", admin))).toEqual(["NOT_FOUND at input.userId"]);
  expect(failures(await mutate(app, "updateUserStatus", { userId: "x", status: "ACTIVE" }, "user { id }", admin))).toEqual(["INVALID_ID at input.userId"]);
  const [row] = await app.db.select().from(users).where(eq(users.id, target.userId));
  expect(row).toMatchObject({ role: "student", status: "active" });
});

test("an admin who was demoted elsewhere a moment ago cannot use the role any more to give it away", async () => {
  const admin = await app.signedIn("admin");
  const target = await app.signedIn();
  await app.db.update(users).set({ role: "student" }).where(eq(users.id, admin.userId));
  const answer = await app.query(
    "mutation ($input: UpdateUserRoleInput!) { updateUserRole(input: $input) { user { id } } }",
    { input: { userId: toGlobalId("User", target.userId), role: "ADMIN" } }, admin,
  );
  expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  const [row] = await app.db.select().from(users).where(eq(users.id, target.userId));
  expect(row?.role).toBe("student");
});

test("a token that has ended does not keep anybody from new tokens, but from everything else", async () => {
  const stale: Session = { userId: "", token: "stale.token.x" };
  const signUp = `mutation ($input: SignUpInput!) { signUp(input: $input) { refreshToken errors { code } } }`;
  const input = { email: `${randomUUID()}@disha.example`, password: "monsoon-over-konkan", fullName: "Leela Das" };
  const first = await app.query<{ signUp: { refreshToken: string; errors: [] } }>(signUp, { input }, stale);
  expect(first.data.signUp).toMatchObject({ refreshToken: expect.any(String), errors: [] });
  const refresh = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { accessToken errors { code } } }`;
  const { refreshToken } = first.data.signUp;
  const second = await app.query<{ refreshSession: { accessToken: string } }>(refresh, { input: { refreshToken } }, stale);
  expect(second.data.refreshSession.accessToken).toEqual(expect.any(String));
  const other = await app.query("{ viewer { id } }", {}, stale);
  expect([other.status, other.errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
  const both = await app.query(`mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } deleteAccount(input: {}) { errors { code } } }`,
    { input: { login: input.email, password: input.password } }, stale);
  expect([both.status, both.errors?.[0]?.extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
});

test("a mutation that is refused leaves the answer of its neighbour standing", async () => {
  const learner = await app.signedIn();
  const { data, errors } = await app.query<{ added: object; role: null }>(
    `mutation { added: addInterest(input: { interest: "Kites" }) { interest { interest } }
      role: updateUserRole(input: { userId: "x", role: ADMIN }) { user { id } } }`, {}, learner);
  expect(data).toEqual({ added: { interest: { interest: "Kites" } }, role: null });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
  const anonymous = await app.query("{ jobs { totalCount } skills { totalCount } }");
  expect(anonymous.data).toEqual({ jobs: null, skills: { totalCount: 0 } });
});
