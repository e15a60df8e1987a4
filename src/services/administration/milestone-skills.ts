import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { anyOf, type Database } from "../../db/client.js";
import { pathMilestones, pathMilestoneSkills } from "../../db/tables/index.js";
import { bounds } from "../../graphql/bounds.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import { administer, checkChange, written } from "./changes.js";
import { onCareerPath, refreshFollowers } from "./followers.js";
import { skillProblems } from "./job-role-skills.js";
import { lockedMilestone, type MilestoneRow } from "./milestones.js";

const rules = z.object({
  milestoneId: nodeId("PathMilestone"),
  expectedUpdatedAt: z.string(),
  skillIds: z.array(nodeId("Skill")).max(bounds.milestoneSkills),
});

/**
 * Replaces the skills that a milestone builds, and matches the learners on its path anew.
 * @throws {Rejection} NOT_FOUND for the milestone and each skill; CONFLICT when the milestone changed since; TOO_LONG
 * beyond 12 skills; INVALID for a skill that comes twice.
 */
export const setMilestoneSkills = (viewer: SignedIn, db: Database, input: z.input<typeof rules>): Promise<MilestoneRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(rules, input, {
      field: "milestoneId",
      what: "milestone",
      find: (id) => lockedMilestone(tx, id),
      compare: (sound) => skillProblems(tx, sound.skillIds ?? [], (at) => ["skillIds", String(at)]),
    });
    const present = await tx
      .select({ skillId: pathMilestoneSkills.skillId })
      .from(pathMilestoneSkills)
      .where(eq(pathMilestoneSkills.pathMilestoneId, row.id))
      .orderBy(asc(pathMilestoneSkills.skillId));
    const old = present.map(({ skillId }) => skillId);
    const removed = old.filter((id) => !values.skillIds.includes(id));
    const added = values.skillIds.filter((id) => !old.includes(id));
    if (removed.length === 0 && added.length === 0) return row;
    const gone = and(eq(pathMilestoneSkills.pathMilestoneId, row.id), anyOf(pathMilestoneSkills.skillId, removed, "uuid"));
    await tx.delete(pathMilestoneSkills).where(gone);
    if (added.length > 0) await tx.insert(pathMilestoneSkills).values(added.map((skillId) => ({ skillId, pathMilestoneId: row.id })));
    const next = await tx
      .update(pathMilestones)
      .set({ updatedAt: later(pathMilestones.updatedAt) })
      .where(eq(pathMilestones.id, row.id))
      .returning();
    await audit(work, {
      action: "pathways.milestone_skills_set",
      entityType: "path_milestone",
      entityId: row.id,
      oldValues: { skillIds: removed },
      newValues: { skillIds: added },
    });
    await refreshFollowers(work, onCareerPath(row.careerPathId));
    return written(next, "milestone");
  });
