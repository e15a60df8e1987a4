import { sql } from "drizzle-orm";
import { rowsOf, type Database, type Tx } from "../db/client.js";
import {
  assessmentResults, careerPaths, courseSkills, jobRoleSkills, learnerCareerPaths, pathMilestones,
  pathMilestoneSkills, skillMastery, skillProficiencies,
} from "../db/tables/index.js";

/** Mastery that a need asks for when its source names none, 0 to 100. */
const defaultRequiredLevel = "70";
/** What learners say of themselves counts up to this. */
const selfDeclaredCap = 60;

/** How far each kind of evidence is to be trusted; the most trusted item of a skill is its mastery. */
const confidences = { assessed: 1, course: 0.8, peer: 0.6, inferred: 0.5, declared: 0.4 } as const;

/** A skill that a path or role asks for. Numbers with at most two decimals, as text. */
export interface Need {
  skillId: string;
  /** Mastery that closes the gap, 0 to 100. */
  required: string;
  /** How heavily it counts, above 0. */
  weight: string;
}

/** One statement about a learner's mastery of a skill. */
export interface Evidence {
  skillId: string;
  kind: keyof typeof confidences;
  /** 0 to 100, at most two decimals. */
  level: string;
  /** An instant as text that sorts by time. */
  at: string;
  id: string;
}

/** Mastery by skill: the most trusted item of evidence, then the newest, then by id; never an average. */
export function masteryOf(evidence: readonly Evidence[]): Map<string, string> {
  const best = new Map<string, Evidence>();
  for (const item of evidence) {
    const known = best.get(item.skillId);
    if (!known || outranks(item, known)) best.set(item.skillId, item);
  }
  return new Map(
    [...best].map(([skillId, { kind, level }]) => [
      skillId,
      kind === "declared" && Number(level) > selfDeclaredCap ? String(selfDeclaredCap) : level,
    ]),
  );
}

function outranks(item: Evidence, known: Evidence): boolean {
  if (item.kind !== known.kind) return confidences[item.kind] > confidences[known.kind];
  return item.at === known.at ? item.id > known.id : item.at > known.at;
}

/**
 * Readiness for a set of needs, 0 to 100: the weighted share of each required level that is mastered,
 * rounded half up to two decimals once, at the end. Null when nothing is needed.
 */
export function readiness(needs: readonly Need[], mastery: ReadonlyMap<string, string>): string | null {
  // A fraction of whole numbers stays exact however many skills there are.
  let [met, unit, weights] = [0n, 1n, 0n];
  for (const need of needs) {
    const [weight, required, level] = [hundredths(need.weight), hundredths(need.required), hundredths(mastery.get(need.skillId) ?? "0")];
    const closed = level >= required;
    met = closed ? met + weight * unit : met * required + weight * level * unit;
    if (!closed) unit *= required;
    weights += weight;
  }
  if (weights === 0n) return null;
  const whole = unit * weights;
  const rounded = (2n * 10_000n * met + whole) / (2n * whole);
  return `${rounded / 100n}.${String(rounded % 100n).padStart(2, "0")}`;
}

function hundredths(value: string): bigint {
  const [whole = "0", decimals = ""] = value.split(".");
  return BigInt(whole + decimals.padEnd(2, "0").slice(0, 2));
}

/**
 * Readiness of learners for the paths they took up, by the id of the learner's path. A path whose
 * milestones name no skill is matched by the profile of its role; one without either is left out.
 * Three statements, however many paths.
 */
export async function matchScores(db: Database | Tx, learnerCareerPathIds: readonly string[]): Promise<Map<string, string>> {
  if (learnerCareerPathIds.length === 0) return new Map();
  const paths = await rowsOf<{ id: string; userId: string; careerPathId: string; jobRoleId: string }>(
    db,
    sql`select l.id, l.user_id as "userId", l.career_path_id as "careerPathId", coalesce(l.job_role_id, c.job_role_id) as "jobRoleId"
        from ${learnerCareerPaths} l join ${careerPaths} c on c.id = l.career_path_id
        where l.id = any(${sql.param([...learnerCareerPathIds])}::uuid[])`,
  );
  const needs = await needsOf(db, paths);
  const evidence = await evidenceOf(db, paths.map(({ userId }) => userId), [...needs.values()].flat().map(({ skillId }) => skillId));
  const mastery = new Map([...evidence].map(([userId, items]) => [userId, masteryOf(items)]));
  const scores = new Map<string, string>();
  for (const { id, userId, careerPathId, jobRoleId } of paths) {
    const score = readiness(needs.get(`${careerPathId}/${jobRoleId}`) ?? [], mastery.get(userId) ?? new Map());
    if (score !== null) scores.set(id, score);
  }
  return scores;
}

/**
 * What each path asks for, under `<path>/<role>`. A milestone's skill weighs 1, and 1 more each when
 * it is primary in a milestone's course and when two or more milestones list it.
 */
async function needsOf(
  db: Database | Tx,
  paths: readonly { careerPathId: string; jobRoleId: string }[],
): Promise<Map<string, Need[]>> {
  const pairs = new Map(paths.map(({ careerPathId, jobRoleId }) => [`${careerPathId}/${jobRoleId}`, [careerPathId, jobRoleId]]));
  const rows = await rowsOf<Need & { key: string; listed: boolean }>(
    db,
    sql`with pair as (
          select path_id, role_id
          from unnest(${sql.param([...pairs.values()].map(([path]) => path))}::uuid[],
                      ${sql.param([...pairs.values()].map(([, role]) => role))}::uuid[]) as pair(path_id, role_id)),
        listed as (
          select m.career_path_id as path_id, s.skill_id, count(*) as milestones,
                 exists (select 1 from ${pathMilestones} c join ${courseSkills} t on t.course_id = c.course_id
                         where c.career_path_id = m.career_path_id and t.skill_id = s.skill_id and t.is_primary) as is_primary
          from ${pathMilestones} m join ${pathMilestoneSkills} s on s.path_milestone_id = m.id
          where m.career_path_id in (select path_id from pair)
          group by m.career_path_id, s.skill_id)
        select pair.path_id || '/' || pair.role_id as key, listed.skill_id as "skillId", true as listed,
               coalesce(r.required_level, ${defaultRequiredLevel}::numeric)::text as required,
               (1 + listed.is_primary::int + (listed.milestones >= 2)::int)::text as weight
        from pair join listed using (path_id)
        left join ${jobRoleSkills} r on r.job_role_id = pair.role_id and r.skill_id = listed.skill_id
        union all
        select pair.path_id || '/' || pair.role_id, r.skill_id, false, r.required_level::text, r.weight::text
        from pair join ${jobRoleSkills} r on r.job_role_id = pair.role_id
        where not exists (select 1 from listed where listed.path_id = pair.path_id)`,
  );
  return Map.groupBy(rows, ({ key }) => key);
}

async function evidenceOf(db: Database | Tx, userIds: readonly string[], skillIds: readonly string[]): Promise<Map<string, Evidence[]>> {
  const users = sql.param([...new Set(userIds)]);
  const skills = sql.param([...new Set(skillIds)]);
  const rows = await rowsOf<Evidence & { userId: string }>(
    db,
    sql`select user_id as "userId", skill_id as "skillId", level::text as level, last_updated_at::text as at, id,
               case source when 'assessment' then 'assessed' when 'course' then 'course' else 'inferred' end as kind
        from ${skillMastery} where user_id = any(${users}::uuid[]) and skill_id = any(${skills}::uuid[])
        union all
        select user_id, skill_id, score::text, assessed_at::text, id, case assessed_by when 'peer' then 'peer' else 'assessed' end
        from ${assessmentResults}
        where user_id = any(${users}::uuid[]) and skill_id = any(${skills}::uuid[]) and result <> 'pending'
        union all
        select user_id, skill_id,
               case when proficiency_score > 0 then proficiency_score else coalesce(proficiency_level, 0) * 20 end::text,
               coalesce(last_validated_at, updated_at)::text, id,
               case source when 'assessment' then 'assessed' when 'course' then 'course' when 'peer_review' then 'peer'
                           when 'inferred' then 'inferred' else 'declared' end
        from ${skillProficiencies}
        where user_id = any(${users}::uuid[]) and skill_id = any(${skills}::uuid[])`,
  );
  return Map.groupBy(rows, ({ userId }) => userId);
}
