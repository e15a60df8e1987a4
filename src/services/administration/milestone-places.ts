import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { arrayOf, rowsOf, type Database, type Tx } from "../../db/client.js";
import { milestoneCompletions, pathMilestones } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later, unchanged } from "../concurrency.js";
import { check } from "../input.js";
import { lockedCareerPath, touchCareerPath, type CareerPathRow } from "./career-paths.js";
import { administer, checkChange } from "./changes.js";
import { lockFollowers, onCareerPath, refresh } from "./followers.js";

const removeRules = z.object({ id: nodeId("PathMilestone"), expectedUpdatedAt: z.string() });

const orderRules = z.object({
  careerPathId: nodeId("CareerPath"),
  expectedUpdatedAt: z.string(),
  milestoneIds: z.array(nodeId("PathMilestone")).max(bounds.pathMilestones),
});

export interface RemovedMilestone {
  /** Key of the milestone that is gone. */
  id: string;
  careerPath: CareerPathRow;
}

/**
 * Removes a milestone that no learner has begun; those behind it move up.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since, and when a learner has it under way or completed.
 */
export const removeMilestone = (viewer: SignedIn, db: Database, input: z.input<typeof removeRules>): Promise<RemovedMilestone> => {
  const { id, expectedUpdatedAt } = check(removeRules, input);
  return administer(viewer, db, async (work) => {
    const { tx } = work;
    const [found] = await tx.select({ careerPathId: pathMilestones.careerPathId }).from(pathMilestones).where(eq(pathMilestones.id, id));
    if (!found) throw missing("id", "milestone");
    const followers = await lockFollowers(work, onCareerPath(found.careerPathId));
    // Locked against new completions, which refer to it, and then the completions that are there.
    const [milestone] = await tx.select().from(pathMilestones).where(eq(pathMilestones.id, id)).for("update");
    if (!milestone) throw missing("id", "milestone");
    unchanged(milestone, expectedUpdatedAt);
    const held = await tx
      .select({ status: milestoneCompletions.status })
      .from(milestoneCompletions)
      .where(eq(milestoneCompletions.pathMilestoneId, id))
      .orderBy(milestoneCompletions.id)
      .for("update");
    if (held.some(({ status }) => status !== "upcoming")) {
      throw reject("CONFLICT", "id", "Learners have begun or completed this milestone; it cannot be taken from them.");
    }
    await tx.delete(pathMilestones).where(eq(pathMilestones.id, id));
    const { careerPathId, title, type, sequence } = milestone;
    await placeMilestones(tx, careerPathId, (await milestoneIds(tx, careerPathId)).map((each) => each.id));
    const oldValues = { careerPathId, title, type, sequence };
    await audit(work, { action: "pathways.milestone_removed", entityType: "path_milestone", entityId: id, oldValues });
    return { id, careerPath: await afterMove(work, careerPathId, followers) };
  });
};

/**
 * Puts the milestones of a path into another order; all of them are to be named, each once.
 * @throws {Rejection} NOT_FOUND for the path and for milestones that are not its own; CONFLICT when it changed since;
 * INVALID for one that comes twice; REQUIRED when one is left out.
 */
export const reorderMilestones = (viewer: SignedIn, db: Database, input: z.input<typeof orderRules>): Promise<CareerPathRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(orderRules, input, {
      field: "careerPathId",
      what: "career path",
      find: (id) => lockedCareerPath(tx, id),
      compare: async ({ milestoneIds: wanted }, { id }) => (wanted ? orderProblems(await milestoneIds(tx, id), wanted) : []),
    });
    const old = (await milestoneIds(tx, row.id)).map(({ id }) => id);
    if (old.every((id, at) => id === values.milestoneIds[at])) return row;
    const followers = await lockFollowers(work, onCareerPath(row.id));
    await placeMilestones(tx, row.id, values.milestoneIds);
    await audit(work, {
      action: "pathways.milestones_reordered",
      entityType: "career_path",
      entityId: row.id,
      oldValues: { milestoneIds: old },
      newValues: { milestoneIds: values.milestoneIds },
    });
    return afterMove(work, row.id, followers);
  });

async function afterMove(work: Work, careerPathId: string, followers: readonly string[]): Promise<CareerPathRow> {
  const path = await touchCareerPath(work, careerPathId);
  await refresh(work, followers);
  return path;
}

function orderProblems(present: readonly { id: string }[], wanted: readonly string[]): readonly Problem[] {
  const known = new Set(present.map(({ id }) => id));
  const wrong = wanted.flatMap((id, at) => {
    if (!known.has(id)) return missing(["milestoneIds", String(at)], "milestone on this path").problems;
    return wanted.indexOf(id) === at ? [] : reject("INVALID", ["milestoneIds", String(at)], "This milestone comes twice.").problems;
  });
  const all = present.every(({ id }) => wanted.includes(id));
  return all ? wrong : [...wrong, ...reject("REQUIRED", "milestoneIds", "All milestones of the path must be named.").problems];
}

/** The milestones of a path in their order. */
export const milestoneIds = (tx: Tx, careerPathId: string): Promise<{ id: string; sequence: number }[]> =>
  tx
    .select({ id: pathMilestones.id, sequence: pathMilestones.sequence })
    .from(pathMilestones)
    .where(eq(pathMilestones.careerPathId, careerPathId))
    .orderBy(asc(pathMilestones.sequence));

/**
 * Numbers the milestones of a path from 1 in this order. No two may have one number, not even for the moment between
 * two rows, so those that move go beyond the end first.
 */
export async function placeMilestones(tx: Tx, careerPathId: string, ids: readonly string[]): Promise<void> {
  const moved = sql`select m.id, wanted.place
    from unnest(${sql.param([...ids])}::uuid[]) with ordinality as wanted(id, place)
    join ${pathMilestones} m on m.id = wanted.id
    where m.career_path_id = ${careerPathId} and m.sequence <> wanted.place`;
  const parked = await rowsOf<{ id: string; place: number }>(
    tx,
    sql`update ${pathMilestones} m
        set sequence = moved.place + (select max(sequence) from ${pathMilestones} where career_path_id = ${careerPathId})
                     + ${bounds.pathMilestones}::int
        from (${moved}) as moved where m.id = moved.id
        returning m.id, moved.place::int as place`,
  );
  const places = sql`unnest(${arrayOf(parked.map(({ id }) => id), "uuid")}, ${arrayOf(parked.map(({ place }) => place), "int")}) as moved(id, place)`;
  await rowsOf(
    tx,
    sql`update ${pathMilestones} set sequence = moved.place, updated_at = ${later(pathMilestones.updatedAt)}
        from ${places} where ${pathMilestones.id} = moved.id`,
  );
}
