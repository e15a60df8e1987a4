import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, smallint, text, unique } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, bigInteger, createdAt, day, id, instant, newestFirst, oneOf, openWord,
  refersTo, timestamps,
} from "../../columns.js";
import { freezeStatuses, streakDayKinds } from "../../value-sets.js";
import { badges } from "./rewards.js";
import { users } from "../identity.js";
import { gamificationSchema } from "../schemas.js";

/** Cache: the streak as it stands; `streakEvents` are replayed to rebuild it. */
export const userStreaks = gamificationSchema.table(
  "user_streaks",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("user_streaks_user_id_key"),
    currentStreak: integer("current_streak").notNull().default(0),
    longestStreak: integer("longest_streak").notNull().default(0),
    lastActivityDate: day("last_activity_date"),
    streakStartedOn: day("streak_started_on"),
    freezesAvailable: integer("freezes_available").notNull().default(0),
    timezone: text("timezone").notNull().default("Asia/Kolkata"),
    dayStartHour: smallint("day_start_hour").notNull().default(0),
    restDays: smallint("rest_days").array().notNull().default([]),
    brokenLength: integer("broken_length").notNull().default(0),
    brokenOn: day("broken_on"),
    settledThrough: day("settled_through"),
    autoFreeze: boolean("auto_freeze").notNull().default(true),
    nextRestDays: smallint("next_rest_days").array(),
    restDaysFrom: day("rest_days_from"),
    version: bigInteger("version").notNull().default(0),
    ...timestamps(),
  },
  (t) => [
    atLeast("user_streaks_current_streak_ck0", t.currentStreak, 0),
    atLeast("user_streaks_longest_streak_ck1", t.longestStreak, 0),
    atLeast("user_streaks_freezes_available_ck2", t.freezesAvailable, 0),
    between("user_streaks_day_start_hour_ck3", t.dayStartHour, 0, 6),
    atLeast("user_streaks_broken_length_ck4", t.brokenLength, 0),
    atLeast("user_streaks_version_ck5", t.version, 0),
    check("user_streaks_row_ck6", sql`longest_streak >= current_streak`),
    index("idx_user_streaks_current_streak").on(newestFirst(t.currentStreak)),
  ],
);

/** Cache: what each day of a streak counts as. */
export const streakActivities = gamificationSchema.table(
  "streak_activities",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    activityDate: day("activity_date").notNull(),
    kind: text("kind", { enum: streakDayKinds }).notNull().default("active"),
    occurredAt: instant("occurred_at"),
    timezone: text("timezone").notNull(),
    activityCount: integer("activity_count").notNull().default(1),
    minutesSpent: integer("minutes_spent").notNull().default(0),
    pointsEarned: integer("points_earned").notNull().default(0),
    ...timestamps(),
  },
  (t) => [
    unique("streak_activities_user_id_activity_date_key").on(t.userId, t.activityDate),
    oneOf("streak_activities_kind_ck0", t.kind, streakDayKinds),
    atLeast("streak_activities_activity_count_ck1", t.activityCount, 0),
    atLeast("streak_activities_minutes_spent_ck2", t.minutesSpent, 0),
    atLeast("streak_activities_points_earned_ck3", t.pointsEarned, 0),
  ],
);

/** The record that streaks are computed from; `client_event_id` makes a repeat harmless. */
export const streakEvents = gamificationSchema.table(
  "streak_events",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    clientEventId: text("client_event_id").notNull(),
    kind: text("kind").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    sentAt: instant("sent_at"),
    receivedAt: instant("received_at").notNull().defaultNow(),
    activityDate: day("activity_date"),
    timezone: text("timezone").notNull(),
    payload: jsonb("payload").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    unique("streak_events_user_id_client_event_id_key").on(t.userId, t.clientEventId),
    openWord("streak_events_kind_ck0", t.kind),
    index("idx_streak_events_user_id_received_at").on(t.userId, t.receivedAt),
  ],
);

/** A milestone reached in one run; a later run may reach it again. */
export const streakMilestonesReached = gamificationSchema.table(
  "streak_milestones_reached",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    streakMilestoneId: belongsTo("streak_milestone_id", () => streakMilestones.id),
    runStartedOn: day("run_started_on").notNull(),
    reachedOn: day("reached_on").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("streak_milestones_reached_user_id_streak_milestone_id_run_s_key")
      .on(t.userId, t.streakMilestoneId, t.runStartedOn),
    index("idx_streak_milestones_reached_streak_milestone_id_fk").on(t.streakMilestoneId),
  ],
);

/** A freeze granted to a learner, and the day it saved. */
export const streakFreezes = gamificationSchema.table(
  "streak_freezes",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    status: text("status", { enum: freezeStatuses }).notNull().default("available"),
    grantedAt: instant("granted_at").notNull().defaultNow(),
    usedForDate: day("used_for_date"),
    expiresAt: instant("expires_at"),
    grantedReason: text("granted_reason"),
    ...timestamps(),
  },
  (t) => [
    unique("streak_freezes_user_id_used_for_date_key").on(t.userId, t.usedForDate),
    oneOf("streak_freezes_status_ck0", t.status, freezeStatuses),
    check("streak_freezes_row_ck1", sql`(status = 'used') = (used_for_date is not null)`),
    index("idx_streak_freezes_user_id_status").on(t.userId, t.status),
  ],
);

/** A length of streak that is rewarded. */
export const streakMilestones = gamificationSchema.table(
  "streak_milestones",
  {
    id: id(),
    days: integer("days").notNull().unique("streak_milestones_days_key"),
    title: text("title").notNull(),
    pointsReward: integer("points_reward").notNull().default(0),
    badgeId: refersTo("badge_id", () => badges.id),
    freezeReward: integer("freeze_reward").notNull().default(0),
    ...timestamps(),
  },
  (t) => [
    atLeast("streak_milestones_days_ck0", t.days, 1),
    atLeast("streak_milestones_points_reward_ck1", t.pointsReward, 0),
    atLeast("streak_milestones_freeze_reward_ck2", t.freezeReward, 0),
    index("idx_streak_milestones_badge_id_fk").on(t.badgeId),
  ],
);
