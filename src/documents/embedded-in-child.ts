import { DocumentFailure, documentFailures } from "./document.js";
import { runModuleTask, type Limits } from "./process.js";
import type { CoursePlan, CourseWriter, WriterStage, WrittenModule, WrittenQuestion } from "./writer.js";

const module = new URL("./embedded/tasks.ts", import.meta.url);

/** What one stage may take: the writer reads documents of some hundred pages in a few seconds. */
const stageLimits: Partial<Limits> = { cpuMs: 60_000, wallMs: 600_000 };

const doing = { structure: "Planning the course", write: "Writing the course", quiz: "Writing the questions" };

/** A limit that was reached, in words of the stage: the documents were read by then. */
function failureIn(stage: keyof typeof doing, error: unknown): unknown {
  if (!(error instanceof DocumentFailure) || error.message !== documentFailures[error.code]) return error;
  if (error.code === "TIMEOUT") return new DocumentFailure("TIMEOUT", `${doing[stage]} took longer than is allowed.`);
  if (error.code === "TOO_LARGE") return new DocumentFailure("TOO_LARGE", `${doing[stage]} took more memory than is allowed.`);
  return error;
}

/**
 * The embedded writer with each stage in a child process, since its stages compute without a pause.
 * @throws {DocumentFailure} TIMEOUT or TOO_LARGE when a stage takes more than it may.
 */
export function embeddedWriterInChild(limits = stageLimits): CourseWriter {
  const run = <Result>(name: keyof typeof doing, input: unknown, { signal, report }: WriterStage): Promise<Result> =>
    runModuleTask<Result, { share: number; message: string }>(module, name, input, {
      signal,
      limits,
      // A step that cannot be written down shows again at the next stage.
      onReport: ({ share, message }) => void report(share, message).catch(() => {}),
    }).catch((error: unknown) => {
      throw failureIn(name, error);
    });
  return {
    name: "embedded",
    structure: (source, stage) => run<CoursePlan>("structure", { source }, stage),
    write: (source, plan, stage) => run<WrittenModule[]>("write", { source, plan }, stage),
    quiz: (source, plan, written, stage) => run<WrittenQuestion[][]>("quiz", { source, plan, written }, stage),
  };
}
