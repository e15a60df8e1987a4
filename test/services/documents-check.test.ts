import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Api } from "../../src/documents-check/api.js";
import { makeCourse } from "../../src/documents-check/journey.js";
import { isAsExpected, readManifest, type Entry, type Result } from "../../src/documents-check/manifest.js";
import { latenciesOf } from "../../src/documents-check/probe.js";
import { line, summary } from "../../src/documents-check/report.js";

const entry = (expected: Entry["expected"]): Entry => ({ file: "sun.pdf", sha256: "0".repeat(64), bytes: 10, expected });
const result = (values: Partial<Result> = {}): Result => ({ outcome: "course", code: null, seconds: 2, modules: 1, topics: 2, questions: 0, ...values });
const [course, empty] = [result(), result({ modules: 0, topics: 0 })];
const [corrupt, noText, broken] = [result({ outcome: "rejected", code: "CORRUPT" }), result({ outcome: "rejected", code: "NO_TEXT" }), result({ outcome: "broken", code: "INTERNAL" })];

test.each([
  ["accept", [course], [empty, corrupt, noText, broken]],
  ["reject", [corrupt, noText], [course, empty, broken]],
  ["needs OCR or a clear no-text error", [course, noText], [empty, corrupt, broken]],
] as const)("%s is met by some ends and not by others", (expected, good, bad) => {
  expect(good.map((end) => isAsExpected(expected, end))).toEqual(good.map(() => true));
  expect(bad.map((end) => isAsExpected(expected, end))).toEqual(bad.map(() => false));
});

test("what differs and what is too slow is named, and fails the check", () => {
  const api = { requests: 100, p50: 4, p99: 40, slowest: 90 };
  const fine = { entry: entry("accept"), result: course, asExpected: true };
  const other = { entry: { ...entry("reject"), file: "odd.pdf" }, result: course, asExpected: false };
  expect(summary([fine], api, { p99: 300, large: 60 })).toMatchObject({ isGood: true, text: expect.stringContaining("1 documents, 1 as expected; the longest took 2.0 s.") });
  expect(summary([fine, other], api, {})).toMatchObject({ isGood: false, text: expect.stringContaining("Not as expected: odd.pdf.") });
  expect(summary([fine], api, { p99: 30 })).toMatchObject({ isGood: false, text: expect.stringContaining("The p99 is above 30 ms.") });
  expect(summary([fine], api, { large: 1 })).toMatchObject({ isGood: false, text: expect.stringContaining("Longer than 1 s: sun.pdf.") });
  expect(line(other.entry, course, false)).toMatch(/^odd\.pdf +course +2\.0 +1 +2 +0 {2}← expected: reject$/);
});

test("the p99 is the time that 99 of 100 queries keep to", () => {
  const times = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(latenciesOf(times)).toEqual({ requests: 200, p50: 100, p99: 198, slowest: 200 });
  expect(latenciesOf([])).toEqual({ requests: 0, p50: 0, p99: 0, slowest: 0 });
});

test("a folder without a usable manifest is told in words", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "disha-manifest-"));
  await expect(readManifest(folder)).rejects.toThrow(/manifest\.json cannot be read/);
  await writeFile(path.join(folder, "manifest.json"), '[{"file": "a.pdf", "sha256": "x", "bytes": 1, "expected": "maybe"}]');
  await expect(readManifest(folder)).rejects.toThrow(/is no list of/);
  await writeFile(path.join(folder, "manifest.json"), JSON.stringify([{ ...entry("accept"), pages: 4 }]));
  expect(await readManifest(folder)).toEqual([entry("accept")]);
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["UNSUPPORTED", 3, "rejected"], ["TOO_LARGE", 3, "rejected"], ["OUT_OF_RANGE", 0, "rejected"],
  ["OUT_OF_RANGE", 3, "broken"], ["LIMIT_REACHED", 3, "broken"], ["CONFLICT", 3, "broken"], ["NOT_FOUND", 3, "broken"],
])("a refusal with %s of a file of %i bytes counts as %s", async (code, bytes, outcome) => {
  const folder = await mkdtemp(path.join(tmpdir(), "disha-manifest-"));
  const content = "abc".slice(0, bytes);
  await writeFile(path.join(folder, "sun.pdf"), content);
  const query = async () => ({ uploadStage: { errors: [{ code, message: "No." }] } });
  const api = { query } as unknown as Api;
  const sha256 = createHash("sha256").update(content).digest("hex");
  expect(await makeCourse(api, folder, { ...entry("reject"), sha256, bytes })).toMatchObject({ outcome, code });
  await rm(folder, { recursive: true, force: true });
});

test.each([["CORRUPT", "rejected"], ["INTERNAL", "broken"], ["MODEL_REFUSED", "broken"]])("a job that fails with %s counts as %s", async (errorCode, outcome) => {
  const folder = await mkdtemp(path.join(tmpdir(), "disha-manifest-"));
  await writeFile(path.join(folder, "sun.pdf"), "");
  const sha256 = createHash("sha256").update("").digest("hex");
  const answers = {
    uploadStage: { sourceFile: { id: "f" }, uploadUrl: null, errors: [] },
    generateCourse: { job: { id: "j" }, errors: [] },
    job: { id: "j", status: "FAILED", errorCode, result: null },
  };
  const api = { query: async () => answers } as unknown as Api;
  expect(await makeCourse(api, folder, { ...entry("reject"), sha256 })).toMatchObject({ outcome, code: errorCode });
  await rm(folder, { recursive: true, force: true });
});
