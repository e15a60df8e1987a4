import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsOf, type Database } from "../../src/db/client.js";
import { courses, jobQueue, nsqfLevels, providers, skillAliases, skills } from "../../src/db/tables/index.js";
import { runImport, UnknownPerson } from "../../src/services/import/command.js";
import type { Refusal } from "../../src/services/import/courses.js";
import { formatOf } from "../../src/services/import/formats.js";
import { UnusableFile } from "../../src/services/import/records.js";
import { aCourse, aUser } from "../support/builders.js";
import { openTestEngine, type TestEngine } from "../support/database.js";
import { countStatements } from "../support/statements.js";

let engine: TestEngine;
let db: Database;
let folder: string;
beforeAll(async () => {
  engine = await openTestEngine();
  db = engine.db;
  folder = await mkdtemp(path.join(tmpdir(), "disha-import-"));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const listHeader = "course_id,title,description,nsqf_level,skills,keywords,duration_months,language,region";
const registerColumns = [
  "nqr_serial", "code", "title", "description", "sector", "nsqf_level", "notional_hours_min", "notional_hours_max",
  "version", "approved_on", "valid_till", "awarding_body", "proposed_occupation", "progression_pathway",
  "qualification_type", "adopted", "theory_hours", "practical_hours", "employability_hours", "ojt_mandatory_hours",
];
const register = (...rows: Record<string, string>[]): string =>
  [registerColumns.join(","), ...rows.map((row) => registerColumns.map((column) => `"${(row[column] ?? "").replaceAll('"', '""')}"`).join(","))].join("\n");

async function fileOf(content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, `${crypto.randomUUID()}.csv`);
  await writeFile(file, content);
  return file;
}

async function run(file: string, options: { as?: string; signal?: AbortSignal; onProgress?: () => void } = {}) {
  const refusals: Refusal[] = [];
  const counts = await runImport(db, {
    file,
    as: options.as,
    signal: options.signal ?? new AbortController().signal,
    onRefusal: (refusal) => void refusals.push(refusal),
    onProgress: options.onProgress ?? (() => {}),
  });
  return { counts, refusals: refusals.toSorted((a, b) => a.line - b.line) };
}

async function courseOf(courseId: string) {
  const [course] = await db.select().from(courses).where(eq(courses.courseId, courseId));
  return course;
}

const skillsOf = async (courseId: string): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      db,
      sql`select s.name::text as name from catalog.courses c join catalog.course_skills cs on cs.course_id = c.id
          join catalog.skills s on s.id = cs.skill_id where c.course_id = ${courseId} order by 1`,
    )
  ).map(({ name }) => name);

test("a course list loads, a second run changes nothing, and a changed row updates its course alone", async () => {
  const [welding] = await db.insert(skills).values({ name: "Welding" }).returning();
  await db.insert(skillAliases).values({ alias: "search optimisation", skillId: welding?.id ?? "" });
  const rows = [
    listHeader,
    'L-1,Electrician,"Wires, ""safely""",4.5,WELDING;tools;Tools,"electrician, Wiring",12,hi,Delhi',
    "L-2,Plumber,,4,Search Optimisation,,8,,",
  ];
  expect((await run(await fileOf(rows.join("\n")))).counts).toEqual({ read: 2, inserted: 2, updated: 0, unchanged: 0, refused: 0 });
  expect(await courseOf("L-1")).toMatchObject({
    title: "Electrician", description: 'Wires, "safely"', nsqfLevel: "4.5", durationMonths: 12, language: "hi", region: "Delhi",
    keywords: ["electrician", "Wiring"], status: "active", createdById: null,
  });
  expect(await courseOf("L-2")).toMatchObject({ description: null, nsqfLevel: "4.0", language: "en", region: null, keywords: [] });
  expect([await skillsOf("L-1"), await skillsOf("L-2")]).toEqual([["Welding", "tools"], ["Welding"]]);

  expect((await run(await fileOf(rows.join("\n")))).counts).toEqual({ read: 2, inserted: 0, updated: 0, unchanged: 2, refused: 0 });
  const before = await courseOf("L-1");
  rows[2] = "L-2,Plumber,Pipes and taps,4,Search Optimisation;soldering,,8,,";
  expect((await run(await fileOf(rows.join("\n")))).counts).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
  expect(await courseOf("L-1")).toEqual(before);
  expect(await courseOf("L-2")).toMatchObject({ description: "Pipes and taps" });
  expect(await skillsOf("L-2")).toEqual(["Welding", "soldering"]);
});

test("the register loads: minimum as hours, range and validity in metadata, the awarding body as provider", async () => {
  const [known] = await db.insert(providers).values({ name: "Beauty and Wellness Skill Council", slug: "bwsc" }).returning();
  const code = `QG-${"X".repeat(58)}`;
  const row = {
    nqr_serial: "7", code, title: "T".repeat(323), description: "Two\nlines", nsqf_level: "4.5", notional_hours_min: "37.5",
    notional_hours_max: "60.0", version: "Version 2.0", approved_on: "2020-01-01", valid_till: "2022-01-01",
    awarding_body: "Beauty & Wellness Skill Council (BWSC)", proposed_occupation: "Make-up, Hair", progression_pathway: "A --> B",
    qualification_type: "General Qualification,Upskilling Qualification", adopted: "N.A.", theory_hours: "00", practical_hours: "30",
  };
  const file = await fileOf(register(row, { ...row, code: "Q-2", sector: "Power", awarding_body: "Ministry of Power, New Delhi" }));
  expect((await run(file)).counts).toMatchObject({ inserted: 2, refused: 0 });
  expect(await courseOf(code)).toMatchObject({
    title: "T".repeat(323), description: "Two\nlines", nsqfLevel: "4.5", notionalHours: 37, providerId: known?.id,
    keywords: ["Make-up", "Hair"],
    metadata: {
      source: "nqr", serial: "7", sector: null, version: "2.0", validTill: "2022-01-01", notionalHours: { min: 37.5, max: 60 },
      hours: { theory: 0, practical: 30, employability: null, onTheJob: null }, progressionPathway: "A --> B", adopted: null,
      qualificationTypes: ["General Qualification", "Upskilling Qualification"],
    },
  });
  const [ministry] = await db.select().from(providers).where(eq(providers.slug, "ministry-of-power-new-delhi"));
  expect(ministry).toMatchObject({ name: "Ministry of Power, New Delhi" });
  expect(await courseOf("Q-2")).toMatchObject({ providerId: ministry?.id, keywords: ["Power", "Make-up", "Hair"] });
  expect((await run(file)).counts).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
});

test("every broken row is refused with its line, field and reason, and the others load", async () => {
  const teacher = await aUser(db, { role: "teacher" });
  await aCourse(db, { courseId: "R-TEACHER", title: "Mine", createdById: teacher.user.id });
  const lines = [
    `\ufeff${listHeader}`, // 1
    "R-1,Good,,1,,,,,", // 2
    "", // 3
    ",No code,,1,,,,,", // 4
    "R-1,Twice,,1,,,,,", // 5
    "R-2,,,1,,,,,", // 6
    "R-3,Quarter,,4.25,,,,,", // 7
    "R-4,High,,11,,,,,", // 8
    "R-5,Word,,four,,,,,", // 9
    "R-6,Part month,,4,,,1.5,,", // 10
    "R-7,Few cells,,4", // 11
    'R-8,"Broken"quote,,4,,,,,', // 12
    'R-9,stray "quote,,4,,,,,', // 13
    'R-10,"Over', // 14
    'two lines",,4,,,,,', // 15
    "R-TEACHER,Not mine,,4,,,,,", // 16
    "R-11,Nul\0,,4,,,,,", // 17
    "R-12,Last good,,10,,,,,", // 18
    'R-13,"never closed,,4,,,,,', // 19
    "R-14,After it,,4,,,,,", // 20
    `R-15,Skilful,,4,${Array.from({ length: 21 }, (_, at) => `skill ${at}`).join(";")},,,,`, // 21
  ];
  const { counts, refusals } = await run(await fileOf(lines.join("\r\n")));
  expect(refusals.map(({ line, field, reason }) => `${line} ${field}: ${reason}`)).toEqual([
    "4 course_id: is missing",
    "5 course_id: R-1 was used before, on line 2",
    "6 title: is missing",
    '7 nsqf_level: is not an NSQF level from 1 to 10 in halves: "4.25"',
    '8 nsqf_level: is not an NSQF level from 1 to 10 in halves: "11"',
    '9 nsqf_level: is not an NSQF level from 1 to 10 in halves: "four"',
    '10 duration_months: is not a whole number of 1 or more: "1.5"',
    "11 : has 4 cells where the header has 9",
    "12 : a quote stands inside a cell that is not quoted, or text follows a closing quote",
    "13 : a quote stands inside a cell that is not quoted, or text follows a closing quote",
    "16 course_id: R-TEACHER is a course of a teacher",
    "17 title: holds a NUL character",
    "19 : a quote is never closed",
    "21 skills: 21 skills are more than the 12 that a course may have",
  ]);
  expect(counts).toEqual({ read: 18, inserted: 4, updated: 0, unchanged: 0, refused: 14 });
  expect((await courseOf("R-10"))?.title).toBe("Over\ntwo lines");
  expect((await courseOf("R-TEACHER"))?.title).toBe("Mine");
  expect([(await courseOf("R-12"))?.nsqfLevel, (await courseOf("R-14"))?.title]).toEqual(["10.0", "After it"]);
});

test("a minimum above the maximum and words for hours are refused", async () => {
  const row = { nqr_serial: "1", title: "Hours", nsqf_level: "3" };
  const { refusals } = await run(
    await fileOf(
      register(
        { ...row, code: "H-1", notional_hours_min: "10.0", notional_hours_max: "5.0" },
        { ...row, code: "H-2", notional_hours_min: "many" },
        { ...row, code: "H-3", notional_hours_min: "-3" },
        { ...row, code: "H-4", notional_hours_min: "60", notional_hours_max: "60" },
      ),
    ),
  );
  expect(refusals).toEqual([
    { line: 2, field: "notional_hours_min", reason: "10 is above the maximum of 5" },
    { line: 3, field: "notional_hours_min", reason: 'is not a number of 0 or more: "many"' },
    { line: 4, field: "notional_hours_min", reason: 'is not a number of 0 or more: "-3"' },
  ]);
  expect((await courseOf("H-4"))?.notionalHours).toBe(60);
});

test("an unusable file is told as such before anything is written", async () => {
  const before = await db.$count(jobQueue);
  const reasons: [string | Uint8Array, RegExp][] = [
    ["", /is empty/],
    ["name,level\nA,1\n", /no known format[^]*course_id,title[^]*nqr_serial,code/],
    [`${listHeader},title\n`, /title stands twice/],
    [Buffer.from(`${listHeader}\nU-1,Caf\u00e9,,1,,,,,\n`, "latin1"), /not UTF-8/],
    ['"open\nx\n', /header is malformed/],
    [`${listHeader}\n${"x".repeat(1_000_001)}`, /longer than a million/],
  ];
  for (const [content, reason] of reasons) await expect(run(await fileOf(content))).rejects.toThrow(reason);
  await expect(run(path.join(folder, "missing.csv"))).rejects.toThrow(UnusableFile);
  await expect(run(await fileOf(`${listHeader}\n`), { as: "nobody@disha.example" })).rejects.toThrow(UnknownPerson);
  expect(await db.$count(jobQueue)).toBe(before);
});

test("formats are chosen by their columns, in any order and with others beside them", () => {
  expect(formatOf([...listHeader.split(",").toReversed(), "note"]).name).toBe("course list");
  expect(formatOf(registerColumns).name).toBe("National Qualifications Register");
});

test("the import is a job of its person, with counts as result", async () => {
  const { user } = await aUser(db);
  const file = await fileOf(`${listHeader}\nJ-1,Recorded,,2,,,,,\n,Refused,,2,,,,,\n`);
  await run(file, { as: user.email?.toUpperCase() ?? "" });
  const [job] = await db.select().from(jobQueue).where(eq(jobQueue.createdById, user.id));
  expect(job).toMatchObject({
    jobType: "catalog_import", status: "completed", progress: 100, attempts: 1, taskId: null,
    result: { read: 2, inserted: 1, updated: 0, unchanged: 0, refused: 1 },
  });
});

test("a cancelled import stops after the batch that is under way, and a stopped one says so", async () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => `${i}`.padStart(4, "0"));
  const file = await fileOf([listHeader, ...rows.map((n) => `S-${n},Course ${n},,3,,,,,`)].join("\n"));
  const stop = new AbortController();
  const interrupted = run(file, { signal: stop.signal, onProgress: () => stop.abort(new Error("stopped by hand")) });
  await expect(interrupted).rejects.toThrow("stopped by hand");
  const loaded = () => db.$count(courses, sql`course_id like 'S-%'`);
  expect(await loaded()).toBe(200);

  let cancelled: Promise<unknown> | undefined;
  const { counts } = await run(file, {
    onProgress: () => {
      cancelled ??= db.update(jobQueue).set({ status: "cancelled" }).where(eq(jobQueue.status, "processing")).then(() => {});
    },
  });
  await cancelled;
  expect(counts).toBeNull();
  expect(await loaded()).toBeLessThan(1_000);
  const statuses = await db.select({ status: jobQueue.status, error: jobQueue.error }).from(jobQueue).orderBy(jobQueue.id);
  expect(statuses.slice(-2)).toEqual([
    { status: "failed", error: "INTERNAL: Something went wrong on our side." },
    { status: "cancelled", error: null },
  ]);
});

test("a file of many rows takes a constant number of statements a batch", async () => {
  const of = async (prefix: string, size: number) => {
    const rows = Array.from({ length: size }, (_, i) => `${prefix}-${i},Course ${i},,${1 + (i % 10)},skill ${prefix} ${i},,,,`);
    const file = await fileOf([listHeader, ...rows].join("\n"));
    return (await countStatements(engine, () => run(file))).statements.length;
  };
  const one = await of("N1", 1);
  expect(await of("N200", 200)).toBe(one);
});

const data = process.env["DISHA_DATA"];
test.runIf(data)("the whole register loads or is refused with a true reason, twice alike, in under 20 seconds", async () => {
  const file = path.join(data ?? "", "nsqf/nqr_qualifications.csv");
  const start = performance.now();
  const first = await run(file);
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(first.counts).toEqual({ read: 1_899, inserted: 1_894, updated: 0, unchanged: 0, refused: 5 });
  expect(first.refusals.map(({ field, reason }) => `${field} ${reason.replace(/^.* was used/, "was used")}`).toSorted()).toEqual([
    "code is missing",
    "code was used before, on line 865",
    "notional_hours_min 10 is above the maximum of 5",
    "notional_hours_min 570 is above the maximum of 360",
    "notional_hours_min 570 is above the maximum of 480",
  ]);
  const second = await run(file);
  expect(second.counts).toEqual({ read: 1_899, inserted: 0, updated: 0, unchanged: 1_894, refused: 5 });
  expect(second.refusals).toEqual(first.refusals);
  expect(await db.$count(nsqfLevels)).toBeGreaterThan(10);
});
