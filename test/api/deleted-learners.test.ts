import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrollments, users } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse } from "../support/builders.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

test("a learner who deleted the account is gone from the teacher's list, its count and by id; admins still see the record", async () => {
  const [teacher, admin] = [await app.signedIn("teacher"), await app.signedIn("admin")];
  const [stays, leaves] = [await app.signedIn(), await app.signedIn()];
  const course = await aCourse(app.db, { createdById: teacher.userId, status: "active" });
  const rows = await app.db
    .insert(enrollments)
    .values([stays, leaves].map(({ userId }) => ({ userId, courseId: course.id, courseVersion: 1 })))
    .returning();
  const left = rows.find(({ userId }) => userId === leaves.userId);
  const seenBy = async (viewer: Session) => {
    const { data } = await app.query<{ course: { enrollments: { totalCount: number; nodes: object[] } }; node: object | null }>(
      "query ($id: ID!, $left: ID!) { course(id: $id) { enrollments { totalCount nodes { id } } } node(id: $left) { id } }",
      { id: toGlobalId("Course", course.id), left: toGlobalId("Enrollment", left?.id ?? "") },
      viewer,
    );
    return [data.course.enrollments.totalCount, data.course.enrollments.nodes.length, data.node !== null];
  };
  expect(await seenBy(teacher)).toEqual([2, 2, true]);
  await app.db.update(users).set({ deletedAt: new Date().toISOString(), status: "inactive" }).where(eq(users.id, leaves.userId));
  expect(await seenBy(teacher)).toEqual([1, 1, false]);
  expect(await seenBy(admin)).toEqual([2, 2, true]);
});
