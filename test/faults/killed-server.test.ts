import { randomInt, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { count, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createTokens } from "../../src/auth/tokens.js";
import { rowsOf } from "../../src/db/client.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { auditLogs, eventOutbox, idempotencyKeys, pointsTransactions, userPoints } from "../../src/db/tables/index.js";
import { toGlobalId } from "../../src/graphql/node.js";
import { testSecret } from "../support/app.js";
import { aCareerPath, aCourse, aCourseOf, aMilestone, anEnrollment, aSkill, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { startServer, type ServerProcess } from "../support/server-process.js";

interface Call {
  token: string;
  name: string;
  input: object;
  selection: string;
  /** What an acknowledged call answered; the same must come back for ever. */
  answer?: string;
}

const learnersCount = 9;
const topicsEach = 8;
const startPoints = 1_000;

let folder: string;
let settings: Record<string, string>;
let open: () => Promise<TestEngine>;
let calls: Call[];
let learners: string[];
let finish: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-kill-"));
  const prepared = await prepare();
  [settings, open, finish] = [prepared.settings, prepared.open, prepared.finish];
  const engine = await prepared.first();
  ({ calls, learners } = await world(engine));
  await prepared.done(engine);
});
afterAll(async () => {
  await finish();
  await rm(folder, { recursive: true, force: true });
});

/** A database that outlives its server: a folder for the embedded one, a database of its own on PostgreSQL. */
async function prepare() {
  const limits = { COST_BUDGET_USER: "1000000000", COST_BUDGET_ANONYMOUS: "1000000000" };
  const database = inject("testDatabase");
  if (database.engine === "postgres") {
    const engine = await openTestEngine();
    const shared = { ...engine, close: async () => {} };
    const same = () => Promise.resolve(shared);
    return { settings: { ...limits, DATABASE_URL: engine.url ?? "" }, first: same, open: same, done: async () => {}, finish: () => engine.close() };
  }
  return {
    settings: { ...limits, DATA_DIR: folder },
    first: async () => openPglite(folder, new Blob([await readFile(database.snapshot)])),
    open: () => openPglite(folder),
    done: (engine: TestEngine) => engine.close(),
    finish: async () => {},
  };
}

/** Learners in a course of eight topics in two modules, with points to spend; and 200 keyed mutations of theirs. */
async function world({ db }: TestEngine) {
  const tokens = createTokens(testSecret);
  const { course, topics } = await aCourseOf(db, [5, 3]);
  const other = await aCourse(db);
  const skill = await aSkill(db);
  const careerPath = await aCareerPath(db);
  await aMilestone(db, { careerPathId: careerPath.id, type: "course", courseId: course.id });
  const made: Call[] = [];
  const ids: string[] = [];
  const add = (token: string, name: string, input: object, selection: string) =>
    made.push({ token, name, selection, input: { ...input, idempotencyKey: randomUUID() } });
  for (let i = 0; i < learnersCount; i++) {
    const { user, sessionId } = await aUser(db);
    const { token } = await tokens.issue({ userId: user.id, sessionId });
    ids.push(user.id);
    await anEnrollment(db, { userId: user.id, courseId: course.id });
    await db.insert(userPoints).values({ userId: user.id, xpPoints: startPoints, level: 4 });
    await db.insert(pointsTransactions).values({ userId: user.id, amount: startPoints, balanceAfter: startPoints, reason: "manual", idempotencyKey: `start:${user.id}` });
    for (const topic of topics) {
      add(token, "recordTopicProgress", { topicId: toGlobalId("Topic", topic.id), status: "COMPLETED", minutesSpent: 5 }, "contentProgress { id } pointsEarned");
    }
    add(token, "enrollInCourse", { courseId: toGlobalId("Course", other.id) }, "enrollment { id }");
    add(token, "startCareerPath", { careerPathId: toGlobalId("CareerPath", careerPath.id) }, "learnerCareerPath { id }");
    add(token, "buyStreakFreeze", {}, "streak { id }");
    for (let n = 0; n < 5; n++) add(token, "addGoal", { goalType: "CAREER", value: `Goal ${n}`, targetSkillIds: [toGlobalId("Skill", skill.id)] }, "goal { id }");
    for (let n = 0; n < 3; n++) add(token, "addEducationRecord", { institution: `School ${n}` }, "educationRecord { id }");
    add(token, "addInterest", { interest: "Music" }, "interest { id }");
    add(token, "addSkill", { skillName: "Welding" }, "skillProficiency { id }");
    add(token, "addCertification", { name: "Welder" }, "certification { id }");
  }
  const { user, sessionId } = await aUser(db, { role: "admin" });
  const admin = await tokens.issue({ userId: user.id, sessionId });
  for (let n = 0; n < 200 - learnersCount * 22; n++) add(admin.token, "startRollup", {}, "job { id }");
  return { calls: made, learners: ids };
}

async function send(url: string, { token, name, input, selection }: Call): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} errors { code message } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, { errors: object[] }>; errors?: object[] };
  const payload = data?.[name];
  if (errors || !payload || payload.errors.length > 0) throw new Error(`${name} failed: ${JSON.stringify(errors ?? payload)}`);
  return JSON.stringify(payload);
}

/** Sends everything at once, in any order; kills the server when `limit` answers were new. Gives the failures. */
async function sendAll(server: ServerProcess, limit: number): Promise<{ acknowledged: number; failures: string[] }> {
  let fresh = 0;
  let killed: Promise<void> | undefined;
  const failures: string[] = [];
  const shuffled = calls.map((call) => ({ call, place: Math.random() })).toSorted((a, b) => a.place - b.place);
  await Promise.all(
    shuffled.map(async ({ call }) => {
      try {
        const answer = await send(server.url, call);
        if (call.answer !== undefined) expect(answer).toBe(call.answer);
        else if (++fresh === limit) killed = server.kill();
        call.answer = answer;
      } catch (error) {
        const { message } = error as Error;
        // What was on its way when the server died has no answer, and only that.
        if (!killed || !(error instanceof TypeError)) failures.push(message);
      }
    }),
  );
  await killed;
  return { acknowledged: fresh, failures };
}

test("two SIGKILLs during 200 keyed mutations lose nothing that was acknowledged and double nothing", async () => {
  expect(calls).toHaveLength(200);
  for (const limit of [randomInt(20, 70), randomInt(20, 70)]) {
    const server = await startServer(settings);
    expect(await sendAll(server, limit)).toMatchObject({ failures: [] });
    expect(server.output()).not.toContain("stack");
  }
  expect(calls.filter(({ answer }) => answer === undefined).length).toBeGreaterThan(0);

  const last = await startServer(settings);
  expect(await sendAll(last, Infinity)).toMatchObject({ failures: [] });
  expect(await sendAll(last, Infinity)).toEqual({ acknowledged: 0, failures: [] });
  expect(await last.stop()).toBe(0);
  await everythingIsThereOnce();
}, 180_000);

async function everythingIsThereOnce(): Promise<void> {
  const engine = await open();
  const { db } = engine;
  try {
    const rowsEach = async (table: string, where = "true") =>
      (await rowsOf<{ size: number }>(db, sql.raw(`select count(*)::int as size from ${table} where user_id = any(array['${learners.join("','")}']::uuid[]) and ${where} group by user_id`))).map(({ size }) => size);
    const each = (size: number) => learners.map(() => size);
    expect(await rowsEach("learner.goals")).toEqual(each(5));
    expect(await rowsEach("learner.goal_skills")).toEqual(each(5));
    expect(await rowsEach("learner.education_records")).toEqual(each(3));
    expect(await rowsEach("learner.interests")).toEqual(each(1));
    expect(await rowsEach("learner.skill_proficiencies")).toEqual(each(1));
    expect(await rowsEach("learner.certifications")).toEqual(each(1));
    expect(await rowsEach("progress.enrollments")).toEqual(each(2));
    expect(await rowsEach("progress.enrollments", "status = 'completed' and progress_percent = 100")).toEqual(each(1));
    expect(await rowsEach("progress.learner_career_paths", "status = 'completed'")).toEqual(each(1));
    expect(await rowsEach("progress.milestone_completions", "status = 'completed'")).toEqual(each(1));
    expect(await rowsEach("progress.content_progress", "status = 'completed'")).toEqual(each(topicsEach + 2 + 1));
    expect(await rowsEach("progress.progress_metrics", "metric_type = 'time_spent'")).toEqual(each(topicsEach));
    expect(await rowsEach("gamification.streak_activities", `activity_count = ${topicsEach}`)).toEqual(each(1));
    expect(await rowsEach("gamification.streak_freezes", "granted_reason is not null")).toEqual(each(1));
    expect(await rowsEach("gamification.streak_events")).toEqual(each(topicsEach + 1));
    expect(await rowsEach("ops.idempotency_keys", "payload is not null")).toEqual(each(22));
    expect(await db.$count(idempotencyKeys)).toBe(200);

    const ledger = { manual: [startPoints], topic: Array<number>(topicsEach).fill(10), module: [25, 25], course: [100], streak_freeze: [-200] };
    const sum = Object.values(ledger).flat().reduce((total, amount) => total + amount, 0);
    for (const userId of learners) {
      const entries = await db.select().from(pointsTransactions).where(eq(pointsTransactions.userId, userId)).orderBy(pointsTransactions.createdAt, pointsTransactions.id);
      const byReason = Map.groupBy(entries, ({ reason }) => reason);
      expect(Object.fromEntries([...byReason].map(([reason, rows]) => [reason, rows.map(({ amount }) => amount)]))).toEqual(ledger);
      const [points] = await db.select().from(userPoints).where(eq(userPoints.userId, userId));
      expect(points?.xpPoints).toBe(sum);
    }
    await eventsFollow(engine);
  } finally {
    await engine.close();
  }
}

/** One event for each change, one line of the audit log for each job that was started. */
async function eventsFollow({ db }: TestEngine): Promise<void> {
  const rollups = calls.filter(({ name }) => name === "startRollup").length;
  const [started] = await db.select({ size: count() }).from(auditLogs).where(eq(auditLogs.action, "job.started"));
  expect(started?.size).toBe(rollups);
  const jobs = await rowsOf<{ size: number }>(db, sql`select count(*)::int as size from ops.job_queue where created_by_id is not null`);
  expect(jobs).toEqual([{ size: rollups }]);
  const completed = await rowsOf<{ doubled: number }>(db, sql`
    select count(*)::int as doubled from (
      select entity_id from ops.event_outbox where topic like 'enrollments:%' and payload -> 'enrollment' ->> 'status' = 'completed'
      group by entity_id having count(*) > 1) as twice`);
  expect(completed).toEqual([{ doubled: 0 }]);
  const published = await db.select({ topic: eventOutbox.topic, size: count() }).from(eventOutbox).groupBy(eventOutbox.topic);
  const of = (topic: string) => published.find((row) => row.topic === topic)?.size ?? 0;
  // A day's first topic and the purchase change the streak; each topic, and the second course, the enrollments.
  for (const userId of learners) {
    expect([of(`streak:${userId}`), of(`enrollments:${userId}`)]).toEqual([2, topicsEach + 1]);
  }
}
