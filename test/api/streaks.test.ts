import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { badges, eventOutbox, streakMilestones, streakFreezes, userPoints, users, userStreaks } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { StoredLearner } from "../services/streaks/service-learner.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { failures, mutate } from "../support/mutate.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
let asha: Session;
let learner: StoredLearner;

beforeAll(async () => {
  app = await startTestApp();
  const [badge] = await app.db.insert(badges).values({ code: "week", name: "Week of Learning" }).returning();
  await app.db.insert(streakMilestones).values([
    { days: 3, title: "Three in a row", pointsReward: 10 },
    { days: 7, title: "One whole week", pointsReward: 25, badgeId: badge?.id ?? null },
  ]);
});
beforeEach(async () => {
  asha = await app.signedIn();
  learner = StoredLearner.of(app.db, asha.userId);
});
afterAll(() => app.close());

const hour = 3_600_000;
const daysAgo = (days: number, at = Date.now()): number => at - days * 24 * hour;

interface StreakNode {
  id: string;
  currentStreak: number;
  status: string;
  activities: { totalCount: number; nodes: { id: string; activityDate: string; kind: string }[] };
}

const viewerStreak = async <Fields = StreakNode>(fields: string, as = asha): Promise<Fields | null> => {
  const { data, errors } = await app.query<{ viewer: { streak: Fields | null } }>(`{ viewer { streak { ${fields} } } }`, {}, as);
  expect(errors).toBeUndefined();
  return data.viewer.streak;
};

const card = (at = Date.now()) => ({ clientEventId: randomUUID(), kind: "CARD_REVIEWED", occurredAt: new Date(at).toISOString() });

describe("User.streak", () => {
  test("is empty before the first activity, under an id that stays", async () => {
    const id = toGlobalId("Streak", asha.userId);
    const fields = "id currentStreak status restDays repairCost nextMilestone { days remaining milestone { title } } user { id } activities { totalCount }";
    const empty = {
      id, currentStreak: 0, status: "BROKEN", restDays: [], repairCost: 0, user: { id: toGlobalId("User", asha.userId) },
      nextMilestone: { days: 3, remaining: 3, milestone: { title: "Three in a row" } }, activities: { totalCount: 0 },
    };
    expect(await viewerStreak(fields)).toEqual(empty);
    const found = await app.query<{ node: object }>(`query ($id: ID!) { node(id: $id) { ... on Streak { ${fields} } } }`, { id }, asha);
    expect(found.data.node).toEqual(empty);
    await mutate(app, "recordActivity", card(), "streak { id }", asha);
    expect(await viewerStreak("id currentStreak status")).toEqual({ id, currentStreak: 1, status: "SAFE" });
  });

  test("shows everything that is kept of it", async () => {
    for (const days of [3, 2, 1, 0]) await learner.activeAt(new Date(daysAgo(days)).toISOString());
    const streak = await viewerStreak<Record<string, unknown>>(`currentStreak longestStreak status expiresAt lastActivityDate
      streakStartedOn freezesAvailable brokenLength brokenOn repairDates repairableUntil repairCost timezone dayStartHour restDays nextRestDays
      restDaysFrom autoFreeze settledThrough version createdAt updatedAt
      activities(first: 2, where: { kind: { eq: ACTIVE } }) { totalCount nodes { kind activityCount minutesSpent pointsEarned timezone occurredAt createdAt updatedAt streak { id } } }
      freezes { nodes { status } } milestonesReached { totalCount nodes { runStartedOn reachedOn createdAt milestone { days title badge { code } } } }`);
    const [row] = await app.db.select().from(userStreaks).where(eq(userStreaks.userId, asha.userId));
    expect(streak).toMatchObject({
      currentStreak: 4, longestStreak: 4, status: "SAFE", lastActivityDate: row?.lastActivityDate, streakStartedOn: row?.streakStartedOn,
      timezone: "Asia/Kolkata", version: 4, activities: { totalCount: 4 }, freezes: { nodes: [] },
      milestonesReached: { totalCount: 1, nodes: [{ runStartedOn: row?.streakStartedOn, milestone: { days: 3, title: "Three in a row", badge: null } }] },
    });
  });

  test("and what hangs on it is hidden from others, and open to admins", async () => {
    await learner.activeAt(new Date().toISOString());
    const streak = await viewerStreak("id activities { nodes { id } }");
    const ids = [streak?.id, streak?.activities.nodes[0]?.id];
    const seen = async (as: Session) => {
      const document = "query ($user: ID!, $ids: [ID!]!) { user(id: $user) { streak { currentStreak } } nodes(ids: $ids) { __typename } }";
      return (await app.query(document, { user: toGlobalId("User", asha.userId), ids }, as)).data;
    };
    const hidden = { user: { streak: null }, nodes: [null, null] };
    expect(await seen(await app.signedIn("student"))).toEqual(hidden);
    expect(await seen(await app.signedIn("teacher"))).toEqual(hidden);
    const open = { user: { streak: { currentStreak: 1 } }, nodes: [{ __typename: "Streak" }, { __typename: "StreakActivity" }] };
    expect(await seen(await app.signedIn("admin"))).toEqual(open);
  });

  test("lists days saved by a freeze that nobody has settled yet, and their ids stay", async () => {
    await learner.earn(200);
    const at = daysAgo(3);
    await learner.buyAt(at);
    await learner.activeAt(new Date(at).toISOString());
    const before = await app.db.select().from(streakFreezes).where(eq(streakFreezes.userId, asha.userId));
    expect(before).toMatchObject([{ status: "available" }]);
    const fields = "currentStreak activities(where: { kind: { eq: FREEZE } }) { totalCount nodes { id kind } } freezes(where: { status: { eq: USED } }) { totalCount }";
    const first = await viewerStreak(fields);
    expect(first).toMatchObject({ currentStreak: 0, activities: { totalCount: 1, nodes: [{ kind: "FREEZE" }] }, freezes: { totalCount: 1 } });
    expect(await viewerStreak(fields)).toEqual(first);
    expect((await learner.told()).at(-1)).toMatchObject({ streak: { status: "broken" } });
  });

  test("filters days by date and turns their order", async () => {
    for (const days of [2, 1, 0]) await learner.activeAt(new Date(daysAgo(days)).toISOString());
    const all = await viewerStreak("activities(orderBy: { field: ACTIVITY_DATE, direction: ASC }) { nodes { activityDate } }");
    const dates = all?.activities.nodes.map(({ activityDate }) => activityDate) ?? [];
    expect(dates).toEqual(dates.toSorted());
    const some = await viewerStreak(`activities(where: { activityDate: { range: { gte: "${dates[1]}", lte: "${dates[1]}" } } }) { totalCount nodes { activityDate } }`);
    expect(some?.activities).toEqual({ totalCount: 1, nodes: [{ activityDate: dates[1] }] });
  });

  test.each([1, 10, 100])("takes a constant number of statements for %i learners, lists included", async (size) => {
    const admin = await app.signedIn("admin");
    const names = Array.from({ length: size }, () => `u${randomUUID().slice(0, 12)}`);
    const rows = names.map((username) => ({ username, email: `${username}@disha.example`, fullName: "Ravi" }));
    const made = await app.db.insert(users).values(rows).returning({ id: users.id });
    await Promise.all(made.slice(0, 10).map(({ id }) => StoredLearner.of(app.db, id).activeAt(new Date().toISOString())));
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { streak { currentStreak status
      nextMilestone { milestone { title badge { name } } }
      activities(first: 2) { totalCount nodes { kind streak { id } } } freezes(first: 2) { totalCount nodes { status } }
      milestonesReached(first: 2) { totalCount nodes { milestone { title } } } } } } }`;
    const ids = made.map(({ id }) => toGlobalId("User", id));
    const { result, statements } = await countStatements(app.engine, () => app.query<{ nodes: { streak: StreakNode }[] }>(document, { ids }, admin));
    expect(result.errors).toBeUndefined();
    expect(result.data.nodes.filter(({ streak }) => streak.currentStreak === 1)).toHaveLength(Math.min(size, 10));
    expect(statements).toHaveLength(9);
  });
});

describe("streakMilestones", () => {
  test("are open to everyone, with their badges", async () => {
    const { data } = await app.query<{ streakMilestones: { nodes: object[] } }>(
      "{ streakMilestones(where: { days: { range: { lte: 7 } } }) { totalCount nodes { days title pointsReward freezeReward badge { code name rarity isActive } } } }",
    );
    expect(data.streakMilestones).toEqual({
      totalCount: 2,
      nodes: [
        { days: 3, title: "Three in a row", pointsReward: 10, freezeReward: 0, badge: null },
        { days: 7, title: "One whole week", pointsReward: 25, freezeReward: 0, badge: { code: "week", name: "Week of Learning", rarity: "COMMON", isActive: true } },
      ],
    });
  });
});

describe("recordActivity", () => {
  test("extends the streak and tells subscribers in one transaction", async () => {
    const input = { ...card(), kind: "LEARNING_SESSION", seconds: 900, interactions: 4, sentAt: new Date().toISOString() };
    const fields = "streak { currentStreak status lastActivityDate } activityDate milestonesReached { reachedOn }";
    const payload = await mutate<{ activityDate: string; streak: object }>(app, "recordActivity", input, fields, asha);
    expect(payload).toMatchObject({ streak: { currentStreak: 1, status: "SAFE", lastActivityDate: payload.activityDate }, milestonesReached: [], errors: [] });
    expect(await learner.days()).toMatchObject([{ activityDate: payload.activityDate, kind: "active", activityCount: 1, minutesSpent: 15 }]);
    const [event] = await app.db.select().from(eventOutbox).where(eq(eventOutbox.topic, `streak:${asha.userId}`));
    expect(event).toMatchObject({ entityType: "streak", entityId: asha.userId, payload: { streak: { currentStreak: 1, status: "safe" } } });
    expect(await mutate(app, "recordActivity", input, fields, asha)).toEqual(payload);
    expect(await learner.days()).toMatchObject([{ activityCount: 1, minutesSpent: 15 }]);
  });

  test("answers TOO_LATE beside the streak, and keeps the activity", async () => {
    const payload = await mutate(app, "recordActivity", card(daysAgo(4)), "streak { currentStreak } activityDate", asha);
    expect(payload).toMatchObject({ streak: { currentStreak: 0 }, activityDate: null });
    expect(failures(payload)).toEqual(["TOO_LATE at input.occurredAt"]);
    expect(await learner.events()).toMatchObject([{ kind: "card_reviewed", activityDate: null }]);
  });

  test("refuses values outside their ranges, all together", async () => {
    const payload = await mutate(app, "recordActivity", { ...card(), seconds: -1, minutesSpent: 2_000 }, "streak { id }", asha);
    expect(payload).toMatchObject({ streak: null });
    expect(failures(payload)).toEqual(["OUT_OF_RANGE at input.seconds", "OUT_OF_RANGE at input.minutesSpent"]);
    expect(await learner.events()).toEqual([]);
  });
});

describe("buyStreakFreeze, repairStreak and updateStreakSettings", () => {
  test("buys for points, once under a key", async () => {
    await learner.earn(250);
    const input = { idempotencyKey: randomUUID() };
    const payload = await mutate(app, "buyStreakFreeze", input, "streak { freezesAvailable freezes { nodes { status grantedReason } } }", asha);
    expect(payload).toMatchObject({ streak: { freezesAvailable: 1, freezes: { nodes: [{ status: "AVAILABLE", grantedReason: "bought" }] } } });
    expect(await mutate(app, "buyStreakFreeze", input, "streak { freezesAvailable }", asha)).toEqual({ streak: { freezesAvailable: 1 }, errors: [] });
    expect(failures(await mutate(app, "buyStreakFreeze", {}, "streak { id }", asha))).toEqual(["INSUFFICIENT_POINTS at input"]);
    expect(await app.db.select().from(userPoints).where(eq(userPoints.userId, asha.userId))).toMatchObject([{ xpPoints: 50 }]);
    expect(await learner.freezes()).toHaveLength(1);
  });

  test("repairs a missed day for points", async () => {
    for (const days of [3, 2]) await learner.activeAt(new Date(daysAgo(days)).toISOString());
    await learner.earn(300);
    const offered = await viewerStreak<{ repairDates: string[] }>("repairDates repairCost");
    expect(offered).toMatchObject({ repairCost: 300, repairDates: [expect.any(String)] });
    const payload = await mutate(app, "repairStreak", { dates: offered?.repairDates }, "streak { currentStreak status repairDates } milestonesReached { id }", asha);
    expect(payload).toEqual({ streak: { currentStreak: 2, status: "AT_RISK", repairDates: [] }, milestonesReached: [], errors: [] });
    expect(await learner.covered()).toHaveLength(3);
    expect(await learner.balance()).toBe(0);
    expect(failures(await mutate(app, "repairStreak", {}, "streak { id }", asha))).toEqual(["CONFLICT at input.dates"]);
    expect(failures(await mutate(app, "repairStreak", { dates: [] }, "streak { id }", asha))).toEqual(["TOO_SHORT at input.dates"]);
  });

  test("changes settings, and names every bad one", async () => {
    const input = { timezone: "Asia/Tokyo", dayStartHour: 3, restDays: [7], autoFreeze: false };
    const payload = await mutate(app, "updateStreakSettings", input, "streak { timezone dayStartHour nextRestDays autoFreeze user { timezone } }", asha);
    expect(payload.errors).toEqual([]);
    expect(payload).toMatchObject({ streak: { timezone: "Asia/Tokyo", dayStartHour: 3, nextRestDays: [7], autoFreeze: false, user: { timezone: "Asia/Tokyo" } } });
    const refused = await mutate(app, "updateStreakSettings", { timezone: "+05:30", dayStartHour: 9, restDays: [0] }, "streak { id }", asha);
    expect(failures(refused)).toEqual(["INVALID at input.timezone", "OUT_OF_RANGE at input.dayStartHour", "OUT_OF_RANGE at input.restDays.0"]);
    expect(await learner.row()).toMatchObject({ timezone: "Asia/Tokyo", dayStartHour: 3, version: 1 });
  });

  test.each(["recordActivity", "buyStreakFreeze", "repairStreak", "updateStreakSettings"])("%s needs somebody signed in", async (name) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const input = name === "recordActivity" ? card() : {};
    const { errors } = await app.query(`mutation ($input: ${type}!) { ${name}(input: $input) { streak { id } } }`, { input });
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });
});
