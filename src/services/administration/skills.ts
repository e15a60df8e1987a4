import { and, asc, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { skillAliases, skills } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { skillCategories } from "../../db/value-sets.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, Rejection, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import type { Keyed } from "../idempotency.js";
import { check, checkWithStored, clearable } from "../input.js";
import { nameOf, notClearable, texts } from "../learner/rules.js";
import { administer, administerOnce, changeOf, checkChange, written } from "./changes.js";

type SkillRow = typeof skills.$inferSelect;

const fields = z.object({
  name: nameOf(255),
  category: clearable(z.enum(skillCategories)),
  keywords: texts(100).nullish(),
});

const changeRules = fields.extend({
  id: nodeId("Skill"),
  expectedUpdatedAt: z.string(),
  name: notClearable(nameOf(255)),
  keywords: clearable(texts(100)).transform((words) => (words === null ? [] : words)),
});

const aliasRules = z.object({ skillId: nodeId("Skill"), alias: nameOf(255) });

/**
 * Adds a skill to the catalogue.
 * @throws {Rejection} TAKEN when another skill has the name, or has it among its aliases.
 */
export const createSkill = (viewer: SignedIn, db: Database, input: z.input<typeof fields> & Keyed): Promise<SkillRow> =>
  administerOnce(viewer, db, "createSkill", input, async (work) => {
    const { keywords, ...rest } = await checkWithStored(fields, { ...input }, ({ name }) => nameProblems(work.tx, "name", name));
    const values = { ...rest, keywords: keywords ?? [] };
    const row = written(await work.tx.insert(skills).values(values).returning(), "skill");
    await audit(work, { action: "catalog.skill_created", entityType: "skill", entityId: row.id, newValues: values });
    return row;
  });

/**
 * Changes a skill of the catalogue. Its former name stays as an alias, so that texts and files that use it still
 * lead here; a name that was an alias of the skill is one no longer.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since; TAKEN when the name belongs to another skill;
 * LIMIT_REACHED when there is no room for the former name among the aliases.
 */
export const updateCatalogSkill = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<SkillRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "skill",
      find: (id) => lockedSkill(tx, id),
      compare: async ({ name }, skill) => {
        const problems = await nameProblems(tx, "name", name, skill.id);
        return problems.length > 0 || name === undefined ? problems : roomProblems(tx, skill, name);
      },
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const aliases = changes.name === undefined ? null : await swapName(tx, row, changes.name);
    const next = await tx.update(skills).set({ ...change.newValues, updatedAt: later(skills.updatedAt) }).where(eq(skills.id, id)).returning();
    await audit(work, {
      action: "catalog.skill_updated",
      entityType: "skill",
      entityId: id,
      oldValues: { ...change.oldValues, ...(aliases && { aliases: aliases.removed }) },
      newValues: { ...change.newValues, ...(aliases && { aliases: aliases.added }) },
    });
    return written(next, "skill");
  });

/**
 * Adds another spelling of a skill; one that it has already changes nothing.
 * @throws {Rejection} NOT_FOUND; TAKEN when it names or is an alias of a skill; LIMIT_REACHED beyond 50.
 */
export const addSkillAlias = (viewer: SignedIn, db: Database, input: z.input<typeof aliasRules>): Promise<SkillRow> => {
  const { skillId, alias } = check(aliasRules, input);
  return administer(viewer, db, async (work) => {
    const { tx } = work;
    const skill = await lockedSkill(tx, skillId);
    const problems = await nameProblems(tx, "alias", alias, skillId);
    if (!skill) throw new Rejection([...missing("skillId", "skill").problems, ...problems]);
    if (problems.length > 0) throw new Rejection(problems);
    if (sameName(skill.name, alias)) throw reject("TAKEN", "alias", "This is the skill's own name.");
    const aliases = await aliasesOf(tx, skillId);
    if (aliases.some((known) => sameName(known, alias))) return skill;
    if (aliases.length >= bounds.aliases) throw full("alias");
    await tx.insert(skillAliases).values({ alias, skillId });
    await audit(work, { action: "catalog.skill_alias_added", entityType: "skill", entityId: skillId, newValues: { alias } });
    return touch(work, skillId);
  });
};

/**
 * Takes a spelling of a skill away.
 * @throws {Rejection} NOT_FOUND for the skill, and for an alias that is not the skill's.
 */
export const removeSkillAlias = (viewer: SignedIn, db: Database, input: z.input<typeof aliasRules>): Promise<SkillRow> => {
  const { skillId, alias } = check(aliasRules, input);
  return administer(viewer, db, async (work) => {
    if (!(await lockedSkill(work.tx, skillId))) throw missing("skillId", "skill");
    const own = and(eq(skillAliases.alias, alias), eq(skillAliases.skillId, skillId));
    const [removed] = await work.tx.delete(skillAliases).where(own).returning({ alias: skillAliases.alias });
    if (!removed) throw missing("alias", "alias of this skill");
    await audit(work, { action: "catalog.skill_alias_removed", entityType: "skill", entityId: skillId, oldValues: removed });
    return touch(work, skillId);
  });
};

const full = (field: string): Rejection => reject("LIMIT_REACHED", field, `A skill has at most ${bounds.aliases} aliases; remove one first.`);

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

async function lockedSkill(tx: Tx, id: string): Promise<SkillRow | undefined> {
  const [row] = await tx.select().from(skills).where(eq(skills.id, id)).for("no key update");
  return row;
}

async function aliasesOf(tx: Tx, skillId: string): Promise<string[]> {
  const rows = await tx.select({ alias: skillAliases.alias }).from(skillAliases).where(eq(skillAliases.skillId, skillId)).orderBy(asc(skillAliases.alias));
  return rows.map(({ alias }) => alias);
}

const touch = async ({ tx }: Work, id: string): Promise<SkillRow> =>
  written(await tx.update(skills).set({ updatedAt: later(skills.updatedAt) }).where(eq(skills.id, id)).returning(), "skill");

/** TAKEN when another skill than `except` has this name, or has it among its aliases. */
async function nameProblems(tx: Tx, field: "name" | "alias", name: string | undefined, except?: string): Promise<readonly Problem[]> {
  if (name === undefined) return [];
  const others = (column: typeof skills.id | typeof skillAliases.skillId) => (except === undefined ? undefined : ne(column, except));
  const taken = await tx
    .select({ name: skills.name, how: sql<string>`'the name'` })
    .from(skills)
    .where(and(eq(skills.name, name), others(skills.id)))
    .unionAll(
      tx
        .select({ name: skills.name, how: sql<string>`'an alias'` })
        .from(skillAliases)
        .innerJoin(skills, eq(skills.id, skillAliases.skillId))
        .where(and(eq(skillAliases.alias, name), others(skillAliases.skillId))),
    );
  return taken.slice(0, 1).flatMap((skill) => reject("TAKEN", field, `This is ${skill.how} of the skill “${skill.name}”.`).problems);
}

/** Does renaming leave more aliases than a skill may have? */
async function roomProblems(tx: Tx, skill: SkillRow, name: string): Promise<readonly Problem[]> {
  if (sameName(skill.name, name)) return [];
  const kept = (await aliasesOf(tx, skill.id)).filter((alias) => !sameName(alias, name));
  return kept.length < bounds.aliases ? [] : full("name").problems;
}

/** Makes the former name an alias, and frees the alias that becomes the name; null when only the case differs. */
async function swapName(tx: Tx, skill: SkillRow, name: string): Promise<{ removed: string[]; added: string[] } | null> {
  if (sameName(skill.name, name)) return null;
  const removed = await tx.delete(skillAliases).where(eq(skillAliases.alias, name)).returning({ alias: skillAliases.alias });
  await tx.insert(skillAliases).values({ alias: skill.name, skillId: skill.id });
  return { removed: removed.map(({ alias }) => alias), added: [skill.name] };
}
