import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../auth/viewer.js";
import { own } from "../auth/visibility.js";
import { anyOf, lockUntilCommit, type Database } from "../db/client.js";
import { jobQueue, nsqfLevels, sourceFiles } from "../db/tables/index.js";
import type { Work } from "../db/unit-of-work.js";
import { bounds } from "../graphql/bounds.js";
import { missing, reject, Rejection, type Problem } from "../graphql/errors.js";
import { nodeId } from "../graphql/node.js";
import type { Jobs } from "../jobs/queue.js";
import { openStatuses, type JobRow } from "../jobs/record.js";
import { once, type Keyed } from "./idempotency.js";
import { check, line, whole } from "./input.js";

/** How many courses a person may have in the making at a time. */
const openGenerations = 5;

const languageCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2}$/, "This is not a language code of two letters such as en or hi.");

const level = z
  .number()
  .min(1, "Levels go from 1 to 10.")
  .max(10, "Levels go from 1 to 10.")
  .multipleOf(0.5, "Levels go in half steps.")
  .transform((value) => value.toFixed(1));

const rules = z.object({
  fileIds: z.array(nodeId("SourceFile")).min(1).max(bounds.courseFiles),
  title: line(300).nullish(),
  nsqfLevel: level.nullish(),
  language: languageCode.nullish(),
  weeks: whole(1, bounds.courseModules).nullish(),
  withQuizzes: z.boolean().nullish(),
});

/** What `generateCourse` hands to the worker. */
export const generationRules = z.object({
  fileIds: z.array(z.string()).min(1),
  title: z.string().nullable(),
  nsqfLevel: z.string().nullable(),
  language: z.string().nullable(),
  weeks: z.int().nullable(),
  withQuizzes: z.boolean(),
});

/** The wishes for a course; `fileIds` are keys, in the order in which the documents are read. */
export type Generation = z.output<typeof generationRules>;

/**
 * Asks for a draft of a course from uploaded documents; a worker makes it. The mutation's policy lets only
 * teachers and admins call it.
 * @throws {Rejection} NOT_FOUND for files of others, CONFLICT for those that are not stored, in use or named twice,
 *   LIMIT_REACHED when the viewer has five such jobs open.
 */
export async function generateCourse(viewer: SignedIn, db: Database, input: z.input<typeof rules> & Keyed, jobs: Jobs): Promise<JobRow> {
  const { fileIds, title = null, nsqfLevel = null, language = null, weeks = null, withQuizzes } = check(rules, input);
  return once(db, viewer, "generateCourse", input, async (work) => {
    await makeRoom(work, viewer.id, "fileIds");
    const problems = await problemsOfFiles(work, viewer, fileIds);
    if (nsqfLevel !== null && !(await levelExists(work, nsqfLevel))) problems.push(...missing("nsqfLevel", "level").problems);
    if (problems.length > 0) throw new Rejection(problems);
    const payload: Generation = { fileIds, title, nsqfLevel, language, weeks, withQuizzes: withQuizzes ?? true };
    const job = await jobs.enqueue(work, { type: "course_generation", createdById: viewer.id, payload: { ...payload } });
    await work.tx.update(sourceFiles).set({ jobId: job.id }).where(inArray(sourceFiles.id, fileIds));
    return job;
  });
}

/**
 * Gives the documents of an ended job back to it before it starts again; the caller has locked the job.
 * @throws {Rejection} CONFLICT when one of them was deleted or is used otherwise by now, or LIMIT_REACHED.
 */
export async function takeFilesAgain(work: Work, job: JobRow): Promise<void> {
  const { fileIds } = generationRules.parse(job.payload);
  if (job.createdById !== null) await makeRoom(work, job.createdById, "id");
  const rows = await lockedFiles(work, fileIds);
  const free = fileIds.every((id) => {
    const row = rows.get(id);
    return row?.file.status === "stored" && row.file.courseId === null && (row.file.jobId === job.id || !row.inWork);
  });
  if (!free) throw reject("CONFLICT", "id", "A document of this job was deleted or is used otherwise by now.");
  await work.tx.update(sourceFiles).set({ jobId: job.id }).where(inArray(sourceFiles.id, fileIds));
}

/** @throws {Rejection} LIMIT_REACHED at `field` when the person has as many open jobs as are allowed. */
async function makeRoom({ tx }: Work, userId: string, field: string): Promise<void> {
  await lockUntilCommit(tx, `generations:${userId}`);
  const open = await tx.$count(
    jobQueue,
    and(eq(jobQueue.createdById, userId), eq(jobQueue.jobType, "course_generation"), inArray(jobQueue.status, [...openStatuses])),
  );
  if (open >= openGenerations) {
    throw reject("LIMIT_REACHED", field, `At most ${openGenerations} courses can be in the making at a time; wait for one to end.`);
  }
}

async function problemsOfFiles(work: Work, viewer: SignedIn, ids: readonly string[]): Promise<Problem[]> {
  const rows = await lockedFiles(work, ids, viewer);
  return ids.flatMap((id, index) => {
    const path = ["fileIds", String(index)];
    const conflict = (message: string) => reject("CONFLICT", path, message).problems;
    const row = rows.get(id);
    if (!row || row.file.status === "deleted") return missing(path, "file").problems;
    if (ids.indexOf(id) < index) return conflict("This file is in the list already.");
    if (row.file.status !== "stored") return conflict("This file has not been uploaded as a whole.");
    if (row.file.courseId !== null) return conflict("A course was made from this file already.");
    if (row.inWork) return conflict("A course is being made from this file.");
    return [];
  });
}

/** The files by key, locked in their order; those that `viewer` may see, all when absent. */
async function lockedFiles({ tx }: Work, ids: readonly string[], viewer?: SignedIn) {
  const files = await tx
    .select()
    .from(sourceFiles)
    .where(and(anyOf(sourceFiles.id, ids, "uuid"), viewer && own(sourceFiles.uploadedById)(viewer)))
    .orderBy(sourceFiles.id)
    .for("update");
  const jobIds = files.flatMap(({ jobId }) => jobId ?? []);
  const open = await tx
    .select({ id: jobQueue.id })
    .from(jobQueue)
    .where(and(anyOf(jobQueue.id, jobIds, "uuid"), inArray(jobQueue.status, [...openStatuses])));
  const openIds = new Set(open.map(({ id }) => id));
  return new Map(files.map((file) => [file.id, { file, inWork: file.jobId !== null && openIds.has(file.jobId) }]));
}

async function levelExists({ tx }: Work, wanted: string): Promise<boolean> {
  return (await tx.$count(nsqfLevels, eq(nsqfLevels.level, wanted))) > 0;
}
