import { and, eq, or } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { skillProficiencies } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { skillLevels } from "../../db/value-sets.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check, clearable, whole } from "../input.js";
import { changed, makeRoom, ownRow, removeOwn } from "./rows.js";
import { decimal, nameOf } from "./rules.js";
import { resolveSkills } from "./skill-names.js";

type ProficiencyRow = typeof skillProficiencies.$inferSelect;

const fields = z.object({
  proficiencyLevel: clearable(whole(1, 5)),
  skillLevel: clearable(z.enum(skillLevels)).transform((level) => (level === null ? "beginner" : level)),
  proficiencyScore: clearable(decimal(0, 100)).transform((score) => (score === null ? "0" : score)),
});

const newSkill = fields.extend({ skillName: nameOf(255) });
const changeRules = fields.extend({ id: nodeId("SkillProficiency") });

/** Learners say these themselves; the other sources are evidence that they cannot rewrite. */
export const isSelfDeclared = ({ source }: Pick<ProficiencyRow, "source">): boolean =>
  source === "manual" || source === "onboarding";

/**
 * Adds a skill to the viewer's profile, under the catalogue's name when it has one.
 * @throws {Rejection} TAKEN when the profile has it already, under any spelling; CONFLICT when it has no room.
 */
export async function addSkill(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof newSkill> & Keyed,
): Promise<ProficiencyRow> {
  const { skillName, ...values } = check(newSkill, input);
  return once(db, viewer, "addSkill", input, async (work) => {
    await makeRoom(work, viewer.id, skillProficiencies, bounds.proficiencies, "skillName");
    const [named] = await resolveSkills(work.tx, [skillName]);
    const name = named?.name ?? skillName;
    const skillId = named?.skillId ?? null;
    const same = or(
      eq(skillProficiencies.skillName, name),
      skillId === null ? undefined : eq(skillProficiencies.skillId, skillId),
    );
    if ((await work.tx.$count(skillProficiencies, and(eq(skillProficiencies.userId, viewer.id), same))) > 0) {
      throw reject("TAKEN", "skillName", "The profile has this skill already; change it instead.");
    }
    const [row] = await work.tx
      .insert(skillProficiencies)
      .values({ ...values, skillName: name, skillId, source: "manual", userId: viewer.id })
      .returning();
    if (!row) throw new Error("The skill was not written");
    return row;
  });
}

/**
 * Changes how well the viewer claims to know a skill.
 * @throws {Rejection} NOT_FOUND; CONFLICT for a skill that was measured.
 */
export async function updateSkill(viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<ProficiencyRow> {
  const { id, ...changes } = check(changeRules, input);
  return inTransaction(db, viewer, async ({ tx }) => {
    const [old] = await tx.select().from(skillProficiencies).where(ownRow(skillProficiencies, viewer.id, id)).for("update");
    if (!old) throw missing("id", "skill in the profile");
    if (!isSelfDeclared(old)) throw reject("CONFLICT", "id", "This skill was measured; only measuring changes it.");
    const [row] = await tx
      .update(skillProficiencies)
      .set(changed({ ...changes, source: "manual" as const }))
      .where(ownRow(skillProficiencies, viewer.id, id))
      .returning();
    return row ?? old;
  });
}

export const removeSkill = (viewer: SignedIn, db: Database, input: { id: string }): Promise<string> =>
  removeOwn(viewer, db, { table: skillProficiencies, type: "SkillProficiency", entityType: "skill_proficiency", what: "skill in the profile" }, input);
