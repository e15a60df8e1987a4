import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, text, time, unique } from "drizzle-orm/pg-core";
import { belongsTo, id, instant, newestFirst, oneOf, refersTo, subsetOf, timestamps } from "../columns.js";
import {
  devicePlatforms, notificationChannels, notificationFrequencies, notificationTypes,
} from "../value-sets.js";
import { users } from "./identity.js";
import { notificationsSchema } from "./schemas.js";

/** One notification to one user. */
export const notifications = notificationsSchema.table(
  "notifications",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    templateId: refersTo("template_id", () => notificationTemplates.id),
    type: text("type", { enum: notificationTypes }).notNull().default("system"),
    title: text("title"),
    message: text("message"),
    data: jsonb("data").notNull().default({}),
    channels: text("channels", { enum: notificationChannels }).array().notNull().default([]),
    frequency: text("frequency", { enum: notificationFrequencies }).notNull().default("anytime"),
    isRead: boolean("is_read").notNull().default(false),
    readAt: instant("read_at"),
    scheduledFor: instant("scheduled_for"),
    sentAt: instant("sent_at"),
    error: text("error"),
    ...timestamps(),
  },
  (t) => [
    oneOf("notifications_type_ck0", t.type, notificationTypes),
    subsetOf("notifications_channels_ck1", t.channels, notificationChannels),
    oneOf("notifications_frequency_ck2", t.frequency, notificationFrequencies),
    check("notifications_row_ck3", sql`is_read = (read_at is not null)`),
    check("notifications_row_ck4", sql`title is not null or message is not null`),
    index("idx_notifications_user_id_created_at").on(t.userId, newestFirst(t.createdAt)),
    index("idx_notifications_user_id_part").on(t.userId).where(sql`not is_read`),
    index("idx_notifications_scheduled_for_part").on(t.scheduledFor).where(sql`sent_at is null`),
    index("idx_notifications_type").on(t.type),
    index("idx_notifications_template_id_fk").on(t.templateId),
  ],
);

/** Channels and quiet hours; the row without a type is the user's default. */
export const notificationPreferences = notificationsSchema.table(
  "notification_preferences",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    type: text("type", { enum: notificationTypes }),
    channels: text("channels", { enum: notificationChannels }).array().notNull().default(["email"]),
    frequency: text("frequency", { enum: notificationFrequencies }).notNull().default("anytime"),
    quietFrom: time("quiet_from"),
    quietTo: time("quiet_to"),
    isEnabled: boolean("is_enabled").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    unique("notification_preferences_user_id_type_key").on(t.userId, t.type).nullsNotDistinct(),
    oneOf("notification_preferences_type_ck0", t.type, notificationTypes),
    subsetOf("notification_preferences_channels_ck1", t.channels, notificationChannels),
    oneOf("notification_preferences_frequency_ck2", t.frequency, notificationFrequencies),
  ],
);

/** The text of a kind of notification in one language. */
export const notificationTemplates = notificationsSchema.table(
  "notification_templates",
  {
    id: id(),
    code: text("code").notNull(),
    language: text("language").notNull().default("en"),
    type: text("type", { enum: notificationTypes }).notNull(),
    titleTemplate: text("title_template").notNull(),
    bodyTemplate: text("body_template").notNull(),
    defaultChannels: text("default_channels", { enum: notificationChannels }).array().notNull()
      .default(["app"]),
    isActive: boolean("is_active").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    unique("notification_templates_code_language_key").on(t.code, t.language),
    oneOf("notification_templates_type_ck0", t.type, notificationTypes),
    subsetOf("notification_templates_default_channels_ck1", t.defaultChannels, notificationChannels),
  ],
);

/** A device that takes push messages. */
export const devices = notificationsSchema.table(
  "devices",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    platform: text("platform", { enum: devicePlatforms }).notNull(),
    pushToken: text("push_token").notNull().unique("devices_push_token_key"),
    deviceName: text("device_name"),
    appVersion: text("app_version"),
    lastSeenAt: instant("last_seen_at"),
    isActive: boolean("is_active").notNull().default(true),
    ...timestamps(),
  },
  (t) => [
    oneOf("devices_platform_ck0", t.platform, devicePlatforms),
    index("idx_devices_user_id_part").on(t.userId).where(sql`is_active`),
    index("idx_devices_user_id_fk").on(t.userId),
  ],
);
