import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  courses, courseSkills, jobEvents, jobQueue, modules, quizQuestions, quizzes, sourceFiles, topics,
} from "../../src/db/tables/index.js";
import { DocumentFailure } from "../../src/documents/document.js";
import { embeddedWriterInChild } from "../../src/documents/embedded-in-child.js";
import { extractDocument } from "../../src/documents/extraction/extract.js";
import { ModelFailure } from "../../src/documents/model/failure.js";
import { keyOf, toGlobalId } from "../../src/graphql/node.js";
import type { GenerationParts } from "../../src/jobs/course-generation/handler.js";
import { jobFolder, uploadKey } from "../../src/storage/open.js";
import { startTestApp, type Session, type TestApp } from "../support/app.js";
import { aCourse, aJob, aLevel, aSkill } from "../support/builders.js";
import { aDocument, aStoredFile, lesson, plainWriter } from "../support/generation.js";
import { failures, mutate } from "../support/mutate.js";
import { RawSocket } from "../support/socket.js";

interface JobAnswer {
  id: string;
  status: string;
  error: string | null;
  errorCode: string | null;
  result: Record<string, unknown> | null;
  course: { id: string; title: string; status: string } | null;
}

let app: TestApp;
let folders: string;
let teacher: Session;
/** What makes courses, for the test at hand. */
let extract: GenerationParts["extract"];
let writer: ReturnType<typeof plainWriter>;

beforeAll(async () => {
  const generation = { extract: (file, options) => extract(file, options), createWriter: () => writer } satisfies Partial<GenerationParts>;
  folders = await mkdtemp(path.join(tmpdir(), "disha-files-"));
  app = await startTestApp({ files: { maxBytes: 1e6, folder: folders, s3: undefined } }, { generation, jobs: { retryDelay: 1, supervise: 1, heartbeat: 10, poll: 0.5 } });
});
afterAll(async () => {
  await app.close();
  await rm(folders, { recursive: true, force: true });
});
beforeEach(async () => {
  teacher = await app.signedIn("teacher");
  extract = async () => aDocument();
  writer = plainWriter();
});

const selection = "job { id status error errorCode result course { id title status } }";
const generate = (input: object, as: Session = teacher) => mutate<{ job: JobAnswer | null }>(app, "generateCourse", input, selection, as);
const aFile = (values: Partial<typeof sourceFiles.$inferInsert> = {}, content?: string) =>
  aStoredFile({ db: app.db, storage: app.services.storage }, { ...values, uploadedById: values.uploadedById ?? teacher.userId }, content);

const jobOf = async (id = "", as: Session = teacher): Promise<JobAnswer> => {
  const { data } = await app.query<{ job: JobAnswer }>(`query ($id: ID!) { job(id: $id) { ${selection.slice(5)} }`, { id }, as);
  return data.job;
};

async function settled(id?: string): Promise<JobAnswer> {
  await expect.poll(async () => (await jobOf(id)).status, { timeout: 280_000, interval: 50 }).toMatch(/COMPLETED|FAILED|CANCELLED/);
  return jobOf(id);
}

const tables = [courses, courseSkills, modules, topics, quizzes, quizQuestions];
const rowCounts = () => Promise.all(tables.map((table) => app.db.$count(table)));
const fileRow = async (id: string) => (await app.db.select().from(sourceFiles).where(eq(sourceFiles.id, id)))[0];
const interim = (globalId: string): string[] => {
  const folder = path.join(folders, jobFolder(keyOf("Job", globalId)));
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
};
const leftFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("disha-temp-") && name.includes(`-${process.pid}-`));

test("a teacher's documents become one draft with weeks, topics, quizzes and links, and nothing is left of the way there", async () => {
  await aLevel(app.db, "4.5");
  const skill = await aSkill(app.db);
  const files = [await aFile(), await aFile({ filename: "second.md" })];
  const before = await rowCounts();
  const { job, errors } = await generate({ fileIds: files.map(({ global }) => global), title: " Sun and power ", nsqfLevel: 4.5, language: "HI" });
  expect(errors).toEqual([]);
  expect(job).toMatchObject({ status: "PENDING", error: null, errorCode: null, course: null });
  const done = await settled(job?.id);
  const result = { courseId: done.course?.id, title: "Sun and power", modules: 4, topics: 4, quizzes: 4, questions: 4, writer: "plain" };
  expect(done).toMatchObject({ status: "COMPLETED", error: null, course: { title: "Sun and power", status: "DRAFT" }, result });
  const after = await rowCounts();
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 4, 4, 4, 4]);

  const courseId = keyOf("Course", done.course?.id ?? "");
  const [course] = await app.db.select().from(courses).where(eq(courses.id, courseId));
  expect(course).toMatchObject({
    status: "draft", version: 1, createdById: teacher.userId, language: "hi", nsqfLevel: "4.5", keywords: ["solar"], courseId: expect.stringMatching(/^course_/),
  });
  const weeks = await app.db.select().from(modules).where(eq(modules.courseId, courseId)).orderBy(modules.week);
  expect(weeks.map(({ week, orderIndex, title }) => [week, orderIndex, title])).toEqual([[1, 0, "Part 1"], [2, 1, "Part 2"], [3, 2, "Part 1"], [4, 3, "Part 2"]]);
  const made = await app.db.select().from(quizzes).where(eq(quizzes.courseId, courseId));
  expect(made.map(({ moduleId }) => moduleId).toSorted()).toEqual(weeks.map(({ id }) => id).toSorted());
  expect(made[0]).toMatchObject({ quizType: "module", passingScore: 70, archivedAt: null });
  const questions = await app.db.select().from(quizQuestions).where(inArray(quizQuestions.quizId, made.map(({ id }) => id)));
  expect(questions.filter(({ sourceFileId }) => sourceFileId === files[1]?.id)).toHaveLength(2);
  expect(questions[0]).toMatchObject({ questionNumber: 1, correctAnswer: "A", sourcePage: 1, skillId: skill.id });
  for (const file of files) expect(await fileRow(file.id)).toMatchObject({ courseId, jobId: keyOf("Job", done.id), status: "stored" });
  await expect.poll(() => interim(done.id)).toEqual([]);
  expect(leftFolders()).toEqual([]);
});

test("without a model the embedded writer makes the course, its stages in processes of their own", async () => {
  [extract, writer] = [extractDocument, { ...embeddedWriterInChild(), calls: [] }];
  const sentence = (part: number) => `A charge controller of part ${part} is a device that protects the battery from too much current. It stands between panel ${part} and battery. `;
  const text = [1, 2, 3].map((part) => `# Part ${part} of the plant\n\n${sentence(part).repeat(6)}\n`).join("\n");
  const file = await aFile({}, text);
  const { job } = await generate({ fileIds: [file.global] });
  const done = await settled(job?.id);
  expect(done).toMatchObject({ status: "COMPLETED", result: { writer: "embedded", modules: expect.any(Number), topics: expect.any(Number) } });
  const [course] = await app.db.select().from(courses).where(eq(courses.id, keyOf("Course", done.course?.id ?? "")));
  expect(course).toMatchObject({ language: "en", status: "draft", nsqfLevel: null });
}, 300_000);

test("a key that is repeated starts one job, and a course without quizzes has none", async () => {
  const file = await aFile();
  const input = { fileIds: [file.global], withQuizzes: false, weeks: 2, idempotencyKey: randomUUID() };
  const [first, second] = [await generate(input), await generate(input)];
  expect(second.job?.id).toBe(first.job?.id);
  expect((await settled(first.job?.id)).result).toMatchObject({ modules: 2, quizzes: 0, questions: 0 });
  expect(writer.calls).toEqual(["structure", "write"]);
  expect(failures(await generate({ ...input, weeks: 3 }))).toEqual(["KEY_REUSED at input.idempotencyKey"]);
});

test("what is wrong with the input is told all together, and nothing starts", async () => {
  const file = await aFile();
  const before = await app.db.$count(jobQueue);
  const wrong = { fileIds: [], title: " ", nsqfLevel: 4.3, language: "english", weeks: 31 };
  expect(failures(await generate(wrong))).toEqual([
    "TOO_SHORT at input.fileIds", "TOO_SHORT at input.title", "INVALID at input.nsqfLevel", "INVALID_FORMAT at input.language", "OUT_OF_RANGE at input.weeks",
  ]);
  expect(failures(await generate({ fileIds: [file.global, toGlobalId("Course", file.id)] }))).toEqual(["INVALID_ID at input.fileIds.1"]);
  expect(failures(await generate({ fileIds: Array(11).fill(file.global) }))).toEqual(["TOO_LONG at input.fileIds"]);
  expect(failures(await generate({ fileIds: [file.global], nsqfLevel: 9.5 }))).toEqual(["NOT_FOUND at input.nsqfLevel"]);
  expect(await app.db.$count(jobQueue)).toBe(before);
  expect(await fileRow(file.id)).toMatchObject({ jobId: null });
});

test("files of others read as missing, those in use or not whole as conflicts, each at its place", async () => {
  const stranger = await app.signedIn("teacher");
  const open = await aJob(app.db, { jobType: "course_generation", createdById: teacher.userId });
  const course = await aCourse(app.db);
  const whole = await aFile();
  const others = [
    await aFile({ uploadedById: stranger.userId }), await aFile({ status: "staged" }), await aFile({ courseId: course.id }),
    await aFile({ jobId: open.id }), await aFile({ status: "deleted" }), whole,
  ];
  const answer = await generate({ fileIds: [whole, ...others].map(({ global }) => global).concat(toGlobalId("SourceFile", randomUUID())) });
  expect(failures(answer)).toEqual([
    "NOT_FOUND at input.fileIds.1", "CONFLICT at input.fileIds.2", "CONFLICT at input.fileIds.3", "CONFLICT at input.fileIds.4",
    "NOT_FOUND at input.fileIds.5", "CONFLICT at input.fileIds.6", "NOT_FOUND at input.fileIds.7",
  ]);
  expect(answer.job).toBeNull();
  await app.db.update(jobQueue).set({ status: "cancelled" }).where(eq(jobQueue.id, open.id));
  const admin = await app.signedIn("admin");
  const { job } = await generate({ fileIds: [others[0]?.global, others[3]?.global] }, admin);
  await expect.poll(async () => (await jobOf(job?.id ?? "", admin)).status, { timeout: 90_000 }).toBe("COMPLETED");
});

test("learners and strangers start nothing", async () => {
  const file = await aFile();
  const document = `mutation ($input: GenerateCourseInput!) { generateCourse(input: $input) { job { id } } }`;
  const input = { fileIds: [file.global] };
  expect((await app.query(document, { input }, await app.signedIn())).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  expect((await app.query(document, { input })).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  expect(await fileRow(file.id)).toMatchObject({ jobId: null, courseId: null });
});

test("five courses may be in the making at a time, however the requests race", async () => {
  const files = await Promise.all(Array.from({ length: 7 }, () => aFile()));
  const hold = Promise.withResolvers<void>();
  extract = async () => (await hold.promise, aDocument());
  const answers = await Promise.all(files.map(({ global }) => generate({ fileIds: [global] })));
  const refused = answers.filter(({ job }) => job === null);
  expect(refused.map(failures)).toEqual([["LIMIT_REACHED at input.fileIds"], ["LIMIT_REACHED at input.fileIds"]]);
  for (const { job } of answers) if (job) await mutate(app, "cancelJob", { id: job.id }, "job { status }", teacher);
  hold.resolve();
});

test.each([
  ["a document that cannot be read", () => (extract = () => Promise.reject(new DocumentFailure("NO_TEXT"))), "NO_TEXT", /^NO_TEXT: “lesson\.md”: .+\.$/],
  ["a model that is away", () => (writer = plainWriter({ write: () => Promise.reject(new ModelFailure("MODEL_UNAVAILABLE")) })), "MODEL_UNAVAILABLE", /^MODEL_UNAVAILABLE: /],
])("%s fails the job with its code and leaves nothing but its record; the file may be used again", async (_, break_, errorCode, error) => {
  break_();
  const file = await aFile();
  const before = await rowCounts();
  const { job } = await generate({ fileIds: [file.global] });
  expect(await settled(job?.id)).toMatchObject({ status: "FAILED", errorCode, error: expect.stringMatching(error), course: null });
  expect(await rowCounts()).toEqual(before);
  expect(await fileRow(file.id)).toMatchObject({ status: "stored", courseId: null });
  expect(leftFolders()).toEqual([]);
  [extract, writer] = [async () => aDocument(), plainWriter()];
  const again = await generate({ fileIds: [file.global] });
  expect(await settled(again.job?.id)).toMatchObject({ status: "COMPLETED" });
  // The old job may not take the file back from the course that was made of it.
  expect(failures(await mutate(app, "retryJob", { id: job?.id }, "job { id }", teacher))).toEqual(["CONFLICT at input.id"]);
});

test("a retry goes on after the last whole stage, and only from answers to the same question", async () => {
  let reads = 0;
  extract = async () => (reads++, aDocument());
  writer = plainWriter({ quiz: () => Promise.reject(new ModelFailure("MODEL_UNAVAILABLE")) });
  const file = await aFile();
  const { job } = await generate({ fileIds: [file.global] });
  await settled(job?.id);
  expect(interim(job?.id ?? "")).toEqual(["documents.json", "modules.json", "plan.json"]);
  const kept = (name: string) => `${jobFolder(keyOf("Job", job?.id ?? ""))}/${name}.json`;
  const { storage } = app.services;
  await storage.write(kept("modules"), '{"inputs":"cut o');
  await storage.write(kept("plan"), JSON.stringify({ ...JSON.parse(await storage.readToString(kept("plan"))), inputs: "of other wishes" }));
  writer = plainWriter();
  expect(failures(await mutate(app, "retryJob", { id: job?.id }, "job { id }", teacher))).toEqual([]);
  expect(await settled(job?.id)).toMatchObject({ status: "COMPLETED", result: { modules: 2, questions: 2 } });
  expect([reads, writer.calls]).toEqual([1, ["structure", "write", "quiz"]]);
  await expect.poll(() => interim(job?.id ?? "")).toEqual([]);
});

test("a storage that gives other content than was stored is not the teacher's fault: the attempt is repeated", async () => {
  const file = await aFile();
  await app.services.storage.write(uploadKey(file.id), "half of");
  const read: string[] = [];
  extract = async ({ path: from }) => {
    read.push(readFileSync(from, "utf8"));
    return aDocument();
  };
  const { job } = await generate({ fileIds: [file.global] });
  await expect.poll(async () => (await jobOf(job?.id)).status === "PENDING" && ((await attemptsOf(job?.id)) ?? 0) >= 1, { timeout: 90_000, interval: 50 }).toBe(true);
  await app.services.storage.write(uploadKey(file.id), lesson(4));
  expect(await settled(job?.id)).toMatchObject({ status: "COMPLETED", error: null });
  expect(read).toEqual([lesson(4)]);
});

const attemptsOf = async (id = ""): Promise<number | undefined> =>
  (await app.db.select().from(jobQueue).where(eq(jobQueue.id, keyOf("Job", id))))[0]?.attempts;

test("an unexpected error is repeated by the worker, from where it happened", async () => {
  let quizzed = 0;
  const plain = plainWriter();
  writer = { ...plain, quiz: (...args) => (++quizzed === 1 ? Promise.reject(new Error("a secret of the inside")) : plain.quiz(...args)) };
  const { job } = await generate({ fileIds: [(await aFile()).global] });
  expect(await settled(job?.id)).toMatchObject({ status: "COMPLETED" });
  expect(plain.calls).toEqual(["structure", "write", "quiz"]);
  const [row] = await app.db.select().from(jobQueue).where(eq(jobQueue.id, keyOf("Job", job?.id ?? "")));
  expect(row?.attempts).toBe(2);
});

test("a cancel stops the work soon, whatever the stage, and leaves the file free", async () => {
  const file = await aFile();
  const before = await rowCounts();
  const halt = (signal: AbortSignal) =>
    new Promise<never>((_, fail) => signal.addEventListener("abort", () => fail(signal.reason instanceof Error ? signal.reason : new Error("stopped"))));
  for (const name of ["extract", "structure", "write", "quiz"] as const) {
    const reached = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    const hold = async (signal: AbortSignal): Promise<never> => {
      reached.resolve();
      return halt(signal).finally(() => stopped.resolve());
    };
    extract = name === "extract" ? (_file, { signal }) => hold(signal) : async () => aDocument();
    writer = plainWriter(name === "extract" ? {} : { [name]: (...args: { signal: AbortSignal }[]) => hold(args.at(-1)?.signal ?? AbortSignal.abort()) });
    const { job, errors } = await generate({ fileIds: [file.global] });
    expect(errors).toEqual([]);
    await reached.promise;
    const at = performance.now();
    await mutate(app, "cancelJob", { id: job?.id }, "job { status }", teacher);
    await stopped.promise;
    expect(performance.now() - at).toBeLessThan(20_000);
    await expect.poll(() => interim(job?.id ?? ""), { timeout: 30_000 }).toEqual([]);
    await expect.poll(() => leftFolders(), { timeout: 30_000 }).toEqual([]);
    expect(await jobOf(job?.id ?? "")).toMatchObject({ status: "CANCELLED", course: null });
  }
  expect(await rowCounts()).toEqual(before);
  expect(await fileRow(file.id)).toMatchObject({ status: "stored", courseId: null });
});

test("the steps of a job rise through every stage in words for people", async () => {
  const { job } = await generate({ fileIds: [(await aFile({ filename: "sun.pdf" })).global] });
  await settled(job?.id);
  const events = await app.db.select().from(jobEvents).where(eq(jobEvents.jobId, keyOf("Job", job?.id ?? ""))).orderBy(jobEvents.id);
  expect(events.map(({ status, message }) => message ?? status)).toEqual([
    "pending", "processing", "Fetching the document.", "Reading “sun.pdf”.", "Finding weeks and topics.", "Writing “Solar power”.",
    "Writing questions.", "Saving the course.", "Saving the course.",
  ]);
  const steps = events.map(({ progress }) => progress);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(100);
  expect(leftFolders()).toEqual([]);
});

test("two sockets see every stage; one that was cut goes on after its last change without a gap, up to the course", async () => {
  interface Seen {
    kind: string;
    seq: number;
    job: { status: string; message: string | null; course: { id: string; title: string } | null };
  }
  const query = `subscription ($id: ID!, $after: BigInt) { jobUpdated(id: $id, after: $after) { kind seq job { status message course { id title } } } }`;
  const [begin, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  extract = async () => (await begin.promise, aDocument());
  const plain = plainWriter();
  writer = { ...plain, structure: async (...args) => (await go.promise, plain.structure(...args)) };
  const { job } = await generate({ fileIds: [(await aFile()).global] });
  const watch = async (after?: number) => {
    const raw = await RawSocket.signedIn(app.url, teacher.token);
    raw.send({ id: "1", type: "subscribe", payload: { query, variables: { id: job?.id, after } } });
    return { raw, next: async () => (await raw.next<{ data: { jobUpdated: Seen } }>("next", "1")).data.jobUpdated };
  };
  const until = async (line: { next: () => Promise<Seen> }, list: Seen[], end: (seen: Seen) => boolean) => {
    do list.push(await line.next());
    while (!list.slice(-1).every(end));
  };
  const [steady, cut] = [await watch(), await watch()];
  const [all, first, second]: [Seen[], Seen[], Seen[]] = [[], [], []];
  await Promise.all([until(steady, all, ({ kind }) => kind === "SNAPSHOT"), until(cut, first, ({ kind }) => kind === "SNAPSHOT")]);
  begin.resolve();
  await until(cut, first, ({ job: { message } }) => message === "Finding weeks and topics.");
  cut.raw.socket.terminate();
  go.resolve();
  const isEnd = ({ job: { status } }: Seen) => status === "COMPLETED";
  await until(steady, all, isEnd);
  const again = await watch(first.at(-1)?.seq);
  await until(again, second, isEnd);
  for (const { raw } of [steady, again]) raw.socket.terminate();

  const changes = (list: Seen[]) => list.filter(({ kind }) => kind === "CHANGE").map(({ seq, job: { message } }) => `${seq} ${message}`);
  const since = Math.max(all[0]?.seq ?? 0, first[0]?.seq ?? 0);
  const later = (list: Seen[]) => list.filter(({ seq }) => seq > since);
  expect(changes(later([...first, ...second]))).toEqual(changes(later(all)));
  const messages = all.map(({ job: { message } }) => message);
  for (const message of ["Finding weeks and topics.", "Writing “Solar power”.", "Writing questions.", "Saving the course."]) expect(messages).toContain(message);
  expect(second.at(-1)?.job).toMatchObject({ status: "COMPLETED", course: { id: expect.any(String), title: "Solar power" } });
});
