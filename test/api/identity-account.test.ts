import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLogs, userContacts, userPreferences, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { failures, mutate } from "../support/mutate.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const password = "a lamp in the rain";
const nextPassword = "two lamps in the rain";

async function member(): Promise<Session & { email: string; username: string }> {
  const email = `${randomUUID().slice(0, 8)}@disha.example`;
  const { accessToken, user } = await mutate<{ accessToken: string; user: { username: string } }>(
    app, "signUp", { email, password, fullName: "Meera Nair" }, "accessToken user { username }",
  );
  const [row] = await app.db.select().from(users).where(eq(users.email, email));
  return { userId: row?.id ?? "", token: accessToken, email, username: user.username };
}

const rowOf = async (userId: string) => (await app.db.select().from(users).where(eq(users.id, userId)))[0];
const auditOf = async (userId: string, action: string) =>
  (await app.db.select().from(auditLogs).where(eq(auditLogs.subjectUserId, userId))).filter((line) => line.action === action);

test("others see the public profile of a person and nothing else; anonymous callers nothing at all", async () => {
  const me = await member();
  const other = await app.signedIn("teacher");
  const document = `query ($id: ID!) { user(id: $id) { username fullName profilePictureUrl headline email externalId firstName lastName role status isActive
    language timezone lastLoginAt lastActiveAt deletedAt createdAt updatedAt phone contacts { id } preferences { id } sessions { totalCount } signInProviders { provider } } }`;
  const id = toGlobalId("User", me.userId);
  const seen = await app.query<{ user: Record<string, unknown> }>(document, { id }, other);
  expect(seen.errors).toBeUndefined();
  const { username, fullName, profilePictureUrl, headline, ...rest } = seen.data.user;
  expect({ username, fullName, profilePictureUrl, headline }).toEqual({ username: me.username, fullName: "Meera Nair", profilePictureUrl: null, headline: null });
  expect(Object.values(rest).every((value) => value === null)).toBe(true);
  const mine = await app.query<{ user: Record<string, unknown> }>(document, { id }, me);
  expect(mine.data.user).toMatchObject({ email: me.email, role: "STUDENT", status: "ACTIVE", isActive: true, timezone: "Asia/Kolkata", sessions: { totalCount: 1 } });
  const anonymous = await app.query<{ viewer: null; user: null }>(`query ($id: ID!) { viewer { id } user(id: $id) { username } }`, { id });
  expect(anonymous.data).toEqual({ viewer: null, user: null });
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("settings, contacts and devices of others read as missing by their ids", async () => {
  const me = await member();
  const other = await app.signedIn();
  await mutate(app, "addContact", { kind: "PHONE", value: "+91 98765 43210" }, "contact { id }", me);
  const { data } = await app.query<{ viewer: { preferences: { id: string; user: { id: string } }; contacts: { id: string }[]; sessions: { nodes: { id: string }[] } } }>(
    "{ viewer { preferences { id user { id } } contacts { id } sessions { nodes { id } } } }", {}, me,
  );
  expect(data.viewer.preferences.user.id).toBe(toGlobalId("User", me.userId));
  const ids = [data.viewer.preferences.id, data.viewer.contacts[0]?.id, data.viewer.sessions.nodes[0]?.id];
  const nodes = async (as: Session) => (await app.query<{ nodes: ({ __typename: string } | null)[] }>("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", { ids }, as)).data.nodes;
  expect((await nodes(me)).map((node) => node?.__typename)).toEqual(["UserPreferences", "UserContact", "AuthSession"]);
  expect(await nodes(other)).toEqual([null, null, null]);
});

test("a user changes names, picture and language, which is audited with old and new values", async () => {
  const me = await member();
  const answer = await mutate<{ user: object }>(
    app, "updateUser",
    { fullName: "Meera N", firstName: "Meera", lastName: "Nair", language: "ml", profilePictureUrl: "https://pictures.example/m.png" },
    "user { fullName firstName lastName language profilePictureUrl }", me,
  );
  expect(answer.user).toEqual({ fullName: "Meera N", firstName: "Meera", lastName: "Nair", language: "ml", profilePictureUrl: "https://pictures.example/m.png" });
  const [line] = await auditOf(me.userId, "identity.update_user");
  expect(line).toMatchObject({ userId: me.userId, oldValues: { fullName: "Meera Nair", language: "en" }, newValues: { fullName: "Meera N", language: "ml" } });
  await mutate(app, "updateUser", { firstName: null, profilePictureUrl: null }, "user { id }", me);
  expect(await rowOf(me.userId)).toMatchObject({ firstName: null, profilePictureUrl: null, lastName: "Nair" });
});

test("bad and taken names are refused, and nothing changes", async () => {
  const me = await member();
  const other = await member();
  const broken = await mutate(app, "updateUser", { fullName: "", username: "x", profilePictureUrl: "javascript:alert(1)" }, "user { id }", me);
  expect(failures(broken).sort()).toEqual(["INVALID_FORMAT at input.profilePictureUrl", "TOO_SHORT at input.fullName", "TOO_SHORT at input.username"]);
  expect(failures(await mutate(app, "updateUser", { username: other.username }, "user { id }", me))).toEqual(["TAKEN at input.username"]);
  const both = await mutate(app, "updateUser", { fullName: "", username: other.username, email: other.email, currentPassword: "no" }, "user { id }", me);
  expect(failures(both)).toEqual(["TOO_SHORT at input.fullName", "INVALID_CREDENTIALS at input.currentPassword", "TAKEN at input.username"]);
  const confirmed = await mutate(app, "updateUser", { fullName: "", username: other.username, email: other.email, currentPassword: password }, "user { id }", me);
  expect(failures(confirmed)).toEqual(["TOO_SHORT at input.fullName", "TAKEN at input.email", "TAKEN at input.username"]);
  expect(failures(await mutate(app, "updateUser", { username: me.username.toUpperCase() }, "user { id }", me))).toEqual([]);
  await mutate(app, "updateUser", { username: me.username }, "user { id }", me);
  expect(await rowOf(me.userId)).toMatchObject({ fullName: "Meera Nair", username: me.username });
  const anonymous = await app.query(`mutation { updateUser(input: {fullName: "X"}) { user { id } } }`);
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("a new e-mail address needs the present password", async () => {
  const me = await member();
  const email = `new-${me.email}`;
  expect(failures(await mutate(app, "updateUser", { email }, "user { id }", me))).toEqual(["REQUIRED at input.currentPassword"]);
  expect(failures(await mutate(app, "updateUser", { email, currentPassword: "no" }, "user { id }", me))).toEqual(["INVALID_CREDENTIALS at input.currentPassword"]);
  expect(await mutate(app, "updateUser", { email, currentPassword: password }, "user { email }", me)).toMatchObject({ user: { email }, errors: [] });
  expect((await rowOf(me.userId))?.email).toBe(email);
});

test("a changed password signs out the other devices, and only it opens the account", async () => {
  const me = await member();
  const there = await mutate<{ accessToken: string }>(app, "signIn", { login: me.email, password }, "accessToken");
  const change = (input: object) => mutate(app, "changePassword", input, "user { id }", me);
  expect(failures(await change({ currentPassword: "wrong one", newPassword: nextPassword }))).toEqual(["INVALID_CREDENTIALS at input.currentPassword"]);
  expect(failures(await change({ currentPassword: password, newPassword: "12345678" }))).toEqual(["INVALID at input.newPassword"]);
  expect(failures(await change({ currentPassword: password, newPassword: password }))).toEqual(["INVALID at input.newPassword"]);
  const before = await rowOf(me.userId);
  expect(failures(await change({ currentPassword: password, newPassword: nextPassword }))).toEqual([]);
  const after = await rowOf(me.userId);
  expect(after?.passwordHash).not.toBe(before?.passwordHash);
  expect((await app.query("{ viewer { id } }", {}, { userId: "", token: there.accessToken })).status).toBe(401);
  expect((await app.query("{ viewer { id } }", {}, me)).status).toBe(200);
  expect(failures(await mutate(app, "signIn", { login: me.email, password }, "accessToken"))).toEqual(["INVALID_CREDENTIALS at input"]);
  expect(failures(await mutate(app, "signIn", { login: me.email, password: nextPassword }, "accessToken"))).toEqual([]);
  const lines = await auditOf(me.userId, "identity.change_password");
  expect(lines.map(({ isSuccess }) => isSuccess)).toEqual([false, true]);
  expect(JSON.stringify(lines)).not.toContain(after?.passwordHash);
});

test("a wrong present password is told beside a bad new one, and counts as a guess", async () => {
  const guessed = await startTestApp();
  try {
    const email = "careful@disha.example";
    const { accessToken } = await mutate<{ accessToken: string }>(guessed, "signUp", { email, password, fullName: "Meera Nair" }, "accessToken");
    const change = (currentPassword: string) =>
      mutate(guessed, "changePassword", { currentPassword, newPassword: "short" }, "user { id }", { userId: "", token: accessToken });
    expect(failures(await change(password))).toEqual(["TOO_SHORT at input.newPassword"]);
    for (let i = 0; i < 10; i++) {
      expect(failures(await change("wrong one"))).toEqual(["TOO_SHORT at input.newPassword", "INVALID_CREDENTIALS at input.currentPassword"]);
    }
    expect(failures(await change(password))).toEqual(["TOO_SHORT at input.newPassword", "RATE_LIMITED at input"]);
  } finally {
    await guessed.close();
  }
});

test("every setting can be changed, and consent keeps its time until it is taken back", async () => {
  const me = await member();
  const all = {
    learningStyle: "READING", collaborativeLearning: true, timeCommitmentHoursWeek: 7.5, timelineMonths: 9, gamificationEnabled: false,
    reminderEnabled: false, preferredLanguages: ["hi", "en"], accessibilityNeeds: { text: "large" }, preferredContentFormat: "AUDIO",
    contentFormats: ["AUDIO", "VR"], preferredLearningTime: "NIGHT", themeMode: "DARK", aiPersonalizationOptIn: false, privacyConsent: true, extra: { sidebar: "left" },
  };
  const fields = Object.keys(all).join(" ");
  const first = await mutate<{ preferences: Record<string, unknown> }>(app, "updatePreferences", all, `preferences { ${fields} privacyConsentAt }`, me);
  const { privacyConsentAt, ...kept } = first.preferences;
  expect(kept).toEqual(all);
  expect(privacyConsentAt).not.toBeNull();
  const again = await mutate<{ preferences: Record<string, unknown> }>(app, "updatePreferences", { privacyConsent: true, learningStyle: null }, "preferences { privacyConsentAt learningStyle themeMode }", me);
  expect(again.preferences).toEqual({ privacyConsentAt, learningStyle: null, themeMode: "DARK" });
  await mutate(app, "updatePreferences", { privacyConsent: false }, "preferences { id }", me);
  const [row] = await app.db.select().from(userPreferences).where(eq(userPreferences.userId, me.userId));
  expect(row).toMatchObject({ privacyConsent: false, privacyConsentAt: null, timeCommitmentHoursWeek: "7.50" });
  expect(await auditOf(me.userId, "identity.update_privacy_consent")).toHaveLength(2);
});

test("settings out of range are refused together; an account without settings gets them with the first change", async () => {
  const bare = await app.signedIn();
  const broken = await mutate(app, "updatePreferences", { timeCommitmentHoursWeek: 200, timelineMonths: 0, preferredLanguages: ["?"], extra: [1] }, "preferences { id }", bare);
  expect(failures(broken).sort()).toEqual([
    "INVALID at input.extra", "INVALID_FORMAT at input.preferredLanguages.0", "OUT_OF_RANGE at input.timeCommitmentHoursWeek", "OUT_OF_RANGE at input.timelineMonths",
  ]);
  expect(await app.db.$count(userPreferences, eq(userPreferences.userId, bare.userId))).toBe(0);
  expect(await mutate(app, "updatePreferences", { themeMode: "LIGHT" }, "preferences { themeMode }", bare)).toMatchObject({ preferences: { themeMode: "LIGHT" } });
  const anonymous = await app.query("mutation { updatePreferences(input: {themeMode: DARK}) { preferences { id } } }");
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

interface ContactAnswer {
  contact: { id: string; value: string; isPrimary: boolean } | null;
}
const contactFields = "contact { id kind value isPrimary verifiedAt }";

test.each<[mutation: string, input: object, failures: object]>([
  ["updateUser", { fullName: null, username: null, email: null }, {
    fullName: "REQUIRED: This cannot be cleared.", username: "REQUIRED: This cannot be cleared.", email: "REQUIRED: This cannot be cleared.",
  }],
  ["updateUser", { fullName: "x".repeat(201), firstName: "", language: null, profilePictureUrl: "x" }, {
    fullName: "TOO_LONG: This may have at most 200 characters.", firstName: "TOO_SHORT: This must not be empty.",
    language: "REQUIRED: This cannot be cleared.", profilePictureUrl: "INVALID_FORMAT: This must be an http or https address.",
  }],
  ["updatePreferences", { themeMode: null, gamificationEnabled: null, preferredLanguages: null, contentFormats: null, extra: null }, {
    themeMode: "REQUIRED: This cannot be cleared.", gamificationEnabled: "REQUIRED: This cannot be cleared.", preferredLanguages: "REQUIRED: This cannot be cleared.",
    contentFormats: "REQUIRED: This cannot be cleared.", extra: "REQUIRED: This cannot be cleared.",
  }],
  ["updatePreferences", { accessibilityNeeds: [], extra: "x", preferredLanguages: Array<string>(21).fill("en"), timelineMonths: 0 }, {
    accessibilityNeeds: "INVALID: This must be an object.", extra: "INVALID: This must be an object.",
    preferredLanguages: "TOO_LONG: This may have at most 20 items.", timelineMonths: "OUT_OF_RANGE: This must be a whole number from 1 to 600.",
  }],
  ["signOutEverywhere", { keepCurrent: null }, {}],
  ["updateContact", { id: "x", value: null, isPrimary: null }, {
    id: "INVALID_ID: This is not the id of a UserContact.", value: "REQUIRED: This cannot be cleared.", isPrimary: "REQUIRED: This cannot be cleared.",
  }],
  ["updateCertification", { id: "x", name: null, credentialUrl: "ftp://x.example" }, {
    id: "INVALID_ID: This is not the id of a Certification.", name: "REQUIRED: This cannot be cleared.", credentialUrl: "INVALID_FORMAT: This must be an http or https address.",
  }],
  ["updateGoal", { id: "x", goalType: null, value: "x".repeat(501), targetSkillIds: ["x"] }, {
    id: "INVALID_ID: This is not the id of a LearnerGoal.", goalType: "REQUIRED: This cannot be cleared.",
    value: "TOO_LONG: This may have at most 500 characters.", "targetSkillIds.0": "INVALID_ID: This is not the id of a Skill.",
  }],
  ["updateProfile", { headline: "x".repeat(501), targetIndustries: Array.from({ length: 51 }, (_, i) => `i${i}`), experienceYears: 99 }, {
    headline: "TOO_LONG: This may have at most 500 characters.", targetIndustries: "TOO_LONG: This may have at most 50 items.", experienceYears: "OUT_OF_RANGE: This must lie between 0 and 80.",
  }],
])("%s says in plain words what is wrong with %j", async (mutation, input, expected) => {
  const name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${name}!) { payload: ${mutation}(input: $input) { errors { code path message } } }`;
  const { data } = await app.query<{ payload: { errors: { code: string; path: string[]; message: string }[] } }>(document, { input }, await member());
  expect(Object.fromEntries(data.payload.errors.map(({ code, path, message }) => [path.slice(1).join("."), `${code}: ${message}`]))).toEqual(expected);
});

test("contacts have one primary of each kind, which passes on", async () => {
  const me = await member();
  const add = (input: object) => mutate<ContactAnswer>(app, "addContact", input, contactFields, me);
  const first = await add({ kind: "PHONE", value: "+91 98765-43210" });
  expect(first.contact).toMatchObject({ value: "+919876543210", isPrimary: true });
  const second = await add({ kind: "PHONE", value: "+91 80 2345 6789", isPrimary: true });
  await add({ kind: "EMAIL", value: "Second@Disha.example" });
  const phone = async () => (await app.query<{ viewer: { phone: string | null } }>("{ viewer { phone } }", {}, me)).data.viewer.phone;
  expect(await phone()).toBe("+918023456789");
  const update = (input: object) => mutate<ContactAnswer>(app, "updateContact", input, contactFields, me);
  expect(failures(await update({ id: second.contact?.id, isPrimary: false }))).toEqual(["CONFLICT at input.isPrimary"]);
  expect(failures(await update({ id: second.contact?.id, value: "+919876543210" }))).toEqual(["TAKEN at input.value"]);
  expect((await update({ id: first.contact?.id, isPrimary: true, value: "+911111111111" })).contact).toMatchObject({ value: "+911111111111", isPrimary: true });
  expect(await phone()).toBe("+911111111111");
  expect(await mutate(app, "removeContact", { id: first.contact?.id }, "removedId", me)).toMatchObject({ removedId: first.contact?.id });
  expect(await phone()).toBe("+918023456789");
  const rows = await app.db.select().from(userContacts).where(eq(userContacts.userId, me.userId));
  expect(rows.map(({ kind, value, isPrimary }) => ({ kind, value, isPrimary })).sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: "email", value: "second@disha.example", isPrimary: true },
    { kind: "phone", value: "+918023456789", isPrimary: true },
  ]);
});

test("contacts that are no contacts, double ones, and those of others are refused", async () => {
  const me = await member();
  const other = await member();
  const mine = await mutate<ContactAnswer>(app, "addContact", { kind: "PHONE", value: "+919876543210" }, contactFields, me);
  const add = (input: object) => mutate(app, "addContact", input, contactFields, me);
  expect(failures(await add({ kind: "PHONE", value: "12" }))).toEqual(["INVALID_FORMAT at input.value"]);
  expect(failures(await add({ kind: "EMAIL", value: "12" }))).toContain("INVALID_FORMAT at input.value");
  expect(failures(await add({ kind: "PHONE", value: "+91 9876543210" }))).toEqual(["TAKEN at input.value"]);
  expect(failures(await mutate(app, "updateContact", { id: mine.contact?.id, value: "+911111111111" }, contactFields, other))).toEqual(["NOT_FOUND at input.id"]);
  expect(failures(await mutate(app, "removeContact", { id: mine.contact?.id }, "removedId", other))).toEqual(["NOT_FOUND at input.id"]);
  expect(await app.db.$count(userContacts, eq(userContacts.userId, me.userId))).toBe(1);
  for (const name of ["addContact(input: {kind: PHONE, value: \"+919876543210\"})", "updateContact(input: {id: \"x\"})", "removeContact(input: {id: \"x\"})"]) {
    const anonymous = await app.query(`mutation { ${name} { errors { code } } }`);
    expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  }
});

test("adding a contact again with its key adds one contact", async () => {
  const me = await member();
  const input = { kind: "PHONE", value: "+919876543210", idempotencyKey: randomUUID() };
  const [first, again] = [await mutate<ContactAnswer>(app, "addContact", input, contactFields, me), await mutate<ContactAnswer>(app, "addContact", input, contactFields, me)];
  expect(again).toEqual(first);
  expect(await app.db.$count(userContacts, eq(userContacts.userId, me.userId))).toBe(1);
});

test("a deleted account is out, its names are free, and its records stay", async () => {
  const me = await member();
  expect(failures(await mutate(app, "deleteAccount", {}, "userId", me))).toEqual(["REQUIRED at input.password"]);
  expect(failures(await mutate(app, "deleteAccount", { password: "no" }, "userId", me))).toEqual(["INVALID_CREDENTIALS at input.password"]);
  expect((await rowOf(me.userId))?.deletedAt).toBeNull();
  expect(await mutate(app, "deleteAccount", { password }, "userId", me)).toMatchObject({ userId: toGlobalId("User", me.userId), errors: [] });
  expect((await app.query("{ viewer { id } }", {}, me)).status).toBe(401);
  expect(await rowOf(me.userId)).toMatchObject({ status: "inactive", isActive: false, email: me.email });
  expect(await auditOf(me.userId, "identity.delete_account")).toMatchObject([{ isSuccess: false }, { isSuccess: true, oldValues: { email: me.email } }]);
  const other = await app.signedIn();
  const seen = await app.query<{ user: null }>("query ($id: ID!) { user(id: $id) { username } }", { id: toGlobalId("User", me.userId) }, other);
  expect(seen.data.user).toBeNull();
  const again = await mutate(app, "signUp", { email: me.email, username: me.username, password, fullName: "Meera" }, "user { username }");
  expect(again).toMatchObject({ user: { username: me.username }, errors: [] });
});

test.each([1, 10, 100])("people's public profiles come in a constant number of statements: %i", async (size) => {
  const reader = await app.signedIn();
  const ids: string[] = [];
  for (let i = 0; i < size; i++) ids.push(toGlobalId("User", (await app.signedIn()).userId));
  const { result, statements } = await countStatements(app.engine, () =>
    app.query<{ nodes: { headline: string | null }[] }>("query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { username headline } } }", { ids }, reader),
  );
  expect(result.data.nodes).toHaveLength(size);
  expect(statements).toHaveLength(2);
});

test.each([1, 10, 100])("an admin reads people's own parts in a constant number of statements: %i", async (size) => {
  const admin = await app.signedIn("admin");
  const ids: string[] = [];
  for (let i = 0; i < size; i++) ids.push(toGlobalId("User", (await app.signedIn()).userId));
  const { result, statements } = await countStatements(app.engine, () =>
    app.query<{ nodes: { sessions: { nodes: object[] } }[] }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { phone contacts { value } preferences { themeMode } signInProviders { provider }
        sessions(first: 1) { totalCount nodes { isCurrent } } } } }`, { ids }, admin,
    ),
  );
  expect(result.errors).toBeUndefined();
  expect(result.data.nodes.every(({ sessions }) => sessions.nodes.length === 1)).toBe(true);
  expect(statements).toHaveLength(6);
});
