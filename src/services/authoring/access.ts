import { and, eq, getTableColumns, inArray, sql, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import type { Tx } from "../../db/client.js";
import { courses, modules, topics } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { missing, reject } from "../../graphql/errors.js";
import { audit, type AuditEntry } from "../audit.js";
import { later } from "../concurrency.js";

export type CourseRow = typeof courses.$inferSelect;
export type ModuleRow = typeof modules.$inferSelect;
export type TopicRow = typeof topics.$inferSelect;

/** Courses that the viewer may change: their own while they teach; admins all. */
export const authoredBy = (viewer: SignedIn): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  return viewer.role === "teacher" ? eq(courses.createdById, viewer.id) : sql`false`;
};

/**
 * The course for which `which` holds, locked: all changes to a course and its outline follow one another, and whoever
 * enrols waits for them. Learners record progress meanwhile, but for a new order of modules: a week is part of a unique
 * key, and what refers to a module waits until a change of it commits.
 */
async function lockWhere(tx: Tx, viewer: SignedIn, which: SQL): Promise<CourseRow | undefined> {
  const [course] = await tx.select().from(courses).where(and(which, authoredBy(viewer))).for("no key update");
  return course;
}

/**
 * A course that the viewer may change, locked until the commit.
 * @throws {Rejection} NOT_FOUND.
 */
export async function lockCourse(tx: Tx, viewer: SignedIn, id: string, field = "id"): Promise<CourseRow> {
  const course = await lockWhere(tx, viewer, eq(courses.id, id));
  if (!course) throw missing(field, "course");
  return course;
}

/**
 * A module of a course that the viewer may change, archived or not, and its course, locked.
 * @throws {Rejection} NOT_FOUND.
 */
export async function lockModule(tx: Tx, viewer: SignedIn, id: string, field = "id"): Promise<{ course: CourseRow; module: ModuleRow }> {
  const its = tx.select({ id: modules.courseId }).from(modules).where(eq(modules.id, id));
  const course = await lockWhere(tx, viewer, inArray(courses.id, its));
  const [module] = course ? await tx.select().from(modules).where(eq(modules.id, id)) : [];
  if (!course || !module) throw missing(field, "module");
  return { course, module };
}

/**
 * A topic of a course that the viewer may change, archived or not, with its module and course, locked.
 * @throws {Rejection} NOT_FOUND.
 */
export async function lockTopic(tx: Tx, viewer: SignedIn, id: string): Promise<{ course: CourseRow; module: ModuleRow; topic: TopicRow }> {
  const its = tx.select({ id: modules.courseId }).from(modules).innerJoin(topics, eq(topics.moduleId, modules.id)).where(eq(topics.id, id));
  const course = await lockWhere(tx, viewer, inArray(courses.id, its));
  const [found] = course
    ? await tx
        .select({ module: getTableColumns(modules), topic: getTableColumns(topics) })
        .from(topics)
        .innerJoin(modules, eq(modules.id, topics.moduleId))
        .where(eq(topics.id, id))
    : [];
  if (!course || !found) throw missing("id", "topic");
  return { course, ...found };
}

/**
 * Sees to it that a module or topic is not archived.
 * @throws {Rejection} CONFLICT.
 */
export function mustBeLive(row: { archivedAt: string | null }, what: "module" | "topic", field = "id"): void {
  if (row.archivedAt !== null) throw reject("CONFLICT", field, `This ${what} is archived; restore it first.`);
}

type Dated = PgTable & { id: PgColumn; updatedAt: PgColumn };

/** Moves `updated_at` of a row on, because a list under it changed. */
export async function touch(tx: Tx, table: Dated, id: string): Promise<void> {
  await tx.update(table).set({ updatedAt: later(table.updatedAt) } as never).where(eq(table.id, id));
}

/** A line of the audit log about a course or a part of it. */
export const auditCourse = (work: Work, course: CourseRow, entry: Omit<AuditEntry, "subjectUserId">): Promise<void> =>
  audit(work, { ...entry, subjectUserId: course.createdById });

/** The same, unless the author did it: an author's own writing is not administration. */
export async function auditForeign(work: Work, course: CourseRow, entry: Omit<AuditEntry, "subjectUserId">): Promise<void> {
  if (course.createdById !== work.viewer.id) await auditCourse(work, course, entry);
}

/** What a change replaced and what by, for the audit log; content is left out, which may be long. */
export function difference(before: object, changes: object): Pick<AuditEntry, "oldValues" | "newValues"> {
  const fields = Object.keys(changes).filter((field) => changes[field as never] !== undefined && field !== "content");
  const of = (values: object) => Object.fromEntries(fields.map((field) => [field, values[field as never]]));
  return { oldValues: of(before), newValues: of(changes) };
}
