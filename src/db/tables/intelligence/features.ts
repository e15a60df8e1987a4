import { sql } from "drizzle-orm";
import {
  boolean, check, doublePrecision, index, integer, jsonb, real, text, unique, uuid,
} from "drizzle-orm/pg-core";
import { atLeast, belongsTo, createdAt, id, instant, newestFirst, oneOf, timestamps } from "../../columns.js";
import { featureEntities, valueKinds } from "../../value-sets.js";
import { courses, topics } from "../catalog.js";
import { users } from "../identity.js";
import { contentChunks } from "../study.js";
import { intelligenceSchema } from "../schemas.js";

/** Feature vectors and predictions about a learner. */
export const learnerFeatures = intelligenceSchema.table("learner_features", {
  id: id(),
  userId: belongsTo("user_id", () => users.id).unique("learner_features_user_id_key"),
  engagementVector: jsonb("engagement_vector"),
  skillVector: jsonb("skill_vector"),
  recommendationVector: jsonb("recommendation_vector"),
  careerPrediction: jsonb("career_prediction"),
  riskPrediction: jsonb("risk_prediction"),
  modelVersion: text("model_version"),
  lastModelUpdateAt: instant("last_model_update_at").notNull().defaultNow(),
  ...timestamps(),
});

/** A named feature of a model. */
export const featureDefinitions = intelligenceSchema.table(
  "feature_definitions",
  {
    id: id(),
    name: text("name").notNull().unique("feature_definitions_name_key"),
    entity: text("entity", { enum: featureEntities }).notNull(),
    valueKind: text("value_kind", { enum: valueKinds }).notNull(),
    description: text("description"),
    version: integer("version").notNull().default(1),
    sourceQuery: text("source_query"),
    isActive: boolean("is_active").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    oneOf("feature_definitions_entity_ck0", t.entity, featureEntities),
    oneOf("feature_definitions_value_kind_ck1", t.valueKind, valueKinds),
    atLeast("feature_definitions_version_ck2", t.version, 1),
  ],
);

/** A computed value of a feature. */
export const featureValues = intelligenceSchema.table(
  "feature_values",
  {
    id: id(),
    featureId: belongsTo("feature_id", () => featureDefinitions.id),
    entityId: uuid("entity_id").notNull(),
    numberValue: doublePrecision("number_value"),
    jsonValue: jsonb("json_value"),
    computedAt: instant("computed_at").notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("feature_values_feature_id_entity_id_computed_at_key").on(t.featureId, t.entityId, t.computedAt),
    check("feature_values_row_ck0", sql`number_value is not null or json_value is not null`),
    index("idx_feature_values_entity_id_feature_id_computed_at")
      .on(t.entityId, t.featureId, newestFirst(t.computedAt)),
  ],
);

/** An embedding of a text, as a plain array of 1,536 numbers. */
export const embeddings = intelligenceSchema.table(
  "embeddings",
  {
    id: id(),
    chunkId: text("chunk_id").notNull().unique("embeddings_chunk_id_key"),
    courseId: uuid("course_id").references(() => courses.id, { onDelete: "cascade" }),
    contentChunkId: uuid("content_chunk_id").references(() => contentChunks.id, { onDelete: "cascade" }),
    topicId: uuid("topic_id").references(() => topics.id, { onDelete: "cascade" }),
    content: text("content").notNull(),
    embedding: real("embedding").array(),
    metadata: jsonb("metadata").notNull().default({}),
    ...timestamps(),
  },
  (t) => [
    check("embeddings_embedding_ck0", sql`cardinality(embedding) = 1536`),
    check("embeddings_row_ck1", sql`course_id is not null or content_chunk_id is not null`),
    index("idx_embeddings_course_id_fk").on(t.courseId),
    index("idx_embeddings_content_chunk_id_fk").on(t.contentChunkId),
    index("idx_embeddings_topic_id_fk").on(t.topicId),
  ],
);
