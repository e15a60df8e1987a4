import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { courses, modules } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import type { Jobs } from "../../jobs/queue.js";
import { later, unchanged } from "../concurrency.js";
import { once, type Keyed } from "../idempotency.js";
import { check } from "../input.js";
import { afterRemoval } from "../progress/removal.js";
import {
  auditCourse, auditForeign, difference, lockCourse, lockModule, mustBeLive, touch, type CourseRow, type ModuleRow,
} from "./access.js";
import { changeCourse } from "./courses.js";
import { exactly, freeWeek, live, placeAtEnd, renumber, room, setWeeks } from "./order.js";
import { changeOf, moduleChange, newModule } from "./rules.js";

/** All modules of a course as it runs, archived ones too. */
const modulesOf = (tx: Tx, courseId: string): Promise<ModuleRow[]> =>
  tx.select().from(modules).where(eq(modules.courseId, courseId)).orderBy(modules.orderIndex, modules.week);

async function changeModule(tx: Tx, id: string, changes: Parameters<ReturnType<typeof tx.update<typeof modules>>["set"]>[0]): Promise<ModuleRow> {
  const [row] = await tx.update(modules).set({ ...changes, updatedAt: later(modules.updatedAt) }).where(eq(modules.id, id)).returning();
  if (!row) throw new Error("The module that was locked is missing");
  return row;
}

/**
 * Adds a module at the end of a course, in the week after the last.
 * @throws {Rejection} NOT_FOUND; LIMIT_REACHED at 30 live modules.
 */
export async function createModule(viewer: SignedIn, db: Database, input: object & Keyed): Promise<ModuleRow> {
  const { courseId, ...values } = check(newModule, input);
  return once(db, viewer, "createModule", input, async (work) => {
    const { tx } = work;
    const course = await lockCourse(tx, viewer, courseId, "courseId");
    const rows = await modulesOf(tx, courseId);
    room(rows, bounds.courseModules, "courseId", "modules");
    const week = await freeWeek(tx, rows);
    const [module] = await tx.insert(modules).values({ ...values, courseId, week, orderIndex: placeAtEnd(live(rows)) }).returning();
    if (!module) throw new Error("The module was not written");
    await touch(tx, courses, courseId);
    await auditForeign(work, course, { action: "course.module_created", entityType: "module", entityId: module.id, newValues: { title: module.title } });
    return module;
  });
}

/**
 * Changes what is said about a module.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is archived.
 */
export async function updateModule(viewer: SignedIn, db: Database, input: object): Promise<ModuleRow> {
  const { id, expectedUpdatedAt, ...changes } = check(moduleChange, input);
  return inTransaction(db, viewer, async (work) => {
    const { course, module } = await lockModule(work.tx, viewer, id);
    unchanged(module, expectedUpdatedAt);
    mustBeLive(module, "module");
    const changed = await changeModule(work.tx, id, changes);
    if (changed.title !== module.title) await touch(work.tx, courses, course.id);
    await auditForeign(work, course, { action: "course.module_updated", entityType: "module", entityId: id, ...difference(module, changes) });
    return changed;
  });
}

const rules = z.object(changeOf("Module"));

/**
 * Takes a module, and with it its topics, out of a course. What learners completed they keep, and whoever had only
 * its topics left has completed the course; with many learners a job sees to that.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile or it is archived already.
 */
export async function archiveModule(viewer: SignedIn, db: Database, input: object, jobs: Jobs): Promise<ModuleRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module } = await lockModule(tx, viewer, id);
    unchanged(module, expectedUpdatedAt);
    mustBeLive(module, "module");
    return afterRemoval(work, course.id, jobs, async () => {
      const archived = await changeModule(tx, id, { archivedAt: sql`now()` });
      await touch(tx, courses, course.id);
      await auditCourse(work, course, { action: "course.module_archived", entityType: "module", entityId: id });
      return archived;
    });
  });
}

/**
 * Puts an archived module back where it was, with the topics that it had then. Nobody's progress falls by it.
 * @throws {Rejection} NOT_FOUND; LIMIT_REACHED; CONFLICT when somebody changed it meanwhile or it is not archived.
 */
export async function restoreModule(viewer: SignedIn, db: Database, input: object): Promise<ModuleRow> {
  const { id, expectedUpdatedAt } = check(rules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { course, module } = await lockModule(tx, viewer, id);
    unchanged(module, expectedUpdatedAt);
    if (module.archivedAt === null) throw reject("CONFLICT", "id", "This module is not archived.");
    room(await modulesOf(tx, course.id), bounds.courseModules, "id", "modules");
    const restored = await changeModule(tx, id, { archivedAt: null });
    await touch(tx, courses, course.id);
    await auditCourse(work, course, { action: "course.module_restored", entityType: "module", entityId: id });
    return restored;
  });
}

const orderRules = z.object({ ...changeOf("Course"), moduleIds: z.array(nodeId("Module")) });

/**
 * Puts the modules of a course in another order; their weeks go with their places. Archived modules keep theirs.
 * @throws {Rejection} NOT_FOUND; INVALID unless each live module is given once; CONFLICT when somebody changed the course meanwhile.
 */
export async function reorderModules(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt, moduleIds } = check(orderRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const course = await lockCourse(tx, viewer, id);
    unchanged(course, expectedUpdatedAt);
    const rows = await modulesOf(tx, id);
    exactly(moduleIds, rows, "moduleIds");
    await setWeeks(tx, moduleIds, live(rows).map(({ week }) => week).toSorted((a, b) => a - b));
    await renumber(tx, modules, moduleIds);
    await auditForeign(work, course, {
      action: "course.modules_reordered", entityType: "course", entityId: id,
      oldValues: { moduleIds: live(rows).map((row) => row.id) }, newValues: { moduleIds },
    });
    return changeCourse(tx, id);
  });
}
