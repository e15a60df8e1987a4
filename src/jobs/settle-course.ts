import { and, eq, ne } from "drizzle-orm";
import { enrollments } from "../db/tables/index.js";
import { settleNext } from "../services/progress/removal.js";
import type { JobRun } from "./run.js";

/** Brings the learners of a course up to its outline as it is, a batch in each transaction. Safe to repeat. */
export async function settleCourse(run: JobRun, courseId: string): Promise<Record<string, unknown>> {
  const notDropped = and(eq(enrollments.courseId, courseId), ne(enrollments.status, "dropped"));
  const total = Math.max(1, await run.effect(({ tx }) => tx.$count(enrollments, notDropped)));
  let [seen, changed] = [0, 0];
  let after: string | null | undefined;
  while (after !== null) {
    const from: string | undefined = after;
    const batch = await run.effect((work) => settleNext(work, courseId, from));
    seen += batch.seen;
    changed += batch.changed;
    after = batch.last;
    await run.progress((100 * seen) / total, `Looked at ${seen} learners.`);
  }
  return { learners: seen, enrollmentsChanged: changed };
}
