import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { pointsTransactions, userPoints } from "../../src/db/tables/index.js";
import { inTransaction, type Work } from "../../src/db/unit-of-work.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { award, awardAll, levelOf, pointsTable, reward, spend, weeklyPointsOf } from "../../src/services/points.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aUser } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const work = <Result>(run: (work: Work) => Promise<Result>) => inTransaction(app.db, anonymous(), run);
const balance = async (userId: string) => (await app.db.select().from(userPoints).where(eq(userPoints.userId, userId)))[0];
const ledger = (userId: string) =>
  app.db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, userId)).orderBy(pointsTransactions.createdAt, pointsTransactions.id);

test("the table of points is what the rules say", () => {
  expect(pointsTable).toEqual({ version: 1, earned: { topic: 10, module: 25, course: 100, quiz: 20 }, price: { streak_freeze: 200, streak_repair: 300 } });
});

test("the level is 1 + floor(sqrt(earned / 100))", () => {
  expect([0, 99, 100, 399, 400, 899, 900, 1_000_000].map(levelOf)).toEqual([1, 1, 2, 2, 3, 3, 4, 101]);
});

describe("the ledger", () => {
  test("keeps an award once per key, also at the same time", async () => {
    const { user } = await aUser(app.db);
    const entry = { key: "topic:1", entityType: "topic", entityId: crypto.randomUUID() };
    const posted = await Promise.all([1, 2, 3, 4].map(() => work((w) => award(w, user.id, "topic", entry))));
    expect(posted.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([0, 0, 0, 10]);
    expect(await ledger(user.id)).toMatchObject([{ reason: "topic", amount: 10, balanceAfter: 10, entityType: "topic", entityId: entry.entityId }]);
    const other = (await aUser(app.db)).user;
    expect((await work((w) => award(w, other.id, "topic", entry))).amount).toBe(10);
  });

  test("spends when the balance allows it, and the level stays", async () => {
    const { user } = await aUser(app.db);
    await work((w) => awardAll(w, user.id, ["a", "b", "c", "d"].map((key) => ({ reason: "course" as const, key }))));
    expect((await work((w) => spend(w, user.id, "streak_freeze", { key: "freeze" }))).points).toMatchObject({ xpPoints: 200, level: 3 });
    expect((await work((w) => spend(w, user.id, "streak_freeze", { key: "freeze" }))).amount).toBe(0);
    expect(await balance(user.id)).toMatchObject({ xpPoints: 200, level: 3, weeklyPoints: 400 });
    await expect(work((w) => spend(w, user.id, "streak_repair", { key: "repair", count: 1 }))).rejects.toMatchObject({
      problems: [{ code: "INSUFFICIENT_POINTS", path: ["input"], message: "This costs 300 points; there are 200." }],
    });
    expect(await balance(user.id)).toMatchObject({ xpPoints: 200 });
    expect((await ledger(user.id)).map(({ amount }) => amount)).toEqual([100, 100, 100, 100, -200]);
  });

  test("never goes below 0, however many spend at once", async () => {
    const { user } = await aUser(app.db);
    await work((w) => reward(w, user.id, "badge", 500, { key: "badge" }));
    const tries = await Promise.allSettled([1, 2, 3, 4].map((n) => work((w) => spend(w, user.id, "streak_freeze", { key: `freeze:${n}` }))));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await balance(user.id)).toMatchObject({ xpPoints: 100, level: 3 });
  });

  test("goes on after a price that could not be paid, within one transaction", async () => {
    const { user } = await aUser(app.db);
    const posted = await work(async (w) => {
      await expect(spend(w, user.id, "streak_freeze", { key: "freeze" })).rejects.toMatchObject({ problems: [{ code: "INSUFFICIENT_POINTS" }] });
      return award(w, user.id, "topic", { key: "topic" });
    });
    expect(posted.amount).toBe(10);
    expect(await balance(user.id)).toMatchObject({ xpPoints: 10 });
  });

  test("sums to the balance after any history", async () => {
    const step = fc.record({ kind: fc.constantFrom("topic", "module", "course", "freeze", "repair"), key: fc.integer({ min: 0, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { user } = await aUser(app.db);
        for (const { kind, key } of steps) {
          const entry = { key: `${kind}:${key}` };
          await work((w) =>
            kind === "freeze" ? spend(w, user.id, "streak_freeze", entry)
            : kind === "repair" ? spend(w, user.id, "streak_repair", entry)
            : award(w, user.id, kind as "topic", entry),
          ).catch((error: { problems?: { code: string }[] }) => expect(error.problems?.[0]?.code).toBe("INSUFFICIENT_POINTS"));
        }
        const rows = await ledger(user.id);
        const points = await balance(user.id);
        const sum = rows.reduce((total, { amount }) => total + amount, 0);
        const earned = rows.reduce((total, { amount }) => total + Math.max(0, amount), 0);
        expect(points?.xpPoints ?? 0).toBe(sum);
        expect(points?.level ?? 1).toBe(levelOf(earned));
        expect(rows.at(-1)?.balanceAfter ?? 0).toBe(sum);
        expect(new Set(rows.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(rows.length);
        let running = 0;
        for (const { amount, balanceAfter } of rows) expect(balanceAfter).toBe((running += amount));
      }),
      { numRuns: 15 },
    );
  });
});

test("weekly points are those since Monday, 00:00 UTC, and stale ones count for nothing", async () => {
  const earned = (at: string | null) => ({ weeklyPoints: 50, lastEarnedAt: at });
  const wednesday = new Date("2026-11-18T12:00:00Z");
  expect(weeklyPointsOf(earned("2026-11-16 00:00:00+00"), wednesday)).toBe(50);
  expect(weeklyPointsOf(earned("2026-11-15 23:59:59.999999+00"), wednesday)).toBe(0);
  expect(weeklyPointsOf(earned("2026-11-16 00:00:00+00"), new Date("2026-11-22T23:59:59Z"))).toBe(50);
  expect(weeklyPointsOf(earned("2026-11-16 00:00:00+00"), new Date("2026-11-23T00:00:00Z"))).toBe(0);
  expect(weeklyPointsOf(earned(null), wednesday)).toBe(0);

  const { user } = await aUser(app.db);
  await work((w) => award(w, user.id, "course", { key: "old" }));
  await app.db.update(pointsTransactions).set({ createdAt: "2026-01-01T00:00:00Z" }).where(eq(pointsTransactions.userId, user.id));
  await work((w) => award(w, user.id, "topic", { key: "new" }));
  expect(await balance(user.id)).toMatchObject({ xpPoints: 110, weeklyPoints: 10 });
});

describe("points in the graph", () => {
  const document = `query ($id: ID!) { user(id: $id) { points { id xpPoints level weeklyPoints lastEarnedAt user { id }
    transactions(first: 2) { totalCount nodes { id amount balanceAfter reason entityId user { id } } pageInfo { hasNextPage } } } } }`;
  interface Data {
    user: { points: { id: string; transactions: { nodes: { id: string }[] } } | null };
  }
  const ask = async (userId: string, as: Session) => (await app.query<Data>(document, { id: toGlobalId("User", userId) }, as)).data.user.points;

  test("show balance and ledger, latest first, to the learner and admins", async () => {
    const learner = await app.signedIn();
    expect(await ask(learner.userId, learner)).toBeNull();
    const topic = crypto.randomUUID();
    await work((w) => award(w, learner.userId, "course", { key: "course" }));
    await work((w) => award(w, learner.userId, "quiz", { key: "quiz" }));
    await work((w) => award(w, learner.userId, "topic", { key: "topic", entityType: "topic", entityId: topic }));
    const user = { id: toGlobalId("User", learner.userId) };
    const points = await ask(learner.userId, learner);
    expect(points).toMatchObject({
      xpPoints: 130, level: 2, weeklyPoints: 130, lastEarnedAt: expect.any(String), user,
      transactions: {
        totalCount: 3,
        nodes: [
          { amount: 10, balanceAfter: 130, reason: "TOPIC", entityId: toGlobalId("Topic", topic), user },
          { amount: 20, balanceAfter: 120, reason: "QUIZ", entityId: null, user },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    expect(await ask(learner.userId, await app.signedIn("admin"))).toEqual(points);
    const ids = [points?.id, points?.transactions.nodes[0]?.id];
    const nodes = async (as: Session) => (await app.query<{ nodes: unknown[] }>(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids }, as)).data.nodes;
    expect(await nodes(learner)).toEqual(ids.map((id) => ({ id })));
    for (const stranger of [await app.signedIn(), await app.signedIn("teacher")]) {
      expect(await ask(learner.userId, stranger)).toBeNull();
      expect(await nodes(stranger)).toEqual([null, null]);
    }
  });

  test("filter the ledger by reason, amount and time", async () => {
    const learner = await app.signedIn();
    await work((w) => awardAll(w, learner.userId, [{ reason: "topic", key: "t" }, { reason: "course", key: "c" }, { reason: "quiz", key: "q" }]));
    const { data, errors } = await app.query<{ viewer: { points: { transactions: object } } }>(
      `{ viewer { points { transactions(where: {reason: {oneOf: [TOPIC, QUIZ]}, amount: {range: {gte: 15}}, createdAt: {range: {gte: "2026-01-01T00:00:00Z"}}}, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { reason amount } } } } }`, {}, learner,
    );
    expect(errors).toBeUndefined();
    expect(data.viewer.points.transactions).toEqual({ nodes: [{ reason: "QUIZ", amount: 20 }] });
  });

  test("take a constant number of statements for ledgers of 1, 10 and 100 entries", async () => {
    const counts: number[] = [];
    const document = `{ viewer { points { user { id } transactions(first: 100) { totalCount nodes { user { id } reason } } } } }`;
    // The first time a document comes it takes a longer way.
    await app.query(document, {}, await app.signedIn());
    for (const size of [1, 10, 100]) {
      const learner = await app.signedIn();
      await work((w) => awardAll(w, learner.userId, Array.from({ length: size }, (_, n) => ({ reason: "topic" as const, key: `${n}` }))));
      const { result, statements } = await countStatements(app.engine, () =>
        app.query<{ viewer: { points: { transactions: { nodes: object[] } } } }>(document, {}, learner));
      expect(result.data.viewer.points.transactions.nodes).toHaveLength(size);
      counts.push(statements.length);
    }
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  });
});
