import { sql } from "drizzle-orm";
import { boolean, check, index, integer, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, createdAt, day, fraction, id, instant, newId, newestFirst, oneOf, openWord,
  percent, refersTo, timestamps,
} from "../../columns.js";
import { actionStatuses, recommendationTypes, salaryTrends } from "../../value-sets.js";
import { skills } from "../catalog.js";
import { users } from "../identity.js";
import { careerOutlooks } from "../pathways.js";
import { intelligenceSchema } from "../schemas.js";

/** A suggestion and what became of it. */
export const recommendations = intelligenceSchema.table(
  "recommendations",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    recommendationType: text("recommendation_type", { enum: recommendationTypes }).notNull(),
    referenceId: text("reference_id"),
    entityType: text("entity_type"),
    entityId: uuid("entity_id"),
    careerOutlookId: refersTo("career_outlook_id", () => careerOutlooks.id),
    reason: text("reason"),
    confidenceScore: fraction("confidence_score").notNull().default("0.85"),
    matchScore: percent("match_score"),
    rank: integer("rank"),
    actionStatus: text("action_status", { enum: actionStatuses }).notNull().default("pending"),
    actedAt: instant("acted_at"),
    expiresAt: instant("expires_at"),
    modelVersion: text("model_version"),
    ...timestamps(),
  },
  (t) => [
    oneOf("recommendations_recommendation_type_ck0", t.recommendationType, recommendationTypes),
    openWord("recommendations_entity_type_ck1", t.entityType),
    between("recommendations_confidence_score_ck2", t.confidenceScore, 0, 1),
    between("recommendations_match_score_ck3", t.matchScore, 0, 100),
    atLeast("recommendations_rank_ck4", t.rank, 1),
    oneOf("recommendations_action_status_ck5", t.actionStatus, actionStatuses),
    check("recommendations_row_ck6", sql`entity_id is null or entity_type is not null`),
    check("recommendations_row_ck7", sql`action_status = 'pending' or acted_at is not null`),
    index("idx_recommendations_user_id_action_status_created_at")
      .on(t.userId, t.actionStatus, newestFirst(t.createdAt)),
    index("idx_recommendations_recommendation_type").on(t.recommendationType),
    index("idx_recommendations_entity_type_entity_id").on(t.entityType, t.entityId),
    index("idx_recommendations_career_outlook_id_fk").on(t.careerOutlookId),
  ],
);

/** What was suggested when, and clicked or not, partitioned by month. */
export const recommendationLog = intelligenceSchema.table(
  "recommendation_log",
  {
    id: newId(),
    userId: belongsTo("user_id", () => users.id),
    recommendationId: refersTo("recommendation_id", () => recommendations.id),
    recommendationType: text("recommendation_type", { enum: recommendationTypes }).notNull(),
    entityType: text("entity_type").notNull(),
    entityId: uuid("entity_id"),
    entityKey: text("entity_key"),
    rank: integer("rank"),
    matchScore: percent("match_score"),
    clicked: boolean("clicked").notNull().default(false),
    clickedAt: instant("clicked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "recommendation_log_pkey", columns: [t.id, t.createdAt] }),
    oneOf("recommendation_log_recommendation_type_ck0", t.recommendationType, recommendationTypes),
    openWord("recommendation_log_entity_type_ck1", t.entityType),
    atLeast("recommendation_log_rank_ck2", t.rank, 1),
    between("recommendation_log_match_score_ck3", t.matchScore, 0, 100),
    check("recommendation_log_row_ck4", sql`entity_id is not null or entity_key is not null`),
    index("idx_recommendation_log_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_recommendation_log_recommendation_id").on(t.recommendationId),
    index("idx_recommendation_log_recommendation_type_clicked").on(t.recommendationType, t.clicked),
    index("idx_recommendation_log_created_at_brin").using("brin", t.createdAt),
  ],
);

/** Demand for a skill in a region on a day. */
export const labourMarketSnapshots = intelligenceSchema.table(
  "labour_market_snapshots",
  {
    id: id(),
    skillId: belongsTo("skill_id", () => skills.id),
    region: text("region").notNull(),
    demandScore: percent("demand_score"),
    salaryTrend: text("salary_trend", { enum: salaryTrends }),
    snapshotDate: day("snapshot_date").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("labour_market_snapshots_skill_id_region_snapshot_date_key").on(t.skillId, t.region, t.snapshotDate),
    between("labour_market_snapshots_demand_score_ck0", t.demandScore, 0, 100),
    oneOf("labour_market_snapshots_salary_trend_ck1", t.salaryTrend, salaryTrends),
    index("idx_labour_market_snapshots_region_snapshot_date").on(t.region, newestFirst(t.snapshotDate)),
  ],
);
