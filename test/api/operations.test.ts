import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anonymous } from "../../src/auth/viewer.js";
import { coursePrerequisites, courseSkills, jobRoleSkills, pathMilestoneSkills, skillAliases, streakMilestones } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { reward } from "../../src/services/points.js";
import { readOperations, renderOperations } from "../contract/operations.js";
import * as operations from "../generated/graphql.js";
import { startTestApp, type Answer, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aCourseOf, aJobRole, aLevel, aMilestone, aProvider, aSkill } from "../support/builders.js";
import { createClient, type Client } from "../support/client.js";
import { aDocument, aStoredFile, plainWriter } from "../support/generation.js";
import { countStatements } from "../support/statements.js";
import { aPdf, put, sha256, staged, stored } from "../support/uploads.js";
import { StoredLearner } from "../services/streaks/service-learner.js";

let app: TestApp;
let client: Client;
let world: Awaited<ReturnType<typeof build>>;
/** A new learner for each test. */
let asha: Session;

beforeAll(async () => {
  app = await startTestApp({}, { generation: { extract: async () => aDocument(), createWriter: () => plainWriter() } });
  client = createClient(app.url);
  world = await build();
});
beforeEach(async () => {
  asha = await app.signedIn();
});
afterAll(() => app.close());

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const id = (type: string, { id: key }: { id: string }) => toGlobalId(type, key);

/** A course of three topics after an introduction, the role that it leads to, and the path between. */
async function build() {
  const { db } = app;
  const provider = await aProvider(db, { name: "Sun School", websiteUrl: "https://sun.example" });
  const nsqfLevel = await aLevel(db, "4.5");
  const { course, topics } = await aCourseOf(db, [2, 1], { title: "Rooftop Solar", providerId: provider.id, nsqfLevel, credits: "12.5", notionalHours: 375 });
  const introduction = await aCourse(db, { title: "Sun and Shade" });
  await db.insert(coursePrerequisites).values({ courseId: course.id, prerequisiteId: introduction.id });
  const skill = await aSkill(db, { name: "Wiring", category: "technical" });
  await db.insert(skillAliases).values({ skillId: skill.id, alias: "Cabling" });
  await db.insert(courseSkills).values({ courseId: course.id, skillId: skill.id, isPrimary: true });
  const jobRole = await aJobRole(db, { title: "Solar Fitter", typicalSalaryRange: "₹2–3 lakh a year", demandLevel: "high" });
  await db.insert(jobRoleSkills).values({ jobRoleId: jobRole.id, skillId: skill.id, requiredLevel: "60" });
  const path = await aCareerPath(db, { title: "To the roofs", jobRoleId: jobRole.id, durationMonthsMin: 6, durationMonthsMax: 9 });
  await aMilestone(db, { careerPathId: path.id, title: "Look around" });
  const learn = await aMilestone(db, { careerPathId: path.id, sequence: 2, title: "Learn", type: "course", courseId: course.id });
  await db.insert(pathMilestoneSkills).values({ pathMilestoneId: learn.id, skillId: skill.id });
  await db.insert(streakMilestones).values({ days: 3, title: "Three in a row", pointsReward: 5 });
  return { course, introduction, topics, skill, jobRole, path };
}

/** Sends an operation that must succeed, at a cost that a client can afford 25 times a minute. */
async function send<Data, Variables extends Record<string, unknown>>(document: operations.TypedDocumentString<Data, Variables>, variables: Variables, as?: Session): Promise<Data> {
  const answer: Answer<Data> = await client.execute(document, variables, as);
  expect(answer.errors).toBeUndefined();
  expect((answer.extensions as { cost: { requested: number } }).cost.requested).toBeLessThanOrEqual(2_000);
  return answer.data;
}

/** The value of an answer that must be there. */
function there<Value>(value: Value | null | undefined): Value {
  if (value == null) throw new Error("The answer lacks what the test goes on with");
  return value;
}

const tokenOf = (payload: { accessToken: string | null } | null): Session => ({ userId: "", token: there(payload?.accessToken) });

/** Into the course, past its prerequisite. */
async function enrol(as: Session) {
  const first = await send(operations.EnrollInCourseDocument, { input: { courseId: id("Course", world.introduction) } }, as);
  const enrollmentId = first.enrollInCourse?.enrollment?.id;
  await app.query("mutation ($input: CompleteEnrollmentInput!) { completeEnrollment(input: $input) { errors { code } } }", { input: { enrollmentId } }, as);
  return send(operations.EnrollInCourseDocument, { input: { courseId: id("Course", world.course) } }, as);
}

const completeTopic = (index: number, as: Session) =>
  send(operations.RecordTopicProgressDocument, { input: { topicId: id("Topic", there(world.topics[index])), status: "COMPLETED" } }, as);

const setOut = (as: Session) => send(operations.StartCareerPathDocument, { input: { careerPathId: id("CareerPath", world.path) } }, as);

const cardReviewed = () => ({ clientEventId: randomUUID(), kind: "CARD_REVIEWED" as const, occurredAt: new Date().toISOString() });

/** A test of one file of `operations/`; the last test looks that none was forgotten. */
const operation = (name: string, what: string, run: () => Promise<void>): void => test(`${name} ${what}`, run);

describe("accounts", () => {
  const password = "monsoon-over-konkan";
  const account = () => ({ email: `${randomUUID()}@disha.example`, password, fullName: "Leela Das" });

  operation("SignUp", "makes an account and signs it in", async () => {
    const { signUp } = await send(operations.SignUpDocument, { input: account() });
    expect(signUp).toMatchObject({ user: { fullName: "Leela Das" }, errors: [] });
    const viewer = await send(operations.DashboardDocument, {}, tokenOf(signUp));
    expect(viewer.viewer?.id).toBe(signUp?.user?.id);
  });

  operation("SignIn", "answers with tokens, or with an error that does not tell what was wrong", async () => {
    const { signUp } = await send(operations.SignUpDocument, { input: account() });
    const login = there(signUp?.user).username;
    const { signIn } = await send(operations.SignInDocument, { input: { login, password } });
    expect(signIn).toMatchObject({ user: { username: login, role: "STUDENT" }, errors: [] });
    const wrong = await send(operations.SignInDocument, { input: { login, password: "something else" } });
    expect(wrong.signIn).toMatchObject({ accessToken: null, user: null, errors: [{ code: "INVALID_CREDENTIALS" }] });
  });

  operation("RefreshSession", "trades a refresh token once", async () => {
    const { signUp } = await send(operations.SignUpDocument, { input: account() });
    const input = { refreshToken: there(signUp?.refreshToken) };
    const { refreshSession } = await send(operations.RefreshSessionDocument, { input });
    expect(refreshSession?.refreshToken).not.toBe(input.refreshToken);
    expect(refreshSession).toMatchObject({ accessToken: expect.any(String), errors: [] });
    const again = await send(operations.RefreshSessionDocument, { input });
    expect(again.refreshSession).toMatchObject({ accessToken: null, errors: [{ code: "INVALID_CREDENTIALS" }] });
  });

  operation("SignOut", "ends this device's session, so that its refresh token is worth nothing", async () => {
    const { signUp } = await send(operations.SignUpDocument, { input: account() });
    const { signOut } = await send(operations.SignOutDocument, { input: {} }, tokenOf(signUp));
    expect(signOut?.errors).toEqual([]);
    const { refreshSession } = await send(operations.RefreshSessionDocument, { input: { refreshToken: there(signUp?.refreshToken) } });
    expect(refreshSession?.errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
  });

  operation("CompleteOnboarding", "writes the profile and says which skills it does not know", async () => {
    const input = { fullName: "Leela Das", contact: "98765 43210", education: "CLASS_12" as const, skills: ["cabling", "Kite making"] };
    const { completeOnboarding } = await send(operations.CompleteOnboardingDocument, { input }, asha);
    expect(completeOnboarding).toMatchObject({ unmatchedSkills: ["Kite making"], errors: [], profile: { educationLevel: "CLASS_12" } });
    expect(completeOnboarding?.profile?.skills?.map(({ skill }) => skill?.name)).toContain("Wiring");
  });
});

describe("the catalogue", () => {
  operation("BrowseCourses", "finds courses page by page, also for anonymous callers", async () => {
    const where = { search: "rooftop solr", nsqfLevel: { range: { gte: 4 } } };
    const { courses } = await send(operations.BrowseCoursesDocument, { where, orderBy: { field: "TITLE", direction: "ASC" } });
    expect(courses).toMatchObject({ totalCount: 1, nodes: [{ title: "Rooftop Solar", nsqfLevel: { level: 4.5 }, provider: { name: "Sun School" } }] });
    const first = await send(operations.BrowseCoursesDocument, { first: 1 });
    const second = await send(operations.BrowseCoursesDocument, { first: 1, after: first.courses.pageInfo.endCursor });
    expect(first.courses.pageInfo.hasNextPage).toBe(true);
    expect(second.courses.nodes[0]?.id).not.toBe(first.courses.nodes[0]?.id);
  });

  operation("CoursePage", "shows the outline, and to whom it concerns why the course is not done", async () => {
    await enrol(asha);
    const { course } = await send(operations.CoursePageDocument, { id: id("Course", world.course) }, asha);
    expect(course).toMatchObject({
      title: "Rooftop Solar", credits: 12.5, notionalHours: 375, provider: { websiteUrl: "https://sun.example" },
      skills: [{ isPrimary: true, skill: { name: "Wiring" } }],
      prerequisites: { nodes: [{ title: "Sun and Shade" }] },
      modules: [{ title: "Week 1", topics: [{ title: "Topic 1.1" }, { title: "Topic 1.2" }] }, { topics: [{ title: "Topic 2.1" }] }],
      myEnrollment: { status: "ENROLLED", progressPercent: 0 },
    });
    expect(course?.myEnrollment?.whyIncomplete).not.toHaveLength(0);
    const stranger = await send(operations.CoursePageDocument, { id: id("Course", world.course) });
    expect(stranger.course?.myEnrollment).toBeNull();
  });

  operation("SkillPage", "leads to courses, roles and the viewer's own mastery", async () => {
    const { skill } = await send(operations.SkillPageDocument, { id: id("Skill", world.skill) }, asha);
    expect(skill).toMatchObject({
      name: "Wiring", category: "TECHNICAL", aliases: ["Cabling"], myMastery: null,
      courses: { nodes: [{ title: "Rooftop Solar" }] }, jobRoles: { nodes: [{ title: "Solar Fitter", demandLevel: "HIGH" }] },
    });
  });

  operation("ReadTopic", "shows the page to whom is enrolled, and only its title to others", async () => {
    const variables = { id: id("Topic", there(world.topics[0])) };
    expect((await send(operations.ReadTopicDocument, variables, asha)).node).toMatchObject({ title: "Topic 1.1", content: null });
    await enrol(asha);
    const { node } = await send(operations.ReadTopicDocument, variables, asha);
    expect(node).toMatchObject({ content: "Read this.", module: { title: "Week 1", course: { title: "Rooftop Solar" } } });
  });

  operation("ExploreCareers", "shows roles with what they ask for and where they begin", async () => {
    const { jobRoles } = await send(operations.ExploreCareersDocument, { where: { search: "solar fitter" } });
    expect(jobRoles.nodes[0]).toMatchObject({
      title: "Solar Fitter", demandLevel: "HIGH", skills: [{ requiredLevel: 60, skill: { name: "Wiring" } }],
      careerPaths: { nodes: [{ title: "To the roofs", durationMonthsMin: 6, durationMonthsMax: 9 }] },
    });
  });

  operation("CareerPathPage", "shows all steps, and the viewer's own place on them", async () => {
    await setOut(asha);
    const { careerPath } = await send(operations.CareerPathPageDocument, { id: id("CareerPath", world.path) }, asha);
    expect(careerPath).toMatchObject({
      title: "To the roofs", jobRole: { title: "Solar Fitter" },
      milestones: [
        { sequence: 1, title: "Look around", course: null, myCompletion: { status: "IN_PROGRESS" } },
        { sequence: 2, type: "COURSE", course: { title: "Rooftop Solar" }, skills: [{ name: "Wiring" }], myCompletion: { status: "UPCOMING" } },
      ],
    });
  });
});

describe("learning", () => {
  operation("EnrollInCourse", "enrols once under one key", async () => {
    const input = { courseId: id("Course", world.introduction), idempotencyKey: randomUUID() };
    const first = await send(operations.EnrollInCourseDocument, { input }, asha);
    expect(first.enrollInCourse).toMatchObject({ enrollment: { status: "ENROLLED", course: { title: "Sun and Shade" } }, errors: [] });
    expect(await send(operations.EnrollInCourseDocument, { input }, asha)).toEqual(first);
  });

  operation("RecordTopicProgress", "moves the topic and all above it", async () => {
    await enrol(asha);
    const { recordTopicProgress } = await completeTopic(0, asha);
    expect(recordTopicProgress).toMatchObject({
      contentProgress: { status: "COMPLETED", progressPercent: 100 }, enrollment: { status: "IN_PROGRESS", progressPercent: 33 }, errors: [],
    });
  });

  operation("StartCareerPath", "sets out with the first step under way", async () => {
    const { startCareerPath } = await setOut(asha);
    expect(startCareerPath).toMatchObject({
      learnerCareerPath: { status: "ACTIVE", milestones: [{ status: "IN_PROGRESS", milestone: { title: "Look around" } }, { status: "UPCOMING" }] },
      errors: [],
    });
  });

  operation("CompleteMilestone", "reaches a step that no course stands for", async () => {
    await setOut(asha);
    const { viewer } = await send(operations.DashboardDocument, {}, asha);
    const [step] = viewer?.careerPaths?.nodes[0]?.milestones ?? [];
    const input = { milestoneCompletionId: there(step).id };
    const { completeMilestone } = await send(operations.CompleteMilestoneDocument, { input }, asha);
    expect(completeMilestone).toMatchObject({ milestoneCompletion: { status: "COMPLETED" }, learnerCareerPath: { status: "ACTIVE" }, errors: [] });
  });

  operation("Dashboard", "shows path, courses, points and streak of whoever is signed in, and null to others", async () => {
    await setOut(asha);
    await enrol(asha);
    await completeTopic(0, asha);
    const { viewer } = await send(operations.DashboardDocument, {}, asha);
    expect(viewer).toMatchObject({
      fullName: "Asha Rao", streak: { currentStreak: 1, status: "SAFE" }, points: { level: 2 },
      careerPaths: {
        nodes: [{
          careerPath: { title: "To the roofs", jobRole: { typicalSalaryRange: "₹2–3 lakh a year" } },
          milestones: [{}, { milestone: { course: { provider: { name: "Sun School" }, skills: [{ skill: { name: "Wiring" } }], myProgress: { progressPercent: 33 } } } }],
        }],
      },
      enrollments: { totalCount: 2 },
    });
    expect(await send(operations.DashboardDocument, {})).toEqual({ viewer: null });
  });

  test("the README's first query takes the one statement that docs/architecture.md tells of", async () => {
    await setOut(asha);
    const [, query = ""] = /```graphql\n(.*?)```/s.exec(read("README.md")) ?? [];
    const { result, statements } = await countStatements(app.engine, () => app.query(query, {}, asha));
    expect(result).toMatchObject({ data: { viewer: { careerPaths: { nodes: [{ milestones: [{}, { milestone: { course: { title: "Rooftop Solar" } } }] }] } } } });
    expect(statements).toHaveLength(1);
  });
});

describe("the streak", () => {
  operation("RecordActivity", "counts an event once, however often it is sent", async () => {
    const input = cardReviewed();
    const first = await send(operations.RecordActivityDocument, { input }, asha);
    expect(first.recordActivity).toMatchObject({ streak: { currentStreak: 1, status: "SAFE" }, errors: [] });
    expect(await send(operations.RecordActivityDocument, { input }, asha)).toEqual(first);
  });

  operation("MyStreak", "shows its days and what comes next", async () => {
    await send(operations.RecordActivityDocument, { input: cardReviewed() }, asha);
    const { viewer } = await send(operations.MyStreakDocument, {}, asha);
    expect(viewer?.streak).toMatchObject({
      currentStreak: 1, longestStreak: 1, status: "SAFE", freezesAvailable: 0, repairableUntil: null,
      activities: { nodes: [{ kind: "ACTIVE", activityCount: 1 }] },
    });
    expect(viewer?.streak?.nextMilestone.days).toBeGreaterThan(1);
  });

  operation("BuyStreakFreeze", "costs points, and takes none from whoever has too few", async () => {
    const poor = await send(operations.BuyStreakFreezeDocument, { input: {} }, asha);
    expect(poor.buyStreakFreeze).toMatchObject({ streak: null, errors: [{ code: "INSUFFICIENT_POINTS" }] });
    await inTransaction(app.db, anonymous(), (work) => reward(work, asha.userId, "badge", 250, { key: "gift" }));
    const rich = await send(operations.BuyStreakFreezeDocument, { input: {} }, asha);
    expect(rich.buyStreakFreeze).toMatchObject({ streak: { freezesAvailable: 1 }, errors: [] });
  });
});

describe("administration", () => {
  operation("SetJobRoleSkills", "is for admins, and for one of two who read the role before", async () => {
    const admin = await app.signedIn("admin");
    const role = await aJobRole(app.db);
    const node = await app.query<{ node: { updatedAt: string } }>("query ($id: ID!) { node(id: $id) { ... on JobRole { updatedAt } } }", { id: id("JobRole", role) });
    const skills = [{ skillId: id("Skill", world.skill), requiredLevel: 65, weight: 2 }];
    const input = { jobRoleId: id("JobRole", role), expectedUpdatedAt: node.data.node.updatedAt, skills };
    const refused = await client.execute(operations.SetJobRoleSkillsDocument, { input }, asha);
    expect(refused.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const { setJobRoleSkills } = await send(operations.SetJobRoleSkillsDocument, { input }, admin);
    expect(setJobRoleSkills).toMatchObject({ jobRole: { skills: [{ requiredLevel: 65, weight: 2, skill: { name: "Wiring" } }] }, errors: [] });
    const late = await send(operations.SetJobRoleSkillsDocument, { input: { ...input, skills: [] } }, admin);
    expect(late.setJobRoleSkills).toMatchObject({ jobRole: null, errors: [{ code: "CONFLICT", path: ["input", "expectedUpdatedAt"] }] });
  });
});

describe("live", () => {
  operation("WatchStreak", "shows the streak, then its change with the milestone that was reached", async () => {
    const learner = StoredLearner.of(app.db, asha.userId);
    for (const days of [2, 1]) await learner.activeAt(new Date(Date.now() - days * 86_400_000).toISOString());
    const watch = client.watch(operations.WatchStreakDocument, {}, asha);
    expect((await watch.next()).streakUpdated).toMatchObject({ kind: "SNAPSHOT", streak: { currentStreak: 2 } });
    await send(operations.RecordActivityDocument, { input: cardReviewed() }, asha);
    const { streakUpdated } = await watch.next();
    expect(streakUpdated).toMatchObject({ kind: "CHANGE", streak: { currentStreak: 3 }, milestonesReached: [{ milestone: { title: "Three in a row" } }] });
    await watch.close();
    const resumed = client.watch(operations.WatchStreakDocument, { after: streakUpdated.seq - 1 }, asha);
    expect((await resumed.next()).streakUpdated).toMatchObject({ kind: "CHANGE", seq: streakUpdated.seq });
    await resumed.close();
  });

  operation("WatchEnrollments", "shows every enrollment, then the one that changed", async () => {
    await enrol(asha);
    const watch = client.watch(operations.WatchEnrollmentsDocument, {}, asha);
    const { enrollmentUpdated } = await watch.next();
    expect([enrollmentUpdated.kind, enrollmentUpdated.enrollments.length]).toEqual(["SNAPSHOT", 2]);
    await completeTopic(0, asha);
    expect((await watch.next()).enrollmentUpdated).toMatchObject({ kind: "CHANGE", enrollments: [{ status: "IN_PROGRESS", progressPercent: 33 }] });
    await watch.close();
  });

  operation("StartRollup", "is for admins", async () => {
    const refused = await client.execute(operations.StartRollupDocument, { input: {} }, asha);
    expect(refused.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const { startRollup } = await send(operations.StartRollupDocument, { input: {} }, await app.signedIn("admin"));
    expect(startRollup).toMatchObject({ job: { status: "PENDING", progress: 0 }, errors: [] });
  });

  operation("WatchJob", "follows a job to its end", async () => {
    const admin = await app.signedIn("admin");
    const { startRollup } = await send(operations.StartRollupDocument, { input: {} }, admin);
    const watch = client.watch(operations.WatchJobDocument, { id: there(startRollup?.job).id }, admin);
    const seen: operations.WatchJobSubscription["jobUpdated"][] = [];
    while (seen.at(-1)?.job?.status !== "COMPLETED") seen.push((await watch.next()).jobUpdated);
    expect(seen[0]?.kind).toBe("SNAPSHOT");
    expect(seen.at(-1)?.job).toMatchObject({ progress: 100, error: null });
    await watch.close();
  });

  const pdf = aPdf();
  const announced = { name: pdf.name, size: pdf.content.length, sha256: sha256(pdf.content) };

  operation("StageUpload", "says where the content of a document goes", async () => {
    const teacher = await app.signedIn("teacher");
    const { uploadStage } = await send(operations.StageUploadDocument, { input: announced }, teacher);
    expect(uploadStage).toMatchObject({ sourceFile: { filename: "lesson.pdf", status: "STAGED" }, duplicate: false, errors: [] });
    expect((await put(there(uploadStage?.uploadUrl), pdf.content)).status).toBe(204);
  });

  operation("CompleteUpload", "keeps what was sent, and a duplicate needs no more", async () => {
    const teacher = await app.signedIn("teacher");
    const { uploadStage } = await send(operations.StageUploadDocument, { input: announced }, teacher);
    await put(there(uploadStage?.uploadUrl), pdf.content);
    const { id: key } = there(uploadStage?.sourceFile);
    const { uploadComplete } = await send(operations.CompleteUploadDocument, { input: { id: key } }, teacher);
    expect(uploadComplete).toMatchObject({ sourceFile: { id: key, fileType: "PDF", fileSizeBytes: pdf.content.length, status: "STORED" }, errors: [] });
    const again = await send(operations.StageUploadDocument, { input: announced }, teacher);
    expect(again.uploadStage).toMatchObject({ sourceFile: { id: key }, uploadUrl: null, duplicate: true });
  });

  operation("MyUploads", "lists the stored documents of a teacher", async () => {
    const teacher = await app.signedIn("teacher");
    const { id: key } = await stored(app, pdf, teacher);
    await staged(app, aPdf("waiting"), teacher);
    const { viewer } = await send(operations.MyUploadsDocument, {}, teacher);
    expect(viewer?.sourceFiles?.nodes).toMatchObject([{ id: key, job: null, course: null }]);
  });

  operation("GenerateCourse", "starts a course from a teacher's documents", async () => {
    const teacher = await app.signedIn("teacher");
    const file = await aStoredFile({ db: app.db, storage: app.services.storage }, { uploadedById: teacher.userId });
    const { generateCourse } = await send(operations.GenerateCourseDocument, { input: { fileIds: [file.global], weeks: 2 } }, teacher);
    expect(generateCourse).toMatchObject({ job: { status: "PENDING", progress: 0 }, errors: [] });
  });

  operation("WatchGeneration", "follows a generation to its course", async () => {
    const teacher = await app.signedIn("teacher");
    const file = await aStoredFile({ db: app.db, storage: app.services.storage }, { uploadedById: teacher.userId });
    const { generateCourse } = await send(operations.GenerateCourseDocument, { input: { fileIds: [file.global] } }, teacher);
    const watch = client.watch(operations.WatchGenerationDocument, { id: there(generateCourse?.job).id }, teacher);
    const seen: operations.WatchGenerationSubscription["jobUpdated"][] = [];
    while (seen.at(-1)?.job?.status !== "COMPLETED") seen.push((await watch.next()).jobUpdated);
    expect(seen.at(-1)?.job).toMatchObject({ progress: 100, error: null, errorCode: null, course: { title: "Solar power", status: "DRAFT" } });
    await watch.close();
  });

  operation("WatchMyJobs", "shows a job as soon as it is asked for", async () => {
    const admin = await app.signedIn("admin");
    const watch = client.watch(operations.WatchMyJobsDocument, {}, admin);
    expect((await watch.next()).myJobs).toMatchObject({ kind: "SNAPSHOT", jobs: [] });
    const { startRollup } = await send(operations.StartRollupDocument, { input: {} }, admin);
    expect((await watch.next()).myJobs).toMatchObject({ kind: "CHANGE", jobs: [{ id: startRollup?.job?.id, jobType: "ROLLUP" }] });
    await watch.close();
  });

  operation("MyJobs", "lists the viewer's own jobs, the newest first", async () => {
    const admin = await app.signedIn("admin");
    const ids: (string | undefined)[] = [];
    for (const _ of [1, 2]) ids.unshift((await send(operations.StartRollupDocument, { input: {} }, admin)).startRollup?.job?.id);
    const { jobs } = await send(operations.MyJobsDocument, { first: 2 }, admin);
    expect(jobs?.nodes.map(({ id: key }) => key)).toEqual(ids);
    expect((await send(operations.MyJobsDocument, {}, asha)).jobs?.nodes).toEqual([]);
  });
});

describe("authoring", () => {
  const draft = async () => {
    const teacher = await app.signedIn("teacher");
    return { teacher, ...(await aCourseOf(app.db, [1], { status: "draft", createdById: teacher.userId })) };
  };
  const as = ({ updatedAt }: { updatedAt: string }) => updatedAt.replace(" ", "T").replace("+00", "Z");

  operation("UpdateTopic", "changes a page, and not over the head of somebody else", async () => {
    const { teacher, topics: [topic] } = await draft();
    const input = { id: id("Topic", there(topic)), expectedUpdatedAt: as(there(topic)), content: "**Mind** the gap." };
    const { updateTopic } = await send(operations.UpdateTopicDocument, { input }, teacher);
    expect(updateTopic).toMatchObject({ topic: { title: "Topic 1.1", contentHtml: "<p><strong>Mind</strong> the gap.</p>\n" }, errors: [] });
    const again = await send(operations.UpdateTopicDocument, { input }, teacher);
    expect(again.updateTopic).toMatchObject({ topic: null, errors: [{ code: "CONFLICT", path: ["input", "expectedUpdatedAt"] }] });
  });

  operation("PublishCourse", "opens a draft as version 1", async () => {
    const { teacher, course } = await draft();
    const input = { id: id("Course", course), expectedUpdatedAt: as(course) };
    const { publishCourse } = await send(operations.PublishCourseDocument, { input }, teacher);
    expect(publishCourse).toMatchObject({ course: { status: "ACTIVE", version: 1 }, courseVersion: { version: 1 }, errors: [] });
    expect((await send(operations.CoursePageDocument, { id: id("Course", course) })).course?.modules).toHaveLength(1);
  });
});

describe("the files of operations/", () => {
  const all = readOperations();
  const hashes: Record<string, string> = JSON.parse(read("operations/persisted-documents.json"));

  test("each has a test here, the name of its operation and a line that says what it is for", () => {
    const tests = ["operations", "operations-quizzes"].map((file) => read(`test/api/${file}.test.ts`)).join("\n");
    const covered = [...tests.matchAll(/^ +operation\("(\w+)"/gm)].map(([, name]) => name);
    expect(all.map(({ name }) => name)).toEqual(covered.toSorted());
    expect(all.filter(({ file, name, purpose }) => file !== `${name}.graphql` || purpose === "")).toEqual([]);
    expect(all.length).toBeGreaterThanOrEqual(15);
  });

  test("are shown in docs/operations.md", () => {
    expect(read("docs/operations.md")).toBe(renderOperations(all));
  });

  test("have their hashes in persisted-documents.json, each that of its text", () => {
    expect(hashes).toEqual(JSON.parse(read("test/generated/persisted-documents.json")));
    expect(Object.keys(hashes)).toEqual(Object.values(hashes).map((text) => `sha256:${createHash("sha256").update(text).digest("hex")}`));
  });

  test("may be sent as a hash alone, once the server has seen the text", async () => {
    const [hash = "", text] = Object.entries(hashes).find(([, query]) => query.includes("query Dashboard")) ?? [];
    const ask = async (body: object) => {
      const persistedQuery = { version: 1, sha256Hash: hash.replace("sha256:", "") };
      const headers = { "content-type": "application/json", authorization: `Bearer ${asha.token}` };
      const response = await fetch(`${app.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ ...body, extensions: { persistedQuery } }) });
      return (await response.json()) as object;
    };
    expect(await ask({})).toMatchObject({ errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }] });
    expect(await ask({ query: text })).toMatchObject({ data: { viewer: { fullName: "Asha Rao" } } });
    expect(await ask({})).toMatchObject({ data: { viewer: { fullName: "Asha Rao" } } });
  });
});
