import { eq, getTableColumns, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { boundArray, type Tx } from "../db/client.js";
import { constant, together } from "../db/constant.js";
import type { Bound } from "../db/statements.js";
import { pointsTransactions, userPoints } from "../db/tables/index.js";
import type { Work } from "../db/unit-of-work.js";
import type { pointsReasons } from "../db/value-sets.js";
import { reject } from "../graphql/errors.js";

/** What things are worth, and what they cost. Raise `version` with every change; the ledger keeps old amounts. */
export const pointsTable = {
  version: 1,
  earned: { topic: 10, module: 25, course: 100, quiz: 20 },
  price: { streak_freeze: 200, streak_repair: 300 },
} as const;

type Reason = (typeof pointsReasons)[number];
type Earned = keyof typeof pointsTable.earned;
type Priced = keyof typeof pointsTable.price;

/** Why points move. It counts once: a second entry of a learner with the same `key` changes nothing. */
export interface PointsEntry {
  /** Unique among the learner's own entries, such as `topic:<topic id>`. */
  key: string;
  entityType?: string;
  entityId?: string;
  note?: string;
}

interface Posting extends PointsEntry {
  reason: Reason;
  amount: number;
}

export type PointsRow = typeof userPoints.$inferSelect;

/** Level from the sum of all positive amounts, from 1 at 0 points; spending never lowers it. */
export const levelOf = (earned: number): number => 1 + Math.floor(Math.sqrt(earned / 100));

/** The balance of a learner after a posting, and how much of it was new. */
export interface Posted {
  amount: number;
  points: PointsRow;
}

/** Gives the amount of the table for `reason`. */
export const award = (work: Work, userId: string, reason: Earned, entry: PointsEntry): Promise<Posted> =>
  post(work, userId, [{ ...entry, reason, amount: pointsTable.earned[reason] }]);

/** Gives several amounts of the table at once. */
export const awardAll = (work: Work, userId: string, entries: readonly (PointsEntry & { reason: Earned })[]): Promise<Posted> =>
  post(work, userId, entries.map((entry) => ({ ...entry, amount: pointsTable.earned[entry.reason] })));

/** Gives an amount that is defined with what is rewarded, such as a streak milestone; 1 or more. */
export const reward = (work: Work, userId: string, reason: "streak" | "badge", amount: number, entry: PointsEntry): Promise<Posted> =>
  post(work, userId, [{ ...entry, reason, amount }]);

/**
 * Takes `count` times the price of the table.
 * @throws {Rejection} INSUFFICIENT_POINTS when the balance is below it; nothing is spent then.
 */
export const spend = (work: Work, userId: string, reason: Priced, { count = 1, ...entry }: PointsEntry & { count?: number }): Promise<Posted> =>
  post(work, userId, [{ ...entry, reason, amount: -count * pointsTable.price[reason] }]);

/** Gives back `count` times a price of the table, for what turned out to be free. */
export const refund = (work: Work, userId: string, price: Priced, { count = 1, ...entry }: PointsEntry & { count?: number }): Promise<Posted> =>
  post(work, userId, [{ ...entry, reason: "reversal", amount: count * pointsTable.price[price] }]);

/**
 * Writes to the ledger under a lock on the learner's balance, then sums the balance anew, so that the
 * two cannot differ. Whoever also locks the learner's streak locks that first.
 */
function post({ tx }: Work, userId: string, postings: readonly Posting[]): Promise<Posted> {
  const before = latest.get(tx);
  const postThese = () => postNow(tx, userId, postings);
  // A posting that was refused, and whose caller went on, left nothing behind: the next is judged by itself.
  const posted = before ? before.then(postThese, postThese) : postThese();
  latest.set(tx, posted);
  return posted;
}

/** Postings of one transaction follow each other: each begins with the balance that the one before it left. */
const latest = new WeakMap<Tx, Promise<Posted>>();

async function postNow(tx: Tx, userId: string, postings: readonly Posting[]): Promise<Posted> {
  const keyed = postings.map((posting) => ({ ...posting, key: `${userId}:${posting.key}` }));
  const [before, known] = await balanceAndKeys(tx, userId, keyed.map(({ key }) => key));
  const seen = new Set(known.map(({ key }) => key));
  let balance = before.xpPoints;
  const rows: Bound[] = [];
  for (const { key, ...posting } of keyed) {
    if (seen.has(key)) continue;
    seen.add(key);
    balance += posting.amount;
    if (balance < 0) throw insufficient(-posting.amount, balance - posting.amount);
    rows.push({ entityType: null, entityId: null, note: null, ...posting, id: uuidv7(), userId, key, balance });
  }
  if (rows.length === 0) return { amount: 0, points: before };
  const [, [points]] = await together([together(rows.map((row) => writeEntry(tx, row))), sumUp(tx, { userId })]);
  if (!points) throw new Error("The balance that was just locked is missing");
  return { amount: balance - before.xpPoints, points };
}

/** Locks the balance of a learner, made when there is none, and tells which keys are in the ledger already. */
async function balanceAndKeys(tx: Tx, userId: string, keys: readonly string[]) {
  const [[balance], known] = await together([lockBalance(tx, { userId }), entriesOf(tx, { keys: [...keys] })]);
  if (balance) return [balance, known] as const;
  await tx.insert(userPoints).values({ userId }).onConflictDoNothing();
  return balanceAndKeys(tx, userId, keys);
}

const lockBalance = constant(getTableColumns(userPoints), (db, columns) =>
  db.select(columns).from(userPoints).where(eq(userPoints.userId, sql.placeholder("userId"))).for("update"),
);

const entriesOf = constant({ key: pointsTransactions.idempotencyKey }, (db, columns) =>
  db.select(columns).from(pointsTransactions).where(sql`${pointsTransactions.idempotencyKey} = any(${boundArray("keys", "text")})`),
);

const writeEntry = constant({}, (db) =>
  db.insert(pointsTransactions).values({
    id: sql.placeholder("id"),
    userId: sql.placeholder("userId"),
    amount: sql.placeholder("amount"),
    balanceAfter: sql.placeholder("balance"),
    reason: sql.placeholder("reason"),
    entityType: sql.placeholder("entityType"),
    entityId: sql.placeholder("entityId"),
    note: sql.placeholder("note"),
    idempotencyKey: sql.placeholder("key"),
    // The clock, not the start of the transaction: under the lock, the ledger's order is its times' order.
    createdAt: sql`clock_timestamp()`,
  }),
);

const insufficient = (price: number, balance: number) =>
  reject("INSUFFICIENT_POINTS", [], `This costs ${price} points; there are ${balance}.`);

/**
 * Monday, 00:00 UTC: the same week for everyone, so that weekly points can be compared. The statement's
 * clock, as the ledger's times may lie behind the start of the transaction, and in the next week.
 */
const weekStart = sql`date_trunc('week', statement_timestamp() at time zone 'UTC') at time zone 'UTC'`;

const isEarning = sql`amount > 0 and reason <> 'reversal'`;

/** The level is `levelOf` in SQL. */
const sumUp = constant(getTableColumns(userPoints), (db, columns) => {
  const sums = db
    .select({
      balance: sql<number>`sum(amount)`.as("balance"),
      earned: sql<number>`coalesce(sum(amount) filter (where amount > 0), 0)`.as("earned"),
      // What a refund gives back was not earned in this week.
      week: sql<number>`coalesce(sum(amount) filter (where ${isEarning} and created_at >= ${weekStart}), 0)`.as("week"),
      last: sql<string | null>`max(created_at) filter (where ${isEarning})`.as("last"),
    })
    .from(pointsTransactions)
    .where(eq(pointsTransactions.userId, sql.placeholder("userId")))
    .as("sums");
  return db
    .update(userPoints)
    .set({
      xpPoints: sql`${sums.balance}`,
      level: sql`1 + floor(sqrt(${sums.earned} / 100.0))`,
      weeklyPoints: sql`${sums.week}`,
      lastEarnedAt: sql`${sums.last}`,
    })
    .from(sums)
    .where(eq(userPoints.userId, sql.placeholder("userId")))
    .returning(columns);
});

/** Points earned since Monday, 00:00 UTC, at `now`; the stored number is stale once a week has passed. */
export function weeklyPointsOf(points: Pick<PointsRow, "weeklyPoints" | "lastEarnedAt">, now = new Date()): number {
  if (points.lastEarnedAt === null) return 0;
  const monday = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - ((now.getUTCDay() + 6) % 7)));
  return new Date(points.lastEarnedAt) >= monday ? points.weeklyPoints : 0;
}
