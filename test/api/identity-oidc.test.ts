import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLogs, externalIdentities, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, testSecret, type TestApp } from "../support/app.js";
import { aUser } from "../support/builders.js";

const audience = "disha-clients";
let app: TestApp;
let provider: Server;
let issuer: string;
let signingKey: CryptoKey;
let publicKey: CryptoKey;

beforeAll(async () => {
  ({ privateKey: signingKey, publicKey } = await generateKeyPair("RS256"));
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256", use: "sig" }] };
  provider = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      "/.well-known/openid-configuration": { issuer, jwks_uri: `${issuer}/keys` },
      "/keys": keys,
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[request.url ?? ""] ?? {}));
  });
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  app = await startTestApp({ oidc: { issuer, audience } }, { believedFor: 0 });
});
afterAll(async () => {
  await app.close();
  provider.close();
});

const token = (claims: JWTPayload, { alg = "RS256", key = signingKey }: { alg?: string; key?: CryptoKey | Uint8Array } = {}) => {
  const jwt = new SignJWT({ iss: issuer, aud: audience, ...claims }).setProtectedHeader({ alg, kid: "k1" }).setIssuedAt();
  return (claims.exp === undefined ? jwt.setExpirationTime("5m") : jwt).sign(key);
};

type Viewer = { id: string; email: string | null; username: string; fullName: string; role: string; signInProviders: { provider: string; email: string | null }[] };
const ask = (bearer: string, on = app) =>
  on.query<{ viewer: Viewer }>("{ viewer { id email username fullName role signInProviders { provider email } } }", {}, { userId: "", token: bearer });

test("the first token of a person makes a learner's account, the next ones find it by provider and subject", async () => {
  const first = await ask(await token({ sub: "p-1", email: "kiran@disha.example", email_verified: true, name: "Kiran Das" }));
  expect(first.errors).toBeUndefined();
  expect(first.data.viewer).toMatchObject({
    email: "kiran@disha.example", username: "kiran", fullName: "Kiran Das", role: "STUDENT", signInProviders: [{ provider: issuer, email: "kiran@disha.example" }],
  });
  const again = await ask(await token({ sub: "p-1", email: "renamed@disha.example", email_verified: true }));
  expect(again.data.viewer).toEqual(first.data.viewer);
  const lines = await app.db.select().from(auditLogs).where(eq(auditLogs.action, "identity.link_provider"));
  expect(lines).toMatchObject([{ newValues: { provider: issuer, subject: "p-1" }, isSuccess: true }]);
});

test("an address that is not verified, or belongs to an account here, is not taken over", async () => {
  const { user } = await aUser(app.db, { email: "owner@disha.example" });
  for (const claims of [
    { sub: "p-2", email: "owner@disha.example", email_verified: true },
    { sub: "p-3", email: "someone@disha.example", email_verified: false },
    { sub: "p-4", email: "no address", email_verified: true },
    { sub: "p-5" },
  ]) {
    const { data } = await ask(await token(claims));
    expect(data.viewer.email).toBeNull();
    expect(data.viewer.id).not.toBe(toGlobalId("User", user.id));
  }
  const [owner] = await app.db.select().from(users).where(eq(users.email, "owner@disha.example"));
  expect(owner?.id).toBe(user.id);
  expect(await app.db.$count(externalIdentities, eq(externalIdentities.userId, user.id))).toBe(0);
});

test("first requests that come at once make one account", async () => {
  const bearer = await token({ sub: "p-6", email: "many@disha.example", email_verified: true });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(bearer)));
  expect(new Set(answers.map(({ data }) => data.viewer.id)).size).toBe(1);
  expect(await app.db.$count(externalIdentities, eq(externalIdentities.subject, "p-6"))).toBe(1);
});

test("tokens of other audiences, issuers, keys and times are refused, and so are shared secrets", async () => {
  const { privateKey: strange } = await generateKeyPair("RS256");
  const secret = new TextEncoder().encode(testSecret);
  const spki = new TextEncoder().encode(await exportSPKI(publicKey));
  const refused = [
    await token({ sub: "p-7", aud: "someone-else" }),
    await token({ sub: "p-7", iss: "https://elsewhere.example" }),
    await token({ sub: "p-7" }, { key: strange }),
    await token({ sub: "p-7", exp: Math.floor(Date.now() / 1000) - 60 }),
    await token({}),
    await token({ sub: "p-7" }, { alg: "HS256", key: secret }),
    await token({ sub: "p-7" }, { alg: "HS256", key: spki }),
  ];
  for (const bearer of refused) expect((await ask(bearer)).status).toBe(401);
  expect(await app.db.$count(externalIdentities, eq(externalIdentities.subject, "p-7"))).toBe(0);
});

test("a suspended or deleted account stays closed to tokens that are still valid", async () => {
  const bearer = await token({ sub: "p-8" });
  const { data } = await ask(bearer);
  const [row] = await app.db.select().from(users).where(eq(users.username, data.viewer.username));
  await app.db.update(users).set({ status: "suspended" }).where(eq(users.id, row?.id ?? ""));
  expect((await ask(bearer)).status).toBe(401);
  await app.db.update(users).set({ status: "inactive", deletedAt: new Date().toISOString() }).where(eq(users.id, row?.id ?? ""));
  expect((await ask(bearer)).status).toBe(401);
  expect(await app.db.$count(users, eq(users.externalId, `${issuer}#p-8`))).toBe(1);
});

test("a provider that cannot be reached answers 503 for its tokens and leaves ours alone", async () => {
  const cut = await startTestApp({ oidc: { issuer: "http://127.0.0.1:9", audience } });
  try {
    const answer = await ask(await token({ sub: "p-9", iss: "http://127.0.0.1:9" }), cut);
    expect(answer.status).toBe(503);
    expect(answer.errors?.[0]?.extensions).toEqual({ code: "UNAVAILABLE" });
    const mine = await cut.signedIn();
    expect((await ask(mine.token, cut)).status).toBe(200);
  } finally {
    await cut.close();
  }
});
