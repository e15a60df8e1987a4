import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLogs } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
let admin: Session;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.signedIn("admin");
});
afterAll(() => app.close());

const minute = (n: number): string => new Date(Date.now() - n * 60_000).toISOString();

interface Answer {
  auditLogs: { totalCount: number; nodes: { id: string; action: string; isSuccess: boolean }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}
const list = (where: object, args = "", as = admin) =>
  app.query<Answer>(`query ($where: AuditLogWhere) { auditLogs(where: $where ${args}) { totalCount nodes { id action isSuccess } pageInfo { endCursor hasNextPage } } }`, { where }, as);

test("an admin reads every column of the log and who is behind it", async () => {
  const actor = await app.signedIn("teacher");
  const subject = await app.signedIn();
  await app.db.insert(auditLogs).values({
    userId: actor.userId, subjectUserId: subject.userId, actorLabel: "night job", action: "test.everything", module: "test", entityType: "course",
    entityId: subject.userId, entityKey: "4.5", oldValues: { a: 1 }, newValues: "text", ipAddress: "192.0.2.7", userAgent: "curl", sessionId: "s1",
    isSuccess: false, errorMessage: "It broke.",
  });
  const { data, errors } = await app.query<{ auditLogs: { nodes: (Record<string, unknown> & { id: string })[] } }>(
    `{ auditLogs(where: {action: {eq: "test.everything"}}) { nodes { id actorLabel action module entityType entityId entityKey oldValues newValues ipAddress
      userAgent sessionId isSuccess errorMessage createdAt actor { id role } subject { id } } } }`, {}, admin,
  );
  expect(errors).toBeUndefined();
  const [line] = data.auditLogs.nodes;
  expect(line).toMatchObject({
    actorLabel: "night job", module: "test", entityType: "course", entityId: subject.userId, entityKey: "4.5", oldValues: { a: 1 }, newValues: "text",
    ipAddress: "192.0.2.7", userAgent: "curl", sessionId: "s1", isSuccess: false, errorMessage: "It broke.",
    actor: { id: toGlobalId("User", actor.userId), role: "TEACHER" }, subject: { id: toGlobalId("User", subject.userId) },
  });
  const node = "query ($id: ID!) { node(id: $id) { ... on AuditLog { action } } }";
  expect((await app.query<{ node: object }>(node, { id: line?.id }, admin)).data.node).toEqual({ action: "test.everything" });
  expect((await app.query<{ node: null }>(node, { id: line?.id }, actor)).data.node).toBeNull();
});

test("the log is narrowed by action, kind, people, outcome and time, newest first, page by page", async () => {
  const actor = await app.signedIn();
  const line = (n: number, more: object) => ({ userId: actor.userId, action: "test.paged", entityType: "badge", createdAt: minute(n), ...more });
  await app.db.insert(auditLogs).values([
    line(1, {}), line(2, { subjectUserId: actor.userId }), line(3, { isSuccess: false, errorMessage: "no" }), line(4, { action: "test.paged_again" }), line(5, { entityType: "duel" }),
  ]);
  const mine = { actor: { eq: toGlobalId("User", actor.userId) } };
  const counts = async (where: object) => (await list({ ...mine, ...where })).data.auditLogs.totalCount;
  expect(await counts({})).toBe(5);
  expect(await counts({ action: { eq: "test.paged_again" } })).toBe(1);
  expect(await counts({ entityType: { oneOf: ["duel", "badge"] } })).toBe(5);
  expect(await counts({ subject: mine.actor })).toBe(1);
  expect(await counts({ isSuccess: { eq: false } })).toBe(1);
  expect(await counts({ createdAt: { range: { gte: minute(3.5), lte: minute(1.5) } } })).toBe(2);
  const first = (await list({ ...mine, NOT: { entityType: { eq: "duel" } } }, "first: 3")).data.auditLogs;
  expect(first.nodes.map(({ isSuccess }) => isSuccess)).toEqual([true, true, false]);
  const next = (await list({ ...mine, NOT: { entityType: { eq: "duel" } } }, `first: 3 after: "${first.pageInfo.endCursor}"`)).data.auditLogs;
  expect(next).toMatchObject({ nodes: [{ action: "test.paged_again" }], pageInfo: { hasNextPage: false } });
  const oldest = (await list(mine, "first: 1 orderBy: {field: CREATED_AT, direction: ASC}")).data.auditLogs;
  expect(oldest.nodes[0]?.id).not.toBe(first.nodes[0]?.id);
});

test("nobody but admins reads the log", async () => {
  for (const role of ["student", "teacher"] as const) {
    expect((await list({}, "", await app.signedIn(role))).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  }
  expect((await app.query("{ auditLogs { totalCount } }")).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test.each([1, 10, 100])("the log comes in a constant number of statements: %i", async (size) => {
  const values = [];
  for (let i = 0; i < size; i++) values.push({ userId: (await app.signedIn()).userId, action: `test.size_${size}`, entityType: "badge" });
  await app.db.insert(auditLogs).values(values);
  const { result, statements } = await countStatements(app.engine, () =>
    app.query<{ auditLogs: { nodes: { actor: object }[] } }>(
      `{ auditLogs(first: 100, where: {action: {eq: "test.size_${size}"}}) { totalCount nodes { actor { username headline } subject { username } } } }`, {}, admin,
    ),
  );
  expect(result.data.auditLogs.nodes).toHaveLength(size);
  expect(statements).toHaveLength(2);
});
