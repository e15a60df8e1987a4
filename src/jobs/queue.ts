/** Background work: pg-boss executes, `ops.job_queue` is the record that people see. */
export interface Jobs {
  /** Stops taking jobs and waits for those under way. */
  stop(): Promise<void>;
}
