import { and, eq, exists, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import { QueryBuilder, type PgColumn } from "drizzle-orm/pg-core";
import { courses, enrollments, modules, quizAttempts, quizQuestions, quizzes, sourceFiles, topics, users } from "../db/tables/index.js";
import { isAdmin, isSignedIn, type SignedIn, type Viewer } from "./viewer.js";

const nothing = sql`false`;

/** Rows of the viewer, named by `userId`; admins see all. */
export const own =
  (userId: PgColumn) =>
  (viewer: Viewer): SQL | undefined => {
    if (isAdmin(viewer)) return undefined;
    return isSignedIn(viewer) ? eq(userId, viewer.id) : nothing;
  };

/** Rows of the viewer alone, also for admins: what fields named `my…` show. */
export const mine =
  (userId: PgColumn) =>
  (viewer: Viewer): SQL =>
    isSignedIn(viewer) ? eq(userId, viewer.id) : nothing;

/** No condition of its own: what leaves of the rows is for whoever reaches them. */
export const everyRow = (): undefined => undefined;

/** Accounts that were not deleted, for everyone signed in. */
export const userVisible = (viewer: Viewer): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  return isSignedIn(viewer) ? isNull(users.deletedAt) : nothing;
};

/** Active courses for everyone; drafts for author and admin; archived ones also for the enrolled. */
export const courseVisible = (viewer: Viewer): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  const active = eq(courses.status, "active");
  if (!isSignedIn(viewer)) return active;
  return or(active, eq(courses.createdById, viewer.id), and(eq(courses.status, "archived"), enrolledIn(viewer)));
};

/** The viewer has an enrollment in the course that was not dropped. */
const enrolledIn = (viewer: SignedIn): SQL =>
  exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(enrollments)
      .where(and(eq(enrollments.courseId, courses.id), eq(enrollments.userId, viewer.id), ne(enrollments.status, "dropped"))),
  );

/** Rows that hang on a course, such as modules: visible with it. */
export const withCourse =
  (courseId: PgColumn | SQL) =>
  (viewer: Viewer): SQL | undefined => {
    const visible = courseVisible(viewer);
    if (!visible) return undefined;
    return exists(new QueryBuilder().select({ one: sql`1` }).from(courses).where(and(eq(courses.id, courseId), visible)));
  };

/** Topics of modules that are not archived, visible with their course. */
export const topicVisible = (viewer: Viewer): SQL => inLiveModule(courseVisible(viewer));

/** Topics whose content the viewer may read: learners of the course who did not drop it, its author, admins. */
export const contentVisible = (viewer: Viewer): SQL => {
  if (isAdmin(viewer)) return inLiveModule(undefined);
  if (!isSignedIn(viewer)) return nothing;
  const takesPart = or(eq(courses.createdById, viewer.id), enrolledIn(viewer));
  return inLiveModule(and(courseVisible(viewer), takesPart));
};

const inLiveModule = (ofCourse: SQL | undefined): SQL =>
  exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(modules)
      .innerJoin(courses, eq(courses.id, modules.courseId))
      .where(and(eq(modules.id, topics.moduleId), isNull(modules.archivedAt), ofCourse)),
  );

/** Rows about a learner in a course: the learner, the course's teacher while they teach and the account is there, admins. */
export const learnerOrTeacher =
  (userId: PgColumn, courseId: PgColumn | SQL, notDropped?: SQL) =>
  (viewer: Viewer): SQL | undefined => {
    const mine = own(userId)(viewer);
    if (viewer.role !== "teacher" || !mine) return mine;
    const taught = new QueryBuilder()
      .select({ one: sql`1` })
      .from(courses)
      .where(and(eq(courses.id, courseId), eq(courses.createdById, viewer.id ?? sql`null`)));
    const there = new QueryBuilder().select({ one: sql`1` }).from(users).where(and(eq(users.id, userId), isNull(users.deletedAt)));
    return or(mine, and(notDropped, exists(taught), exists(there)));
  };

/** Files of whoever uploaded them, and of the teacher of their course while they teach; deleted ones for admins alone. */
export const sourceFileVisible = (viewer: Viewer): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  if (!isSignedIn(viewer)) return nothing;
  const mine = eq(sourceFiles.uploadedById, viewer.id);
  const taught = new QueryBuilder()
    .select({ one: sql`1` })
    .from(courses)
    .where(and(eq(courses.id, sourceFiles.courseId), eq(courses.createdById, viewer.id)));
  return and(ne(sourceFiles.status, "deleted"), viewer.role === "teacher" ? or(mine, exists(taught)) : mine);
};

/** Quizzes that can be taken: neither they nor their modules were archived. */
export const quizLive = and(
  isNull(quizzes.archivedAt),
  or(
    isNull(quizzes.moduleId),
    exists(new QueryBuilder().select({ one: sql`1` }).from(modules).where(and(eq(modules.id, quizzes.moduleId), isNull(modules.archivedAt)))),
  ),
);

/** Quizzes as their course is visible; those without one are for everyone signed in. */
export const quizWithCourse = (viewer: Viewer): SQL | undefined => {
  const seen = withCourse(quizzes.courseId)(viewer);
  return seen && isSignedIn(viewer) ? or(isNull(quizzes.courseId), seen) : seen;
};

/** Quizzes by their id: archived ones are still there for those who took them, and for course staff. */
export const quizVisible = (viewer: Viewer): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  const kept = isSignedIn(viewer) ? or(quizLive, attemptOf(viewer), quizStaff(viewer)) : quizLive;
  return and(quizWithCourse(viewer), kept);
};

/** The viewer has tried the quiz; optionally with this as the state of the attempt. */
const attemptOf = (viewer: SignedIn, status?: "in_progress" | "submitted"): SQL =>
  exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(quizAttempts)
      .where(and(eq(quizAttempts.quizId, quizzes.id), eq(quizAttempts.userId, viewer.id), status && eq(quizAttempts.status, status))),
  );

/** Quizzes of whose course the viewer is staff: the teacher who wrote it, and admins, who alone look after quizzes without one. */
export const quizStaff = (viewer: Viewer): SQL => {
  if (isAdmin(viewer)) return sql`true`;
  if (!isSignedIn(viewer) || viewer.role !== "teacher") return nothing;
  return exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(courses)
      .where(and(eq(courses.id, quizzes.courseId), eq(courses.createdById, viewer.id))),
  );
};

/** Quizzes that the viewer takes part in: enrolled in the course, or there is no course. */
export const quizTaken = (viewer: SignedIn): SQL | undefined =>
  or(isNull(quizzes.courseId), exists(new QueryBuilder().select({ one: sql`1` }).from(courses).where(and(eq(courses.id, quizzes.courseId), enrolledIn(viewer)))));

/** Quizzes whose questions the viewer may read: who takes part in them, the author of the course, admins. */
const quizReadable = (viewer: Viewer): SQL | undefined => {
  if (isAdmin(viewer)) return undefined;
  if (!isSignedIn(viewer)) return nothing;
  const written = new QueryBuilder().select({ one: sql`1` }).from(courses).where(and(eq(courses.id, quizzes.courseId), eq(courses.createdById, viewer.id)));
  return and(quizVisible(viewer), or(quizTaken(viewer), exists(written)));
};

const ofQuiz = (quizId: PgColumn, seen: SQL | undefined): SQL =>
  exists(new QueryBuilder().select({ one: sql`1` }).from(quizzes).where(and(eq(quizzes.id, quizId), seen)));

/** Rows that hang on a quiz and are no secret, such as how many questions it has. */
export const withQuiz =
  (quizId: PgColumn) =>
  (viewer: Viewer): SQL =>
    ofQuiz(quizId, quizVisible(viewer));

/** Questions without what is right. */
export const questionVisible = (viewer: Viewer): SQL => ofQuiz(quizQuestions.quizId, quizReadable(viewer));

/** Questions with what is right: who has submitted the quiz and is not in the midst of it again, course staff and admins. */
export const answerKeyVisible = (viewer: Viewer): SQL => {
  if (!isSignedIn(viewer)) return nothing;
  const done = and(attemptOf(viewer, "submitted"), sql`not ${attemptOf(viewer, "in_progress")}`);
  return ofQuiz(quizQuestions.quizId, and(quizReadable(viewer), or(quizStaff(viewer), done)));
};

/** Questions with where they come from. */
export const questionForStaff = (viewer: Viewer): SQL => ofQuiz(quizQuestions.quizId, quizStaff(viewer));

/** A learner's attempts: the learner, admins, and the course's teacher while the learner is in the course. */
export const attemptVisible = learnerOrTeacher(
  quizAttempts.userId,
  sql`(select ${quizzes.courseId} from ${quizzes} where ${quizzes.id} = ${quizAttempts.quizId})`,
  exists(
    new QueryBuilder()
      .select({ one: sql`1` })
      .from(enrollments)
      .innerJoin(quizzes, eq(quizzes.courseId, enrollments.courseId))
      .where(and(eq(quizzes.id, quizAttempts.quizId), eq(enrollments.userId, quizAttempts.userId), ne(enrollments.status, "dropped"))),
  ),
);
