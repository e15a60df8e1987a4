import { getTableColumns, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { v7 as uuidv7 } from "uuid";
import { anyOf, type Tx } from "../../db/client.js";
import { constant, together } from "../../db/constant.js";
import { insertRecords, records, recordsOf } from "../../db/records.js";
import {
  streakActivities, streakFreezes, streakMilestones, streakMilestonesReached, userStreaks,
} from "../../db/tables/index.js";
import type { LocalDate } from "./calendar.js";
import { activityRowOf, countersOf, freezeRowOf, type ReachedRow, type StreakRow } from "./rows.js";
import type { MilestoneReached, StreakState } from "./state.js";
import type { Stored } from "./store.js";
import { rowChanges } from "./view.js";

/** What activities add to a day of the cache beside what the engine keeps. */
export interface Extras {
  minutesSpent: number;
  pointsEarned: number;
}

/** A change of one learner's streak that is to be written. */
export interface Change extends Stored {
  after: StreakState;
  extras?: ReadonlyMap<LocalDate, Extras>;
}

export interface Written {
  /** The counters as written, in the order of the changes. */
  rows: StreakRow[];
  reached: ReachedRow[];
}

type MilestoneRow = typeof streakMilestones.$inferSelect;

const nothing: Extras = { minutesSpent: 0, pointsEarned: 0 };

/** Writes the rows that changed, for many learners in a constant number of statements. */
export async function writeChanges(tx: Tx, changes: readonly Change[]): Promise<Written> {
  const days: DayRow[] = [];
  const freezes: ReturnType<typeof freezeRowOf>[] = [];
  const milestones: (MilestoneReached & { userId: string })[] = [];
  for (const { row, state, after, extras } of changes) {
    const { userId } = row;
    const changed = rowChanges(state, after);
    days.push(...changed.days.map(([date, day]) => ({ ...activityRowOf(userId, date, day), ...(extras?.get(date) ?? nothing) })));
    freezes.push(...changed.freezes.map((freeze) => freezeRowOf(userId, freeze)));
    milestones.push(...changed.milestones.map((milestone) => ({ ...milestone, userId })));
  }
  const [rows, reached] = await together([
    writeCounters(tx, changes),
    writeReached(tx, milestones),
    writeDays(tx, days),
    writeFreezes(tx, freezes),
  ]);
  return { rows, reached };
}

type DayRow = ReturnType<typeof activityRowOf> & Extras;

async function writeDays(tx: Tx, rows: readonly DayRow[]): Promise<void> {
  if (rows.length === 0) return;
  await upsertDays(tx, recordsOf(streakActivities, rows.map((row) => ({ ...row, id: uuidv7() }))));
}

const upsertDays = constant({}, () => {
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...columns } = getTableColumns(streakActivities);
  const { minutesSpent, pointsEarned } = streakActivities;
  // The rows bring what came now; the table keeps the sum.
  return sql`${insertRecords(streakActivities, columns)}
    on conflict (user_id, activity_date) do update set
      kind = excluded.kind, occurred_at = excluded.occurred_at, timezone = excluded.timezone, activity_count = excluded.activity_count,
      minutes_spent = ${minutesSpent} + excluded.minutes_spent, points_earned = ${pointsEarned} + excluded.points_earned, updated_at = now()`;
});

async function writeFreezes(tx: Tx, rows: readonly ReturnType<typeof freezeRowOf>[]): Promise<void> {
  if (rows.length === 0) return;
  const { status, usedForDate, expiresAt } = streakFreezes;
  await tx
    .insert(streakFreezes)
    .values([...rows])
    .onConflictDoUpdate({ target: streakFreezes.id, set: { ...of("excluded", { status, usedForDate, expiresAt }), updatedAt: sql`now()` } });
}

async function writeReached(tx: Tx, milestones: readonly (MilestoneReached & { userId: string })[]): Promise<ReachedRow[]> {
  if (milestones.length === 0) return [];
  const definitions = await defineMilestones(tx, milestones.map(({ days }) => days));
  const rows = milestones.flatMap(({ days, ...reached }) => {
    const definition = definitions.get(days);
    return definition ? [{ ...reached, streakMilestoneId: definition.id }] : [];
  });
  return tx.insert(streakMilestonesReached).values(rows).onConflictDoNothing().returning();
}

async function writeCounters(tx: Tx, changes: readonly Change[]): Promise<StreakRow[]> {
  if (changes.length === 0) return [];
  const changed = changes.map(({ row, after }) => ({ userId: row.userId, ...countersOf(after), version: row.version + 1 }));
  const rows = await updateCounters(tx, recordsOf(userStreaks, changed));
  const written = new Map(rows.map((row) => [row.userId, row]));
  return changes.map(({ row }) => written.get(row.userId) ?? row);
}

const updateCounters = constant(getTableColumns(userStreaks), (db, columns) => {
  const { id: _id, userId: _userId, createdAt: _createdAt, updatedAt: _updatedAt, ...counters } = columns;
  return db
    .update(userStreaks)
    .set(of("changed", counters))
    .from(sql`${records(userStreaks)} as changed`)
    .where(sql`${userStreaks.userId} = changed.user_id`)
    .returning(columns);
});

/**
 * The definitions of milestones by length. Years beyond the first need no definition beforehand:
 * they are made when somebody first reaches them, with the rewards of the longest one defined.
 */
export async function defineMilestones(tx: Tx, days: readonly number[]): Promise<Map<number, MilestoneRow>> {
  const wanted = [...new Set(days)];
  const find = () => tx.select().from(streakMilestones).where(anyOf(streakMilestones.days, wanted, "int"));
  const found = await find();
  const known = new Set(found.map((row) => row.days));
  const missing = wanted.filter((length) => !known.has(length));
  if (missing.length === 0) return byDays(found);
  const [longest] = await tx.select().from(streakMilestones).orderBy(sql`${streakMilestones.days} desc`).limit(1);
  await tx
    .insert(streakMilestones)
    .values(missing.map((length) => ({ days: length, title: titleOf(length), ...rewardsOf(length, longest) })))
    .onConflictDoNothing();
  return byDays(await find());
}

const byDays = (rows: readonly MilestoneRow[]) => new Map(rows.map((row) => [row.days, row]));

const titleOf = (days: number): string => (days % 365 === 0 && days > 365 ? `${days / 365} years of learning` : `${days} days of learning`);

function rewardsOf(days: number, longest: MilestoneRow | undefined) {
  if (!longest || longest.days >= days) return {};
  const { pointsReward, freezeReward, badgeId } = longest;
  return { pointsReward, freezeReward, badgeId };
}

/** Each column takes the value of another row: of what could not be inserted, or of records. */
const of = <Columns extends Record<string, PgColumn>>(source: "excluded" | "changed", columns: Columns) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, sql.raw(`${source}."${column.name}"`)])) as {
    [Name in keyof Columns]: SQL;
  };
