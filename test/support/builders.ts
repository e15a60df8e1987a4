import { randomUUID } from "node:crypto";
import type { Database } from "../../src/db/client.js";
import {
  authSessions, careerPaths, courses, enrollments, jobQueue, jobRoles, modules, nsqfLevels, pathMilestones,
  providers, quizQuestions, quizzes, skills, topics, users,
} from "../../src/db/tables/index.js";

type New<Table extends { $inferInsert: object }> = Partial<Table["$inferInsert"]>;

const unique = (): string => randomUUID().slice(0, 8);

function only<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error("The insert returned no row");
  return row;
}

/** An account with one signed-in device. */
export async function aUser(db: Database, values: New<typeof users> = {}) {
  const name = `user_${unique()}`;
  const user = only(
    await db.insert(users).values({ username: name, email: `${name}@disha.example`, fullName: "Asha Rao", ...values }).returning(),
  );
  const session = only(
    await db
      .insert(authSessions)
      .values({
        userId: user.id,
        familyId: randomUUID(),
        refreshTokenHash: randomUUID(),
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      })
      .returning(),
  );
  return { user, sessionId: session.id };
}

export const aProvider = async (db: Database, values: New<typeof providers> = {}) =>
  only(await db.insert(providers).values({ name: "Skill House", slug: `provider-${unique()}`, ...values }).returning());

export const aCourse = async (db: Database, values: New<typeof courses> = {}) =>
  only(await db.insert(courses).values({ courseId: `C-${unique()}`, title: "Solar Installation", ...values }).returning());

/** The NSQF level, made unless it is there already. */
export async function aLevel(db: Database, level: string) {
  await db.insert(nsqfLevels).values({ level, description: `Level ${level}` }).onConflictDoNothing();
  return level;
}

export const aSkill = async (db: Database, values: New<typeof skills> = {}) =>
  only(await db.insert(skills).values({ name: `Skill ${unique()}`, ...values }).returning());

type NewModule = New<typeof modules> & { courseId: string };

export const aModule = async (db: Database, values: NewModule) =>
  only(await db.insert(modules).values({ week: 1, title: "First week", ...values }).returning());

type NewTopic = New<typeof topics> & { moduleId: string };

export const aTopic = async (db: Database, values: NewTopic) =>
  only(await db.insert(topics).values({ title: "First topic", content: "Read this.", ...values }).returning());

export const aJobRole = async (db: Database, values: New<typeof jobRoles> = {}) =>
  only(await db.insert(jobRoles).values({ title: "Solar Technician", slug: `role-${unique()}`, ...values }).returning());

/** A career path to the given role, or to one of its own. */
export const aCareerPath = async (db: Database, values: New<typeof careerPaths> = {}) => {
  const jobRoleId = values.jobRoleId ?? (await aJobRole(db)).id;
  return only(await db.insert(careerPaths).values({ title: "Way to solar work", ...values, jobRoleId }).returning());
};

type NewMilestone = New<typeof pathMilestones> & { careerPathId: string };

export const aMilestone = async (db: Database, values: NewMilestone) =>
  only(await db.insert(pathMilestones).values({ sequence: 1, title: "First step", type: "onboarding", ...values }).returning());

type NewEnrollment = New<typeof enrollments> & { userId: string; courseId: string };

export const anEnrollment = async (db: Database, values: NewEnrollment) =>
  only(await db.insert(enrollments).values(values).returning());

export const aJob = async (db: Database, values: New<typeof jobQueue> = {}) =>
  only(await db.insert(jobQueue).values({ jobId: `job-${unique()}`, jobType: "report", ...values }).returning());

/** A course with a module for each number, of as many topics: `aCourseOf(db, [2, 1])`. */
export async function aCourseOf(db: Database, sizes: number[], values: New<typeof courses> = {}) {
  const course = await aCourse(db, values);
  const weeks = [];
  for (const [index, size] of sizes.entries()) {
    const module = await aModule(db, { courseId: course.id, week: index + 1, orderIndex: index, title: `Week ${index + 1}` });
    const rows = Array.from({ length: size }, (_, place) => ({ title: `Topic ${index + 1}.${place + 1}`, content: "Read this.", moduleId: module.id, orderIndex: place }));
    weeks.push({ module, topics: size === 0 ? [] : await db.insert(topics).values(rows).returning() });
  }
  return { course, weeks, topics: weeks.flatMap((week) => week.topics) };
}

type NewQuestion = New<typeof quizQuestions>;

/** A quiz with a question for each entry, numbered in order: yes or no, the right answer being A unless told. */
export async function aQuiz(db: Database, values: New<typeof quizzes> = {}, questions: NewQuestion[] = [{}]) {
  const quizType = values.quizType ?? (values.moduleId ? "module" : values.courseId ? "course" : "practice");
  const quiz = only(await db.insert(quizzes).values({ quizId: `quiz-${unique()}`, title: "What stays", ...values, quizType }).returning());
  const rows = questions.map((question, at) => ({
    quizId: quiz.id, questionNumber: at + 1, questionText: `Question ${at + 1}?`, options: { A: "Yes", B: "No" }, correctAnswer: "A", ...question,
  }));
  return { quiz, questions: rows.length === 0 ? [] : await db.insert(quizQuestions).values(rows).returning() };
}
