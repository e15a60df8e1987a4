import path from "node:path";
import { z } from "zod";
import { DocumentFailure, documentRules, type Document, type FileType } from "../../documents/document.js";
import { planFits, questionsFit, writtenFits } from "../../documents/fits.js";
import { ModelFailure } from "../../documents/model/failure.js";
import { coursePlanRules, writtenModuleRules, writtenQuestionRules, type CourseWriter, type Source } from "../../documents/writer.js";
import { generationRules, type Generation } from "../../services/generation.js";
import type { Storage } from "../../storage/open.js";
import { inTemporaryFolder } from "../../storage/temporary.js";
import { JobFailure, JobStopped, type JobHandler, type JobRun } from "../run.js";
import { openCheckpoints, type Answered, type Checkpoints } from "./checkpoints.js";
import { fetchFile, filesOf, mainLanguage, refuseTooMuch, skillTerms, type SourceFileRow } from "./inputs.js";
import { saveCourse } from "./save.js";
import { trackProgress, type Progress, type Stage } from "./stages.js";

export interface GenerationParts {
  storage: Storage;
  /** A writer for one job: what it counts is that job's. */
  createWriter: () => CourseWriter;
  extract: (
    file: { path: string; fileType: FileType },
    options: { signal: AbortSignal; onPages?: (done: number, total: number) => void },
  ) => Promise<Document>;
}

interface Task extends GenerationParts {
  run: JobRun;
  wishes: Generation;
  files: readonly SourceFileRow[];
  writer: CourseWriter;
  progress: Progress;
  checkpoints: Checkpoints;
}

const modulesRules = z.array(writtenModuleRules);
const questionsRules = z.array(z.array(writtenQuestionRules));

/** Language of a course whose documents do not tell theirs. */
const fallbackLanguage = "en";

/**
 * Makes the draft of a course from documents: fetch, extract, structure, write, quiz, save. The answer of each
 * stage is kept, so a later attempt goes on after the last whole one; the course itself is written in the
 * transaction that completes the job.
 */
export const courseGeneration =
  (parts: GenerationParts): JobHandler =>
  async (run) => {
    const wishes = generationRules.parse(run.payload);
    const files = await run.effect((work) => filesOf(work, run.id, wishes.fileIds));
    const writer = parts.createWriter();
    const inputs = { wishes, writer: writer.name, files: files.map(({ id, checksum }) => [id, checksum]) };
    const checkpoints = openCheckpoints(parts.storage, run.id, inputs);
    const task: Task = { ...parts, run, wishes, files, writer, progress: trackProgress(run), checkpoints };
    try {
      const result = await make(task);
      await checkpoints.remove();
      return result;
    } catch (error) {
      throw await ending(task, error);
    }
  };

async function make(task: Task): Promise<Record<string, unknown>> {
  const { run, wishes, writer, progress } = task;
  const { answer: documents } = await stage(task, "documents", z.array(documentRules), (all) => all.length === task.files.length, () => readAll(task));
  refuseTooMuch(documents);
  const source: Source = {
    documents,
    filenames: task.files.map(({ filename }) => filename),
    title: wishes.title,
    nsqfLevel: wishes.nsqfLevel,
    language: wishes.language ?? mainLanguage(documents) ?? fallbackLanguage,
    weeks: wishes.weeks,
    skills: await run.effect(skillTerms),
  };
  const on = { report: (share: number, message: string) => progress.step(share, message), signal: progress.signal };
  const writing = async <Rules extends z.ZodType>(name: Stage, message: string, rules: Rules, work: () => Promise<unknown>): Promise<z.output<Rules>> => {
    await progress.begin(name, message);
    return rules.parse(await work());
  };
  const plan = await stage(task, "plan", coursePlanRules, (answer) => planFits(source, answer), () =>
    writing("structure", "Finding weeks and topics.", coursePlanRules, () => writer.structure(source, on)),
  );
  const written = await stage(task, "modules", modulesRules, (answer) => writtenFits(plan.answer, answer), () =>
    writing("write", `Writing “${plan.answer.title}”.`, modulesRules, () => writer.write(source, plan.answer, on)),
  );
  const questions = wishes.withQuizzes
    ? await stage(task, "questions", questionsRules, (answer) => questionsFit(source, plan.answer, answer), () =>
        writing("quiz", "Writing questions.", questionsRules, () => writer.quiz(source, plan.answer, written.answer, on)),
      )
    : { answer: [], tokens: 0 };
  await progress.begin("save", "Saving the course.");
  const tokens = plan.tokens + written.tokens + questions.tokens;
  const finished = { fileIds: wishes.fileIds, source, plan: plan.answer, written: written.answer, questions: questions.answer, writer: writer.name, tokens };
  return run.complete((work) => saveCourse(work, run, finished));
}

/** Answers a stage from its checkpoint, else by `work`, whose answer is kept. */
async function stage<Rules extends z.ZodType>(
  { checkpoints, progress, writer }: Task,
  name: string,
  rules: Rules,
  fits: (answer: z.output<Rules>) => boolean,
  work: () => Promise<z.output<Rules>>,
): Promise<Answered<z.output<Rules>>> {
  const kept = await checkpoints.read(name, rules);
  if (kept && fits(kept.answer)) return kept;
  const before = tokensOf(writer);
  const answer = await work();
  if (!fits(answer)) throw new Error(`The ${name} of the writer ${writer.name} do not fit what they were made from.`);
  progress.signal.throwIfAborted();
  const answered = { answer, tokens: tokensOf(writer) - before };
  await checkpoints.write(name, answered);
  return answered;
}

const tokensOf = ({ used }: CourseWriter): number => (used ? used.inputTokens + used.outputTokens : 0);

/** Fetches and reads the files, one after the other: each is given the whole of what a child process may take. */
const readAll = (task: Task): Promise<Document[]> =>
  inTemporaryFolder(async (folder) => {
    const { files, storage, progress } = task;
    const paths = files.map((_, index) => path.join(folder, String(index)));
    await progress.begin("fetch", files.length === 1 ? "Fetching the document." : `Fetching ${files.length} documents.`);
    for (const [index, file] of files.entries()) await fetchFile(storage, file, paths[index] ?? "", progress.signal);
    const total = sum(files.map(weight));
    const documents: Document[] = [];
    for (const [index, file] of files.entries()) {
      const before = sum(files.slice(0, index).map(weight));
      const title = `Reading “${file.filename}”`;
      if (index === 0) await progress.begin("extract", `${title}.`);
      else await progress.step(before / total, `${title}.`);
      const onPages = (done: number, pages: number): void =>
        progress.note((before + (weight(file) * done) / Math.max(1, pages)) / total, `${title}: page ${done} of ${pages}`);
      documents.push(await readOne(task, file, paths[index] ?? "", onPages));
    }
    return documents;
  });

async function readOne({ extract, progress }: Task, file: SourceFileRow, from: string, onPages: (done: number, pages: number) => void): Promise<Document> {
  if (file.fileType === null) throw new Error(`The file ${file.id} is stored without a type.`);
  try {
    return await extract({ path: from, fileType: file.fileType }, { signal: progress.signal, onPages });
  } catch (error) {
    if (error instanceof DocumentFailure) throw new JobFailure(error.code, `“${file.filename}”: ${error.message}`);
    throw error;
  }
}

const weight = ({ fileSizeBytes }: SourceFileRow): number => Math.max(1, fileSizeBytes ?? 1);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * What the attempt ends with instead of `error`. Interim results stay for as long as they may be of use: for the
 * next attempt, and for a retry of a job whose model was away.
 */
async function ending({ run, progress, checkpoints }: Task, error: unknown): Promise<unknown> {
  if (run.completed) return error;
  if (progress.signal.aborted) {
    const reason: unknown = progress.signal.reason;
    if (reason instanceof JobStopped && (await run.isCancelled())) await checkpoints.remove();
    return reason;
  }
  if (error instanceof ModelFailure) return new JobFailure(error.code, error.message, { cause: error.cause });
  if (error instanceof DocumentFailure) {
    await checkpoints.remove();
    return new JobFailure(error.code, error.message);
  }
  if (error instanceof JobFailure) await checkpoints.remove();
  if (error instanceof JobStopped && (await run.isCancelled())) await checkpoints.remove();
  return error;
}
