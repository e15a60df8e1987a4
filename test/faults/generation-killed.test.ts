import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createTokens } from "../../src/auth/tokens.js";
import { rowsOf } from "../../src/db/client.js";
import { openPglite } from "../../src/db/engines/pglite.js";
import { jobQueue } from "../../src/db/tables/index.js";
import { keyOf } from "../../src/graphql/node.js";
import { openStorage } from "../../src/storage/open.js";
import { testSecret } from "../support/app.js";
import { aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { aStoredFile } from "../support/generation.js";
import { goodAnswer, startModelServer, type Asked, type ModelServer } from "../support/model-server.js";
import { startServer, type ServerProcess } from "../support/server-process.js";
import { socketClient } from "../support/socket.js";

/** A stage as the messages of a job tell it, and the schema that the model is asked for in it. */
const stages = [
  { name: "fetch", message: /^Fetching/ },
  { name: "extract", message: /^Reading/ },
  { name: "structure", message: /^Finding/, asks: "course_plan" },
  { name: "write", message: /^Writing “/, asks: "course_week" },
  { name: "quiz", message: /^Writing questions/, asks: "course_quiz" },
  { name: "save", message: /^Saving/ },
] as const;
type Stage = (typeof stages)[number];

/** Of a test, in milliseconds; it starts seven servers. */
const longest = 600_000;

let folder: string;
let model: ModelServer;
let settings: Record<string, string>;
let open: () => Promise<TestEngine>;
let finish: () => Promise<void>;
let userId: string;
let token: string;
/** Global ids of the files that each test makes courses from, one for each stage. */
let files: { killed: string[]; cancelled: string[] };
let server: ServerProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "disha-generation-"));
  model = await startModelServer();
  const database = inject("testDatabase");
  const limits = { COST_BUDGET_USER: "1000000000", AI_BASE_URL: model.url, AI_MODEL: "tiny", DATA_DIR: folder, TMPDIR: path.join(folder, "tmp") };
  await mkdir(limits.TMPDIR);
  if (database.engine === "postgres") {
    const engine = await openTestEngine();
    settings = { ...limits, DATABASE_URL: engine.url ?? "" };
    open = async () => ({ ...engine, close: async () => {} });
    finish = () => engine.close();
  } else {
    settings = limits;
    await (await openPglite(folder, new Blob([await readFile(database.snapshot)]))).close();
    open = () => openPglite(folder);
    finish = async () => {};
  }
  const engine = await open();
  const { user, sessionId } = await aUser(engine.db, { role: "teacher" });
  userId = user.id;
  token = (await createTokens(testSecret).issue({ userId, sessionId })).token;
  const file = async (name: string) => (await aStoredFile({ db: engine.db, storage: storage() }, { uploadedById: userId, filename: `${name}.md` })).global;
  const ofStages = () => Promise.all(stages.map(({ name }) => file(name)));
  files = { killed: await ofStages(), cancelled: await ofStages() };
  await engine.close();
});
afterAll(async () => {
  await server?.kill();
  await model.close();
  await finish();
  await rm(folder, { recursive: true, force: true });
});

/** The server that runs, or a new one when it was killed. */
const running = async (): Promise<ServerProcess> => (server ??= await startServer(settings));

async function kill(): Promise<void> {
  await server?.kill();
  server = undefined;
}

const storage = () => openStorage({ maxBytes: 1e6, folder: path.join(folder, "files"), s3: undefined });

/** While the server is down on the embedded engine; at any time on PostgreSQL. */
async function withDatabase<Result>(run: (engine: TestEngine) => Promise<Result>): Promise<Result> {
  const engine = await open();
  try {
    return await run(engine);
  } finally {
    await engine.close();
  }
}

async function send<Data>(server: ServerProcess, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

/**
 * Starts a generation and calls `at` when it has come to the stage, or is past it: fetching, reading and saving may be over
 * before anybody hears of them. The model holds its answers in the stages that are its own, and after those that come before.
 */
async function runTo(server: ServerProcess, stage: Stage, file: string, at: (jobId: string) => Promise<void>): Promise<string> {
  const release = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const reached = stages.slice(stages.indexOf(stage));
  const held = reached.find((later) => "asks" in later)?.asks;
  model.answer = async (request: Asked) => {
    if (request.name === held) {
      asked.resolve();
      await Promise.race([release.promise, request.gone]);
    }
    return goodAnswer(request);
  };
  const { generateCourse } = await send<{ generateCourse: { job: { id: string }; errors: object[] } }>(
    server,
    `mutation ($input: GenerateCourseInput!) { generateCourse(input: $input) { job { id } errors { code } } }`,
    { input: { fileIds: [file], idempotencyKey: randomUUID() } },
  );
  expect(generateCourse.errors).toEqual([]);
  const jobId = generateCourse.job.id;
  const { client } = socketClient(server.url, token);
  const query = `subscription ($id: ID!) { jobUpdated(id: $id) { job { message status } } }`;
  for await (const { data } of client.iterate<{ jobUpdated: { job: { message: string | null; status: string } } }>({ query, variables: { id: jobId } })) {
    const { message, status } = data?.jobUpdated.job ?? {};
    if (status === "COMPLETED" || reached.some((one) => one.message.test(message ?? ""))) break;
  }
  if ("asks" in stage) await asked.promise;
  await at(jobId);
  release.resolve();
  model.answer = goodAnswer;
  await client.dispose();
  return jobId;
}

interface JobState {
  status: string;
  course: { id: string } | null;
  result: Record<string, number> | null;
}

async function settled(server: ServerProcess, id: string): Promise<JobState> {
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; await delay(100)) {
    const { job } = await send<{ job: JobState }>(server, `query ($id: ID!) { job(id: $id) { status result course { id } } }`, { id });
    if (!["PENDING", "PROCESSING"].includes(job.status)) return job;
  }
  throw new Error(`The job did not end:\n${server.output()}`);
}

/** What a minute does to tasks whose worker is dead, so that the test need not wait for it. */
const letTimePass = () =>
  withDatabase(async ({ db }) => {
    await db.execute(sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '5 minutes', retry_delay = 0, retry_backoff = false where state = 'active'`);
    await db.execute(sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`);
  });

/** Rows of half a course: what would be left of a save that was not whole. */
const orphans = () => sql`
  with made as (select * from catalog.courses where created_by_id = ${userId}::uuid),
       weeks as (select m.* from catalog.modules m join made c on c.id = m.course_id)
  select 'course' as what from made c where not exists (select 1 from ops.job_queue j where j.course_id = c.id and j.status = 'completed')
  union all select 'module' from weeks m where not exists (select 1 from catalog.topics t where t.module_id = m.id)
  union all select 'quiz' from weeks m where not exists (
    select 1 from assessment.quizzes q join assessment.quiz_questions n on n.quiz_id = q.id where q.module_id = m.id)
  union all select 'job' from ops.job_queue j where j.job_type = 'course_generation' and (j.status = 'completed') <> (j.course_id is not null)
  union all select 'file' from catalog.source_files f left join ops.job_queue j on j.id = f.job_id where f.course_id is distinct from j.course_id`;

const temporaryFolders = () => readdirSync(path.join(folder, "tmp")).filter((name) => name.startsWith("disha-temp-"));

const leftBehind = (jobs: readonly string[]) => ({
  checkpoints: jobs.map((id) => path.join(folder, "files", "jobs", keyOf("Job", id))).filter((name) => existsSync(name)),
  folders: temporaryFolders(),
});

test("a cancel in any stage leaves the job's record and a free file, or comes too late and leaves the whole course", async () => {
  const jobs: string[] = [];
  const alive = await running();
  const before = await coursesSeen(alive);
  let completed = 0;
  for (const [index, stage] of stages.entries()) {
    const id = await runTo(alive, stage, files.cancelled[index] ?? "", async (job) => {
      await send(alive, `mutation ($input: CancelJobInput!) { cancelJob(input: $input) { job { id } } }`, { input: { id: job } });
    });
    const { status, course } = await settled(alive, id);
    expect(["CANCELLED", ...(stage.name === "save" ? ["COMPLETED"] : [])]).toContain(status);
    expect(course !== null).toBe(status === "COMPLETED");
    completed += status === "COMPLETED" ? 1 : 0;
    jobs.push(id);
  }
  await expect.poll(() => leftBehind(jobs), { timeout: 60_000 }).toEqual({ checkpoints: [], folders: [] });
  expect(await coursesSeen(alive)).toBe(before + completed);
  await kill();
  await withDatabase(async ({ db }) => expect(await rowsOf(db, orphans())).toEqual([]));
}, longest);

test("a server that is killed in any stage makes each course once, when it is started again", async () => {
  const jobs: string[] = [];
  // What differs between engines is the start, and on the embedded one that takes a while.
  const killedIn = inject("testDatabase").engine === "pglite" ? stages.filter((_, index) => index % 2 === 1) : stages;
  for (const [index, stage] of killedIn.entries()) {
    const id = await runTo(await running(), stage, files.killed[index] ?? "", kill);
    await letTimePass();
    const job = await settled(await running(), id);
    expect({ stage: stage.name, ...job }).toMatchObject({ status: "COMPLETED", course: { id: expect.any(String) }, result: { modules: expect.any(Number) } });
    jobs.push(id);
  }
  await expect.poll(() => leftBehind(jobs), { timeout: 60_000 }).toEqual({ checkpoints: [], folders: [] });
  await kill();
  await withDatabase(async ({ db }) => {
    const made = jobs.map((id) => keyOf("Job", id));
    expect(await db.$count(jobQueue, and(inArray(jobQueue.id, made), isNotNull(jobQueue.courseId)))).toBe(killedIn.length);
    expect(await rowsOf(db, orphans())).toEqual([]);
  });
}, longest);

const coursesSeen = async (server: ServerProcess): Promise<number> =>
  (await send<{ courses: { totalCount: number } }>(server, "{ courses { totalCount } }", {})).courses.totalCount;
