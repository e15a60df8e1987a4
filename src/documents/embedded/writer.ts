import type { CoursePlan, CourseWriter, Source, WriterStage } from "../writer.js";
import { quiz } from "./quiz.js";
import { structure } from "./structure.js";
import { write } from "./write.js";

type Stage = Partial<WriterStage> | undefined;

const stop = (stage: Stage): void => stage?.signal?.throwIfAborted();

/**
 * Writes courses from the documents' own words, without network or model: the same source gives the same course.
 * Its stages compute without a pause; run them in a child process. `stage` may be left out: they look at its signal before they begin and report their end.
 */
export const embeddedWriter = {
  name: "embedded",
  /** @throws DocumentFailure NO_TEXT when no document holds any text */
  async structure(source: Source, stage?: Partial<WriterStage>) {
    stop(stage);
    const plan = structure(source);
    await stage?.report?.(1, `${plan.modules.length} weeks planned`);
    return plan;
  },
  async write(source: Source, plan: CoursePlan, stage?: Partial<WriterStage>) {
    stop(stage);
    const written = write(source, plan);
    await stage?.report?.(1, `${written.length} weeks written`);
    return written;
  },
  async quiz(source: Source, plan: CoursePlan, _written: readonly unknown[], stage?: Partial<WriterStage>) {
    stop(stage);
    const questions = quiz(source, plan);
    await stage?.report?.(1, `${questions.flat().length} questions written`);
    return questions;
  },
} satisfies CourseWriter;
