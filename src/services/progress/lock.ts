import { eq } from "drizzle-orm";
import { lockUntilCommit, type Tx } from "../../db/client.js";
import { together } from "../../db/constant.js";
import { courses } from "../../db/tables/index.js";

/**
 * Lets one transaction at a time change a learner's progress. Two topics that complete a course together,
 * or a path that starts while its course is being completed, would otherwise each miss the other.
 * Taken before any row lock. It is an advisory lock, so that it never waits for a lock on the learner's rows.
 */
export const lockProgress = async (tx: Tx, userId: string): Promise<void> => {
  await lockUntilCommit(tx, `progress:${userId}`);
};

/**
 * The same for several learners, in the order of their ids whoever asks: two who lock some of the same learners would
 * else wait for each other. A statement for each, because the order in which one takes several locks is not promised.
 */
export async function lockLearners(tx: Tx, userIds: readonly string[]): Promise<void> {
  await together([...new Set(userIds)].toSorted().map((userId) => lockProgress(tx, userId)));
}

/**
 * Lets a learner into a course while nobody changes it: whoever takes something out of it sees all of its learners, and
 * a newcomer sees what is left. Newcomers do not wait for each other. Taken before the learner's progress, in the order
 * of those who change courses.
 */
export async function lockForNewcomer(tx: Tx, courseId: string): Promise<void> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for("share");
}
