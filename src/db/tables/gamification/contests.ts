import { sql } from "drizzle-orm";
import { boolean, check, index, integer, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, bigInteger, day, id, instant, newestFirst, oneOf, refersTo, timestamps,
} from "../../columns.js";
import { boardPeriods, boardScopes, duelResults, duelStatuses } from "../../value-sets.js";
import { quizAttempts, quizzes } from "../assessment.js";
import { courses, skills } from "../catalog.js";
import { users } from "../identity.js";
import { studyGroups } from "../social.js";
import { gamificationSchema } from "../schemas.js";

/** A ranking over one period. */
export const leaderboards = gamificationSchema.table(
  "leaderboards",
  {
    id: id(),
    name: text("name").notNull(),
    scope: text("scope", { enum: boardScopes }).notNull().default("global"),
    scopeRef: text("scope_ref"),
    courseId: uuid("course_id").references(() => courses.id, { onDelete: "cascade" }),
    studyGroupId: uuid("study_group_id").references(() => studyGroups.id, { onDelete: "cascade" }),
    period: text("period", { enum: boardPeriods }).notNull().default("weekly"),
    startsOn: day("starts_on").notNull(),
    endsOn: day("ends_on"),
    isActive: boolean("is_active").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    unique("leaderboards_scope_scope_ref_course_id_study_group_id_perio_key")
      .on(t.scope, t.scopeRef, t.courseId, t.studyGroupId, t.period, t.startsOn)
      .nullsNotDistinct(),
    oneOf("leaderboards_scope_ck0", t.scope, boardScopes),
    oneOf("leaderboards_period_ck1", t.period, boardPeriods),
    check("leaderboards_row_ck2", sql`ends_on >= starts_on`),
    index("idx_leaderboards_is_active_period").on(t.isActive, t.period),
    index("idx_leaderboards_course_id_fk").on(t.courseId),
    index("idx_leaderboards_study_group_id_fk").on(t.studyGroupId),
  ],
);

/** A learner's place in a ranking. */
export const leaderboardEntries = gamificationSchema.table(
  "leaderboard_entries",
  {
    id: id(),
    leaderboardId: belongsTo("leaderboard_id", () => leaderboards.id),
    userId: belongsTo("user_id", () => users.id),
    score: bigInteger("score").notNull().default(0),
    rank: integer("rank"),
    previousRank: integer("previous_rank"),
    ...timestamps(),
  },
  (t) => [
    unique("leaderboard_entries_leaderboard_id_user_id_key").on(t.leaderboardId, t.userId),
    atLeast("leaderboard_entries_score_ck0", t.score, 0),
    atLeast("leaderboard_entries_rank_ck1", t.rank, 1),
    atLeast("leaderboard_entries_previous_rank_ck2", t.previousRank, 1),
    index("idx_leaderboard_entries_leaderboard_id_rank").on(t.leaderboardId, t.rank),
    index("idx_leaderboard_entries_leaderboard_id_score").on(t.leaderboardId, newestFirst(t.score)),
    index("idx_leaderboard_entries_user_id_fk").on(t.userId),
  ],
);

/** A challenge between learners. */
export const duels = gamificationSchema.table(
  "duels",
  {
    id: id(),
    challengerId: belongsTo("challenger_id", () => users.id),
    quizId: refersTo("quiz_id", () => quizzes.id),
    skillId: refersTo("skill_id", () => skills.id),
    status: text("status", { enum: duelStatuses }).notNull().default("pending"),
    stakePoints: integer("stake_points").notNull().default(0),
    startsAt: instant("starts_at"),
    expiresAt: instant("expires_at"),
    completedAt: instant("completed_at"),
    winnerId: refersTo("winner_id", () => users.id),
    ...timestamps(),
  },
  (t) => [
    oneOf("duels_status_ck0", t.status, duelStatuses),
    atLeast("duels_stake_points_ck1", t.stakePoints, 0),
    check("duels_row_ck2", sql`winner_id is null or status = 'completed'`),
    index("idx_duels_challenger_id_status").on(t.challengerId, t.status),
    index("idx_duels_status_expires_at").on(t.status, t.expiresAt),
    index("idx_duels_quiz_id_fk").on(t.quizId),
    index("idx_duels_skill_id_fk").on(t.skillId),
    index("idx_duels_winner_id_fk").on(t.winnerId),
  ],
);

/** One side of a duel. */
export const duelParticipants = gamificationSchema.table(
  "duel_participants",
  {
    id: id(),
    duelId: belongsTo("duel_id", () => duels.id),
    userId: belongsTo("user_id", () => users.id),
    score: integer("score").notNull().default(0),
    result: text("result", { enum: duelResults }),
    quizAttemptId: refersTo("quiz_attempt_id", () => quizAttempts.id),
    joinedAt: instant("joined_at"),
    finishedAt: instant("finished_at"),
    ...timestamps(),
  },
  (t) => [
    unique("duel_participants_duel_id_user_id_key").on(t.duelId, t.userId),
    atLeast("duel_participants_score_ck0", t.score, 0),
    oneOf("duel_participants_result_ck1", t.result, duelResults),
    index("idx_duel_participants_user_id").on(t.userId),
    index("idx_duel_participants_quiz_attempt_id_fk").on(t.quizAttemptId),
  ],
);
