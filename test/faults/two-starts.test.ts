import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startServer, type ServerProcess } from "../support/server-process.js";
import { databaseUrl } from "../support/setup.js";

const database = inject("testDatabase");
const adminUrl = database.engine === "postgres" ? database.adminUrl : "";
const name = `disha_starts_${randomUUID().replaceAll("-", "")}`;
const started: ServerProcess[] = [];
let admin: postgres.Sql;

beforeAll(async () => {
  if (!adminUrl) return;
  admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
});
afterAll(async () => {
  if (!adminUrl) return;
  await Promise.all(started.map((server) => server.stop()));
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

// The embedded database belongs to one process, so this is about PostgreSQL alone.
test.runIf(adminUrl)("three servers that start at once on an empty database all become ready, and each migration ran once", async () => {
  const settings = { DATABASE_URL: databaseUrl(adminUrl, name) };
  started.push(...(await Promise.all([startServer(settings), startServer(settings), startServer(settings)])));
  const ready = await Promise.all(started.map(async ({ url }) => (await fetch(`${url}/health/ready`)).status));
  expect(ready).toEqual([200, 200, 200]);
  const answers = await Promise.all(
    started.map(async ({ url }) => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ courses { totalCount } }" }),
      });
      return response.json();
    }),
  );
  expect(answers).toMatchObject([1, 2, 3].map(() => ({ data: { courses: { totalCount: 0 } } })));
  const check = postgres(databaseUrl(adminUrl, name), { max: 1 });
  const [tables] = await check`select count(*)::int as size from information_schema.tables where table_schema = 'catalog'`;
  await check.end();
  expect(tables?.["size"]).toBeGreaterThan(5);
}, 120_000);
