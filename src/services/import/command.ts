import path from "node:path";
import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../../db/client.js";
import { users } from "../../db/tables/index.js";
import { JobFailure, type JobRun } from "../../jobs/run.js";
import { runNow } from "../../jobs/run-now.js";
import { importCourses, openCourseFile, type ImportCounts, type ImportOptions } from "./courses.js";
import { importQuizzes, openQuizFile } from "./quizzes.js";

/** There is no account of the address that should stand behind the import. */
export class UnknownPerson extends Error {}

export interface ImportCommand extends ImportOptions {
  file: string;
  /** E-mail address of the account that will see the job besides admins. */
  as: string | undefined;
  signal: AbortSignal;
}

/**
 * Imports a file of courses as a job of type `catalog_import` that this process executes.
 * @returns the counts, or null when the job was cancelled on the way; whole batches stay loaded.
 * @throws {UnusableFile} before anything is written.
 * @throws {UnknownPerson} when `as` is nobody's address.
 * @throws {JobFailure} when `signal` stopped it.
 */
export async function runImport(db: Database, command: ImportCommand): Promise<ImportCounts | null> {
  const file = await openCourseFile(command.file);
  return asJob(db, command, file.format.name, (run) => importCourses(run, file, command));
}

/** The same for a bank of questions. */
export async function runQuizImport(db: Database, command: ImportCommand): Promise<ImportCounts | null> {
  const entries = await openQuizFile(command.file);
  return asJob(db, command, "question bank", (run) => importQuizzes(run, entries, command));
}

async function asJob(
  db: Database,
  command: ImportCommand,
  format: string,
  load: (run: JobRun) => Promise<ImportCounts>,
): Promise<ImportCounts | null> {
  const createdById = command.as === undefined ? null : await accountOf(db, command.as);
  let counts: ImportCounts | undefined;
  const outcome = await runNow(
    db,
    { type: "catalog_import", createdById, payload: { file: path.basename(command.file), format } },
    async (run) => {
      counts = await load(run);
      return { ...counts };
    },
    command.signal,
  );
  if (outcome.status === "failed") throw new JobFailure("FAILED", outcome.job.error ?? "The import failed.");
  return outcome.status === "completed" ? (counts ?? null) : null;
}

async function accountOf(db: Database, email: string): Promise<string> {
  const [user] = await db.select({ id: users.id }).from(users).where(and(eq(users.email, email), isNull(users.deletedAt)));
  if (!user) throw new UnknownPerson(`There is no account with the address ${email}.`);
  return user.id;
}
