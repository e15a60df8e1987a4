import type { CoursePlan, Source, WrittenModule } from "../writer.js";
import { embeddedWriter } from "./writer.js";

type Say = (step: { share: number; message: string }) => void;

/** What a child process reports of a stage. */
const steps = (say: Say) => ({ report: async (share: number, message: string) => say({ share, message }) });

/** The stages of the embedded writer, for a child process. */
export const tasks = {
  structure: ({ source }: { source: Source }, say: Say) => embeddedWriter.structure(source, steps(say)),
  write: ({ source, plan }: { source: Source; plan: CoursePlan }, say: Say) => embeddedWriter.write(source, plan, steps(say)),
  quiz: ({ source, plan, written }: { source: Source; plan: CoursePlan; written: WrittenModule[] }, say: Say) =>
    embeddedWriter.quiz(source, plan, written, steps(say)),
};
