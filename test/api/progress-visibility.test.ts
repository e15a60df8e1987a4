import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  contentProgress, courses, enrollments, learnerCareerPaths, milestoneCompletions, progressMetrics, skillMastery,
} from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { anyCost, startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aCourseOf, aMilestone, anEnrollment, aSkill } from "../support/builders.js";
import { countStatements } from "../support/statements.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(anyCost);
});
afterAll(() => app.close());

const only = <Row>([row]: Row[]): Row => {
  if (!row) throw new Error("no row");
  return row;
};

/** A learner with a row of every kind, in a course of the teacher. */
async function world() {
  const [learner, stranger, teacher, otherTeacher, admin] = [
    await app.signedIn(), await app.signedIn(), await app.signedIn("teacher"), await app.signedIn("teacher"), await app.signedIn("admin"),
  ];
  const { userId } = learner;
  const { course, weeks, topics } = await aCourseOf(app.db, [1], { createdById: teacher.userId });
  const enrollment = await anEnrollment(app.db, { userId, courseId: course.id });
  const place = { userId, courseId: course.id, moduleId: weeks[0]?.module.id, topicId: topics[0]?.id };
  const progress = only(await app.db.insert(contentProgress).values({ ...place, status: "in_progress", progressPercent: 30 }).returning());
  const skill = await aSkill(app.db);
  const mastery = only(await app.db.insert(skillMastery).values({ userId, skillId: skill.id, level: 40 }).returning());
  const metric = only(await app.db.insert(progressMetrics).values({ userId, metricType: "accuracy", metricValue: 80, subjectArea: "Wiring" }).returning());
  const careerPath = await aCareerPath(app.db);
  const milestone = await aMilestone(app.db, { careerPathId: careerPath.id });
  const own = only(await app.db.insert(learnerCareerPaths).values({ userId, careerPathId: careerPath.id, jobRoleId: careerPath.jobRoleId }).returning());
  const completion = only(await app.db.insert(milestoneCompletions).values({ userId, pathMilestoneId: milestone.id, learnerCareerPathId: own.id }).returning());
  await app.db.update(enrollments).set({ learnerCareerPathId: own.id }).where(eq(enrollments.id, enrollment.id));
  const ids = {
    Enrollment: toGlobalId("Enrollment", enrollment.id),
    ContentProgress: toGlobalId("ContentProgress", progress.id),
    SkillMastery: toGlobalId("SkillMastery", mastery.id),
    ProgressMetric: toGlobalId("ProgressMetric", metric.id),
    LearnerCareerPath: toGlobalId("LearnerCareerPath", own.id),
    MilestoneCompletion: toGlobalId("MilestoneCompletion", completion.id),
  };
  return { learner, stranger, teacher, otherTeacher, admin, course, careerPath, enrollment, ids, skill };
}

const visibleNodes = async (ids: Record<string, string>, as?: Session): Promise<string[]> => {
  const { data } = await app.query<{ nodes: ({ __typename: string } | null)[] }>(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }`, { ids: Object.values(ids) }, as);
  return data.nodes.flatMap((node) => (node ? [node.__typename] : []));
};

describe("who sees progress", () => {
  test("by id: the learner and admins all of it, the course's teacher the enrollment and its content, others nothing", async () => {
    const { ids, learner, stranger, teacher, otherTeacher, admin, enrollment } = await world();
    expect(await visibleNodes(ids, learner)).toEqual(Object.keys(ids));
    expect(await visibleNodes(ids, admin)).toEqual(Object.keys(ids));
    expect(await visibleNodes(ids, teacher)).toEqual(["Enrollment", "ContentProgress"]);
    for (const viewer of [stranger, otherTeacher, undefined]) expect(await visibleNodes(ids, viewer)).toEqual([]);
    await app.db.update(enrollments).set({ status: "dropped" }).where(eq(enrollments.id, enrollment.id));
    expect(await visibleNodes(ids, teacher)).toEqual([]);
    expect(await visibleNodes(ids, learner)).toEqual(Object.keys(ids));
  });

  test("whoever wrote a course and is no teacher any more sees nothing of its learners", async () => {
    const { ids, stranger, course } = await world();
    await app.db.update(courses).set({ createdById: stranger.userId }).where(eq(courses.id, course.id));
    const { data } = await app.query<{ course: { enrollments: object | null } }>(
      `query ($id: ID!) { course(id: $id) { enrollments { totalCount } } }`, { id: toGlobalId("Course", course.id) }, stranger,
    );
    expect(data.course.enrollments).toBeNull();
    expect(await visibleNodes(ids, stranger)).toEqual([]);
  });

  test("through the learner: own lists are null to others, enrollments are those that the viewer may see", async () => {
    const { learner, stranger, teacher, otherTeacher, admin, ids } = await world();
    const document = `query ($id: ID!) { user(id: $id) {
      enrollments { totalCount nodes { id learnerCareerPath { id } } } careerPaths { totalCount } skillMastery { totalCount } progressMetrics { totalCount } } }`;
    const ask = async (as: Session) => (await app.query<{ user: object }>(document, { id: toGlobalId("User", learner.userId) }, as)).data.user;
    const all = { careerPaths: { totalCount: 1 }, skillMastery: { totalCount: 1 }, progressMetrics: { totalCount: 1 } };
    const none = { careerPaths: null, skillMastery: null, progressMetrics: null };
    const row = (careerPath: boolean) => ({ enrollments: { totalCount: 1, nodes: [{ id: ids.Enrollment, learnerCareerPath: careerPath ? { id: ids.LearnerCareerPath } : null }] } });
    expect(await ask(learner)).toEqual({ ...all, ...row(true) });
    expect(await ask(admin)).toEqual({ ...all, ...row(true) });
    expect(await ask(teacher)).toEqual({ ...none, ...row(false) });
    for (const viewer of [stranger, otherTeacher]) expect(await ask(viewer)).toEqual({ ...none, enrollments: { totalCount: 0, nodes: [] } });
  });

  test("through the course: its staff see the learners, everyone else only themselves", async () => {
    const { learner, stranger, teacher, otherTeacher, admin, course, ids } = await world();
    const document = `query ($id: ID!) { course(id: $id) { enrollments { nodes { id user { username email } contentProgress { nodes { id } } } }
      myEnrollment { id } myProgress { progressPercent } modules { myProgress { id } } topics { nodes { myProgress { progressPercent } } } } }`;
    const ask = async (as?: Session) => (await app.query<{ course: Record<string, unknown> }>(document, { id: toGlobalId("Course", course.id) }, as)).data.course;
    const mine = { myEnrollment: { id: ids.Enrollment }, myProgress: null, modules: [{ myProgress: null }], topics: { nodes: [{ myProgress: { progressPercent: 30 } }] } };
    const notMine = { ...mine, myEnrollment: null, topics: { nodes: [{ myProgress: null }] } };
    expect(await ask(learner)).toEqual({ ...mine, enrollments: null });
    for (const viewer of [stranger, otherTeacher, undefined]) expect(await ask(viewer)).toEqual({ ...notMine, enrollments: null });
    const seen = (email: string | null) => ({ nodes: [{ id: ids.Enrollment, user: { username: expect.any(String), email }, contentProgress: { nodes: [{ id: ids.ContentProgress }] } }] });
    expect(await ask(teacher)).toEqual({ ...notMine, enrollments: seen(null) });
    expect(await ask(admin)).toEqual({ ...notMine, enrollments: seen(expect.any(String) as string) });
  });

  test("through the career path and the skill: one's own, and for admins all learners", async () => {
    const { learner, stranger, admin, careerPath, skill, ids } = await world();
    const document = `query ($path: ID!, $skill: ID!) { careerPath(id: $path) { learners { nodes { id enrollments { nodes { id } } careerPath { title } } }
      myCareerPath { id user { id } } milestones { myCompletion { id milestone { title } learnerCareerPath { id } } } } node(id: $skill) { ... on Skill { myMastery { level skill { id } } } } }`;
    type Data = { careerPath: { learners: { nodes: object[] } | null; myCareerPath: object | null; milestones: { myCompletion: object | null }[] }; node: { myMastery: object | null } };
    const ask = async (as?: Session) => (await app.query<Data>(document, { path: toGlobalId("CareerPath", careerPath.id), skill: toGlobalId("Skill", skill.id) }, as)).data;
    const seen = { id: ids.LearnerCareerPath, enrollments: { nodes: [{ id: ids.Enrollment }] }, careerPath: { title: careerPath.title } };
    expect(await ask(learner)).toEqual({
      careerPath: {
        learners: { nodes: [seen] },
        myCareerPath: { id: ids.LearnerCareerPath, user: { id: toGlobalId("User", learner.userId) } },
        milestones: [{ myCompletion: { id: ids.MilestoneCompletion, milestone: { title: "First step" }, learnerCareerPath: { id: ids.LearnerCareerPath } } }],
      },
      node: { myMastery: { level: 40, skill: { id: toGlobalId("Skill", skill.id) } } },
    });
    const nothing = { myCareerPath: null, milestones: [{ myCompletion: null }] };
    expect(await ask(stranger)).toEqual({ careerPath: { learners: { nodes: [] }, ...nothing }, node: { myMastery: null } });
    expect(await ask(admin)).toEqual({ careerPath: { learners: { nodes: [seen] }, ...nothing }, node: { myMastery: null } });
    expect(await ask()).toEqual({ careerPath: { learners: null, ...nothing }, node: { myMastery: null } });
  });
});

describe("lists of progress", () => {
  test("filter and order", async () => {
    const { learner, skill } = await world();
    for (const [value, at] of [[10, "2026-10-01"], [20, "2026-10-02"]] as const) {
      await app.db.insert(progressMetrics).values({ userId: learner.userId, metricType: "speed", metricValue: value, recordedAt: `${at}T00:00:00Z`, timePeriod: "daily" });
    }
    const document = `query ($skill: ID!) { viewer {
      progressMetrics(where: {metricType: {eq: SPEED}, timePeriod: {eq: DAILY}, recordedAt: {range: {gte: "2026-10-01T00:00:00Z"}}}) { totalCount nodes { metricValue recordedAt } }
      some: progressMetrics(where: {subjectArea: {eq: "Wiring"}}) { nodes { metricType user { id } } }
      skillMastery(where: {skill: {eq: $skill}, level: {range: {gte: 40}}}, orderBy: {field: LEVEL, direction: ASC}) { nodes { level } }
      enrollments(where: {NOT: {status: {eq: COMPLETED}}, source: {eq: MANUAL}}, orderBy: {field: STATUS, direction: ASC}) { nodes { status } }
      careerPaths(where: {status: {oneOf: [ACTIVE, PAUSED]}}, orderBy: {field: STATUS, direction: DESC}) { nodes { status } } } }`;
    const { data, errors } = await app.query<{ viewer: object }>(document, { skill: toGlobalId("Skill", skill.id) }, learner);
    expect(errors).toBeUndefined();
    expect(data.viewer).toEqual({
      progressMetrics: { totalCount: 2, nodes: [{ metricValue: 20, recordedAt: "2026-10-02T00:00:00Z" }, { metricValue: 10, recordedAt: "2026-10-01T00:00:00Z" }] },
      some: { nodes: [{ metricType: "ACCURACY", user: { id: toGlobalId("User", learner.userId) } }] },
      skillMastery: { nodes: [{ level: 40 }] },
      enrollments: { nodes: [{ status: "ENROLLED" }] },
      careerPaths: { nodes: [{ status: "ACTIVE" }] },
    });
  });

  test("take a constant number of statements for 1, 10 and 100 rows", async () => {
    const documents = {
      enrollments: `{ viewer { enrollments(first: 100) { totalCount nodes { user { id } course { title } learnerCareerPath { id } progressSummary { liveTopics }
        contentProgress(first: 2) { totalCount nodes { topic { title } module { title } course { title } user { id } } } } } } }`,
      whyIncomplete: `{ viewer { enrollments(first: 70) { nodes { whyIncomplete { module { title } topics { title } } } } } }`,
      careerPaths: `{ viewer { careerPaths(first: 100) { totalCount nodes { user { id } careerPath { title } jobRole { title } enrollments(first: 1) { nodes { id } }
        milestones { milestone { title } learnerCareerPath { id } } } } } }`,
      measures: `{ viewer { skillMastery(first: 100) { totalCount nodes { skill { name myMastery { level } } user { id } } } progressMetrics(first: 100) { totalCount nodes { metricValue user { id } } } } }`,
      courses: `{ courses(first: 100, where: {search: "Counted"}) { nodes { myEnrollment { status } myProgress { progressPercent } enrollments(first: 1) { totalCount nodes { id } }
        modules { myProgress { progressPercent } } topics(first: 2) { nodes { myProgress { status } } } } } }`,
      paths: `{ careerPaths(first: 100, where: {search: "Counted"}) { nodes { learners(first: 1) { totalCount nodes { id } } myCareerPath { status } milestones { myCompletion { status } } } } }`,
    };
    const counts = new Map<string, number[]>();
    const admin = await app.signedIn("admin");
    let made = 0;
    // The first time a document comes it takes a longer way.
    for (const document of Object.values(documents)) await app.query(document, {}, admin);
    for (const size of [1, 10, 100]) {
      for (; made < size; made += 1) await countedRows(admin.userId);
      for (const [name, document] of Object.entries(documents)) {
        const { result, statements } = await countStatements(app.engine, () => app.query(document, {}, admin));
        expect(result.errors).toBeUndefined();
        counts.set(name, [...(counts.get(name) ?? []), statements.length]);
      }
    }
    for (const [name, [one, ten, hundred]] of counts) expect([ten, hundred], `${name}: ${one}`).toEqual([one, one]);
  });

  async function countedRows(userId: string): Promise<void> {
    const { course, weeks, topics } = await aCourseOf(app.db, [1, 1], { title: "Counted course" });
    const careerPath = await aCareerPath(app.db, { title: "Counted path" });
    const milestone = await aMilestone(app.db, { careerPathId: careerPath.id });
    const own = only(await app.db.insert(learnerCareerPaths).values({ userId, careerPathId: careerPath.id, jobRoleId: careerPath.jobRoleId }).returning());
    await app.db.insert(milestoneCompletions).values({ userId, pathMilestoneId: milestone.id, learnerCareerPathId: own.id });
    await anEnrollment(app.db, { userId, courseId: course.id, learnerCareerPathId: own.id });
    await app.db.insert(contentProgress).values([{ userId, courseId: course.id }, { userId, courseId: course.id, moduleId: weeks[0]?.module.id, topicId: topics[0]?.id }]);
    await app.db.insert(skillMastery).values({ userId, skillId: (await aSkill(app.db)).id, level: 10 });
    await app.db.insert(progressMetrics).values({ userId, metricType: "accuracy", metricValue: 1 });
  }

  test("page through enrollments without gaps", async () => {
    const learner = await app.signedIn();
    for (let index = 0; index < 7; index += 1) {
      await anEnrollment(app.db, { userId: learner.userId, courseId: (await aCourse(app.db)).id, enrolledAt: "2026-11-01T00:00:00Z" });
    }
    interface Data {
      viewer: { enrollments: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    }
    const document = `query ($after: String) { viewer { enrollments(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const answer: { data: Data } = await app.query<Data>(document, { after }, learner);
      const { nodes, pageInfo } = answer.data.viewer.enrollments;
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});
