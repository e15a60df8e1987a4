import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { desc, eq, sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { bigint, pgSchema, serial, text } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Database, Tx } from "./client.js";

const folder = new URL("../../drizzle/", import.meta.url);
const breakpoint = "--> statement-breakpoint";

/** Any number, as long as nothing else locks it: "migr" in ASCII. */
const migrationLock = 0x6d696772;

/** The journal of drizzle-orm's own migrator, so that its tools read the same state. */
const journalSchema = pgSchema("drizzle");
const journal = journalSchema.table("__drizzle_migrations", {
  id: serial("id").primaryKey(),
  hash: text("hash").notNull(),
  createdAt: bigint("created_at", { mode: "number" }).notNull(),
});

/** What drizzle-kit notes of each migration; drizzle-orm reads the rest of it. */
const journalFile = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

interface Migration {
  /** Name of the file without its ending, such as `0002_catalog`. */
  readonly name: string;
  /** Milliseconds since 1970; identifies the migration in the journal. */
  readonly when: number;
  readonly hash: string;
  readonly statements: readonly string[];
}

/** A migration step that the files at hand cannot take; the message says what to do. */
export class MigrationError extends Error {}

/**
 * Brings an empty or older database to the newest version, all or nothing.
 * Instances that start together wait for the first and then find nothing to do.
 * @returns the names of the migrations applied now, oldest first.
 */
export const migrateUp = (db: Database): Promise<string[]> =>
  alone(db, async (tx) => {
    await tx.execute(sql`create schema if not exists ${journalSchema}`);
    await tx.execute(
      sql`create table if not exists ${journal} (id serial primary key, hash text not null, created_at bigint)`,
    );
    const rows = await tx.select({ when: journal.createdAt }).from(journal);
    const applied = new Set(rows.map((row) => row.when));
    const pending = migrations().filter((migration) => !applied.has(migration.when));
    for (const migration of pending) {
      await run(tx, migration.statements);
      await tx.insert(journal).values({ hash: migration.hash, createdAt: migration.when });
    }
    return pending.map((migration) => migration.name);
  });

/**
 * Takes back the newest `steps` migrations, all or nothing; `Infinity` empties the database down to
 * its extensions. Data in what goes is lost.
 * @returns the names of the migrations taken back, newest first.
 * @throws {MigrationError} when the database was migrated by a newer version than this one.
 */
export const migrateDown = (db: Database, steps: number): Promise<string[]> =>
  alone(db, async (tx) => {
    if (!(await hasJournal(tx))) return [];
    const known = new Map(migrations().map((migration) => [migration.when, migration]));
    const applied = await tx.select().from(journal).orderBy(desc(journal.createdAt));
    const names: string[] = [];
    for (const row of applied.slice(0, steps)) {
      const migration = known.get(row.createdAt);
      if (!migration) {
        throw new MigrationError(
          `The database has a migration of ${new Date(row.createdAt).toISOString()} that this version does not know. ` +
            "Roll back with the version that applied it.",
        );
      }
      await run(tx, readFileSync(new URL(`down/${migration.name}.sql`, folder), "utf8").split(breakpoint));
      await tx.delete(journal).where(eq(journal.id, row.id));
      names.push(migration.name);
    }
    if (names.length === applied.length) await tx.execute(sql`drop schema ${journalSchema} cascade`);
    return names;
  });

/** One transaction holds the lock and the whole change; waiting for it may take longer than a statement may. */
function alone<Result>(db: Database, change: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select pg_advisory_xact_lock(${migrationLock})`);
    return change(tx);
  });
}

async function run(tx: Tx, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await tx.execute(sql.raw(statement));
}

async function hasJournal(tx: Tx): Promise<boolean> {
  const [answer] = await tx
    .select({ there: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(values (1)) as one`);
  return answer?.there ?? false;
}

/** All migrations at hand, oldest first. */
function migrations(): Migration[] {
  const files = readMigrationFiles({ migrationsFolder: fileURLToPath(folder) });
  const { entries } = journalFile.parse(JSON.parse(readFileSync(new URL("meta/_journal.json", folder), "utf8")));
  const names = new Map(entries.map((entry) => [entry.when, entry.tag]));
  return files.map((file) => ({
    name: names.get(file.folderMillis) ?? String(file.folderMillis),
    when: file.folderMillis,
    hash: file.hash,
    statements: file.sql,
  }));
}
