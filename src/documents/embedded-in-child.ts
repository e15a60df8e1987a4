import { runModuleTask } from "./process.js";
import type { CoursePlan, CourseWriter, WriterStage, WrittenModule, WrittenQuestion } from "./writer.js";

const module = new URL("./embedded/tasks.ts", import.meta.url);

/** What one stage may take: the writer reads documents of some hundred pages in a few seconds. */
const limits = { cpuMs: 60_000, wallMs: 600_000 };

/**
 * The embedded writer with each stage in a child process, since its stages compute without a pause.
 * @throws {DocumentFailure} TIMEOUT or TOO_LARGE when a stage takes more than it may.
 */
export function embeddedWriterInChild(): CourseWriter {
  const run = <Result>(name: string, input: unknown, { signal, report }: WriterStage): Promise<Result> =>
    runModuleTask<Result, { share: number; message: string }>(module, name, input, {
      signal,
      limits,
      // A step that cannot be written down shows again at the next stage.
      onReport: ({ share, message }) => void report(share, message).catch(() => {}),
    });
  return {
    name: "embedded",
    structure: (source, stage) => run<CoursePlan>("structure", { source }, stage),
    write: (source, plan, stage) => run<WrittenModule[]>("write", { source, plan }, stage),
    quiz: (source, plan, written, stage) => run<WrittenQuestion[][]>("quiz", { source, plan, written }, stage),
  };
}
