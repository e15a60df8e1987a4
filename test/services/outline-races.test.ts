import { randomUUID } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { lockUntilCommit, rowsOf } from "../../src/db/client.js";
import { enrollments, learnerCareerPaths, pathMilestoneSkills, topics, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import type { Jobs } from "../../src/jobs/queue.js";
import { setMilestoneSkills } from "../../src/services/administration/milestone-skills.js";
import { archiveTopic } from "../../src/services/authoring/topics.js";
import { dropEnrollment, enrollInCourse } from "../../src/services/progress/enrollments.js";
import { recordTopicProgress } from "../../src/services/progress/topics.js";
import { aCareerPath, aCourseOf, aMilestone, anEnrollment, aSkill, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterAll(() => engine.close());

const jobs = { enqueue: () => Promise.reject(new Error("These are few learners")) } as unknown as Jobs;

async function signedIn(role: "student" | "teacher" | "admin" = "student") {
  const { user, sessionId } = await aUser(engine.db, { role });
  return { id: user.id, role, sessionId, expiresAt: null, ip: null, userAgent: null };
}

const archive = async (author: Awaited<ReturnType<typeof signedIn>>, id: string) => {
  const [topic] = await engine.db.select().from(topics).where(eq(topics.id, id));
  return archiveTopic(author, engine.db, { id: toGlobalId("Topic", id), expectedUpdatedAt: topic?.updatedAt ?? "" }, jobs);
};

/** Waits until as many transactions as that wait for a lock in this database. */
async function waiting(size: number, orDone?: { done: boolean }): Promise<void> {
  for (let tries = 0; tries < 500 && !orDone?.done; tries += 1) {
    const [found] = await rowsOf<{ size: number }>(
      engine.db,
      sql`select count(distinct l.pid)::int as size from pg_locks l join pg_stat_activity a on a.pid = l.pid
          where not l.granted and a.datname = current_database()`,
    );
    if ((found?.size ?? 0) >= size) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  if (!orDone?.done) throw new Error(`Fewer than ${size} transactions wait`);
}

/** Runs `meanwhile` while another transaction holds the progress of the learner. */
const whileHeld = (userId: string, meanwhile: () => Promise<void>) =>
  engine.db.transaction(async (tx) => {
    await lockUntilCommit(tx, `progress:${userId}`);
    await meanwhile();
  });

// The embedded database has one connection: there, one transaction follows the other.
describe.skipIf(inject("testDatabase").engine === "pglite")("a topic is archived", () => {
  test("while an admin changes the path that its learners follow: neither waits for the other in a circle", async () => {
    const [teacher, admin, skill] = [await signedIn("teacher"), await signedIn("admin"), await aSkill(engine.db)];
    const made = await aCourseOf(engine.db, [2], { createdById: teacher.id });
    const path = await aCareerPath(engine.db);
    const milestone = await aMilestone(engine.db, { careerPathId: path.id, type: "course", courseId: made.course.id });
    const names = Array.from({ length: 60 }, () => randomUUID());
    const learners = await engine.db.insert(users).values(names.map((name) => ({ username: name, email: `${name}@disha.example`, fullName: "Asha Rao" }))).returning();
    const ids = learners.map(({ id }) => id).toSorted();
    await engine.db.insert(enrollments).values(ids.map((userId) => ({ userId, courseId: made.course.id })));
    // The last of them first, as the database finds them.
    for (const userId of ids.toReversed()) await engine.db.insert(learnerCareerPaths).values({ userId, careerPathId: path.id });

    const both: Promise<unknown>[] = [];
    await whileHeld(ids[30] ?? "", async () => {
      const input = { milestoneId: toGlobalId("PathMilestone", milestone.id), expectedUpdatedAt: milestone.updatedAt, skillIds: [toGlobalId("Skill", skill.id)] };
      both.push(setMilestoneSkills(admin, engine.db, input).catch((error: unknown) => error));
      await waiting(1);
      both.push(archive(teacher, made.topics[1]?.id ?? "").catch((error: unknown) => error));
      await waiting(2);
    });
    expect(await Promise.all(both)).toMatchObject([{ id: milestone.id }, { archivedAt: expect.any(String) }]);
    expect(await engine.db.$count(pathMilestoneSkills, eq(pathMilestoneSkills.pathMilestoneId, milestone.id))).toBe(1);
  });

  test.each(["comes back after dropping the course", "enrols for the first time"])("while a learner %s: nothing else being left, the course is completed", async (which) => {
    const [teacher, learner, other] = [await signedIn("teacher"), await signedIn(), await signedIn()];
    const made = await aCourseOf(engine.db, [2], { createdById: teacher.id });
    const [first, last] = made.topics.map(({ id }) => id);
    const courseId = toGlobalId("Course", made.course.id);
    const complete = () => recordTopicProgress(learner, engine.db, { topicId: toGlobalId("Topic", first ?? ""), status: "completed" });
    const returns = which.startsWith("comes");
    if (returns) {
      const { id } = await enrollInCourse(learner, engine.db, { courseId });
      await complete();
      await dropEnrollment(learner, engine.db, { enrollmentId: toGlobalId("Enrollment", id) });
    }
    // Somebody whom archiving waits for, having read who is in the course.
    await anEnrollment(engine.db, { userId: other.id, courseId: made.course.id });
    const both: Promise<unknown>[] = [];
    await whileHeld(other.id, async () => {
      both.push(archive(teacher, last ?? ""));
      await waiting(1);
      const entered = { done: false };
      both.push((async () => {
        await enrollInCourse(learner, engine.db, { courseId });
        if (!returns) await complete();
        entered.done = true;
      })());
      await waiting(2, entered);
    });
    await Promise.all(both);
    const now = and(eq(enrollments.userId, learner.id), eq(enrollments.courseId, made.course.id), ne(enrollments.status, "dropped"));
    expect(await engine.db.select().from(enrollments).where(now)).toMatchObject([{ status: "completed", progressPercent: 100 }]);
  });

  test("after newcomers have come in, who do not wait for each other", async () => {
    const [held, free, teacher] = [await signedIn(), await signedIn(), await signedIn("teacher")];
    const made = await aCourseOf(engine.db, [2], { createdById: teacher.id });
    const courseId = toGlobalId("Course", made.course.id);
    const both: Promise<unknown>[] = [];
    await whileHeld(held.id, async () => {
      both.push(enrollInCourse(held, engine.db, { courseId }));
      await waiting(1);
      expect(await enrollInCourse(free, engine.db, { courseId })).toMatchObject({ status: "enrolled" });
      // The newcomer who waits has locked the course before: the other way round, the two would wait for each other.
      const archived = { done: false };
      both.push(archive(teacher, made.topics[1]?.id ?? "").finally(() => (archived.done = true)));
      await waiting(2, archived);
      expect(archived.done).toBe(false);
    });
    expect(await Promise.all(both)).toMatchObject([{ status: "enrolled" }, { archivedAt: expect.any(String) }]);
  });
});
