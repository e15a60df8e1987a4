import { sql } from "drizzle-orm";
import { arrayOf, rowsOf, type Database } from "../db/client.js";
import { jobQueue } from "../db/tables/index.js";
import { JobStopped, type JobRun } from "./run.js";

/** How long a cancelled job may go on working for nothing, in milliseconds. */
const lookEveryMs = 1_000;

type Attempt = Pick<JobRun, "id" | "attempt">;

/** Tells the attempts of this server when they have lost their jobs. */
export interface Claims {
  /** Aborts `lost` with `JobStopped` when, while `work` runs, the job is cancelled or goes to another attempt. */
  during<Result>(run: Attempt, lost: AbortController, work: () => Promise<Result>): Promise<Result>;
  stop(): void;
}

/**
 * Looks once a second, while jobs are under way, whether their attempts still hold them: pg-boss tells a
 * worker only with the next heartbeat.
 */
export function watchClaims(db: Database, onError: (error: unknown) => void): Claims {
  const underWay = new Map<Attempt, AbortController>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    const attempts = [...underWay.keys()];
    if (attempts.length === 0) return;
    const ids = attempts.map(({ id }) => id);
    const held = await rowsOf<{ id: string; attempts: number }>(
      db,
      sql`select q.id, q.attempts from ${jobQueue} q where q.status = 'processing' and q.id = any(${arrayOf(ids, "uuid")})`,
    );
    for (const run of attempts) {
      if (held.some(({ id, attempts: latest }) => id === run.id && latest === run.attempt)) continue;
      underWay.get(run)?.abort(new JobStopped("The job was cancelled or taken over."));
    }
  };
  const again = (): void => {
    if (timer || stopped || underWay.size === 0) return;
    timer = setTimeout(() => {
      void look()
        .catch(onError)
        .finally(() => {
          timer = undefined;
          again();
        });
    }, lookEveryMs);
    timer.unref();
  };

  return {
    during: async (run, lost, work) => {
      underWay.set(run, lost);
      again();
      try {
        return await work();
      } finally {
        underWay.delete(run);
      }
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
