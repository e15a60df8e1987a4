import { readFileSync } from "node:fs";
import { is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, it } from "vitest";
import { rowsOf, type Engine } from "../../src/db/client.js";
import { migrateUp } from "../../src/db/migrate.js";
import * as tables from "../../src/db/tables/index.js";
import { readCatalog, type CatalogSnapshot } from "./catalog-snapshot.js";
import { engineKinds, scratchDatabase } from "./scratch-database.js";

/** Where the migrated database differs from data-model.sql on purpose: object -> reason. */
const deviations: Readonly<Record<string, string>> = {
  "catalog.courses index idx_courses_title_id": "behind the order of courses by title",
  "catalog.courses index idx_courses_enrollment_count_id": "behind the order of courses by popularity",
  "catalog.courses index idx_courses_nsqf_level_title_id": "behind the courses of a level by title",
  "catalog.courses index idx_courses_nsqf_level_created_at_id": "behind the courses of a level, the newest first",
  "catalog.providers index idx_providers_name_id": "behind the order of providers by name",
  "pathways.job_roles index idx_job_roles_title_id": "behind the order of job roles by title",
  "pathways.career_paths index idx_career_paths_title_id": "behind the order of career paths by title",
  "assessment.quizzes column archived_at": "quizzes that were taken are archived, not deleted",
};

const wish = readFileSync(new URL("data-model.sql", import.meta.url), "utf8");

const declared = Object.values(tables)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table))
  .map(({ schema, name }) => `${schema}.${name}`);

it("declares the 99 tables of the data model", () => {
  expect(new Set(declared).size).toBe(99);
  const wished = [...wish.matchAll(/^create table (?<name>[\w.]+) \($/gm)].map((match) => match.groups?.["name"] ?? "");
  expect(declared.toSorted()).toEqual(wished.toSorted());
});

describe.each(engineKinds)("the migrated database on %s", (kind) => {
  let wished: CatalogSnapshot;
  let migrated: CatalogSnapshot;
  let uncoveredReferences: string[];

  beforeAll(async () => {
    wished = await inScratch(kind, async (engine) => {
      for (const statement of wish.split(";")) {
        if (statement.trim()) await engine.db.execute(sql.raw(statement));
      }
      return readCatalog(engine.db);
    });
    [migrated, uncoveredReferences] = await inScratch(kind, async (engine) => {
      await migrateUp(engine.db);
      return [await readCatalog(engine.db), await referencesWithoutIndex(engine)];
    });
  }, 60_000);

  it("has exactly the wished tables and default partitions", () => {
    expect([...migrated.keys()]).toEqual([...wished.keys()]);
  });

  it.each(declared)("builds %s as wished", (table) => {
    const unlisted = differences(wished, migrated, table).filter(({ object }) => !(object in deviations));
    expect(unlisted).toEqual([]);
  });

  it("still has every deviation that is listed", () => {
    const differing = declared.flatMap((table) => differences(wished, migrated, table)).map(({ object }) => object);
    expect(Object.keys(deviations).filter((object) => !differing.includes(object))).toEqual([]);
  });

  it("leads some full index with every foreign key column", () => {
    expect(uncoveredReferences).toEqual([]);
  });
});

interface Difference {
  object: string;
  wished: string | undefined;
  migrated: string | undefined;
}

/** Objects of one table that only one side has, or that both define differently. */
function differences(wished: CatalogSnapshot, migrated: CatalogSnapshot, table: string): Difference[] {
  const [left, right] = [wished.get(table), migrated.get(table)];
  return [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])]
    .map((object) => ({ object: `${table} ${object}`, wished: left?.get(object), migrated: right?.get(object) }))
    .filter((difference) => difference.wished !== difference.migrated);
}

async function referencesWithoutIndex({ db }: Engine): Promise<string[]> {
  const rows = await rowsOf<{ reference: string }>(
    db,
    sql`
      select k.conrelid::regclass || ': ' || pg_get_constraintdef(k.oid) as reference
      from pg_constraint k
      where k.contype = 'f' and k.conparentid = 0 and not exists (
        select from pg_index i where i.indrelid = k.conrelid and i.indpred is null and i.indkey[0] = k.conkey[1]
      )
      order by 1
    `,
  );
  return rows.map((row) => row.reference);
}

async function inScratch<Result>(kind: Engine["kind"], run: (engine: Engine) => Promise<Result>): Promise<Result> {
  const scratch = await scratchDatabase(kind);
  try {
    return await run(scratch.engines[0]);
  } finally {
    await scratch.drop();
  }
}
