import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import { anyOf, type Database } from "../../db/client.js";
import { goals, goalSkills, jobRoles, skills } from "../../db/tables/index.js";
import { inTransaction, type Work } from "../../db/unit-of-work.js";
import { goalTypes } from "../../db/value-sets.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, Rejection } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check, clearable, line, whole } from "../input.js";
import { changed, given, makeRoom, ownRow, removeOwn } from "./rows.js";
import { broken, decimal, notClearable } from "./rules.js";
import { namesIn, resolveSkills, unmatched } from "./skill-names.js";

type GoalRow = typeof goals.$inferSelect;

/** A written goal, and the skills in its note that the catalogue does not know. */
export interface WrittenGoal {
  goal: GoalRow;
  unmatchedSkills: string[];
}

const note = line(2000).refine((text) => namesIn(text).length <= bounds.goalSkills, {
  message: `This may name at most ${bounds.goalSkills} skills.`,
  params: { code: "TOO_LONG" },
});

const fields = z.object({
  goalType: z.enum(goalTypes),
  value: clearable(line(500)),
  priority: clearable(whole(1, 2)).transform((priority) => (priority === null ? 1 : priority)),
  desiredRole: clearable(line(255)),
  desiredJobRoleId: clearable(nodeId("JobRole")),
  targetSkillIds: clearable(z.array(nodeId("Skill")).max(bounds.goalSkills)),
  targetSkillsNote: clearable(note),
  careerMotivation: clearable(line(2000)),
  targetTimeline: clearable(line(100)),
  targetDate: clearable(z.string()),
  progressPercent: clearable(decimal(0, 100)).transform((percent) => (percent === null ? "0" : percent)),
});

const newGoal = fields.refine(
  ({ value, desiredRole, desiredJobRoleId }) => (value ?? desiredRole ?? desiredJobRoleId) != null,
  broken("REQUIRED", "value", "A goal needs words, a desired role or a job role."),
);

const changeRules = fields.extend({ id: nodeId("LearnerGoal"), goalType: notClearable(z.enum(goalTypes)) });

/**
 * Adds a goal of the viewer's, with the skills it needs.
 * @throws {Rejection} NOT_FOUND for the job role and each skill, CONFLICT when the profile has no room.
 */
export async function addGoal(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof fields> & Keyed,
): Promise<WrittenGoal> {
  const { targetSkillIds, ...values } = check(newGoal, input);
  return once(db, viewer, "addGoal", input, async (work) => {
    await makeRoom(work, viewer.id, goals, bounds.goals, "value");
    const { title, known } = await findTargets(work, values.desiredJobRoleId, targetSkillIds);
    const [goal] = await work.tx
      .insert(goals)
      .values({ ...values, desiredRole: values.desiredRole ?? title, userId: viewer.id })
      .returning();
    if (!goal) throw new Error("The goal was not written");
    return { goal, unmatchedSkills: await linkSkills(work, goal, known) };
  });
}

/**
 * Changes a goal of the viewer's and writes that it was reviewed now.
 * @throws {Rejection} NOT_FOUND for the goal, the job role and each skill; REQUIRED when nothing says what the goal is.
 */
export async function updateGoal(viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<WrittenGoal> {
  const { id, targetSkillIds, ...changes } = check(changeRules, input);
  return inTransaction(db, viewer, async (work) => {
    const [old] = await work.tx.select().from(goals).where(ownRow(goals, viewer.id, id)).for("update");
    if (!old) throw missing("id", "goal");
    const { title, known } = await findTargets(work, changes.desiredJobRoleId, targetSkillIds);
    const next = { ...old, ...given(changes) };
    const desiredRole = next.desiredRole ?? title;
    if (next.value === null && desiredRole === null) {
      throw new Rejection([{ code: "REQUIRED", path: ["input", "value"], message: "A goal needs words or a desired role." }]);
    }
    const [row] = await work.tx
      .update(goals)
      .set({ ...changed(changes), desiredRole, lastReviewedAt: sql`now()` })
      .where(ownRow(goals, viewer.id, id))
      .returning();
    const goal = row ?? old;
    if (targetSkillIds === undefined && changes.targetSkillsNote === undefined) return { goal, unmatchedSkills: [] };
    await work.tx.delete(goalSkills).where(eq(goalSkills.goalId, id));
    return { goal, unmatchedSkills: await linkSkills(work, goal, known) };
  });
}

export const removeGoal = (viewer: SignedIn, db: Database, input: { id: string }): Promise<string> =>
  removeOwn(viewer, db, { table: goals, type: "LearnerGoal", entityType: "goal", what: "goal" }, input);

/**
 * The title of the job role and the wanted skills.
 * @throws {Rejection} NOT_FOUND for each that the catalogue does not have, all together.
 */
async function findTargets(
  { tx }: Work,
  jobRoleId: string | null | undefined,
  skillIds: readonly string[] | null | undefined,
): Promise<{ title: string | null; known: readonly string[] }> {
  const wanted = skillIds ?? [];
  const found = wanted.length > 0 ? await tx.select({ id: skills.id }).from(skills).where(anyOf(skills.id, wanted, "uuid")) : [];
  const known = new Set(found.map(({ id }) => id));
  const problems = wanted.flatMap((id, at) => (known.has(id) ? [] : missing(["targetSkillIds", String(at)], "skill").problems));
  const [role] = jobRoleId ? await tx.select({ title: jobRoles.title }).from(jobRoles).where(eq(jobRoles.id, jobRoleId)) : [];
  if (jobRoleId && !role) problems.unshift(...missing("desiredJobRoleId", "job role").problems);
  if (problems.length > 0) throw new Rejection(problems);
  return { title: role?.title ?? null, known: [...known] };
}

/** Links the goal to the given skills and to those its note names; answers what the catalogue does not know. */
async function linkSkills({ tx }: Work, goal: GoalRow, skillIds: readonly string[]): Promise<string[]> {
  const named = await resolveSkills(tx, namesIn(goal.targetSkillsNote ?? ""));
  const found = named.flatMap(({ skillId }) => (skillId === null ? [] : [skillId]));
  const links = [...new Set([...skillIds, ...found])].map((skillId) => ({ goalId: goal.id, skillId, userId: goal.userId }));
  if (links.length > 0) await tx.insert(goalSkills).values(links);
  return unmatched(named);
}
