import { sql, type SQL } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { anyOf, rowsOf, type Tx } from "../../db/client.js";
import { courses, courseSkills, nsqfLevels, providers, skillAliases, skills } from "../../db/tables/index.js";
import { slugOf } from "../slugs.js";
import type { CourseRecord } from "./formats.js";

export interface WriteResult {
  inserted: number;
  updated: number;
  /** Ids that belong to courses of teachers, which a file never changes. */
  taken: Set<string>;
}

/**
 * Writes courses that differ from what is there, in a constant number of statements whose text does
 * not depend on the rows. Skills are added to a course, never taken away; what the file leaves blank stays.
 * Each `courseId` may come once.
 */
export async function writeCourses(tx: Tx, records: readonly CourseRecord[]): Promise<WriteResult> {
  const taken = await takenIds(tx, records);
  const wanted = records.filter(({ courseId }) => !taken.has(courseId));
  await ensureLevels(tx, wanted);
  const providerIds = await ensureProviders(tx, wanted);
  const incoming = incomingRows(wanted, providerIds);
  const updated = await rowsOf<{ courseId: string }>(
    tx,
    sql`with merged as (
          select c.id, r.title, coalesce(r.description, c.description) as description,
                 coalesce(r."nsqfLevel", c.nsqf_level) as nsqf_level, coalesce(r."notionalHours", c.notional_hours) as notional_hours,
                 coalesce(r."durationMonths", c.duration_months) as duration_months, coalesce(r.language, c.language) as language,
                 coalesce(r.region, c.region) as region, coalesce(r."providerId", c.provider_id) as provider_id,
                 case when r.keywords = '{}' then c.keywords else r.keywords end as keywords, c.metadata || r.metadata as metadata
          from ${incoming} join ${courses} c on c.course_id = r."courseId")
        update ${courses} c
        set title = m.title, description = m.description, nsqf_level = m.nsqf_level, notional_hours = m.notional_hours,
            duration_months = m.duration_months, language = m.language, region = m.region, provider_id = m.provider_id,
            keywords = m.keywords, metadata = m.metadata, updated_at = now()
        from merged m
        where m.id = c.id
          and (c.title, c.description, c.nsqf_level, c.notional_hours, c.duration_months, c.language, c.region,
               c.provider_id, c.keywords, c.metadata)
            is distinct from
              (m.title, m.description, m.nsqf_level, m.notional_hours, m.duration_months, m.language, m.region,
               m.provider_id, m.keywords, m.metadata)
        returning c.course_id as "courseId"`,
  );
  const inserted = await rowsOf<{ courseId: string }>(
    tx,
    sql`insert into ${courses}
          (id, course_id, title, description, nsqf_level, notional_hours, duration_months, language, region, provider_id, keywords, metadata)
        select r.id, r."courseId", r.title, r.description, r."nsqfLevel", r."notionalHours", r."durationMonths",
               coalesce(r.language, 'en'), r.region, r."providerId", r.keywords, r.metadata
        from ${incoming}
        on conflict (course_id) do nothing
        returning course_id as "courseId"`,
  );
  const changed = new Set(updated.map(({ courseId }) => courseId));
  const created = new Set(inserted.map(({ courseId }) => courseId));
  for (const courseId of await addSkills(tx, wanted)) if (!created.has(courseId)) changed.add(courseId);
  return { inserted: created.size, updated: changed.size, taken };
}

function incomingRows(records: readonly CourseRecord[], providerIds: ReadonlyMap<string, string>): SQL {
  const rows = records.map(({ provider, ...course }) => ({
    id: uuidv7(),
    ...course,
    providerId: provider === null ? null : (providerIds.get(nameKey(provider)) ?? null),
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(
    id uuid, "courseId" text, title text, description text, "nsqfLevel" numeric(3, 1), "notionalHours" int,
    "durationMonths" int, language text, region text, "providerId" uuid, keywords text[], metadata jsonb)`;
}

/** Those that belong to teachers; locks all that are there already. */
async function takenIds(tx: Tx, records: readonly CourseRecord[]): Promise<Set<string>> {
  const ids = records.map(({ courseId }) => courseId);
  const rows = await tx
    .select({ courseId: courses.courseId, createdById: courses.createdById })
    .from(courses)
    .where(anyOf(courses.courseId, ids, "text"))
    // In the order in which the nightly rollup locks them: whoever comes second waits.
    .orderBy(courses.id)
    .for("no key update");
  return new Set(rows.filter(({ createdById }) => createdById !== null).map(({ courseId }) => courseId));
}

async function ensureLevels(tx: Tx, records: readonly CourseRecord[]): Promise<void> {
  const levels = [...new Set(records.flatMap(({ nsqfLevel }) => nsqfLevel ?? []))].toSorted();
  await tx.execute(
    sql`insert into ${nsqfLevels} (level, description)
        select level::numeric, 'Level ' || level || ' of the National Skills Qualifications Framework.'
        from unnest(${sql.param(levels)}::text[]) as wanted(level)
        on conflict do nothing`,
  );
}

/** Providers by the key of their name; those that are not there are made. */
async function ensureProviders(tx: Tx, records: readonly CourseRecord[]): Promise<Map<string, string>> {
  const names = new Map(records.flatMap(({ provider }) => (provider === null ? [] : [[nameKey(provider), provider] as const])));
  if (names.size === 0) return new Map();
  // Few hundred rows at most; which names mean the same is not for SQL to say.
  const known = await tx.select({ id: providers.id, name: providers.name }).from(providers).orderBy(providers.id);
  const ids = new Map(known.toReversed().map(({ id, name }) => [nameKey(name), id]));
  const unknown = [...names].filter(([key]) => !ids.has(key)).map(([, name]) => ({ id: uuidv7(), name, slug: slugOf(name) || "provider" }));
  const made = await rowsOf<{ id: string; name: string }>(
    tx,
    sql`insert into ${providers} (id, name, slug)
        select id, name, slug from jsonb_to_recordset(${JSON.stringify(unknown)}::text::jsonb) as r(id uuid, name text, slug text)
        on conflict (slug) do nothing
        returning id, name`,
  );
  for (const { id, name } of made) ids.set(nameKey(name), id);
  return ids;
}

/** Names that differ by case, punctuation, "&" or a final abbreviation in parentheses mean one provider. */
const nameKey = (name: string): string =>
  name.replace(/\s*\([^()]*\)\s*$/, "").toLowerCase().replaceAll("&", " and ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** Adds the skills that the courses do not have yet, and answers which courses got one. */
async function addSkills(tx: Tx, records: readonly CourseRecord[]): Promise<string[]> {
  const names = [...new Set(records.flatMap((record) => record.skills))];
  if (names.length === 0) return [];
  await tx.execute(
    sql`insert into ${skills} (id, name)
        select r.id, r.name
        from jsonb_to_recordset(${JSON.stringify(names.map((name) => ({ id: uuidv7(), name })))}::text::jsonb) as r(id uuid, name citext)
        where not exists (select 1 from ${skillAliases} a where a.alias = r.name)
        on conflict (name) do nothing`,
  );
  const links = records.flatMap(({ courseId, skills: own }) => own.map((skill) => ({ courseId, skill })));
  const added = await rowsOf<{ courseId: string }>(
    tx,
    sql`with linked as (
          insert into ${courseSkills} (course_id, skill_id)
          select distinct c.id, coalesce(s.id, a.skill_id)
          from jsonb_to_recordset(${JSON.stringify(links)}::text::jsonb) as r("courseId" text, skill citext)
          join ${courses} c on c.course_id = r."courseId"
          left join ${skills} s on s.name = r.skill
          left join ${skillAliases} a on a.alias = r.skill
          where coalesce(s.id, a.skill_id) is not null
          on conflict do nothing
          returning course_id)
        select distinct c.course_id as "courseId" from linked join ${courses} c on c.id = linked.course_id`,
  );
  return added.map(({ courseId }) => courseId);
}
