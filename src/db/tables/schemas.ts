import { pgSchema } from "drizzle-orm/pg-core";

export const identitySchema = pgSchema("identity");
export const learnerSchema = pgSchema("learner");
export const catalogSchema = pgSchema("catalog");
export const pathwaysSchema = pgSchema("pathways");
export const progressSchema = pgSchema("progress");
export const studySchema = pgSchema("study");
export const assessmentSchema = pgSchema("assessment");
export const engagementSchema = pgSchema("engagement");
export const gamificationSchema = pgSchema("gamification");
export const socialSchema = pgSchema("social");
export const notificationsSchema = pgSchema("notifications");
export const intelligenceSchema = pgSchema("intelligence");
export const opsSchema = pgSchema("ops");
