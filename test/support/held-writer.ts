import { embeddedWriter } from "../../src/documents/embedded/writer.js";
import type { CourseWriter } from "../../src/documents/writer.js";

/** The embedded writer, each stage of which waits until it is let go. */
export function heldWriter() {
  const gates = { structure: Promise.withResolvers<void>(), write: Promise.withResolvers<void>(), quiz: Promise.withResolvers<void>() };
  const writer: CourseWriter = {
    name: "embedded",
    structure: (source, stage) => gates.structure.promise.then(() => embeddedWriter.structure(source, stage)),
    write: (source, plan, stage) => gates.write.promise.then(() => embeddedWriter.write(source, plan, stage)),
    quiz: (source, plan, written, stage) => gates.quiz.promise.then(() => embeddedWriter.quiz(source, plan, written, stage)),
  };
  return {
    writer,
    go: (stage: keyof typeof gates) => gates[stage].resolve(),
    fail: (stage: keyof typeof gates, reason: Error) => gates[stage].reject(reason),
  };
}
