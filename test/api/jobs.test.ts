import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLogs, courses, jobEvents, jobQueue, learnerCareerPaths, skillMastery } from "../../src/db/tables/index.js";
import { inTransaction } from "../../src/db/unit-of-work.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { createJob, system, type NewJob } from "../../src/jobs/record.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCareerPath, aCourse, aMilestone, anEnrollment, aSkill, aUser } from "../support/builders.js";
import { pathMilestoneSkills } from "../../src/db/tables/index.js";
import { countStatements } from "../support/statements.js";

interface JobAnswer {
  id: string;
  jobType: string;
  status: string;
  progress: number;
  result: Record<string, number> | null;
  error: string | null;
  attempts: number;
}
interface Payload {
  job: JobAnswer | null;
  errors: { code: string; path: string[] }[];
}

let app: TestApp;
let admin: Session;
beforeAll(async () => {
  app = await startTestApp();
  admin = await app.signedIn("admin");
});
afterAll(() => app.close());

const fields = "id jobType status progress result error attempts";
const mutate = async (name: "startRollup" | "cancelJob" | "retryJob", input: object, as?: Session) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const answer = await app.query<Record<string, Payload>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { job { ${fields} } errors { code path } } }`,
    { input },
    as,
  );
  return { ...answer, payload: answer.data?.[name] };
};

/** A job that no worker takes, in the state that a test needs. */
async function aJob(values: Partial<typeof jobQueue.$inferInsert> & Partial<NewJob> = {}) {
  const row = await inTransaction(app.db, system, (work) =>
    createJob(work, { type: values.type ?? "report", createdById: values.createdById ?? null, courseId: values.courseId }),
  );
  if (!row) throw new Error("The job was not made");
  const { type: _, ...state } = values;
  if (Object.keys(state).length > 0) await app.db.update(jobQueue).set(state).where(eq(jobQueue.id, row.id));
  return { ...row, globalId: toGlobalId("Job", row.id) };
}

const rowOf = async (globalId: string) => {
  const [row] = await app.db.select().from(jobQueue).where(eq(jobQueue.id, Buffer.from(globalId, "base64url").toString().split(":")[2] ?? ""));
  return row;
};

const settled = async (globalId: string) => {
  await expect.poll(async () => (await rowOf(globalId))?.status, { timeout: 90_000 }).toMatch(/completed|failed/);
  return rowOf(globalId);
};

test("an admin starts the rollup: counts, completion rates and match scores are fresh afterwards", async () => {
  const course = await aCourse(app.db, { enrollmentCount: 7, completionRate: "50" });
  const empty = await aCourse(app.db, { enrollmentCount: 3, completionRate: "10" });
  for (const status of ["completed", "enrolled", "in_progress", "dropped"] as const) {
    const { user } = await aUser(app.db);
    await anEnrollment(app.db, { userId: user.id, courseId: course.id, status, completedAt: status === "completed" ? new Date().toISOString() : null });
  }
  const learner = await aUser(app.db);
  const [skill, path] = [await aSkill(app.db), await aCareerPath(app.db)];
  const milestone = await aMilestone(app.db, { careerPathId: path.id });
  await app.db.insert(pathMilestoneSkills).values({ pathMilestoneId: milestone.id, skillId: skill.id });
  await app.db.insert(skillMastery).values({ userId: learner.user.id, skillId: skill.id, level: 35, source: "course" });
  await app.db.insert(learnerCareerPaths).values({ userId: learner.user.id, careerPathId: path.id });

  const { payload } = await mutate("startRollup", {}, admin);
  expect(payload).toMatchObject({ errors: [], job: { jobType: "ROLLUP", status: "PENDING", progress: 0 } });
  const job = await settled(payload?.job?.id ?? "");
  expect(job).toMatchObject({ status: "completed", progress: 100, createdById: admin.userId, result: { coursesChanged: 2, careerPaths: 1, matchScoresChanged: 1 } });
  const [counted] = await app.db.select().from(courses).where(eq(courses.id, course.id));
  expect(counted).toMatchObject({ enrollmentCount: 3, completionRate: "33.33" });
  const [zero] = await app.db.select().from(courses).where(eq(courses.id, empty.id));
  expect(zero).toMatchObject({ enrollmentCount: 0, completionRate: null });
  const [matched] = await app.db.select().from(learnerCareerPaths).where(eq(learnerCareerPaths.userId, learner.user.id));
  expect(matched?.matchScore).toBe("50.00");

  const again = await mutate("startRollup", {}, admin);
  expect(await settled(again.payload?.job?.id ?? "")).toMatchObject({ result: { coursesChanged: 0, matchScoresChanged: 0 } });
});

test("a repeated key starts one rollup, another input under it none", async () => {
  const idempotencyKey = crypto.randomUUID();
  const first = await mutate("startRollup", { idempotencyKey }, admin);
  const second = await mutate("startRollup", { idempotencyKey }, admin);
  expect(second.payload?.job?.id).toBe(first.payload?.job?.id);
  const [entry] = await app.db.select().from(auditLogs).where(eq(auditLogs.entityId, (await rowOf(first.payload?.job?.id ?? ""))?.id ?? ""));
  expect(entry).toMatchObject({ action: "job.started", userId: admin.userId });
  const bad = await mutate("startRollup", { idempotencyKey: "not a key" }, admin);
  expect(bad.errors).toHaveLength(1);
});

test("only admins start the rollup", async () => {
  const before = await app.db.$count(jobQueue);
  for (const role of ["student", "teacher"] as const) {
    const { errors } = await mutate("startRollup", {}, await app.signedIn(role));
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  }
  expect((await mutate("startRollup", {})).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  expect(await app.db.$count(jobQueue)).toBe(before);
});

test("a creator cancels a job and its record says so; what has ended stays as it is", async () => {
  const creator = await app.signedIn();
  const job = await aJob({ createdById: creator.userId });
  const { payload } = await mutate("cancelJob", { id: job.globalId }, creator);
  expect(payload).toMatchObject({ errors: [], job: { id: job.globalId, status: "CANCELLED" } });
  expect(await rowOf(job.globalId)).toMatchObject({ status: "cancelled" });
  const events = await app.db.select().from(jobEvents).where(eq(jobEvents.jobId, job.id)).orderBy(jobEvents.id);
  expect(events.map(({ status }) => status)).toEqual(["pending", "cancelled"]);
  const again = await mutate("cancelJob", { id: job.globalId }, creator);
  expect(again.payload).toEqual({ job: null, errors: [{ code: "CONFLICT", path: ["input", "id"] }] });
  const wrong = await mutate("cancelJob", { id: toGlobalId("Course", job.id) }, creator);
  expect(wrong.payload?.errors[0]?.code).toBe("INVALID_ID");
});

test("a stranger neither cancels nor retries a job, and learns nothing of it", async () => {
  const [creator, stranger] = [await app.signedIn(), await app.signedIn("teacher")];
  const job = await aJob({ createdById: creator.userId });
  for (const name of ["cancelJob", "retryJob"] as const) {
    const hidden = await mutate(name, { id: job.globalId }, stranger);
    const missing = await mutate(name, { id: toGlobalId("Job", crypto.randomUUID()) }, stranger);
    expect(hidden.payload).toEqual({ job: null, errors: [{ code: "NOT_FOUND", path: ["input", "id"] }] });
    expect(hidden.payload).toEqual(missing.payload);
    expect((await mutate(name, { id: job.globalId })).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  }
  expect(await rowOf(job.globalId)).toMatchObject({ status: "pending" });
});

test("a failed job starts again as the same record, once per key, and runs", async () => {
  const failed = await aJob({ type: "rollup", createdById: admin.userId, taskId: crypto.randomUUID(), status: "failed", error: "LOST: gone", attempts: 1 });
  const input = { id: failed.globalId, idempotencyKey: crypto.randomUUID() };
  const { payload } = await mutate("retryJob", input, admin);
  expect(payload).toMatchObject({ errors: [], job: { id: failed.globalId, status: "PENDING", error: null, progress: 0 } });
  expect(await settled(failed.globalId)).toMatchObject({ status: "completed", attempts: 2, error: null });
  const repeated = await mutate("retryJob", input, admin);
  expect(repeated.payload?.job?.status).toBe("PENDING");
  expect(await rowOf(failed.globalId)).toMatchObject({ status: "completed", attempts: 2 });
  const done = await mutate("retryJob", { id: failed.globalId }, admin);
  expect(done.payload?.errors).toEqual([{ code: "CONFLICT", path: ["input", "id"] }]);
});

test("who is no teacher any more does not start the making of a course again", async () => {
  const former = await app.signedIn("student");
  const job = await aJob({ type: "course_generation", createdById: former.userId, taskId: crypto.randomUUID(), status: "failed", error: "LOST: gone" });
  expect((await mutate("retryJob", { id: job.globalId }, former)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect(await rowOf(job.globalId)).toMatchObject({ status: "failed", error: "LOST: gone", attempts: 0 });
});

test("an import of the command line is not retried by the server", async () => {
  const job = await aJob({ type: "catalog_import", createdById: admin.userId, status: "failed", error: "LOST: gone" });
  expect((await mutate("retryJob", { id: job.globalId }, admin)).payload?.errors).toEqual([{ code: "CONFLICT", path: ["input", "id"] }]);
  expect(await rowOf(job.globalId)).toMatchObject({ status: "failed" });
});

test("a job is seen by its creator and admins alone, on every way to it", async () => {
  const [creator, stranger] = [await app.signedIn(), await app.signedIn("teacher")];
  const course = await aCourse(app.db, { title: "Drafted" });
  const job = await aJob({ createdById: creator.userId, courseId: course.id });
  await aJob();
  const [event] = await app.db.select().from(jobEvents).where(eq(jobEvents.jobId, job.id));
  const ids = { id: job.globalId, event: toGlobalId("JobEvent", event?.id ?? ""), user: toGlobalId("User", creator.userId) };
  const document = `query ($id: ID!, $event: ID!, $user: ID!) {
    job(id: $id) { id jobId jobType createdBy { id } course { title } events { nodes { id status progress } totalCount } }
    jobs(where: {createdBy: {eq: $user}}) { totalCount nodes { id } }
    node(id: $id) { id } step: node(id: $event) { id }
    user(id: $user) { jobs { nodes { id } } } }`;
  const seen = {
    job: {
      id: ids.id, jobId: job.jobId, jobType: "REPORT", createdBy: { id: ids.user }, course: { title: "Drafted" },
      events: { nodes: [{ id: ids.event, status: "PENDING", progress: 0 }], totalCount: 1 },
    },
    jobs: { totalCount: 1, nodes: [{ id: ids.id }] },
    node: { id: ids.id }, step: { id: ids.event }, user: { jobs: { nodes: [{ id: ids.id }] } },
  };
  expect((await app.query(document, ids, creator)).data).toEqual(seen);
  expect((await app.query(document, ids, admin)).data).toEqual(seen);
  expect((await app.query(document, ids, stranger)).data).toEqual({
    job: null, jobs: { totalCount: 0, nodes: [] }, node: null, step: null, user: { jobs: null },
  });
  const anonymous = await app.query(`query ($id: ID!) { job(id: $id) { id } }`, { id: ids.id });
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("jobs are filtered and ordered, newest first", async () => {
  const creator = await app.signedIn();
  const [first, second] = [await aJob({ createdById: creator.userId }), await aJob({ createdById: creator.userId, type: "erasure", status: "cancelled" })];
  const list = async (args: string) => {
    const { data } = await app.query<{ jobs: { nodes: { id: string }[] } }>(`{ jobs${args} { nodes { id } } }`, {}, creator);
    return data.jobs.nodes.map(({ id }) => id);
  };
  expect(await list("")).toEqual([second.globalId, first.globalId]);
  expect(await list("(orderBy: {field: CREATED_AT, direction: ASC})")).toEqual([first.globalId, second.globalId]);
  expect(await list("(where: {jobType: {eq: ERASURE}})")).toEqual([second.globalId]);
  expect(await list("(where: {status: {oneOf: [PENDING, FAILED]}})")).toEqual([first.globalId]);
  expect(await list(`(where: {jobId: {eq: "${first.jobId}"}})`)).toEqual([first.globalId]);
});

test("lists of jobs with their people, courses and steps take a constant number of statements", async () => {
  const creator = await app.signedIn();
  const course = await aCourse(app.db);
  const document = `{ jobs(first: 100) { totalCount nodes { id createdBy { username } course { title } events(first: 5) { totalCount nodes { status } } } } }`;
  const count = async (size: number) => {
    const have = await app.db.$count(jobQueue, eq(jobQueue.createdById, creator.userId));
    for (let i = have; i < size; i++) await aJob({ createdById: creator.userId, courseId: course.id });
    const { result, statements } = await countStatements(app.engine, () => app.query<{ jobs: { nodes: object[] } }>(document, {}, creator));
    expect(result.data.jobs.nodes).toHaveLength(size);
    return statements.filter((statement) => !/auth_sessions|job_queue" q\b/.test(statement)).length;
  };
  // The first time a document comes it takes a longer way.
  await app.query(document, {}, creator);
  const one = await count(1);
  expect([await count(10), await count(100)]).toEqual([one, one]);
  await app.db.execute(sql`delete from ops.job_queue where created_by_id = ${creator.userId}`);
});
