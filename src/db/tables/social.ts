import { sql } from "drizzle-orm";
import {
  type AnyPgColumn, boolean, check, index, integer, jsonb, text, unique, uniqueIndex, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, createdAt, fraction, id, instant, newestFirst, oneOf, openWord, refersTo,
  timestamps, trigram,
} from "../columns.js";
import {
  connectionStatuses, groupRoles, memberStatuses, sentiments, socialInteractionTypes, visibilities,
} from "../value-sets.js";
import { courses, modules } from "./catalog.js";
import { users } from "./identity.js";
import { socialSchema } from "./schemas.js";

/** A link that one user asked another for. */
export const userConnections = socialSchema.table(
  "user_connections",
  {
    id: id(),
    requesterId: belongsTo("requester_id", () => users.id),
    addresseeId: belongsTo("addressee_id", () => users.id),
    status: text("status", { enum: connectionStatuses }).notNull().default("pending"),
    message: text("message"),
    respondedAt: instant("responded_at"),
    ...timestamps(),
  },
  (t) => [
    unique("user_connections_requester_id_addressee_id_key").on(t.requesterId, t.addresseeId),
    oneOf("user_connections_status_ck0", t.status, connectionStatuses),
    check("user_connections_row_ck1", sql`requester_id <> addressee_id`),
    index("idx_user_connections_addressee_id_status").on(t.addresseeId, t.status),
    index("idx_user_connections_requester_id_status").on(t.requesterId, t.status),
  ],
);

/** A group that learns together. */
export const studyGroups = socialSchema.table(
  "study_groups",
  {
    id: id(),
    name: text("name").notNull(),
    description: text("description"),
    courseId: refersTo("course_id", () => courses.id),
    facilitatorId: refersTo("facilitator_id", () => users.id),
    visibility: text("visibility", { enum: visibilities }).notNull().default("public"),
    maxMembers: integer("max_members"),
    memberCount: integer("member_count").notNull().default(0),
    ...timestamps(),
  },
  (t) => [
    oneOf("study_groups_visibility_ck0", t.visibility, visibilities),
    atLeast("study_groups_max_members_ck1", t.maxMembers, 1),
    atLeast("study_groups_member_count_ck2", t.memberCount, 0),
    check("study_groups_row_ck3", sql`max_members is null or member_count <= max_members`),
    index("idx_study_groups_course_id").on(t.courseId),
    trigram("idx_study_groups_name_trgm", t.name),
    index("idx_study_groups_facilitator_id_fk").on(t.facilitatorId),
  ],
);

/** A user in a group, with a role. */
export const groupMembers = socialSchema.table(
  "group_members",
  {
    id: id(),
    studyGroupId: belongsTo("study_group_id", () => studyGroups.id),
    userId: belongsTo("user_id", () => users.id),
    role: text("role", { enum: groupRoles }).notNull().default("learner"),
    status: text("status", { enum: memberStatuses }).notNull().default("active"),
    joinedAt: instant("joined_at").notNull().defaultNow(),
    ...timestamps(),
  },
  (t) => [
    unique("group_members_study_group_id_user_id_key").on(t.studyGroupId, t.userId),
    oneOf("group_members_role_ck0", t.role, groupRoles),
    oneOf("group_members_status_ck1", t.status, memberStatuses),
    index("idx_group_members_user_id_status").on(t.userId, t.status),
  ],
);

/** Something a user did that others may see. */
export const socialActivities = socialSchema.table(
  "social_activities",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    verb: text("verb").notNull(),
    entityType: text("entity_type"),
    entityId: uuid("entity_id"),
    studyGroupId: uuid("study_group_id").references(() => studyGroups.id, { onDelete: "cascade" }),
    visibility: text("visibility", { enum: visibilities }).notNull().default("connections"),
    payload: jsonb("payload").notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    openWord("social_activities_verb_ck0", t.verb),
    openWord("social_activities_entity_type_ck1", t.entityType),
    oneOf("social_activities_visibility_ck2", t.visibility, visibilities),
    index("idx_social_activities_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_social_activities_study_group_id_created_at").on(t.studyGroupId, newestFirst(t.createdAt)),
  ],
);

/** An activity placed in the feed of one reader. */
export const activityFeed = socialSchema.table(
  "activity_feed",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    socialActivityId: belongsTo("social_activity_id", () => socialActivities.id),
    score: fraction("score").notNull().default("0"),
    seenAt: instant("seen_at"),
    hiddenAt: instant("hidden_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("activity_feed_user_id_social_activity_id_key").on(t.userId, t.socialActivityId),
    between("activity_feed_score_ck0", t.score, 0, 1),
    index("idx_activity_feed_user_id_created_at_part")
      .on(t.userId, newestFirst(t.createdAt))
      .where(sql`hidden_at is null`),
    index("idx_activity_feed_social_activity_id_fk").on(t.socialActivityId),
  ],
);

/** A message, comment, like, review or mentorship request from one user to another. */
export const socialInteractions = socialSchema.table(
  "social_interactions",
  {
    id: id(),
    senderId: belongsTo("sender_id", () => users.id),
    receiverId: belongsTo("receiver_id", () => users.id),
    interactionType: text("interaction_type", { enum: socialInteractionTypes }).notNull(),
    context: text("context"),
    content: text("content"),
    discussionPostId: uuid("discussion_post_id").references(() => discussionPosts.id, { onDelete: "cascade" }),
    readAt: instant("read_at"),
    createdAt: createdAt(),
  },
  (t) => [
    oneOf("social_interactions_interaction_type_ck0", t.interactionType, socialInteractionTypes),
    check("social_interactions_row_ck1", sql`sender_id <> receiver_id or interaction_type = 'comment'`),
    check("social_interactions_row_ck2", sql`interaction_type <> 'message' or content is not null`),
    index("idx_social_interactions_sender_id_created_at").on(t.senderId, newestFirst(t.createdAt)),
    index("idx_social_interactions_receiver_id_created_at").on(t.receiverId, newestFirst(t.createdAt)),
    index("idx_social_interactions_interaction_type").on(t.interactionType),
    uniqueIndex("uidx_social_interactions_discussion_post_id_sender_id")
      .on(t.discussionPostId, t.senderId)
      .where(sql`interaction_type = 'like'`),
    index("idx_social_interactions_discussion_post_id_fk").on(t.discussionPostId),
  ],
);

/** A thread. */
export const discussionTopics = socialSchema.table(
  "discussion_topics",
  {
    id: id(),
    title: text("title").notNull(),
    courseId: refersTo("course_id", () => courses.id),
    moduleId: refersTo("module_id", () => modules.id),
    studyGroupId: uuid("study_group_id").references(() => studyGroups.id, { onDelete: "cascade" }),
    createdById: refersTo("created_by_id", () => users.id),
    isLocked: boolean("is_locked").notNull().default(false),
    postCount: integer("post_count").notNull().default(0),
    lastPostAt: instant("last_post_at"),
    ...timestamps(),
  },
  (t) => [
    atLeast("discussion_topics_post_count_ck0", t.postCount, 0),
    index("idx_discussion_topics_course_id_last_post_at").on(t.courseId, newestFirst(t.lastPostAt)),
    trigram("idx_discussion_topics_title_trgm", t.title),
    index("idx_discussion_topics_module_id_fk").on(t.moduleId),
    index("idx_discussion_topics_study_group_id_fk").on(t.studyGroupId),
    index("idx_discussion_topics_created_by_id_fk").on(t.createdById),
  ],
);

/** A post in a thread, perhaps in answer to another. */
export const discussionPosts = socialSchema.table(
  "discussion_posts",
  {
    id: id(),
    topicId: belongsTo("topic_id", () => discussionTopics.id),
    userId: belongsTo("user_id", () => users.id),
    parentPostId: uuid("parent_post_id")
      .references((): AnyPgColumn => discussionPosts.id, { onDelete: "cascade" }),
    content: text("content").notNull(),
    likesCount: integer("likes_count").notNull().default(0),
    sentiment: text("sentiment", { enum: sentiments }).notNull().default("neutral"),
    ...timestamps(),
  },
  (t) => [
    atLeast("discussion_posts_likes_count_ck0", t.likesCount, 0),
    oneOf("discussion_posts_sentiment_ck1", t.sentiment, sentiments),
    index("idx_discussion_posts_topic_id_created_at").on(t.topicId, t.createdAt),
    index("idx_discussion_posts_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_discussion_posts_parent_post_id_fk").on(t.parentPostId),
  ],
);
