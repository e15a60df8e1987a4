import { randomUUID } from "node:crypto";
import { and, eq, getTableColumns, not, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { courseVisible } from "../../auth/visibility.js";
import { anyOf, lockUntilCommit, rowsOf, type Database, type Tx } from "../../db/client.js";
import { coursePrerequisites, courses, courseSkills, nsqfLevels, providers, skills } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { later, unchanged } from "../concurrency.js";
import { once, type Keyed } from "../idempotency.js";
import { check, checkWithStored } from "../input.js";
import { auditForeign, difference, lockCourse, type CourseRow } from "./access.js";
import { changeOf, courseChange, newCourse } from "./rules.js";

/** A public identifier for a course that has none from outside. */
const newCourseId = (): string => `course_${randomUUID().replaceAll("-", "").slice(0, 20)}`;

/** Providers and levels that are named but not there. */
const unknownParents =
  (db: Database) =>
  async ({ providerId, nsqfLevel }: { providerId?: string | null; nsqfLevel?: string | null }): Promise<Problem[]> => {
    const problems: Problem[] = [];
    if (providerId && (await db.$count(providers, eq(providers.id, providerId))) === 0) problems.push(...missing("providerId", "provider").problems);
    if (nsqfLevel && (await db.$count(nsqfLevels, eq(nsqfLevels.level, nsqfLevel))) === 0) problems.push(...missing("nsqfLevel", "level").problems);
    return problems;
  };

/**
 * Writes a draft of the viewer's, who may be a teacher or an admin: the mutation's policy sees to that.
 * @throws {Rejection} NOT_FOUND for a provider or level that is not there.
 */
export async function createCourse(viewer: SignedIn, db: Database, input: object & Keyed): Promise<CourseRow> {
  const values = await checkWithStored(newCourse, { ...input }, unknownParents(db));
  return once(db, viewer, "createCourse", input, async ({ tx }) => {
    const [course] = await tx
      .insert(courses)
      .values({ ...values, courseId: newCourseId(), status: "draft", createdById: viewer.id })
      .returning();
    if (!course) throw new Error("The course was not written");
    return course;
  });
}

/**
 * Changes what is said about a course. What is published shows at once.
 * @throws {Rejection} NOT_FOUND; CONFLICT when somebody changed it meanwhile.
 */
export async function updateCourse(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt, ...changes } = await checkWithStored(courseChange, { ...input }, unknownParents(db));
  return inTransaction(db, viewer, async (work) => {
    const course = await lockCourse(work.tx, viewer, id);
    unchanged(course, expectedUpdatedAt);
    await auditForeign(work, course, { action: "course.updated", entityType: "course", entityId: id, ...difference(course, changes) });
    return changeCourse(work.tx, id, changes);
  });
}

/** Writes to a course that is locked; `updatedAt` moves on. */
export async function changeCourse(tx: Tx, id: string, changes: Partial<typeof courses.$inferInsert> = {}): Promise<CourseRow> {
  const [course] = await tx.update(courses).set({ ...changes, updatedAt: later(courses.updatedAt) }).where(eq(courses.id, id)).returning();
  if (!course) throw new Error("The course that was locked is missing");
  return course;
}

/** Says of a list that it is longer than the graph shows. */
const atMost = (bound: number) => ({ message: `A course has at most ${bound} of these.`, params: { code: "LIMIT_REACHED" } });

const skillRules = z.object({
  ...changeOf("Course"),
  skills: z
    .array(z.object({ skillId: nodeId("Skill"), isPrimary: z.boolean().nullish() }))
    .refine((list) => list.length <= bounds.courseSkills, atMost(bounds.courseSkills)),
});

/**
 * Sets the whole list of skills that a course teaches. Mastery that learners were given stays.
 * @throws {Rejection} NOT_FOUND for the course and for skills, INVALID for one given twice, LIMIT_REACHED; CONFLICT
 * when somebody changed the course meanwhile.
 */
export async function setCourseSkills(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt, skills: wanted } = check(skillRules, input);
  const keys = wanted.map(({ skillId }) => skillId);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const course = await lockCourse(tx, viewer, id);
    unchanged(course, expectedUpdatedAt);
    const known = new Set((await tx.select({ id: skills.id }).from(skills).where(anyOf(skills.id, keys, "uuid"))).map((row) => row.id));
    refuse([
      ...repeated(keys, (at) => ["skills", String(at), "skillId"]),
      ...keys.flatMap((key, at) => (known.has(key) ? [] : missing(["skills", String(at), "skillId"], "skill").problems)),
    ]);
    const its = eq(courseSkills.courseId, id);
    const old = await tx.select().from(courseSkills).where(its).orderBy(courseSkills.skillId);
    await tx.delete(courseSkills).where(and(its, not(anyOf(courseSkills.skillId, keys, "uuid"))));
    if (wanted.length > 0) {
      await tx
        .insert(courseSkills)
        .values(wanted.map(({ skillId, isPrimary }) => ({ courseId: id, skillId, isPrimary: isPrimary ?? false })))
        .onConflictDoUpdate({ target: [courseSkills.courseId, courseSkills.skillId], set: { isPrimary: sql`excluded.is_primary` } });
    }
    await auditForeign(work, course, {
      action: "course.skills_set", entityType: "course", entityId: id,
      oldValues: { skillIds: old.map(({ skillId }) => skillId) }, newValues: { skillIds: keys },
    });
    return changeCourse(tx, id);
  });
}

const maxPrerequisites = 20;

const prerequisiteRules = z.object({
  ...changeOf("Course"),
  prerequisiteIds: z.array(nodeId("Course")).refine((list) => list.length <= maxPrerequisites, atMost(maxPrerequisites)),
});

/**
 * Sets the whole list of courses to complete before a course; at most 20.
 * @throws {Rejection} NOT_FOUND for the course and for those that the viewer may not see, INVALID for one given twice,
 * LIMIT_REACHED; CONFLICT for one that itself, over however many steps, asks for this course first, and when somebody
 * changed the course meanwhile.
 */
export async function setCoursePrerequisites(viewer: SignedIn, db: Database, input: object): Promise<CourseRow> {
  const { id, expectedUpdatedAt, prerequisiteIds: keys } = check(prerequisiteRules, input);
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    // One at a time in the whole catalogue: two courses that come to ask for each other would each miss the other.
    await lockUntilCommit(tx, "course-prerequisites");
    const course = await lockCourse(tx, viewer, id);
    unchanged(course, expectedUpdatedAt);
    const seen = await tx.select({ id: courses.id }).from(courses).where(and(anyOf(courses.id, keys, "uuid"), courseVisible(viewer)));
    const known = new Set(seen.map((row) => row.id));
    const after = new Set(await coursesAfter(tx, id));
    const at = (place: number) => ["prerequisiteIds", String(place)];
    refuse([
      ...repeated(keys, at),
      ...keys.flatMap((key, place) => {
        if (!known.has(key)) return missing(at(place), "course").problems;
        if (key === id) return reject("CONFLICT", at(place), "A course cannot come before itself.").problems;
        return after.has(key) ? reject("CONFLICT", at(place), "That course asks for this one first.").problems : [];
      }),
    ]);
    const its = eq(coursePrerequisites.courseId, id);
    const old = await tx.select().from(coursePrerequisites).where(its).orderBy(coursePrerequisites.prerequisiteId);
    await tx.delete(coursePrerequisites).where(and(its, not(anyOf(coursePrerequisites.prerequisiteId, keys, "uuid"))));
    if (keys.length > 0) {
      await tx.insert(coursePrerequisites).values(keys.map((prerequisiteId) => ({ courseId: id, prerequisiteId }))).onConflictDoNothing();
    }
    await auditForeign(work, course, {
      action: "course.prerequisites_set", entityType: "course", entityId: id,
      oldValues: { prerequisiteIds: old.map(({ prerequisiteId }) => prerequisiteId) }, newValues: { prerequisiteIds: keys },
    });
    return changeCourse(tx, id);
  });
}

/** Every course that asks for this one before it, directly or through others. */
async function coursesAfter(tx: Tx, id: string): Promise<string[]> {
  const { courseId, prerequisiteId } = getTableColumns(coursePrerequisites);
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`with recursive after(id) as (
          select ${courseId} from ${coursePrerequisites} where ${prerequisiteId} = ${id}
          union
          select ${courseId} from ${coursePrerequisites} join after on ${prerequisiteId} = after.id)
        select id from after`,
  );
  return rows.map((row) => row.id);
}

/** @throws {Rejection} with all problems, if there are any. */
function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Rejection(problems);
}

const repeated = (keys: readonly string[], path: (at: number) => string[]): Problem[] =>
  keys.flatMap((key, at) => (keys.indexOf(key) === at ? [] : reject("INVALID", path(at), "This is in the list already.").problems));
