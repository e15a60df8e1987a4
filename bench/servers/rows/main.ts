import { serve, type Asked } from "../http.js";
import { batched, iso, reads, rows, type Row } from "./reads.js";
import * as text from "./statements.js";

/**
 * The second limit: bare node:http, plain rows of prepared statements, batches across all requests under way,
 * JSON.stringify. About the fastest that Node itself can do where the database does not build the answer.
 */
const load = {
  course: batched(reads.course),
  provider: batched(reads.provider),
  skills: batched(reads.skills),
  user: batched(reads.user),
  profile: batched(reads.profile),
  streak: batched(reads.streak),
  points: batched(reads.points),
  enrollments: batched(reads.enrollments),
  paths: batched(reads.paths),
  careerPath: batched(reads.careerPath),
  milestones: batched(reads.milestones),
  completions: batched(reads.completions),
  progress: batched(reads.progress),
};

const nodes = (items: unknown[]) => ({ nodes: items });
const courseTitle = async (id: unknown) => {
  const course = await load.course(String(id));
  return course ? { title: course["title"] } : null;
};

async function providerOf(course: Row, fields: readonly string[]) {
  const provider = await load.provider(String(course["providerId"]));
  return provider ? Object.fromEntries(fields.map((field) => [field, provider[field]])) : null;
}

const skillsOf = async (courseId: string, fields: readonly string[], primary: boolean) =>
  ((await load.skills(courseId)) ?? []).map((row) => ({
    ...(primary && { isPrimary: row["isPrimary"] }),
    skill: Object.fromEntries(fields.map((field) => [field, row[field]])),
  }));

const answers: Record<string, (variables: Record<string, unknown>, userId: string) => Promise<object>> = {
  async Q1({ id }) {
    const course = await load.course(String(id));
    if (!course) return { course: null };
    const { title, description, credits } = course;
    const [provider, skills] = await Promise.all([
      providerOf(course, ["id", "name", "region"]),
      skillsOf(String(id), ["id", "name", "category"], true),
    ]);
    return { course: { id, title, description, credits, provider, skills } };
  },
  async Q2({ level, order, first }) {
    const orders = ["TITLE ASC", "TITLE DESC", "CREATED_AT ASC", "CREATED_AT DESC"];
    const page = await rows(text.coursesOfLevel[orders[Number(order)] ?? ""] ?? "", [level, first]);
    const courses = page.map(async (course) => {
      const [provider, skills] = await Promise.all([providerOf(course, ["id", "name"]), skillsOf(course.key, ["id", "name"], true)]);
      return { id: course.key, title: course["title"], credits: course["credits"], provider, skills };
    });
    return { courses: nodes(await Promise.all(courses)) };
  },
  async Q3(_variables, userId) {
    const [user, enrollments, paths] = await Promise.all([load.user(userId), load.enrollments(userId), load.paths(userId)]);
    const taken = (enrollments ?? []).map(async ({ status, progressPercent, courseId }) => {
      const course = await load.course(String(courseId));
      if (!course) return { status, progressPercent, course: null };
      const [provider, skills] = await Promise.all([providerOf(course, ["name"]), skillsOf(course.key, ["name"], false)]);
      return { status, progressPercent, course: { title: course["title"], provider, skills } };
    });
    const followed = (paths ?? []).map(async ({ status, careerPathId }) => {
      const [path, milestones] = await Promise.all([load.careerPath(String(careerPathId)), load.milestones(String(careerPathId))]);
      const steps = (milestones ?? []).map(async ({ sequence, title, courseId }) => ({ sequence, title, course: await courseTitle(courseId) }));
      return { status, careerPath: { title: path?.["title"], jobRole: { title: path?.["roleTitle"] }, milestones: await Promise.all(steps) } };
    });
    return { viewer: { fullName: user?.["fullName"], enrollments: nodes(await Promise.all(taken)), careerPaths: nodes(await Promise.all(followed)) } };
  },
  async Q4(variables) {
    const pages = Object.entries(variables).map(async ([name, level]) => {
      const page = await rows(text.coursesOfLevel["CREATED_AT DESC"] ?? "", [level, 100]);
      const courses = page.map(({ id, courseId, title, language, region, credits, notionalHours, createdAt }) => ({
        id, courseId, title, language, region, credits, notionalHours, createdAt: iso(createdAt),
      }));
      return [name, nodes(courses)] as const;
    });
    return Object.fromEntries(await Promise.all(pages));
  },
  async Q5({ language, region, direction }) {
    const [page, [counted]] = await Promise.all([
      rows(text.coursesOfRegion[`TITLE ${String(direction)}`] ?? "", [language, region, 21]),
      rows(text.countOfRegion, [language, region]),
    ]);
    const courses = page.slice(0, 20).map(async (course) => ({
      id: course.key, title: course["title"], language: course["language"], provider: await providerOf(course, ["name"]),
    }));
    return { courses: { totalCount: counted?.["count"], pageInfo: { hasNextPage: page.length > 20 }, nodes: await Promise.all(courses) } };
  },
  async Q7(_variables, userId) {
    const [user, profile, streak, points, enrollments, paths] = await Promise.all([
      load.user(userId), load.profile(userId), load.streak(userId), load.points(userId), load.enrollments(userId), load.paths(userId),
    ]);
    const taken = (enrollments ?? []).map(async ({ status, progressPercent, courseId }) => {
      const [course, progress] = await Promise.all([load.course(String(courseId)), load.progress(`${userId} ${String(courseId)}`)]);
      const myProgress = progress ? { status: progress["status"], progressPercent: progress["progressPercent"] } : null;
      return { status, progressPercent, course: course ? { title: course["title"], credits: course["credits"], myProgress } : null };
    });
    const followed = (paths ?? []).map(async ({ id, status, matchScore, careerPathId }) => {
      const [path, completions] = await Promise.all([load.careerPath(String(careerPathId)), load.completions(String(id))]);
      const steps = (completions ?? []).map(async ({ status: reached, progressPercent, sequence, title, type, courseId }) => ({
        status: reached, progressPercent, milestone: { sequence, title, type, course: await courseTitle(courseId) },
      }));
      return { status, matchScore, careerPath: { title: path?.["title"] }, milestones: await Promise.all(steps) };
    });
    const viewer = {
      fullName: user?.["fullName"], username: user?.["username"],
      profile: profile && { headline: profile["headline"], city: profile["city"], educationLevel: profile["educationLevel"] },
      streak: streak && { currentStreak: streak["currentStreak"], longestStreak: streak["longestStreak"], lastActivityDate: streak["lastActivityDate"] },
      points: points && { xpPoints: points["xpPoints"], level: points["level"] },
      enrollments: nodes(await Promise.all(taken)),
      careerPaths: nodes(await Promise.all(followed)),
    };
    return { viewer };
  },
  async Q8({ level, language, first }) {
    const page = await rows(text.coursesOfLevelAndLanguage["CREATED_AT DESC"] ?? "", [level, language, first]);
    const courses = page.map(({ id, courseId, title, description, language: spoken, region, credits, notionalHours, status, createdAt }) => ({
      id, courseId, title, description, language: spoken, region, credits, notionalHours, status, createdAt: iso(createdAt),
    }));
    return { courses: nodes(courses) };
  },
};

serve(async ({ operationName, variables, userId }: Asked) => {
  if (!operationName) return "{}";
  const answer = answers[operationName];
  if (!answer) throw new Error(`${operationName} is not written`);
  return JSON.stringify(await answer(variables, userId ?? ""));
});
