import { readdir } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dashboardFolder } from "../../src/dashboard/build.js";
import { users } from "../../src/db/tables/index.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { aUser } from "../support/builders.js";

let app: TestApp;
let production: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  production = await startTestApp({ production: true, dashboard: false });
});
afterAll(() => Promise.all([app.close(), production.close()]));

const get = (where: string, init: RequestInit = {}) => fetch(`${app.url}${where}`, init);

test("the page is served with and without the slash, may run its own scripts only, and is asked for each time", async () => {
  for (const where of ["/dashboard", "/dashboard/"]) {
    const response = await get(where);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const { host } = new URL(app.url);
    expect(response.headers.get("content-security-policy")).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; connect-src 'self' ws://${host} wss://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    const text = await response.text();
    expect(text).not.toMatch(/<script>|<style|style=|onclick/);
    const again = await get(where, { headers: { "if-none-match": response.headers.get("etag") ?? "", "cache-control": "max-age=0" } });
    expect(again.status).toBe(304);
  }
});

test("assets are kept for ever, compressed when the browser takes it, and answer HEAD", async () => {
  const scripts = [...(await (await get("/dashboard")).text()).matchAll(/(?:src|href)="(\/dashboard\/assets\/[^"]+)"/g)].map(([, where = ""]) => where);
  expect(scripts.length).toBeGreaterThanOrEqual(3);
  for (const where of scripts) {
    const response = await get(where, { headers: { "accept-encoding": "br" } });
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(response.headers.get("content-type")).toMatch(/^(application\/javascript|text\/css|image\/svg\+xml)/);
    const head = await get(where, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  }
  expect((await get("/dashboard", { method: "HEAD" })).status).toBe(200);
});

test.each([
  "/dashboard/assets/",
  "/dashboard/assets/nothing.js",
  "/dashboard/assets/..%2findex.html",
  "/dashboard/assets/..%2fbuilt-from",
  "/dashboard/assets/%2e%2e%2f%2e%2e%2fpackage.json",
  "/dashboard/assets/..%5c..%5cpackage.json",
  "/dashboard/assets/%00",
  "/dashboard/built-from",
  "/dashboard/src/main.tsx",
  "/dashboard/index.html/",
])("%s is not there", async (where) => {
  const response = await get(where);
  expect([response.status, await response.json()]).toMatchObject([404, { errors: [{ extensions: { code: "NOT_FOUND" } }] }]);
});

test("only what was built lies where the page is served from", async () => {
  expect((await readdir(dashboardFolder)).sort()).toEqual(["assets", "built-from", "index.html"]);
});

test("demo accounts are told when they exist, on the embedded database alone", async () => {
  const told = async () => (await (await get("/dashboard/settings")).json()) as { maxUploadBytes: number; demoAccounts: object[] };
  expect(await told()).toEqual({ maxUploadBytes: 50 * 1024 * 1024, demoAccounts: [] });
  const { user } = await aUser(app.db, { email: "learner@disha.example" });
  const embedded = app.engine.kind === "pglite";
  expect((await told()).demoAccounts).toEqual(embedded ? [{ role: "learner", email: "learner@disha.example", password: "learn-with-disha" }] : []);
  await app.db.delete(users).where(eq(users.id, user.id));
});

test("a page that is not wanted is not there", async () => {
  for (const where of ["/dashboard", "/dashboard/", "/dashboard/settings", "/dashboard/assets/x.js"]) {
    expect((await fetch(`${production.url}${where}`)).status).toBe(404);
  }
});
