import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../../db/client.js";
import { skillAliases, skills } from "../../db/tables/index.js";

/** A skill as a learner wrote it, and the skill of the catalogue that it names. */
export interface NamedSkill {
  written: string;
  /** The catalogue's name, or the written one when the catalogue does not know it. */
  name: string;
  skillId: string | null;
}

/** Finds written names among the skills, then among their aliases, whatever the case; in one statement. */
export async function resolveSkills(tx: Tx, written: readonly string[]): Promise<NamedSkill[]> {
  if (written.length === 0) return [];
  const found = await rowsOf<{ written: string; id: string | null; name: string | null }>(
    tx,
    sql`select wanted.written, found.id, found.name::text as name
        from unnest(${sql.param([...written])}::text[]) with ordinality as wanted(written, place)
        left join lateral (
          select ${skills.id}, ${skills.name}, 1 as rank from ${skills} where ${skills.name} = wanted.written::citext
          union all
          select ${skills.id}, ${skills.name}, 2 as rank from ${skillAliases}
          join ${skills} on ${skills.id} = ${skillAliases.skillId}
          where ${skillAliases.alias} = wanted.written::citext
          order by rank limit 1
        ) as found on true
        order by wanted.place`,
  );
  return found.map((row) => ({ written: row.written, name: row.name ?? row.written, skillId: row.id }));
}

/** Skills written one after another, between commas, semicolons or lines. */
export const namesIn = (note: string): string[] =>
  note.split(/[,;\n]/).map((name) => name.trim().replace(/\s+/g, " ")).filter((name) => name !== "");

/** The written names that the catalogue does not know, each once. */
export const unmatched = (named: readonly NamedSkill[]): string[] => [
  ...new Map(named.filter(({ skillId }) => skillId === null).map(({ written }) => [written.toLowerCase(), written])).values(),
];
