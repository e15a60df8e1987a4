import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "../../db/client.js";
import { careerPaths, learnerCareerPaths } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { lockLearners } from "../progress/lock.js";
import { advancePaths, refreshMatchScores } from "../progress/milestones.js";

/**
 * The most learners whose paths follow a change in its own transaction, one batch of the rollup. Of a path that
 * more follow, scores are left to the nightly rollup, and milestones to each learner's next step.
 */
export const followersAtOnce = 500;

/** Paths under way on this career path. */
export const onCareerPath = (careerPathId: string): SQL => sql`l.career_path_id = ${careerPathId}`;

/** Paths under way to this role: by the learner's own choice, or by the path's. */
export const towardsRole = (jobRoleId: string): SQL =>
  sql`(l.job_role_id = ${jobRoleId}
       or l.job_role_id is null and l.career_path_id in (select id from ${careerPaths} where job_role_id = ${jobRoleId}))`;

/**
 * Brings the paths of learners up to a changed pathway: milestones that they lack, courses completed earlier, match
 * scores. Only paths under way: what is completed stays as it is, what is paused follows when it is resumed.
 */
export const refreshFollowers = async (work: Work, which: SQL): Promise<void> => refresh(work, await lockFollowers(work, which));

/** The same for paths that `lockFollowers` answered. */
export async function refresh(work: Work, learnerCareerPathIds: readonly string[]): Promise<void> {
  await advancePaths(work, learnerCareerPathIds);
  await refreshMatchScores(work.tx, learnerCareerPathIds);
}

/**
 * The paths under way, locked as learners themselves lock them; none when there are too many. To be called before
 * milestones are removed or placed: whoever records progress waits for those, and would be waited for here.
 */
export async function lockFollowers({ tx }: Work, which: SQL): Promise<string[]> {
  const found = await rowsOf<{ id: string; userId: string }>(
    tx,
    sql`select l.id, l.user_id as "userId" from ${learnerCareerPaths} l
        where l.status = 'active' and ${which} limit ${followersAtOnce + 1}`,
  );
  if (found.length === 0 || found.length > followersAtOnce) return [];
  // Progress first, as in `lockProgress`. Teachers who take something out of a course lock several learners too.
  await lockLearners(tx, found.map(({ userId }) => userId));
  const locked = await rowsOf<{ id: string }>(
    tx,
    sql`select l.id from ${learnerCareerPaths} l
        where l.id = any(${sql.param(found.map(({ id }) => id))}::uuid[]) and l.status = 'active'
        order by l.id for no key update`,
  );
  return locked.map(({ id }) => id);
}
