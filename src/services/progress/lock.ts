import { lockUntilCommit, type Tx } from "../../db/client.js";

/**
 * Lets one transaction at a time change a learner's progress. Two topics that complete a course together,
 * or a path that starts while its course is being completed, would otherwise each miss the other.
 * Taken before any row lock. It is an advisory lock, so that it never waits for a lock on the learner's rows.
 */
export const lockProgress = async (tx: Tx, userId: string): Promise<void> => {
  await lockUntilCommit(tx, `progress:${userId}`);
};
