import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, bigInteger, createdAt, id, instant, newestFirst, oneOf, openWord, timestamps,
} from "../../columns.js";
import { pointsReasons, rarities } from "../../value-sets.js";
import { users } from "../identity.js";
import { gamificationSchema } from "../schemas.js";

/** A badge that can be earned. */
export const badges = gamificationSchema.table(
  "badges",
  {
    id: id(),
    code: text("code").notNull().unique("badges_code_key"),
    name: text("name").notNull(),
    description: text("description"),
    iconUrl: text("icon_url"),
    rarity: text("rarity", { enum: rarities }).notNull().default("common"),
    criteria: jsonb("criteria").notNull().default({}),
    pointsReward: integer("points_reward").notNull().default(0),
    isActive: boolean("is_active").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    oneOf("badges_rarity_ck0", t.rarity, rarities),
    atLeast("badges_points_reward_ck1", t.pointsReward, 0),
    uniqueIndex("uidx_badges_name").on(t.name),
  ],
);

/** A badge that was earned, once. */
export const userBadges = gamificationSchema.table(
  "user_badges",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    badgeId: uuid("badge_id").notNull().references(() => badges.id, { onDelete: "restrict" }),
    earnedAt: instant("earned_at").notNull().defaultNow(),
    context: jsonb("context").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    unique("user_badges_user_id_badge_id_key").on(t.userId, t.badgeId),
    index("idx_user_badges_earned_at").on(newestFirst(t.earnedAt)),
    index("idx_user_badges_badge_id_fk").on(t.badgeId),
  ],
);

/** Cache: balance and level, summed from the ledger. */
export const userPoints = gamificationSchema.table(
  "user_points",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("user_points_user_id_key"),
    xpPoints: bigInteger("xp_points").notNull().default(0),
    level: integer("level").notNull().default(1),
    weeklyPoints: integer("weekly_points").notNull().default(0),
    lastEarnedAt: instant("last_earned_at"),
    ...timestamps(),
  },
  (t) => [
    atLeast("user_points_xp_points_ck0", t.xpPoints, 0),
    atLeast("user_points_level_ck1", t.level, 1),
    atLeast("user_points_weekly_points_ck2", t.weeklyPoints, 0),
    index("idx_user_points_xp_points").on(newestFirst(t.xpPoints)),
  ],
);

/** The ledger of points; never changed, corrected by reversals. */
export const pointsTransactions = gamificationSchema.table(
  "points_transactions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    amount: integer("amount").notNull(),
    balanceAfter: bigInteger("balance_after").notNull(),
    reason: text("reason", { enum: pointsReasons }).notNull(),
    entityType: text("entity_type"),
    entityId: uuid("entity_id"),
    note: text("note"),
    idempotencyKey: text("idempotency_key").notNull().unique("points_transactions_idempotency_key_key"),
    createdAt: createdAt(),
  },
  (t) => [
    check("points_transactions_amount_ck0", sql`amount <> 0`),
    atLeast("points_transactions_balance_after_ck1", t.balanceAfter, 0),
    oneOf("points_transactions_reason_ck2", t.reason, pointsReasons),
    openWord("points_transactions_entity_type_ck3", t.entityType),
    check(
      "points_transactions_row_ck4",
      sql`amount > 0 or reason in ('reversal', 'manual', 'duel', 'streak_freeze', 'streak_repair')`,
    ),
    index("idx_points_transactions_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_points_transactions_reason").on(t.reason),
  ],
);
