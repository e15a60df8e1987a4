import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { anyOf, type Database, type Tx } from "../../db/client.js";
import { jobRoles, jobRoleSkills, skills } from "../../db/tables/index.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import { clearable } from "../input.js";
import { decimal } from "../learner/rules.js";
import { administer, checkChange, written } from "./changes.js";
import { refreshFollowers, towardsRole } from "./followers.js";
import { lockedJobRole, type JobRoleRow } from "./job-roles.js";

/** With two decimals, as the column keeps it. */
const hundredths = (min: number, max: number, otherwise: number) =>
  clearable(decimal(min, max)).transform((value) => Number(value ?? otherwise).toFixed(2));

const wantedSkill = z.object({ skillId: nodeId("Skill"), requiredLevel: hundredths(0, 100, 70), weight: hundredths(1, 3, 1) });

const rules = z.object({
  jobRoleId: nodeId("JobRole"),
  expectedUpdatedAt: z.string(),
  skills: z.array(wantedSkill).max(bounds.jobRoleSkills),
});

type Wanted = z.output<typeof wantedSkill>;

/**
 * Replaces the skills that a role asks for, and matches the learners on their way to it anew.
 * @throws {Rejection} NOT_FOUND for the role and each skill; CONFLICT when the role changed since; TOO_LONG beyond 25
 * skills; INVALID for a skill that comes twice.
 */
export const setJobRoleSkills = (viewer: SignedIn, db: Database, input: z.input<typeof rules>): Promise<JobRoleRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(rules, input, {
      field: "jobRoleId",
      what: "job role",
      find: (id) => lockedJobRole(tx, id),
      compare: (sound) => skillProblems(tx, sound.skills?.map(({ skillId }) => skillId) ?? [], (at) => ["skills", String(at), "skillId"]),
    });
    const old = await skillsOf(tx, row.id);
    const removed = old.filter((each) => !values.skills.some((wanted) => same(wanted, each)));
    const added = values.skills.filter((wanted) => !old.some((each) => same(wanted, each)));
    if (removed.length === 0 && added.length === 0) return row;
    await replace(tx, row.id, values.skills, added);
    const next = await tx.update(jobRoles).set({ updatedAt: later(jobRoles.updatedAt) }).where(eq(jobRoles.id, row.id)).returning();
    await audit(work, {
      action: "pathways.job_role_skills_set",
      entityType: "job_role",
      entityId: row.id,
      oldValues: { skills: removed },
      newValues: { skills: added },
    });
    await refreshFollowers(work, towardsRole(row.id));
    return written(next, "job role");
  });

/** NOT_FOUND for each skill that the catalogue does not have, INVALID for each that comes again. */
export async function skillProblems(tx: Tx, ids: readonly string[], path: (at: number) => string[]): Promise<readonly Problem[]> {
  if (ids.length === 0) return [];
  const found = await tx.select({ id: skills.id }).from(skills).where(anyOf(skills.id, ids, "uuid"));
  const known = new Set(found.map(({ id }) => id));
  return ids.flatMap((id, at) => {
    if (!known.has(id)) return missing(path(at), "skill").problems;
    return ids.indexOf(id) === at ? [] : reject("INVALID", path(at), "This skill comes twice.").problems;
  });
}

const skillsOf = (tx: Tx, jobRoleId: string): Promise<Wanted[]> =>
  tx
    .select({ skillId: jobRoleSkills.skillId, requiredLevel: jobRoleSkills.requiredLevel, weight: jobRoleSkills.weight })
    .from(jobRoleSkills)
    .where(eq(jobRoleSkills.jobRoleId, jobRoleId))
    .orderBy(asc(jobRoleSkills.skillId));

const same = (a: Wanted, b: Wanted): boolean =>
  a.skillId === b.skillId && a.requiredLevel === b.requiredLevel && a.weight === b.weight;

async function replace(tx: Tx, jobRoleId: string, all: readonly Wanted[], changed: readonly Wanted[]): Promise<void> {
  const keep = all.map(({ skillId }) => skillId);
  await tx.delete(jobRoleSkills).where(and(eq(jobRoleSkills.jobRoleId, jobRoleId), sql`not ${anyOf(jobRoleSkills.skillId, keep, "uuid")}`));
  if (changed.length === 0) return;
  await tx
    .insert(jobRoleSkills)
    .values(changed.map((wanted) => ({ ...wanted, jobRoleId })))
    .onConflictDoUpdate({
      target: [jobRoleSkills.jobRoleId, jobRoleSkills.skillId],
      set: { requiredLevel: sql`excluded.required_level`, weight: sql`excluded.weight` },
    });
}
