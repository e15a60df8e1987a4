import { sql } from "drizzle-orm";
import {
  boolean, check, index, integer, jsonb, primaryKey, smallint, text, unique,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, createdAt, fraction, id, instant, newId, newestFirst, oneOf, openWord,
  refersTo, timestamps, trigram,
} from "../columns.js";
import {
  assetStatuses, assetTypes, chatRoles, difficulties, interactionTypes, materialStatuses, sourceTypes,
} from "../value-sets.js";
import { courses, sourceFiles } from "./catalog.js";
import { learningSessions } from "./engagement/sessions.js";
import { users } from "./identity.js";
import { studySchema } from "./schemas.js";

/** A learner's own material; deleted softly. */
export const studyMaterials = studySchema.table(
  "study_materials",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    sourceFileId: refersTo("source_file_id", () => sourceFiles.id),
    courseId: refersTo("course_id", () => courses.id),
    title: text("title").notNull(),
    description: text("description"),
    sourceUrl: text("source_url"),
    sourceType: text("source_type", { enum: sourceTypes }).notNull(),
    metadata: jsonb("metadata").notNull().default({}),
    status: text("status", { enum: materialStatuses }).notNull().default("processing"),
    contentLength: integer("content_length"),
    difficultyLevel: text("difficulty_level", { enum: difficulties }),
    subjectArea: text("subject_area"),
    tags: text("tags").array().notNull().default([]),
    deletedAt: instant("deleted_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("study_materials_source_type_ck0", t.sourceType, sourceTypes),
    oneOf("study_materials_status_ck1", t.status, materialStatuses),
    atLeast("study_materials_content_length_ck2", t.contentLength, 0),
    oneOf("study_materials_difficulty_level_ck3", t.difficultyLevel, difficulties),
    check("study_materials_row_ck4", sql`source_type <> 'url' or source_url is not null`),
    index("idx_study_materials_user_id_created_at_part")
      .on(t.userId, newestFirst(t.createdAt))
      .where(sql`deleted_at is null`),
    index("idx_study_materials_user_id").on(t.userId),
    index("idx_study_materials_status").on(t.status),
    index("idx_study_materials_created_at").on(t.createdAt),
    index("idx_study_materials_subject_area").on(t.subjectArea),
    index("idx_study_materials_tags").using("gin", t.tags),
    index("idx_study_materials_metadata").using("gin", t.metadata),
    index("idx_study_materials_deleted_at").on(t.deletedAt),
    trigram("idx_study_materials_title_trgm", t.title),
    index("idx_study_materials_source_file_id_fk").on(t.sourceFileId),
    index("idx_study_materials_course_id_fk").on(t.courseId),
  ],
);

/** A piece of a material, in reading order. */
export const contentChunks = studySchema.table(
  "content_chunks",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    studyMaterialId: belongsTo("study_material_id", () => studyMaterials.id),
    chunkOrder: integer("chunk_order").notNull(),
    content: text("content").notNull(),
    chunkType: text("chunk_type").notNull(),
    metadata: jsonb("metadata").notNull().default({}),
    wordCount: integer("word_count"),
    language: text("language"),
    summary: text("summary"),
    relevanceScore: fraction("relevance_score"),
    ...timestamps(),
  },
  (t) => [
    unique("content_chunks_study_material_id_chunk_order_key").on(t.studyMaterialId, t.chunkOrder),
    atLeast("content_chunks_chunk_order_ck0", t.chunkOrder, 0),
    openWord("content_chunks_chunk_type_ck1", t.chunkType),
    atLeast("content_chunks_word_count_ck2", t.wordCount, 0),
    between("content_chunks_relevance_score_ck3", t.relevanceScore, 0, 1),
    index("idx_content_chunks_chunk_type").on(t.chunkType),
    index("idx_content_chunks_relevance_score").on(t.relevanceScore),
    index("idx_content_chunks_language").on(t.language),
    index("idx_content_chunks_user_id_fk").on(t.userId),
  ],
);

/** A quiz, flashcard or summary that a model made of a material. */
export const generatedAssets = studySchema.table(
  "generated_assets",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    studyMaterialId: belongsTo("study_material_id", () => studyMaterials.id),
    contentChunkId: refersTo("content_chunk_id", () => contentChunks.id),
    assetType: text("asset_type", { enum: assetTypes }).notNull(),
    content: jsonb("content").notNull(),
    metadata: jsonb("metadata").notNull().default({}),
    generationModel: text("generation_model").notNull(),
    generationParams: jsonb("generation_params").notNull().default({}),
    status: text("status", { enum: assetStatuses }).notNull().default("ready"),
    qualityScore: fraction("quality_score"),
    difficultyLevel: smallint("difficulty_level"),
    ...timestamps(),
  },
  (t) => [
    oneOf("generated_assets_asset_type_ck0", t.assetType, assetTypes),
    oneOf("generated_assets_status_ck1", t.status, assetStatuses),
    between("generated_assets_quality_score_ck2", t.qualityScore, 0, 1),
    between("generated_assets_difficulty_level_ck3", t.difficultyLevel, 1, 10),
    index("idx_generated_assets_study_material_id").on(t.studyMaterialId),
    index("idx_generated_assets_content_chunk_id").on(t.contentChunkId),
    index("idx_generated_assets_asset_type").on(t.assetType),
    index("idx_generated_assets_status").on(t.status),
    index("idx_generated_assets_quality_score").on(t.qualityScore),
    index("idx_generated_assets_difficulty_level").on(t.difficultyLevel),
    index("idx_generated_assets_created_at").on(t.createdAt),
    index("idx_generated_assets_user_id_fk").on(t.userId),
  ],
);

/** An answer, a view or a skip inside a learning session, partitioned by month. */
export const interactions = studySchema.table(
  "interactions",
  {
    id: newId(),
    learningSessionId: belongsTo("learning_session_id", () => learningSessions.id),
    generatedAssetId: refersTo("generated_asset_id", () => generatedAssets.id),
    userId: belongsTo("user_id", () => users.id),
    interactionType: text("interaction_type", { enum: interactionTypes }).notNull(),
    interactionData: jsonb("interaction_data").notNull().default({}),
    isCorrect: boolean("is_correct"),
    responseTimeMs: integer("response_time_ms"),
    confidenceLevel: fraction("confidence_level"),
    feedbackData: jsonb("feedback_data"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "interactions_pkey", columns: [t.id, t.createdAt] }),
    oneOf("interactions_interaction_type_ck0", t.interactionType, interactionTypes),
    atLeast("interactions_response_time_ms_ck1", t.responseTimeMs, 0),
    between("interactions_confidence_level_ck2", t.confidenceLevel, 0, 1),
    index("idx_interactions_learning_session_id").on(t.learningSessionId),
    index("idx_interactions_generated_asset_id").on(t.generatedAssetId),
    index("idx_interactions_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_interactions_created_at").on(t.createdAt),
    index("idx_interactions_interaction_type").on(t.interactionType),
    index("idx_interactions_is_correct").on(t.isCorrect),
  ],
);

/** A conversation with the tutor. */
export const chatSessions = studySchema.table(
  "chat_sessions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    courseId: refersTo("course_id", () => courses.id),
    sessionKey: text("session_key").notNull(),
    title: text("title"),
    lastMessageAt: instant("last_message_at"),
    ...timestamps(),
  },
  (t) => [
    unique("chat_sessions_user_id_session_key_key").on(t.userId, t.sessionKey),
    index("idx_chat_sessions_session_key").on(t.sessionKey),
    index("idx_chat_sessions_user_id_last_message_at").on(t.userId, newestFirst(t.lastMessageAt)),
    index("idx_chat_sessions_course_id_fk").on(t.courseId),
  ],
);

/** One message of either side. */
export const chatMessages = studySchema.table(
  "chat_messages",
  {
    id: id(),
    chatSessionId: belongsTo("chat_session_id", () => chatSessions.id),
    userId: belongsTo("user_id", () => users.id),
    messageType: text("message_type", { enum: chatRoles }).notNull(),
    message: text("message").notNull(),
    metadata: jsonb("metadata").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf("chat_messages_message_type_ck0", t.messageType, chatRoles),
    index("idx_chat_messages_user_id").on(t.userId),
    index("idx_chat_messages_chat_session_id_created_at").on(t.chatSessionId, t.createdAt),
    index("idx_chat_messages_created_at").on(newestFirst(t.createdAt)),
  ],
);
