import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { documentFailures } from "../documents/document.js";
import type { Api, Payload } from "./api.js";
import type { Entry, Result } from "./manifest.js";

/** Between two looks at a job, in milliseconds. */
const lookMs = 200;
/** The longest that a job can take by the limits of the service, in milliseconds, and a little. */
const longestMs = 20 * 60_000;

/**
 * Is it the document that cannot be used? Every other code is a fault of the service or of this check. An empty
 * file is refused by its size.
 */
const isOfDocument = (code: string, { bytes }: Entry): boolean => code in documentFailures || (code === "OUT_OF_RANGE" && bytes === 0);

/** Ends the way of a document that is refused before there is a job. */
class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

interface Job {
  id: string;
  status: string;
  errorCode: string | null;
  result: { modules: number; topics: number; questions: number } | null;
}

/** Takes a document the whole way that a teacher takes it: upload, generation, course. */
export async function makeCourse(api: Api, folder: string, entry: Entry): Promise<Result> {
  const started = performance.now();
  const end = (outcome: Result["outcome"], code: string | null, counts = { modules: 0, topics: 0, questions: 0 }): Result => ({
    outcome, code, seconds: (performance.now() - started) / 1000, modules: counts.modules, topics: counts.topics, questions: counts.questions,
  });
  try {
    const content = await readFile(path.join(folder, entry.file));
    if (createHash("sha256").update(content).digest("hex") !== entry.sha256) return end("broken", "OTHER_CONTENT");
    const job = await ended(api, await generate(api, await upload(api, entry, content)));
    if (job.status === "COMPLETED" && job.result) return end("course", null, job.result);
    const code = job.errorCode ?? job.status;
    return end(job.status === "FAILED" && isOfDocument(code, entry) ? "rejected" : "broken", code);
  } catch (error) {
    if (error instanceof Refused) return end(isOfDocument(error.code, entry) ? "rejected" : "broken", error.code);
    return end("broken", error instanceof Error ? error.message : String(error));
  }
}

const orRefused = <Selected>(payload: Payload<Selected>): Selected => {
  const [problem] = payload.errors;
  if (problem) throw new Refused(problem.code);
  return payload;
};

/** The global id of the stored file. */
async function upload(api: Api, { file: name, bytes: size, sha256 }: Entry, content: Buffer): Promise<string> {
  const { uploadStage } = await api.query<{ uploadStage: Payload<{ sourceFile: { id: string }; uploadUrl: string | null }> }>(
    `mutation ($input: UploadStageInput!) { uploadStage(input: $input) { sourceFile { id } uploadUrl errors { code message } } }`,
    { input: { name, size, sha256 } },
  );
  const { sourceFile, uploadUrl } = orRefused(uploadStage);
  if (uploadUrl !== null) {
    const sent = await fetch(uploadUrl, { method: "PUT", body: new Uint8Array(content), headers: { "content-type": "application/octet-stream" } });
    if (!sent.ok) throw new Error(`PUT answered ${sent.status}: ${await sent.text()}`);
    const { uploadComplete } = await api.query<{ uploadComplete: Payload<object> }>(
      `mutation ($input: UploadCompleteInput!) { uploadComplete(input: $input) { errors { code message } } }`,
      { input: { id: sourceFile.id } },
    );
    orRefused(uploadComplete);
  }
  return sourceFile.id;
}

async function generate(api: Api, fileId: string): Promise<string> {
  const { generateCourse } = await api.query<{ generateCourse: Payload<{ job: { id: string } }> }>(
    `mutation ($input: GenerateCourseInput!) { generateCourse(input: $input) { job { id } errors { code message } } }`,
    { input: { fileIds: [fileId] } },
  );
  return orRefused(generateCourse).job.id;
}

/** Waits until the job has ended. */
async function ended(api: Api, id: string): Promise<Job> {
  const deadline = performance.now() + longestMs;
  while (performance.now() < deadline) {
    const { job } = await api.query<{ job: Job }>(`query ($id: ID!) { job(id: $id) { id status errorCode result } }`, { id });
    if (job.status !== "PENDING" && job.status !== "PROCESSING") return job;
    await delay(lookMs);
  }
  throw new Error("The job did not end.");
}
