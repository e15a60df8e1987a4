import { eq, sql } from "drizzle-orm";
import { goals, interests, skillProficiencies } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { refuseBeyond } from "./rows.js";
import type { CheckedAnswers } from "./onboarding-rules.js";
import { resolveSkills, unmatched, type NamedSkill } from "./skill-names.js";
import { isSelfDeclared } from "./skills.js";

const lower = (text: string): string => text.toLowerCase();

interface DeclaredSkill extends NamedSkill {
  level: number | null;
}

/**
 * Merges ticked and rated skills into the profile, one row for each skill under whatever spelling;
 * the highest of several ratings counts, and a tick keeps an older rating. Evidence stays as it is.
 * Answers with the names that the catalogue does not know.
 * @throws {Rejection} CONFLICT when the profile would hold more than 100.
 */
export async function declareSkills(
  work: Work,
  userId: string,
  { skills, proficiencies }: Pick<CheckedAnswers, "skills" | "proficiencies">,
): Promise<string[]> {
  const rated = proficiencies ?? [];
  const levels = [...rated.map(({ level }) => level), ...(skills ?? []).map(() => null)];
  const named = await resolveSkills(work.tx, [...rated.map(({ skillName }) => skillName), ...(skills ?? [])]);
  const declared = new Map<string, DeclaredSkill>();
  for (const [at, skill] of named.entries()) {
    const level = Math.max(levels[at] ?? 0, declared.get(lower(skill.name))?.level ?? 0) || null;
    declared.set(lower(skill.name), { ...skill, level });
  }
  const rows = await work.tx.select().from(skillProficiencies).where(eq(skillProficiencies.userId, userId));
  const writes = [...declared.values()].flatMap(({ name, written, skillId, level }) => {
    const old =
      rows.find((row) => (skillId !== null && row.skillId === skillId) || lower(row.skillName) === lower(name)) ??
      rows.find((row) => lower(row.skillName) === lower(written));
    if (old && !isSelfDeclared(old)) return [];
    const values = { userId, skillId, skillName: name, proficiencyLevel: level ?? old?.proficiencyLevel ?? null };
    return [{ ...values, ...(old && { id: old.id }), source: "onboarding" as const }];
  });
  refuseBeyond(bounds.proficiencies, rows.length + writes.filter((write) => !("id" in write)).length, "skills");
  if (writes.length > 0) {
    await work.tx
      .insert(skillProficiencies)
      .values(writes)
      .onConflictDoUpdate({
        target: skillProficiencies.id,
        set: {
          skillId: sql`excluded.skill_id`,
          skillName: sql`excluded.skill_name`,
          proficiencyLevel: sql`excluded.proficiency_level`,
          source: sql`excluded.source`,
        },
      });
  }
  return unmatched(named);
}

/** Adds the interests that are not there yet, whatever their case. */
export async function addInterests(work: Work, userId: string, wanted: readonly string[]): Promise<void> {
  const rows = await work.tx.select({ interest: interests.interest }).from(interests).where(eq(interests.userId, userId));
  const there = new Set(rows.map(({ interest }) => lower(interest)));
  const fresh = wanted.filter((interest) => !there.has(lower(interest)));
  refuseBeyond(bounds.interests, rows.length + fresh.length, "interests");
  if (fresh.length > 0) await work.tx.insert(interests).values(fresh.map((interest) => ({ interest, userId })));
}

/**
 * Adds the goals that are not there yet, by type and words, and gives the named ones their priority.
 * Goals of an earlier onboarding that are no longer named stay until the learner removes them.
 */
export async function addGoals(
  work: Work,
  userId: string,
  { learningGoals, learningTypes }: Pick<CheckedAnswers, "learningGoals" | "learningTypes">,
): Promise<void> {
  const key = (goal: { goalType: string; value: string | null }) => `${goal.goalType} ${lower(goal.value ?? "")}`;
  const wanted = new Map([
    ...(learningTypes ?? []).map((value) => ({ goalType: "learning" as const, value, priority: 2 })),
    ...(learningGoals ?? []).map((goal) => ({ ...goal, priority: 1 })),
  ].map((goal) => [key(goal), goal]));
  const rows = await work.tx.select().from(goals).where(eq(goals.userId, userId));
  const there = new Map(rows.map((row) => [key(row), row]));
  const writes = [...wanted].map(([name, goal]) => {
    const old = there.get(name);
    return { ...goal, userId, ...(old && { id: old.id }) };
  });
  refuseBeyond(bounds.goals, rows.length + writes.filter((write) => !("id" in write)).length, "learningGoals");
  if (writes.length === 0) return;
  await work.tx
    .insert(goals)
    .values(writes)
    .onConflictDoUpdate({ target: goals.id, set: { priority: sql`excluded.priority` } });
}
