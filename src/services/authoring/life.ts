import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { courseVersions, modules, topics } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { reject } from "../../graphql/errors.js";
import { unchanged } from "../concurrency.js";
import { check } from "../input.js";
import { sameOutline, type Outline } from "../outline.js";
import { auditCourse, lockCourse, type CourseRow } from "./access.js";
import { changeCourse } from "./courses.js";
import { changeOf } from "./rules.js";

type CourseVersionRow = typeof courseVersions.$inferSelect;

const rules = z.object(changeOf("Course"));

export interface PublishedCourse {
  course: CourseRow;
  courseVersion: CourseVersionRow;
}

/**
 * Opens a draft to everyone, or publishes the outline of an active course anew as its next version. Titles and
 * contents of an active course show as soon as they are written; a version is what learners compare theirs with.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile, while it is archived, when the outline is
 * that of the last version, and for a course without topics, which only admins publish: entries of the register have none.
 */
export async function publishCourse(viewer: SignedIn, db: Database, input: object): Promise<PublishedCourse> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const before = await lockCourse(tx, viewer, id);
    unchanged(before, expectedUpdatedAt);
    if (before.status === "archived") throw reject("CONFLICT", "id", "This course is archived; restore it first.");
    const outline = await liveOutline(tx, id);
    if (!isAdmin(viewer) && outline.modules.every(({ topics: within }) => within.length === 0)) {
      throw reject("CONFLICT", "id", "There is no topic in this course yet.");
    }
    const last = await lastVersion(tx, id);
    const same = last !== undefined && sameOutline(last.outline, outline);
    if (same && before.status === "active") {
      throw reject("CONFLICT", "id", `The outline is that of version ${last.version}; there is nothing to publish.`);
    }
    const version = last ? last.version + (same ? 0 : 1) : firstVersion(before, outline);
    const courseVersion = last && same ? last : await writeVersion(work, id, version, outline);
    const course = await changeCourse(tx, id, { status: "active", version });
    await auditCourse(work, before, { action: "course.published", entityType: "course", entityId: id, ...statesOf(before, course) });
    return { course, courseVersion };
  });
}

/**
 * Closes a course to newcomers; learners who are enrolled keep it.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is archived already.
 */
export async function archiveCourse(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const before = await lockCourse(tx, viewer, id);
    unchanged(before, expectedUpdatedAt);
    if (before.status === "archived") throw reject("CONFLICT", "id", "This course is archived already.");
    // A version tells later that the course was open: those from a catalogue come without one.
    let { version } = before;
    if (before.status === "active" && !(await lastVersion(tx, id))) {
      const outline = await liveOutline(tx, id);
      version = firstVersion(before, outline);
      await writeVersion(work, id, version, outline);
    }
    const course = await changeCourse(tx, id, { status: "archived", version });
    await auditCourse(work, before, { action: "course.archived", entityType: "course", entityId: id, ...statesOf(before, course) });
    return course;
  });
}

/**
 * Makes an archived course what it was: active when it was ever published, else a draft.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is not archived.
 */
export async function restoreCourse(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const before = await lockCourse(tx, viewer, id);
    unchanged(before, expectedUpdatedAt);
    if (before.status !== "archived") throw reject("CONFLICT", "id", "This course is not archived.");
    const course = await changeCourse(tx, id, { status: (await lastVersion(tx, id)) ? "active" : "draft" });
    await auditCourse(work, before, { action: "course.restored", entityType: "course", entityId: id, ...statesOf(before, course) });
    return course;
  });
}

/** The outline last published. */
async function lastVersion(tx: Tx, courseId: string): Promise<CourseVersionRow | undefined> {
  const its = eq(courseVersions.courseId, courseId);
  const [row] = await tx.select().from(courseVersions).where(its).orderBy(desc(courseVersions.version)).limit(1);
  return row;
}

/**
 * The number of the first outline that is kept. Learners of a course that was open without one, as those of a catalogue
 * are, stay at the number that they have, which counts as empty: nobody knows what the course held when they enrolled.
 */
const firstVersion = ({ status, version }: CourseRow, outline: Outline): number =>
  status === "active" && outline.modules.length > 0 ? version + 1 : version;

async function writeVersion({ tx, viewer }: Work, courseId: string, version: number, outline: Outline): Promise<CourseVersionRow> {
  const [row] = await tx.insert(courseVersions).values({ courseId, version, outline, publishedById: viewer.id }).returning();
  if (!row) throw new Error("The version was not written");
  return row;
}

/** The live modules and topics as the course runs. */
async function liveOutline(tx: Tx, courseId: string): Promise<Outline> {
  const rows = await tx
    .select({ id: modules.id, title: modules.title, topicId: topics.id, topicTitle: topics.title })
    .from(modules)
    .leftJoin(topics, and(eq(topics.moduleId, modules.id), isNull(topics.archivedAt)))
    .where(and(eq(modules.courseId, courseId), isNull(modules.archivedAt)))
    .orderBy(modules.orderIndex, modules.week, topics.orderIndex, topics.id);
  const byModule = Map.groupBy(rows, ({ id }) => id);
  return {
    modules: [...byModule].map(([id, within]) => ({
      id,
      title: within[0]?.title ?? "",
      topics: within.flatMap(({ topicId, topicTitle }) => (topicId === null || topicTitle === null ? [] : [{ id: topicId, title: topicTitle }])),
    })),
  };
}

const statesOf = (before: CourseRow, after: CourseRow) => ({
  oldValues: { status: before.status, version: before.version },
  newValues: { status: after.status, version: after.version },
});
