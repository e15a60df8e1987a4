import { sql } from "drizzle-orm";
import { check, index, inet, integer, jsonb, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, bigInteger, day, fraction, id, instant, oneOf, percent, refersTo,
  timestamps,
} from "../../columns.js";
import { feedbackStatuses, feedbackSubjects, feedbackTypes, sentiments } from "../../value-sets.js";
import { courses } from "../catalog.js";
import { users } from "../identity.js";
import { generatedAssets } from "../study.js";
import { engagementSchema } from "../schemas.js";

/** The logins of one user on one day. */
export const dailyLogins = engagementSchema.table(
  "daily_logins",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    loginDate: day("login_date").notNull(),
    loginCount: integer("login_count").notNull().default(1),
    firstLoginAt: instant("first_login_at").notNull().defaultNow(),
    lastLoginAt: instant("last_login_at").notNull().defaultNow(),
    deviceType: text("device_type"),
    ipAddress: inet("ip_address"),
    ...timestamps(),
  },
  (t) => [
    unique("daily_logins_user_id_login_date_key").on(t.userId, t.loginDate),
    atLeast("daily_logins_login_count_ck0", t.loginCount, 1),
    index("idx_daily_logins_login_date").on(t.loginDate),
  ],
);

/** Running totals of a learner's engagement. */
export const engagementProfiles = engagementSchema.table(
  "engagement_profiles",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("engagement_profiles_user_id_key"),
    avgSessionSeconds: integer("avg_session_seconds").notNull().default(0),
    avgQuizAccuracy: percent("avg_quiz_accuracy").notNull().default("0"),
    totalTimeSeconds: bigInteger("total_time_seconds").notNull().default(0),
    coursesCompleted: integer("courses_completed").notNull().default(0),
    discussionPosts: integer("discussion_posts").notNull().default(0),
    peerLikes: integer("peer_likes").notNull().default(0),
    engagementScore: percent("engagement_score").notNull().default("0"),
    dropoutRisk: fraction("dropout_risk"),
    ...timestamps(),
  },
  (t) => [
    atLeast("engagement_profiles_avg_session_seconds_ck0", t.avgSessionSeconds, 0),
    between("engagement_profiles_avg_quiz_accuracy_ck1", t.avgQuizAccuracy, 0, 100),
    atLeast("engagement_profiles_total_time_seconds_ck2", t.totalTimeSeconds, 0),
    atLeast("engagement_profiles_courses_completed_ck3", t.coursesCompleted, 0),
    atLeast("engagement_profiles_discussion_posts_ck4", t.discussionPosts, 0),
    atLeast("engagement_profiles_peer_likes_ck5", t.peerLikes, 0),
    between("engagement_profiles_engagement_score_ck6", t.engagementScore, 0, 100),
    between("engagement_profiles_dropout_risk_ck7", t.dropoutRisk, 0, 1),
    index("idx_engagement_profiles_engagement_score").on(t.engagementScore),
    index("idx_engagement_profiles_dropout_risk").on(t.dropoutRisk),
  ],
);

/** A rating, comment or report. It holds no key to an interaction, whose partition may be dropped. */
export const userFeedback = engagementSchema.table(
  "user_feedback",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    feedbackType: text("feedback_type", { enum: feedbackTypes }).notNull(),
    subjectType: text("subject_type", { enum: feedbackSubjects }).notNull().default("course"),
    generatedAssetId: refersTo("generated_asset_id", () => generatedAssets.id),
    interactionId: uuid("interaction_id"),
    interactionAt: instant("interaction_at"),
    courseId: refersTo("course_id", () => courses.id),
    rating: smallint("rating"),
    comment: text("comment"),
    sentiment: text("sentiment", { enum: sentiments }).notNull().default("neutral"),
    metadata: jsonb("metadata").notNull().default({}),
    status: text("status", { enum: feedbackStatuses }).notNull().default("active"),
    ...timestamps(),
  },
  (t) => [
    oneOf("user_feedback_feedback_type_ck0", t.feedbackType, feedbackTypes),
    oneOf("user_feedback_subject_type_ck1", t.subjectType, feedbackSubjects),
    between("user_feedback_rating_ck2", t.rating, 1, 5),
    oneOf("user_feedback_sentiment_ck3", t.sentiment, sentiments),
    oneOf("user_feedback_status_ck4", t.status, feedbackStatuses),
    check("user_feedback_row_ck5", sql`feedback_type <> 'rating' or rating is not null`),
    check("user_feedback_row_ck6", sql`interaction_id is null or interaction_at is not null`),
    index("idx_user_feedback_user_id").on(t.userId),
    index("idx_user_feedback_generated_asset_id").on(t.generatedAssetId),
    index("idx_user_feedback_interaction_id").on(t.interactionId),
    index("idx_user_feedback_feedback_type").on(t.feedbackType),
    index("idx_user_feedback_rating").on(t.rating),
    index("idx_user_feedback_created_at").on(t.createdAt),
    index("idx_user_feedback_course_id_rating").on(t.courseId, t.rating),
  ],
);
