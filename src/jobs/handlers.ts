import type { JobType } from "./record.js";
import { rollup } from "./rollup.js";
import type { JobHandler } from "./run.js";

/** What this server executes in the background, by type of job. */
export const createHandlers = (): Partial<Record<JobType, JobHandler>> => ({
  rollup,
});
