import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { userPoints, userStreaks } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { recordTopicProgress } from "../../src/services/progress/topics.js";
import { aCourseOf, anEnrollment } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { StoredLearner } from "./streaks/service-learner.js";
import { buyStreakFreeze } from "../../src/services/streaks/purchases.js";

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

test("topics of two courses and a purchase at once wait for each other and all arrive", async () => {
  const rounds = 10;
  const learner = await StoredLearner.make(engine.db);
  const courses = [await aCourseOf(engine.db, [rounds, 1]), await aCourseOf(engine.db, [rounds, 1])];
  for (const { course } of courses) await anEnrollment(engine.db, { userId: learner.id, courseId: course.id });
  await learner.earn(200 * rounds);
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const record = ({ topics }: (typeof courses)[number]) =>
      recordTopicProgress(learner.viewer, engine.db, { topicId: toGlobalId("Topic", topics[round]?.id ?? ""), status: "completed" });
    const buy = buyStreakFreeze(learner.viewer, engine.db, {}).catch((error: { problems?: { code: string }[] }) => {
      // From the third on: as many are held as one may.
      if (error.problems?.[0]?.code !== "CONFLICT") throw error;
      refused += 1;
    });
    await Promise.all([...courses.map(record), buy]);
  }
  expect(refused).toBeLessThan(rounds);
  const [streak] = await engine.db.select().from(userStreaks).where(eq(userStreaks.userId, learner.id));
  expect(streak).toMatchObject({ currentStreak: 1, version: 2 * rounds + (rounds - refused) });
  const [points] = await engine.db.select().from(userPoints).where(eq(userPoints.userId, learner.id));
  // Ten points a topic, and 25 for the first module of each course.
  expect(points?.xpPoints).toBe(200 * rounds + 2 * (10 * rounds + 25) - 200 * (rounds - refused));
});
