import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { v7 as uuidv7 } from "uuid";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { rowsOf, type Engine } from "../../src/db/client.js";
import { migrateDown, MigrationError, migrateUp } from "../../src/db/migrate.js";
import { ensurePartitions, partitionedTables } from "../../src/db/partitions.js";
import * as tables from "../../src/db/tables/index.js";
import { readCatalog } from "./catalog-snapshot.js";
import { engineKinds, scratchDatabase, type ScratchDatabase } from "./scratch-database.js";

const folder = fileURLToPath(new URL("../../drizzle", import.meta.url));
const names = readdirSync(folder).filter((file) => file.endsWith(".sql")).map((file) => file.slice(0, -4)).toSorted();
const read = (file: string): string => readFileSync(`${folder}/${file}`, "utf8");

const journalFile = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

describe("the migration files", () => {
  it.each(names)("%s says what it does, whether it breaks anything, and has a way back", (name) => {
    expect(read(`${name}.sql`)).toMatch(/^-- .+\n-- Breaking: (yes|no)\b/);
    expect(read(`down/${name}.sql`)).toMatch(/^-- .+\n[A-Z]/);
  });

  it("are numbered without gaps and all stand in the journal", () => {
    const { entries } = journalFile.parse(JSON.parse(read("meta/_journal.json")));
    expect(entries.map((entry) => entry.tag)).toEqual(names);
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index));
    const times = entries.map((entry) => entry.when);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  });

  it("lead to exactly the tables that the code declares", async () => {
    const newest = readdirSync(`${folder}/meta`).filter((file) => file.endsWith("_snapshot.json")).toSorted().at(-1);
    const migrated = JSON.parse(read(`meta/${newest}`)) as Parameters<typeof generateMigration>[0];
    expect(await generateMigration(migrated, generateDrizzleJson({ ...tables }, migrated.id))).toEqual([]);
  });
});

describe.each(engineKinds)("migrating on %s", (kind) => {
  let scratch: ScratchDatabase | undefined;
  afterEach(async () => {
    await scratch?.drop();
    scratch = undefined;
  });

  async function engines(instances = 1): Promise<ScratchDatabase["engines"]> {
    scratch = await scratchDatabase(kind, instances);
    return scratch.engines;
  }

  it("goes all the way up, down and up again", async () => {
    const [{ db }] = await engines();
    expect(await migrateUp(db)).toEqual(names);
    expect(await migrateUp(db)).toEqual([]);
    const first = await readCatalog(db);
    await ensurePartitions(db);

    expect(await migrateDown(db, Infinity)).toEqual(names.toReversed());
    expect(await leftovers(db)).toEqual(["extension citext", "extension pg_trgm"]);
    expect(await migrateDown(db, 1)).toEqual([]);

    expect(await migrateUp(db)).toEqual(names);
    expect(await readCatalog(db)).toEqual(first);
  }, 60_000);

  it("takes back one migration at a time, each leaving what was there before it", async () => {
    const [{ db }] = await engines();
    await migrateUp(db);
    const whole = await readCatalog(db);
    const lengths: number[] = [];
    for (const name of names.toReversed()) {
      expect(await migrateDown(db, 1)).toEqual([name]);
      lengths.push((await readCatalog(db)).size);
    }
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(lengths.at(-1)).toBe(0);

    await migrateUp(db);
    expect(await migrateDown(db, 2)).toEqual(names.slice(-2).toReversed());
    expect(await migrateUp(db)).toEqual(names.slice(-2));
    expect(await readCatalog(db)).toEqual(whole);
  }, 60_000);

  it("lets one of two instances migrate while the other waits", async () => {
    const [one, two] = await engines(2);
    const applied = await Promise.all([migrateUp(one.db), migrateUp((two ?? one).db)]);
    expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([names, []]);
    expect(await rowsOf(one.db, sql`select hash from drizzle.__drizzle_migrations`)).toHaveLength(names.length);
  }, 60_000);

  it("changes nothing when one migration fails", async () => {
    const [{ db }] = await engines();
    await db.execute(sql`create schema intelligence`);
    await expect(migrateUp(db)).rejects.toThrow();
    expect(await leftovers(db)).toEqual(["schema intelligence"]);
  });

  it("refuses to roll back what a newer version applied", async () => {
    const [{ db }] = await engines();
    await migrateUp(db);
    await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 4102444800000)`);
    await expect(migrateDown(db, 1)).rejects.toThrow(MigrationError);
    expect(await migrateUp(db)).toEqual([]);
  }, 30_000);

  it("makes the partitions of this month and three more, once, even from two instances", async () => {
    const [one, two] = await engines(2);
    await migrateUp(one.db);
    const from = new Date("2027-11-30T23:30:00Z");
    const reports = await Promise.all([one, two ?? one].map(({ db }) => ensurePartitions(db, { from })));
    const created = reports.flatMap((report) => report.created);
    expect(created).toHaveLength(partitionedTables.length * 4);
    expect(created.filter((name) => name.startsWith("ops."))).toEqual(
      ["2027_11", "2027_12", "2028_01", "2028_02"].map((month) => `ops.audit_logs_${month}`),
    );
    expect(await ensurePartitions(one.db, { from })).toEqual({ created: [], skipped: [] });
  }, 30_000);

  it("sends rows to their month in UTC and leaves rows of the default partition where they are", async () => {
    const [{ db }] = await engines();
    await migrateUp(db);
    const log = (createdAt: string) =>
      db.insert(tables.auditLogs).values({ id: uuidv7(), action: "user.signed_in", entityType: "user", createdAt });
    await log("2028-03-31T23:59:59.999999Z");
    const from = new Date("2028-03-01T00:00:00Z");
    expect((await ensurePartitions(db, { from, monthsAhead: 1 })).skipped).toEqual(["ops.audit_logs_2028_03"]);
    await log("2028-04-01T00:00:00Z");
    const rows = await rowsOf(db, sql`select tableoid::regclass::text as partition from ops.audit_logs order by 1`);
    expect(rows).toEqual([{ partition: "ops.audit_logs_2028_04" }, { partition: "ops.audit_logs_default" }]);
  }, 30_000);
});

/** Everything in a database that PostgreSQL itself did not bring, the objects of extensions aside. */
async function leftovers(db: Engine["db"]): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    sql`
      select 'extension ' || extname as name from pg_extension where extname <> 'plpgsql'
      union all
      select 'schema ' || nspname from pg_namespace
      where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
      union all
      select 'relation ' || oid::regclass from pg_class where relnamespace = 'public'::regnamespace
      order by 1
    `,
  );
  return rows.map((row) => row.name);
}
