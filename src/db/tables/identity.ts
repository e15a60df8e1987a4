import { sql } from "drizzle-orm";
import {
  boolean, check, index, inet, integer, jsonb, numeric, text, unique, uniqueIndex, uuid,
} from "drizzle-orm/pg-core";
import {
  atLeast, belongsTo, between, citext, createdAt, id, instant, oneOf, subsetOf, timestamps, trigram,
} from "../columns.js";
import {
  accountStatuses, contactKinds, contentFormats, dayParts, learningStyles, themeModes, userRoles,
} from "../value-sets.js";
import { identitySchema } from "./schemas.js";

/** An account: sign-in, role, life cycle. Deleted softly, so its unique keys ignore deleted rows. */
export const users = identitySchema.table(
  "users",
  {
    id: id(),
    externalId: text("external_id"),
    email: citext("email"),
    username: citext("username").notNull(),
    passwordHash: text("password_hash"),
    fullName: text("full_name").notNull(),
    firstName: text("first_name"),
    lastName: text("last_name"),
    role: text("role", { enum: userRoles }).notNull().default("student"),
    status: text("status", { enum: accountStatuses }).notNull().default("active"),
    isActive: boolean("is_active").generatedAlwaysAs(sql`status = 'active'`),
    profilePictureUrl: text("profile_picture_url"),
    language: text("language").notNull().default("en"),
    timezone: text("timezone").notNull().default("Asia/Kolkata"),
    metadata: jsonb("metadata").notNull().default({}),
    lastLoginAt: instant("last_login_at"),
    lastActiveAt: instant("last_active_at"),
    deletedAt: instant("deleted_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("users_role_ck0", t.role, userRoles),
    oneOf("users_status_ck1", t.status, accountStatuses),
    check("users_row_ck2", sql`email is not null or external_id is not null`),
    check("users_row_ck3", sql`password_hash is null or email is not null`),
    check("users_row_ck4", sql`char_length(username) between 3 and 50`),
    uniqueIndex("uidx_users_email").on(t.email).where(sql`deleted_at is null`),
    uniqueIndex("uidx_users_username").on(t.username).where(sql`deleted_at is null`),
    uniqueIndex("uidx_users_external_id").on(t.externalId).where(sql`deleted_at is null`),
    index("idx_users_role").on(t.role),
    index("idx_users_created_at").on(t.createdAt),
    index("idx_users_is_active_deleted_at").on(t.isActive, t.deletedAt),
    index("idx_users_last_active_at_part").on(t.lastActiveAt).where(sql`deleted_at is null`),
    trigram("idx_users_full_name_trgm", t.fullName),
  ],
);

/** Further e-mail addresses and phone numbers; at most one primary of each kind. */
export const userContacts = identitySchema.table(
  "user_contacts",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    kind: text("kind", { enum: contactKinds }).notNull(),
    value: text("value").notNull(),
    isPrimary: boolean("is_primary").notNull().default(false),
    verifiedAt: instant("verified_at"),
    ...timestamps(),
  },
  (t) => [
    unique("user_contacts_user_id_kind_value_key").on(t.userId, t.kind, t.value),
    oneOf("user_contacts_kind_ck0", t.kind, contactKinds),
    uniqueIndex("uidx_user_contacts_user_id_kind").on(t.userId, t.kind).where(sql`is_primary`),
    uniqueIndex("uidx_user_contacts_kind_value").on(t.kind, t.value).where(sql`verified_at is not null`),
  ],
);

/** What a person chose; `extra` keeps client settings that have no column. */
export const userPreferences = identitySchema.table(
  "user_preferences",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("user_preferences_user_id_key"),
    learningStyle: text("learning_style", { enum: learningStyles }),
    collaborativeLearning: boolean("collaborative_learning"),
    timeCommitmentHoursWeek: numeric("time_commitment_hours_week", { precision: 5, scale: 2 }),
    timelineMonths: integer("timeline_months"),
    gamificationEnabled: boolean("gamification_enabled").notNull().default(true),
    reminderEnabled: boolean("reminder_enabled").notNull().default(true),
    preferredLanguages: text("preferred_languages").array().notNull().default([]),
    accessibilityNeeds: jsonb("accessibility_needs").notNull().default({}),
    preferredContentFormat: text("preferred_content_format", { enum: contentFormats }).default("video"),
    contentFormats: text("content_formats", { enum: contentFormats }).array().notNull().default([]),
    preferredLearningTime: text("preferred_learning_time", { enum: dayParts }).default("evening"),
    themeMode: text("theme_mode", { enum: themeModes }).notNull().default("system"),
    aiPersonalizationOptIn: boolean("ai_personalization_opt_in").notNull().default(true),
    privacyConsent: boolean("privacy_consent").notNull().default(false),
    privacyConsentAt: instant("privacy_consent_at"),
    extra: jsonb("extra").notNull().default({}),
    ...timestamps(),
  },
  (t) => [
    oneOf("user_preferences_learning_style_ck0", t.learningStyle, learningStyles),
    between("user_preferences_time_commitment_hours_week_ck1", t.timeCommitmentHoursWeek, 0, 168),
    atLeast("user_preferences_timeline_months_ck2", t.timelineMonths, 1),
    oneOf("user_preferences_preferred_content_format_ck3", t.preferredContentFormat, contentFormats),
    oneOf("user_preferences_preferred_learning_time_ck4", t.preferredLearningTime, dayParts),
    oneOf("user_preferences_theme_mode_ck5", t.themeMode, themeModes),
    check("user_preferences_row_ck6", sql`not privacy_consent or privacy_consent_at is not null`),
    subsetOf("user_preferences_row_ck7", t.contentFormats, contentFormats),
    index("idx_user_preferences_extra").using("gin", t.extra),
  ],
);

/** An account at an outside sign-in provider, linked to one user. */
export const externalIdentities = identitySchema.table(
  "external_identities",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    provider: text("provider").notNull(),
    subject: text("subject").notNull(),
    email: citext("email"),
    ...timestamps(),
  },
  (t) => [
    unique("external_identities_provider_subject_key").on(t.provider, t.subject),
    index("idx_external_identities_user_id_fk").on(t.userId),
  ],
);

/** A signed-in device. Refresh tokens are kept as hashes; a replayed one revokes its whole family. */
export const authSessions = identitySchema.table(
  "auth_sessions",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    familyId: uuid("family_id").notNull(),
    refreshTokenHash: text("refresh_token_hash").notNull().unique("auth_sessions_refresh_token_hash_key"),
    userAgent: text("user_agent"),
    ipAddress: inet("ip_address"),
    expiresAt: instant("expires_at").notNull(),
    rotatedAt: instant("rotated_at"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("idx_auth_sessions_user_id_expires_at").on(t.userId, t.expiresAt),
    index("idx_auth_sessions_family_id").on(t.familyId),
  ],
);
