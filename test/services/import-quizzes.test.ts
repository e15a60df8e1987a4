import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { asc, eq, isNull, like } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jobQueue, quizAttempts, quizQuestions, quizzes } from "../../src/db/tables/index.js";
import { runQuizImport } from "../../src/services/import/command.js";
import type { ImportCounts, Refusal } from "../../src/services/import/courses.js";
import { quizzesOf } from "../../src/services/import/quizzes.js";
import { aSkill, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";

let engine: TestEngine;
let folder: string;
beforeAll(async () => {
  [engine, folder] = [await openTestEngine(), await mkdtemp(path.join(tmpdir(), "disha-quizzes-"))];
});
beforeEach(async () => void (await engine.db.delete(quizzes).where(isNull(quizzes.courseId))));
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const question = (id: string, values: object = {}) => ({ id, category: "soil", language: "en", question: `What is ${id}?`, options: ["Clay", "Sand"], answer_index: 1, ...values });

async function load(bank: unknown): Promise<{ counts: ImportCounts | null; refusals: string[] }> {
  const file = path.join(folder, "bank.json");
  await writeFile(file, typeof bank === "string" ? bank : JSON.stringify(bank));
  return loadFile(file);
}

async function loadFile(file: string) {
  const refusals: Refusal[] = [];
  const counts = await runQuizImport(engine.db, { file, as: undefined, signal: new AbortController().signal, onRefusal: (one) => void refusals.push(one), onProgress: () => {} });
  return { counts, refusals: refusals.map(({ line, field, reason }) => `${line} ${field}: ${reason}`) };
}

const stored = () => engine.db.select().from(quizzes).orderBy(asc(quizzes.quizId));
const questionsOf = (quizId: string) => engine.db.select().from(quizQuestions).where(eq(quizQuestions.quizId, quizId)).orderBy(asc(quizQuestions.questionNumber));

test("questions become quizzes by category and language, in portions of 100", async () => {
  const bank = [...Array.from({ length: 205 }, (_, at) => question(`s${at}`)), question("hi", { language: "hi", category: "मिट्टी", question: "मिट्टी क्या है?", options: ["रेत", "مرحبا"] })];
  const { counts, refusals } = await load(bank);
  expect({ counts, refusals }).toEqual({ counts: { read: 206, inserted: 206, updated: 0, unchanged: 0, refused: 0 }, refusals: [] });
  const rows = await stored();
  expect(rows.map(({ title }) => title)).toEqual(["soil (1/3)", "soil (2/3)", "soil (3/3)", "मिट्टी"]);
  expect(await Promise.all(rows.map(async ({ id }) => (await questionsOf(id)).length))).toEqual([100, 100, 5, 1]);
  const hindi = rows.at(-1);
  expect(hindi).toMatchObject({ quizType: "practice", courseId: null });
  expect(await questionsOf(hindi?.id ?? "")).toMatchObject([{ questionText: "मिट्टी क्या है?", options: { A: "रेत", B: "مرحبا" }, correctAnswer: "B" }]);
  const [job] = await engine.db.select().from(jobQueue).where(eq(jobQueue.jobType, "catalog_import"));
  expect(job).toMatchObject({ status: "completed", payload: { file: "bank.json", format: "question bank" }, result: { inserted: 206 } });
});

test("the same file changes nothing, a changed one what differs, and a shorter one loses the rest", async () => {
  const bank = [question("one"), question("two"), question("three")];
  await load(bank);
  const before = await stored();
  expect((await load(bank)).counts).toEqual({ read: 3, inserted: 0, updated: 0, unchanged: 3, refused: 0 });
  expect(await stored()).toEqual(before);
  const { counts } = await load([question("one"), question("two", { answer_index: 0 })]);
  expect(counts).toEqual({ read: 2, inserted: 0, updated: 1, unchanged: 1, refused: 0 });
  expect((await questionsOf(before[0]?.id ?? "")).map(({ correctAnswer }) => correctAnswer)).toEqual(["B", "A"]);
});

test("what was said about a question goes when another stands in its place, and a removal moves updatedAt", async () => {
  await load([question("one"), question("two"), question("three")]);
  const [quiz] = await stored();
  const said = { explanation: "Look.", difficulty: "hard" as const, skillId: (await aSkill(engine.db)).id, sourcePage: 3 };
  await engine.db.update(quizQuestions).set(said).where(eq(quizQuestions.quizId, quiz?.id ?? ""));
  await load([question("one"), question("other"), question("three", { answer_index: 0 })]);
  const unsaid = { explanation: null, difficulty: null, skillId: null, sourceFileId: null, sourcePage: null };
  expect(await questionsOf(quiz?.id ?? "")).toMatchObject([said, { questionText: "What is other?", ...unsaid }, { correctAnswer: "A", ...unsaid }]);
  const [before] = await stored();
  await load([question("one"), question("other")]);
  expect((await stored())[0]?.updatedAt).not.toBe(before?.updatedAt);
});

test("a quiz that becomes the first of several is called so, unless somebody gave it a title", async () => {
  const bank = Array.from({ length: 101 }, (_, at) => question(`s${at}`));
  const other = (count: number) => Array.from({ length: count }, (_, at) => question(`t${at}`, { category: "water" }));
  await load([...bank.slice(0, 100), ...other(100)]);
  await engine.db.update(quizzes).set({ title: "All of water" }).where(eq(quizzes.title, "water"));
  await load([...bank, ...other(101)]);
  expect((await stored()).map(({ title }) => title).toSorted()).toEqual(["All of water", "soil (1/2)", "soil (2/2)", "water (2/2)"]);
});

test("a quiz that somebody has started stays as it is", async () => {
  await load([question("one"), question("two")]);
  const [quiz] = await stored();
  const { user } = await aUser(engine.db);
  await engine.db.insert(quizAttempts).values({ quizId: quiz?.id ?? "", userId: user.id });
  const before = await questionsOf(quiz?.id ?? "");
  const { counts, refusals } = await load([question("one", { answer_index: 0 }), question("two"), question("three")]);
  expect(counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 1, refused: 2 });
  const reason = "its quiz was started, and its questions stay as they are";
  expect(refusals).toEqual([`1 : ${reason}`, `3 : ${reason}`]);
  expect(await questionsOf(quiz?.id ?? "")).toEqual(before);
});

test("of more than four options the right one and the first of the others are kept, in their order", async () => {
  const six = ["Coal", "Wood", "Peat", "Gas", "Oil", "Wind"];
  await load([question("six", { question: "Which never runs out?", options: six, answer_index: 5 }), question("again", { question: "Which is a liquid?", options: six, answer_index: 1 })]);
  const [quiz] = await stored();
  expect((await questionsOf(quiz?.id ?? "")).map(({ options, correctAnswer }) => [options, correctAnswer])).toEqual([
    [{ A: "Coal", B: "Wood", C: "Peat", D: "Wind" }, "D"],
    [{ A: "Coal", B: "Wood", C: "Peat", D: "Gas" }, "B"],
  ]);
});

test("what breaks a rule is refused with its reason, and the rest loads", async () => {
  const { counts, refusals } = await load([
    question("a", { answer_index: null }), question("b", { answer_index: 2 }), question("c", { options: ["Clay"] }), question("d", { options: Array.from({ length: 27 }, (_, n) => `${n}`) }),
    question("e", { options: ["Same", "Same "] }), question("f", { question: " " }), question("g", { category: undefined }), question("h", { language: "English" }),
    question("ok"), question("ok", { question: "Another?" }), question("i", { question: "What is ok?" }), question("", {}),
    question("n", { question: "What is \0?" }), question("p", { options: ["Clay", "Sand \ud83c"] }), question("q", { category: "\udf31" }), question("leaf", { question: "What is 🌱?" }),
  ]);
  expect(counts).toEqual({ read: 16, inserted: 2, updated: 0, unchanged: 0, refused: 14 });
  expect(refusals).toEqual([
    "1 answer_index: has no right answer",
    "2 answer_index: has no option 2",
    "3 options: does not have two to 26 options of at most 1000 characters",
    "4 options: does not have two to 26 options of at most 1000 characters",
    "5 options: has two options that are the same",
    "6 question: has no question of at most 2000 characters",
    "7 category: has no category of at most 200 characters",
    "8 language: is not a language tag such as en or hi",
    "10 id: ok was used before, by question 9",
    "11 question: is the same as question 9",
    "12 id: has no id of at most 200 characters",
    ...["13 question", "14 options", "15 category"].map((at) => `${at}: has the character NUL or half of a character, which cannot be stored`),
  ]);
});

test.each([
  ["no JSON", "{", "The file is not JSON in UTF-8."],
  ["no list", "{}", "The file is of no known format: a list of questions is needed, each an object."],
  ["a list of something else", "[1]", "The file is of no known format: a list of questions is needed, each an object."],
])("a file with %s is told before anything is written", async (_, text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});

const bank = path.join(process.env["DISHA_DATA"] ?? "", "quizzes", "mcq.json");

describe.skipIf(!process.env["DISHA_DATA"] || !existsSync(bank))("a bank of 1,557 questions in four languages", () => {
  test("loads but for the one without a right answer; again it changes nothing", async () => {
    const { counts, refusals } = await loadFile(bank);
    expect(counts).toEqual({ read: 1557, inserted: 1556, updated: 0, unchanged: 0, refused: 1 });
    expect(refusals.map((reason) => reason.replace(/^\d+ /, ""))).toEqual(["answer_index: has no right answer"]);
    const entries = JSON.parse(await readFile(bank, "utf8")) as Record<string, unknown>[];
    const wanted = quizzesOf(entries, () => {});
    const quizIds = await stored();
    expect(quizIds.map(({ quizId }) => quizId)).toEqual(wanted.map(({ quizId }) => quizId).toSorted());
    const arabic = (await engine.db.select().from(quizQuestions).innerJoin(quizzes, eq(quizzes.id, quizQuestions.quizId)).where(like(quizzes.quizId, "practice-ar-%")).orderBy(asc(quizQuestions.id)));
    const texts = entries.filter(({ language }) => language === "ar").map((entry) => String(entry["question"]).trim());
    expect(arabic.every(({ quiz_questions: { questionText } }) => texts.includes(questionText))).toBe(true);
    expect(arabic).toHaveLength(texts.length - 1);
    expect((await loadFile(bank)).counts).toEqual({ read: 1557, inserted: 0, updated: 0, unchanged: 1556, refused: 1 });
  });
});
