import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLogs, coursePrerequisites, courses, courseSkills, courseVersions } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aCourseOf, aLevel, anEnrollment, aProvider, aSkill } from "../support/builders.js";
import { failures, mutate } from "../support/mutate.js";

let app: TestApp;
let teacher: Session;
let colleague: Session;
let admin: Session;
let learner: Session;

beforeAll(async () => {
  app = await startTestApp();
  teacher = await app.signedIn("teacher");
  colleague = await app.signedIn("teacher");
  admin = await app.signedIn("admin");
  learner = await app.signedIn();
});
afterAll(() => app.close());

type Course = { id: string; updatedAt: string; status: string; version: number };
type Payload = { course: Course | null; courseVersion?: { version: number; outline: unknown } };

const selection = "course { id updatedAt status version }";
const call = (name: string, input: object, as = teacher) =>
  mutate<Payload>(app, name, input, name === "publishCourse" ? `${selection} courseVersion { version outline }` : selection, as);
const row = async (key: string) => (await app.db.select().from(courses).where(eq(courses.id, key)))[0];
const id = (type: string, { id: key }: { id: string }) => toGlobalId(type, key);
const now = ({ id: key, updatedAt }: { id: string; updatedAt: string }) => ({ id: toGlobalId("Course", key), expectedUpdatedAt: updatedAt.replace(" ", "T").replace("+00", "Z") });
/** The course as it is now, to be changed next. */
const fresh = async ({ id: key }: { id: string }) => {
  const course = await row(key);
  if (!course) throw new Error("The course is missing");
  return now(course);
};
const mine = (values: Parameters<typeof aCourse>[1] = {}) => aCourse(app.db, { status: "draft", createdById: teacher.userId, ...values });
const actionsOn = async ({ id: key }: { id: string }) =>
  (await app.db.select().from(auditLogs).where(and(eq(auditLogs.entityId, key))).orderBy(asc(auditLogs.id))).map(({ action, userId, oldValues, newValues }) => ({ action, userId, oldValues, newValues }));
const forbidden = async (name: string, input: object, as: Session) =>
  (await app.query(`mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { errors { code } } }`, { input }, as)).errors?.map(({ extensions }) => extensions.code);

describe("createCourse", () => {
  const input = {
    title: "  Rooftop Solar ", description: "Panels and wires.", credits: 12.5, notionalHours: 375, durationMonths: 6, language: "HI-latn",
    region: "Kerala", keywords: ["solar", "Solar", "wiring"],
  };

  test("writes a draft of the viewer's, once for a key", async () => {
    const provider = await aProvider(app.db);
    const nsqfLevel = await aLevel(app.db, "4.5");
    const keyed = { ...input, providerId: id("Provider", provider), nsqfLevel: 4.5, idempotencyKey: randomUUID() };
    const shown = "course { id courseId title language keywords status version nsqfLevel { level } provider { id } createdBy { id } }";
    const first = await mutate(app, "createCourse", keyed, shown, teacher);
    expect(first).toMatchObject({
      errors: [],
      course: {
        courseId: expect.stringMatching(/^course_[0-9a-f]{20}$/), title: "Rooftop Solar", language: "hi-Latn", keywords: ["solar", "wiring"], status: "DRAFT",
        version: 1, nsqfLevel: { level: 4.5 }, provider: { id: id("Provider", provider) }, createdBy: { id: toGlobalId("User", teacher.userId) },
      },
    });
    expect(await mutate(app, "createCourse", keyed, shown, teacher)).toEqual(first);
    const written = await app.db.select().from(courses).where(eq(courses.providerId, provider.id));
    expect(written).toMatchObject([{ title: "Rooftop Solar", status: "draft", createdById: teacher.userId, nsqfLevel, credits: "12.50", region: "Kerala" }]);
  });

  test("needs no more than a title", async () => {
    expect(await call("createCourse", { title: "Welding" }, admin)).toMatchObject({ errors: [], course: { status: "DRAFT" } });
  });

  test("reports all failures together and writes nothing", async () => {
    const before = await app.db.$count(courses);
    const bad = {
      title: " ", description: "x".repeat(5_001), nsqfLevel: 4.7, credits: -1, notionalHours: 100_001, durationMonths: 0, language: "no tag",
      region: "a\0b", keywords: Array.from({ length: 21 }, String), providerId: toGlobalId("Provider", randomUUID()),
    };
    expect(failures(await call("createCourse", bad)).toSorted()).toEqual([
      "INVALID at input.region", "INVALID_FORMAT at input.language", "NOT_FOUND at input.nsqfLevel", "NOT_FOUND at input.providerId",
      "OUT_OF_RANGE at input.credits", "OUT_OF_RANGE at input.durationMonths", "OUT_OF_RANGE at input.notionalHours",
      "TOO_LONG at input.description", "TOO_LONG at input.keywords", "TOO_SHORT at input.title",
    ]);
    expect(await app.db.$count(courses)).toBe(before);
  });

  test("is for teachers and admins", async () => {
    expect(await forbidden("createCourse", { title: "Mine" }, learner)).toEqual(["FORBIDDEN"]);
  });
});

describe("updateCourse", () => {
  test("changes what is given, clears with null, and moves updatedAt on each time", async () => {
    const course = await mine({ description: "Old", region: "Goa", keywords: ["a"] });
    const first = await call("updateCourse", { ...now(course), title: "New", region: null });
    expect(first.errors).toEqual([]);
    expect(await row(course.id)).toMatchObject({ title: "New", description: "Old", region: null, keywords: ["a"], status: "draft" });
    const second = await call("updateCourse", { id: first.course?.id, expectedUpdatedAt: first.course?.updatedAt, keywords: [] });
    expect(second.errors).toEqual([]);
    // Instants leave out trailing zeros, so that only without the Z their texts are in order.
    const [before, after] = [first, second].map(({ course: changed }) => String(changed?.updatedAt).replace("Z", ""));
    expect(String(after) > String(before)).toBe(true);
    expect(await actionsOn(course)).toEqual([]);
  });

  test("refuses what somebody changed since it was read", async () => {
    const course = await mine();
    expect((await call("updateCourse", { ...now(course), title: "By the admin" }, admin)).errors).toEqual([]);
    const late = await call("updateCourse", { ...now(course), title: "By the author" });
    expect(failures(late)).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await row(course.id)).toMatchObject({ title: "By the admin" });
    expect(await actionsOn(course)).toEqual([
      { action: "course.updated", userId: admin.userId, oldValues: { title: course.title }, newValues: { title: "By the admin" } },
    ]);
  });

  test("reports failures, and finds no course of others", async () => {
    const course = await mine();
    expect(failures(await call("updateCourse", { ...now(course), title: null, language: null, keywords: [""] }))).toEqual([
      "REQUIRED at input.title", "REQUIRED at input.language", "TOO_SHORT at input.keywords.0",
    ]);
    expect(failures(await call("updateCourse", { ...now(course), title: "Mine now" }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await row(course.id)).toEqual(course);
    await app.db.update(courses).set({ status: "active" }).where(eq(courses.id, course.id));
    expect(failures(await call("updateCourse", { ...(await fresh(course)), title: "Mine now" }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await forbidden("updateCourse", now(course), learner)).toEqual(["FORBIDDEN"]);
  });
});

describe("setCourseSkills", () => {
  const of = (key: string) => app.db.select().from(courseSkills).where(eq(courseSkills.courseId, key)).orderBy(courseSkills.skillId);

  test("replaces the list", async () => {
    const course = await mine();
    const [a, b, c] = [await aSkill(app.db), await aSkill(app.db), await aSkill(app.db)];
    const first = await call("setCourseSkills", { ...now(course), skills: [{ skillId: id("Skill", a), isPrimary: true }, { skillId: id("Skill", b) }] });
    expect(first.errors).toEqual([]);
    const second = await call("setCourseSkills", { ...(await fresh(course)), skills: [{ skillId: id("Skill", b), isPrimary: true }, { skillId: id("Skill", c) }] });
    expect(second.errors).toEqual([]);
    expect((await of(course.id)).map(({ skillId, isPrimary }) => [skillId, isPrimary])).toEqual([[b.id, true], [c.id, false]]);
    expect((await call("setCourseSkills", { ...(await fresh(course)), skills: [] })).errors).toEqual([]);
    expect(await of(course.id)).toEqual([]);
  });

  test("takes 12 of them, each once, and known", async () => {
    const course = await mine();
    const skill = await aSkill(app.db);
    const skills = await Promise.all(Array.from({ length: 12 }, () => aSkill(app.db)));
    const list = [...skills, skill].map((each) => ({ skillId: id("Skill", each) }));
    expect(failures(await call("setCourseSkills", { ...now(course), skills: list }))).toEqual(["LIMIT_REACHED at input.skills"]);
    const odd = [{ skillId: id("Skill", skill) }, { skillId: id("Skill", skill) }, { skillId: toGlobalId("Skill", randomUUID()) }];
    expect(failures(await call("setCourseSkills", { ...now(course), skills: odd }))).toEqual(["INVALID at input.skills.1.skillId", "NOT_FOUND at input.skills.2.skillId"]);
    expect(failures(await call("setCourseSkills", { ...now(course), skills: list.slice(1) }, colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await of(course.id)).toEqual([]);
    expect((await call("setCourseSkills", { ...now(course), skills: list.slice(1) })).errors).toEqual([]);
    expect(await of(course.id)).toHaveLength(12);
    expect(failures(await call("setCourseSkills", { ...now(course), skills: [] }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
  });
});

describe("setCoursePrerequisites", () => {
  const of = async (key: string) => (await app.db.select().from(coursePrerequisites).where(eq(coursePrerequisites.courseId, key))).map((each) => each.prerequisiteId).toSorted();
  const set = async (course: { id: string }, before: { id: string }[], as = teacher) =>
    call("setCoursePrerequisites", { ...(await fresh(course)), prerequisiteIds: before.map((each) => id("Course", each)) }, as);

  test("replaces the list", async () => {
    const [course, a, b] = [await mine(), await aCourse(app.db), await mine()];
    expect((await set(course, [a])).errors).toEqual([]);
    expect((await set(course, [a, b])).errors).toEqual([]);
    expect(await of(course.id)).toEqual([a.id, b.id].toSorted());
    expect((await set(course, [b])).errors).toEqual([]);
    expect(await of(course.id)).toEqual([b.id]);
  });

  test("refuses circles, however long, hidden courses and repetitions", async () => {
    const [first, second, third] = [await mine(), await mine(), await mine()];
    expect((await set(second, [first])).errors).toEqual([]);
    expect((await set(third, [second])).errors).toEqual([]);
    const hidden = await aCourse(app.db, { status: "draft", createdById: colleague.userId });
    expect(failures(await set(first, [first, second, third, hidden, hidden]))).toEqual([
      "INVALID at input.prerequisiteIds.4",
      "CONFLICT at input.prerequisiteIds.0", "CONFLICT at input.prerequisiteIds.1", "CONFLICT at input.prerequisiteIds.2",
      "NOT_FOUND at input.prerequisiteIds.3", "NOT_FOUND at input.prerequisiteIds.4",
    ]);
    expect(failures(await set(first, [third], colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await of(first.id)).toEqual([]);
    expect(failures(await set(first, Array.from({ length: 21 }, () => ({ id: randomUUID() }))))).toEqual(["LIMIT_REACHED at input.prerequisiteIds"]);
  });

  test("refuses a circle that two close at the same time", async () => {
    for (let round = 0; round < 6; round += 1) {
      const [one, other] = [await mine(), await mine()];
      const inputs = [{ ...now(one), prerequisiteIds: [id("Course", other)] }, { ...now(other), prerequisiteIds: [id("Course", one)] }];
      const answers = await Promise.all(inputs.map((input) => call("setCoursePrerequisites", input)));
      expect(answers.flatMap(failures)).toEqual(["CONFLICT at input.prerequisiteIds.0"]);
      expect([...(await of(one.id)), ...(await of(other.id))]).toHaveLength(1);
    }
  });
});

describe("publishCourse", () => {
  const versions = (key: string) => app.db.select().from(courseVersions).where(eq(courseVersions.courseId, key)).orderBy(courseVersions.version);

  test("opens a draft with its outline as version 1, and then the next versions", async () => {
    const { course, weeks } = await aCourseOf(app.db, [1, 1], { status: "draft", createdById: teacher.userId });
    const outline = { modules: weeks.map(({ module, topics }) => ({ id: module.id, title: module.title, topics: topics.map(({ id, title }) => ({ id, title })) })) };
    expect((await app.query<{ course: unknown }>(`query ($id: ID!) { course(id: $id) { id } }`, { id: id("Course", course) }, learner)).data.course).toBeNull();
    const first = await call("publishCourse", now(course));
    expect(first).toMatchObject({ errors: [], course: { status: "ACTIVE", version: 1 }, courseVersion: { version: 1, outline } });
    expect(failures(await call("publishCourse", await fresh(course)))).toEqual(["CONFLICT at input.id"]);
    expect((await app.query<{ course: unknown }>(`query ($id: ID!) { course(id: $id) { id } }`, { id: id("Course", course) }, learner)).data.course).not.toBeNull();
    await mutate(app, "createTopic", { moduleId: id("Module", weeks[1]?.module ?? { id: "" }), title: "Third" }, "topic { id }", teacher);
    expect(failures(await call("publishCourse", { id: first.course?.id, expectedUpdatedAt: first.course?.updatedAt }))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    const second = await call("publishCourse", await fresh(course), admin);
    expect(second).toMatchObject({ errors: [], course: { status: "ACTIVE", version: 2 }, courseVersion: { version: 2 } });
    expect(await versions(course.id)).toMatchObject([{ version: 1, outline, publishedById: teacher.userId }, { version: 2, publishedById: admin.userId }]);
    expect(await actionsOn(course)).toEqual([
      { action: "course.published", userId: teacher.userId, oldValues: { status: "draft", version: 1 }, newValues: { status: "active", version: 1 } },
      { action: "course.published", userId: admin.userId, oldValues: { status: "active", version: 1 }, newValues: { status: "active", version: 2 } },
    ]);
  });

  test("counts on from a version that was published before, and takes another order for a change", async () => {
    const { course, weeks } = await aCourseOf(app.db, [2], { status: "draft", createdById: teacher.userId });
    await app.db.insert(courseVersions).values({ courseId: course.id, version: 4, outline: { modules: [] } });
    expect((await call("publishCourse", now(course))).courseVersion?.version).toBe(5);
    const [week] = weeks;
    const topicIds = week?.topics.map((topic) => id("Topic", topic)).toReversed();
    await mutate(app, "reorderTopics", { id: id("Module", week?.module ?? { id: "" }), expectedUpdatedAt: week?.module.updatedAt.replace(" ", "T").replace("+00", "Z"), topicIds }, "module { id }", teacher);
    expect((await call("publishCourse", await fresh(course))).courseVersion?.version).toBe(6);
  });

  test("counts the first outline of a course that was open without one as the next, by archiving too", async () => {
    const query = "query ($id: ID!) { course(id: $id) { version zero: changesSince(version: 0) { kind } one: changesSince(version: 1) { kind after } two: changesSince(version: 2) { kind } three: changesSince(version: 3) { kind } } }";
    for (const archive of [false, true]) {
      const { course, weeks } = await aCourseOf(app.db, [0], { createdById: teacher.userId });
      const read = async () => (await app.query(query, { id: id("Course", course) })).data;
      expect(await read()).toEqual({ course: { version: 1, zero: null, one: null, two: null, three: null } });
      await mutate(app, "createTopic", { moduleId: id("Module", weeks[0]?.module ?? { id: "" }), title: "Fresh" }, "topic { id }", teacher);
      for (const name of archive ? ["archiveCourse", "restoreCourse"] : ["publishCourse"]) expect((await call(name, await fresh(course))).errors).toEqual([]);
      expect(await read()).toEqual({ course: { version: 2, zero: null, one: [{ kind: "ADDED", after: "Week 1" }, { kind: "ADDED", after: "Fresh" }], two: [], three: null } });
      expect(await versions(course.id)).toMatchObject([{ version: 2 }]);
      expect(failures(await call("publishCourse", await fresh(course)))).toEqual(["CONFLICT at input.id"]);
    }
    const entry = await mine({ status: "active" });
    expect((await call("publishCourse", now(entry), admin)).courseVersion).toEqual({ version: 1, outline: { modules: [] } });
  });

  test("leaves courses without topics to admins, and archived ones alone", async () => {
    const { course } = await aCourseOf(app.db, [0], { status: "draft", createdById: teacher.userId });
    expect(failures(await call("publishCourse", now(course)))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await call("publishCourse", now(course), colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await versions(course.id)).toEqual([]);
    expect((await call("publishCourse", now(course), admin)).errors).toEqual([]);
    const archived = await mine({ status: "archived" });
    expect(failures(await call("publishCourse", now(archived)))).toEqual(["CONFLICT at input.id"]);
    expect(await forbidden("publishCourse", now(archived), learner)).toEqual(["FORBIDDEN"]);
  });

  test("publishes once what two publish at the same time", async () => {
    const { course } = await aCourseOf(app.db, [1], { status: "draft", createdById: teacher.userId });
    const answers = await Promise.all([call("publishCourse", now(course)), call("publishCourse", now(course), admin)]);
    expect(answers.flatMap(failures)).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await versions(course.id)).toHaveLength(1);
  });
});

describe("archiveCourse and restoreCourse", () => {
  test("take a course away from newcomers and give it back as it was", async () => {
    const { course } = await aCourseOf(app.db, [1], { createdById: teacher.userId });
    await anEnrollment(app.db, { userId: learner.userId, courseId: course.id });
    const [stranger, seen] = [await app.signedIn(), async (as?: Session) => (await app.query<{ course: { status: string } | null }>(`query ($id: ID!) { course(id: $id) { status } }`, { id: id("Course", course) }, as)).data.course];
    const archived = await call("archiveCourse", now(course));
    expect(archived).toMatchObject({ errors: [], course: { status: "ARCHIVED" } });
    expect([await seen(), await seen(stranger), await seen(learner), await seen(teacher)]).toEqual([null, null, { status: "ARCHIVED" }, { status: "ARCHIVED" }]);
    expect(failures(await call("archiveCourse", await fresh(course)))).toEqual(["CONFLICT at input.id"]);
    expect(failures(await call("restoreCourse", now(course)))).toEqual(["CONFLICT at input.expectedUpdatedAt"]);
    expect(await call("restoreCourse", await fresh(course))).toMatchObject({ errors: [], course: { status: "ACTIVE" } });
    expect(failures(await call("restoreCourse", await fresh(course)))).toEqual(["CONFLICT at input.id"]);
    expect((await actionsOn(course)).map(({ action, newValues }) => [action, newValues])).toEqual([
      ["course.archived", { status: "archived", version: 2 }], ["course.restored", { status: "active", version: 2 }],
    ]);
  });

  test("make a draft a draft again", async () => {
    const course = await mine();
    expect((await call("archiveCourse", now(course))).course?.status).toBe("ARCHIVED");
    expect(failures(await call("restoreCourse", await fresh(course), colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect((await call("restoreCourse", await fresh(course))).course?.status).toBe("DRAFT");
    expect(await row(course.id)).toMatchObject({ status: "draft" });
  });

  test("are for staff", async () => {
    const course = await mine({ status: "active" });
    expect(failures(await call("archiveCourse", now(course), colleague))).toEqual(["NOT_FOUND at input.id"]);
    expect(await forbidden("archiveCourse", now(course), learner)).toEqual(["FORBIDDEN"]);
    expect(await forbidden("restoreCourse", now(course), learner)).toEqual(["FORBIDDEN"]);
    expect(await row(course.id)).toEqual(course);
  });
});
