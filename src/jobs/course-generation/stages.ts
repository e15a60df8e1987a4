import { JobStopped, type JobRun } from "../run.js";

/**
 * The stages of making a course, in their order, each with its share of the whole in percent: what they cost
 * with the embedded writer on a book of 201 pages.
 */
export const shares = { fetch: 1, extract: 16, structure: 36, write: 14, quiz: 30, save: 3 } as const;

export type Stage = keyof typeof shares;

/** Between two steps that are written down within a stage, in milliseconds: each is a transaction. */
const quietMs = 700;

/** Tells how far the job is: each stage's beginning always, steps within it now and then. */
export interface Progress {
  begin(stage: Stage, message: string): Promise<void>;
  /**
   * A step within the present stage, 0 to 1. Waits only when the step is written down.
   * @throws {JobStopped} when the attempt no longer holds its job.
   */
  step(share: number, message: string): Promise<void>;
  /** The same for those who cannot wait; a job that was lost is told by `signal`. */
  note(share: number, message: string): void;
  /** Aborted with the run, and as soon as a step finds that the job is lost. */
  readonly signal: AbortSignal;
}

export function trackProgress(run: JobRun, clock: () => number = () => performance.now()): Progress {
  const lost = new AbortController();
  const signal = AbortSignal.any([run.signal, lost.signal]);
  let stage: Stage = "fetch";
  let writtenAt = -Infinity;
  let writing: Promise<void> | null = null;

  const write = async (share: number, message: string): Promise<void> => {
    writtenAt = clock();
    const reached = before(stage) + shares[stage] * Math.max(0, Math.min(1, share));
    writing = run.progress(reached, message);
    try {
      await writing;
    } catch (error) {
      if (error instanceof JobStopped) lost.abort(error);
      throw error;
    } finally {
      writing = null;
    }
  };
  const step: Progress["step"] = async (share, message) => {
    if (writing || clock() - writtenAt < quietMs) return;
    await write(share, message);
  };
  return {
    signal,
    step,
    begin: async (next, message) => {
      await writing?.catch(() => {});
      signal.throwIfAborted();
      stage = next;
      await write(0, message);
    },
    // What else goes wrong with a step in between shows again at the next stage.
    note: (share, message) => void step(share, message).catch(() => {}),
  };
}

/** What the stages before have done, in percent. */
function before(stage: Stage): number {
  let done = 0;
  for (const [name, share] of Object.entries(shares)) {
    if (name === stage) break;
    done += share;
  }
  return done;
}
