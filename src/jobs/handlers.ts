import { availableParallelism } from "node:os";
import { courseGeneration, type GenerationParts } from "./course-generation/handler.js";
import type { JobType } from "./record.js";
import { rollup } from "./rollup.js";
import type { JobHandler } from "./run.js";

/** What this server executes in the background, by type of job. */
export const createHandlers = (parts: GenerationParts): Partial<Record<JobType, JobHandler>> => ({
  rollup,
  course_generation: courseGeneration(parts),
});

/** How many jobs of a type one server executes at a time. Documents keep a core busy: one is left for the API. */
export const atOnce: Partial<Record<JobType, number>> = { course_generation: Math.max(1, availableParallelism() - 1) };
