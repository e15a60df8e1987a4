import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coursePrerequisites, courseSkills, courseVersions, type courses } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import {
  aCareerPath, aCourse, aLevel, aMilestone, aModule, anEnrollment, aProvider, aSkill, aTopic,
} from "../support/builders.js";

type Who = "anonymous" | "stranger" | "otherTeacher" | "enrolled" | "dropped" | "author" | "admin";
type Status = (typeof courses.$inferSelect)["status"];

const statuses = ["draft", "active", "archived"] as const;
const everyone: Who[] = ["anonymous", "stranger", "otherTeacher", "enrolled", "dropped", "author", "admin"];
const sees: Record<Status, Who[]> = {
  draft: ["author", "admin"],
  active: everyone,
  archived: ["enrolled", "author", "admin"],
};

let app: TestApp;
const sessions: Partial<Record<Who, Session>> = {};
/** One set of rows for each status, each course with everything that hangs on it. */
const made: Partial<Record<Status, Record<"course" | "provider" | "skill" | "module" | "topic" | "version" | "milestone" | "path" | "after", string>>> = {};

beforeAll(async () => {
  app = await startTestApp();
  await aLevel(app.db, "5.0");
  sessions.stranger = await app.signedIn();
  sessions.otherTeacher = await app.signedIn("teacher");
  sessions.enrolled = await app.signedIn();
  sessions.dropped = await app.signedIn();
  sessions.author = await app.signedIn("teacher");
  sessions.admin = await app.signedIn("admin");
  for (const status of statuses) made[status] = await everythingOf(status);
});
afterAll(() => app.close());

async function everythingOf(status: Status) {
  const provider = await aProvider(app.db);
  const course = await aCourse(app.db, {
    status, providerId: provider.id, nsqfLevel: "5.0", createdById: sessions.author?.userId ?? null, title: `Hidden ${status}`,
  });
  const skill = await aSkill(app.db);
  await app.db.insert(courseSkills).values({ courseId: course.id, skillId: skill.id });
  const module = await aModule(app.db, { courseId: course.id });
  const topic = await aTopic(app.db, { moduleId: module.id });
  const [version] = await app.db.insert(courseVersions).values({ courseId: course.id, version: 1, outline: { modules: [] } }).returning();
  const path = await aCareerPath(app.db);
  const milestone = await aMilestone(app.db, { careerPathId: path.id, type: "course", courseId: course.id });
  const after = await aCourse(app.db, { title: "After" });
  await app.db.insert(coursePrerequisites).values({ courseId: after.id, prerequisiteId: course.id });
  await anEnrollment(app.db, { userId: sessions.enrolled?.userId ?? "", courseId: course.id });
  await anEnrollment(app.db, { userId: sessions.dropped?.userId ?? "", courseId: course.id, status: "dropped" });
  return {
    course: toGlobalId("Course", course.id),
    provider: toGlobalId("Provider", provider.id),
    skill: toGlobalId("Skill", skill.id),
    module: toGlobalId("Module", module.id),
    topic: toGlobalId("Topic", topic.id),
    version: toGlobalId("CourseVersion", version?.id ?? ""),
    milestone: toGlobalId("PathMilestone", milestone.id),
    path: toGlobalId("CareerPath", path.id),
    after: toGlobalId("Course", after.id),
  };
}

const document = `query ($course: ID!, $provider: ID!, $skill: ID!, $module: ID!, $topic: ID!, $version: ID!, $milestone: ID!, $path: ID!, $after: ID!, $title: String!) {
  course(id: $course) { id }
  node(id: $course) { id }
  module: node(id: $module) { ... on Module { id course { id } topics { id } } }
  topic: node(id: $topic) { ... on Topic { id module { id } } }
  version: node(id: $version) { id }
  courses(where: {search: $title}) { totalCount nodes { id } }
  provider(id: $provider) { courses { totalCount nodes { id } } }
  skill(id: $skill) { courses { totalCount nodes { id } } }
  milestone: node(id: $milestone) { ... on PathMilestone { course { id } } }
  careerPath(id: $path) { milestones { id course { id } } }
  after: course(id: $after) { prerequisites { totalCount nodes { id } } }
  nsqfLevels(where: {level: {eq: 5}}) { nodes { courses(where: {search: $title}) { totalCount } } }
}`;

const cases = statuses.flatMap((status) => everyone.map((who) => ({ status, who })));

describe.each(cases)("a course that is $status, to $who", ({ status, who }) => {
  const visible = sees[status].includes(who);
  test(visible ? "shows on every way to it" : "is missing on every way to it", async () => {
    const ids = made[status];
    const { data, errors } = await app.query<Record<string, never>>(document, { ...ids, title: `Hidden ${status}` }, sessions[who]);
    expect(errors).toBeUndefined();
    const course = visible ? { id: ids?.course } : null;
    const listed = visible ? { totalCount: 1, nodes: [course] } : { totalCount: 0, nodes: [] };
    expect(data).toEqual({
      course,
      node: course,
      module: visible ? { id: ids?.module, course, topics: [{ id: ids?.topic }] } : null,
      topic: visible ? { id: ids?.topic, module: { id: ids?.module } } : null,
      version: visible ? { id: ids?.version } : null,
      courses: listed,
      provider: { courses: listed },
      skill: { courses: listed },
      milestone: { course },
      careerPath: { milestones: [{ id: ids?.milestone, course }] },
      after: { prerequisites: listed },
      nsqfLevels: { nodes: [{ courses: { totalCount: visible ? 1 : 0 } }] },
    });
  });
});

test("everyone else's drafts stay hidden in the author's list of courses", async () => {
  const query = `query ($id: ID!) { user(id: $id) { createdCourses { totalCount nodes { status } } } }`;
  const id = toGlobalId("User", sessions.author?.userId ?? "");
  const countFor = async (who: Who) =>
    (await app.query<{ user: { createdCourses: { totalCount: number } } }>(query, { id }, sessions[who])).data.user.createdCourses.totalCount;
  expect([await countFor("author"), await countFor("admin"), await countFor("enrolled"), await countFor("stranger")]).toEqual([3, 3, 2, 1]);
});
