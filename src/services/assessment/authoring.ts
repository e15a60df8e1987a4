import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import { quizStaff } from "../../auth/visibility.js";
import type { Database, Tx } from "../../db/client.js";
import { courses, modules, quizAttempts, quizzes } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { quizTypes } from "../../db/value-sets.js";
import { missing, reject, Rejection, type ErrorCode, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { changeOf, checkChange, written } from "../administration/changes.js";
import { audit } from "../audit.js";
import { later, unchanged } from "../concurrency.js";
import { once, type Keyed } from "../idempotency.js";
import { check, clearable, line, whole } from "../input.js";
import { notClearable } from "../learner/rules.js";
import type { QuizRow } from "./submission.js";

const title = line(255);
const description = line(5_000);
const passingScore = whole(0, 100);
const timeLimitMinutes = whole(1, 1_440);
const maxAttempts = whole(1, 100);

const newQuiz = z
  .object({
    courseId: nodeId("Course").nullish(),
    moduleId: nodeId("Module").nullish(),
    quizType: z.enum(quizTypes).nullish(),
    title,
    description: description.nullish(),
    passingScore: passingScore.nullish(),
    timeLimitMinutes: timeLimitMinutes.nullish(),
    maxAttempts: maxAttempts.nullish(),
  })
  .superRefine(({ courseId, moduleId, quizType }, context) => {
    const problem = (field: string, code: ErrorCode, message: string) => context.addIssue({ code: "custom", path: [field], params: { code }, message });
    if (quizType === "module" && moduleId == null) problem("moduleId", "REQUIRED", "A quiz of a module needs the module.");
    if (quizType === "course" && moduleId != null) problem("quizType", "INVALID", "A quiz of a whole course stands in no module.");
    if (quizType === "course" && courseId == null && moduleId == null) problem("courseId", "REQUIRED", "A quiz of a course needs the course.");
  });

/**
 * Adds a quiz to a course of which the viewer is staff, or, for admins, one for practice without a course. It has no
 * questions yet, and nobody can start it before it has.
 * @throws {Rejection} NOT_FOUND, REQUIRED when a teacher names no course, INVALID when the module is of another course.
 */
export function createQuiz(viewer: SignedIn, db: Database, input: z.input<typeof newQuiz> & Keyed): Promise<QuizRow> {
  const { courseId, moduleId, quizType, ...values } = check(newQuiz, input);
  return once(db, viewer, "createQuiz", input, async (work) => {
    const { tx } = work;
    const place = await placeOf(tx, viewer, courseId ?? null, moduleId ?? null);
    const row = {
      ...values,
      ...place,
      quizId: uuidv7(),
      quizType: quizType ?? (place.moduleId !== null ? "module" : place.courseId !== null ? "course" : "practice"),
      passingScore: values.passingScore ?? 70,
    };
    const quiz = written(await tx.insert(quizzes).values(row).returning(), "quiz");
    await audit(work, { action: "assessment.quiz_created", entityType: "quiz", entityId: quiz.id, newValues: row });
    return quiz;
  });
}

/** Courses of which the viewer is staff. */
const staffCourse = (viewer: SignedIn): SQL | undefined =>
  isAdmin(viewer) ? undefined : viewer.role === "teacher" ? eq(courses.createdById, viewer.id) : sql`false`;

async function placeOf(tx: Tx, viewer: SignedIn, courseId: string | null, moduleId: string | null) {
  if (courseId === null && moduleId === null) {
    if (!isAdmin(viewer)) throw reject("REQUIRED", "courseId", "Name a course of yours; quizzes without one are for admins to add.");
    return { courseId, moduleId };
  }
  const problems: Problem[] = [];
  if (courseId !== null && (await tx.$count(courses, and(eq(courses.id, courseId), staffCourse(viewer)))) === 0) problems.push(...missing("courseId", "course").problems);
  if (moduleId === null) {
    if (problems.length > 0) throw new Rejection(problems);
    return { courseId, moduleId };
  }
  const [module] = await tx
    .select({ courseId: modules.courseId })
    .from(modules)
    .innerJoin(courses, eq(courses.id, modules.courseId))
    .where(and(eq(modules.id, moduleId), isNull(modules.archivedAt), staffCourse(viewer)));
  if (!module) problems.push(...missing("moduleId", "module").problems);
  else if (courseId !== null && module.courseId !== courseId) problems.push(...reject("INVALID", "moduleId", "This module is of another course.").problems);
  if (!module || problems.length > 0) throw new Rejection(problems);
  return { courseId: module.courseId, moduleId };
}

const changeRules = z.object({
  id: nodeId("Quiz"),
  expectedUpdatedAt: z.string(),
  title: notClearable(title),
  description: clearable(description),
  passingScore: notClearable(passingScore),
  timeLimitMinutes: clearable(timeLimitMinutes),
  maxAttempts: clearable(maxAttempts),
});

/**
 * Changes a quiz, for its staff. Attempts that were submitted keep their score; those that are open go by what holds then.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since it was read, and when less time would be left to somebody
 * who is in the midst of an attempt.
 */
export function updateQuiz(viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<QuizRow> {
  return inTransaction(db, viewer, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "quiz",
      find: (id) => lockedQuiz(tx, viewer, id),
      compare: ({ timeLimitMinutes: limit }, quiz) => (limit === undefined ? [] : timeProblems(tx, quiz, limit)),
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf<QuizRow>(row, changes as Partial<QuizRow>);
    if (!change) return row;
    const changed = written(await tx.update(quizzes).set({ ...change.newValues, updatedAt: later(quizzes.updatedAt) }).where(eq(quizzes.id, id)).returning(), "quiz");
    await audit(work, { action: "assessment.quiz_updated", entityType: "quiz", entityId: id, ...change });
    return changed;
  });
}

async function timeProblems(tx: Tx, quiz: QuizRow, limit: number | null): Promise<readonly Problem[]> {
  const isShorter = limit !== null && (quiz.timeLimitMinutes === null || limit < quiz.timeLimitMinutes);
  if (!isShorter) return [];
  const open = await tx.$count(quizAttempts, and(eq(quizAttempts.quizId, quiz.id), eq(quizAttempts.status, "in_progress")));
  if (open === 0) return [];
  return reject("CONFLICT", "timeLimitMinutes", "Learners are in the midst of it; the time can only be made longer.").problems;
}

const stateRules = z.object({ id: nodeId("Quiz"), expectedUpdatedAt: z.string() });

/**
 * Closes a quiz, for its staff: it is listed no more and cannot be started. Open attempts can be finished, and what was
 * reached stays.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since it was read or is archived already.
 */
export const archiveQuiz = (viewer: SignedIn, db: Database, input: z.input<typeof stateRules>): Promise<QuizRow> =>
  setArchived(viewer, db, input, true);

/**
 * Opens an archived quiz again, for its staff; that of an archived module is listed when the module is back.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since it was read or is not archived.
 */
export const restoreQuiz = (viewer: SignedIn, db: Database, input: z.input<typeof stateRules>): Promise<QuizRow> =>
  setArchived(viewer, db, input, false);

function setArchived(viewer: SignedIn, db: Database, input: z.input<typeof stateRules>, isArchived: boolean): Promise<QuizRow> {
  const { id, expectedUpdatedAt } = check(stateRules, input);
  return inTransaction(db, viewer, async (work) => {
    const quiz = await lockedQuiz(work.tx, viewer, id);
    if (!quiz) throw missing("id", "quiz");
    unchanged(quiz, expectedUpdatedAt);
    if ((quiz.archivedAt !== null) === isArchived) throw reject("CONFLICT", "id", isArchived ? "This quiz is archived already." : "This quiz is not archived.");
    const state = { archivedAt: isArchived ? sql`now()` : null, updatedAt: later(quizzes.updatedAt) };
    const changed = written(await work.tx.update(quizzes).set(state).where(eq(quizzes.id, id)).returning(), "quiz");
    await audit(work, { action: isArchived ? "assessment.quiz_archived" : "assessment.quiz_restored", entityType: "quiz", entityId: id });
    return changed;
  });
}

/** A quiz of which the viewer is staff, locked so that nobody starts it meanwhile. */
export async function lockedQuiz(tx: Tx, viewer: SignedIn, id: string): Promise<QuizRow | undefined> {
  const [quiz] = await tx.select().from(quizzes).where(and(eq(quizzes.id, id), quizStaff(viewer))).for("update");
  return quiz;
}
