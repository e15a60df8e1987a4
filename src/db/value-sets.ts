/**
 * Every closed value set: the database keeps the words as text under a CHECK, GraphQL shows the same
 * words in upper case. Each set stands here once; columns, checks and enums read it.
 */

export const userRoles = ["student", "teacher", "admin"] as const;
export const streakDayKinds = ["active", "freeze", "repair", "travel", "rest"] as const;
export const accountStatuses = ["active", "inactive", "suspended"] as const;
export const contactKinds = ["email", "phone"] as const;
export const genders = ["male", "female", "other"] as const;
export const learningStyles = ["visual", "auditory", "reading", "kinesthetic"] as const;
export const contentFormats = ["video", "text", "audio", "interactive", "quiz", "vr"] as const;
export const dayParts = ["morning", "afternoon", "evening", "night"] as const;
export const themeModes = ["light", "dark", "system"] as const;
export const educationLevels = ["class_10", "class_12", "diploma", "degree", "post_grad"] as const;
export const skillSources = [
  "onboarding", "inferred", "assessment", "course", "peer_review", "manual",
] as const;
export const skillLevels = ["beginner", "intermediate", "advanced", "expert"] as const;
export const skillCategories = ["technical", "soft", "foundational"] as const;
export const goalTypes = ["learning", "career", "certification"] as const;
export const verificationStatuses = ["verified", "pending", "rejected"] as const;
export const gamificationPersonas = ["achiever", "explorer", "socializer", "killer"] as const;
export const derivedFrom = ["survey", "ai", "hybrid"] as const;
export const courseStatuses = ["draft", "active", "archived"] as const;
export const fileTypes = ["pdf", "docx", "txt", "md"] as const;
export const fileStatuses = ["staged", "stored", "rejected", "deleted"] as const;
export const demandLevels = ["high", "medium", "low"] as const;
export const salaryPeriods = ["month", "year"] as const;
export const milestoneTypes = ["onboarding", "course", "internship", "certification", "job"] as const;
export const pathStatuses = ["active", "completed", "paused"] as const;
export const enrollmentStatuses = ["enrolled", "in_progress", "completed", "dropped"] as const;
export const enrollmentSources = ["recommendation", "manual", "career_path"] as const;
export const milestoneStatuses = ["upcoming", "in_progress", "completed"] as const;
export const progressStatuses = ["not_started", "in_progress", "completed"] as const;
export const metricTypes = [
  "accuracy", "speed", "retention", "completion", "engagement", "time_spent",
] as const;
export const timePeriods = ["daily", "weekly", "monthly"] as const;
export const aggregationTypes = ["sum", "avg", "min", "max", "count", "last"] as const;
export const sourceTypes = ["upload", "url", "text"] as const;
export const materialStatuses = ["processing", "ready", "failed"] as const;
export const difficulties = ["easy", "medium", "hard"] as const;
export const assetTypes = ["quiz", "flashcard", "summary"] as const;
export const assetStatuses = ["pending", "ready", "failed", "retired"] as const;
export const sessionTypes = ["quiz", "review", "study", "course", "vr"] as const;
export const sessionStatuses = ["active", "paused", "completed", "abandoned"] as const;
export const interactionTypes = ["answer", "view", "skip"] as const;
export const chatRoles = ["user", "assistant"] as const;
export const quizTypes = ["module", "course", "practice"] as const;
export const attemptStatuses = ["in_progress", "submitted", "abandoned"] as const;
export const resultStatuses = ["passed", "failed", "pending"] as const;
export const assessors = ["auto", "teacher", "peer", "ai"] as const;
export const activityTypes = [
  "view", "quiz", "assignment", "forum", "video", "vr", "login", "logout",
] as const;
export const devicePlatforms = ["android", "ios", "web"] as const;
export const emotionLabels = ["focused", "bored", "confused", "engaged", "frustrated", "happy"] as const;
export const emotionDetectors = ["camera_ai", "voice_ai", "text_sentiment", "self_report"] as const;
export const feedbackTypes = ["rating", "comment", "report"] as const;
export const feedbackSubjects = [
  "asset", "interaction", "course", "instructor", "platform", "feature",
] as const;
export const feedbackStatuses = ["active", "hidden", "resolved"] as const;
export const sentiments = ["positive", "neutral", "negative"] as const;
export const freezeStatuses = ["available", "used", "expired"] as const;
export const rarities = ["common", "rare", "epic", "legendary"] as const;
export const pointsReasons = [
  "topic", "module", "course", "quiz", "streak", "streak_freeze", "streak_repair", "badge", "duel",
  "milestone", "manual", "reversal",
] as const;
export const boardScopes = ["global", "region", "course", "group"] as const;
export const boardPeriods = ["daily", "weekly", "monthly", "all_time"] as const;
export const duelStatuses = ["pending", "active", "completed", "declined", "expired"] as const;
export const duelResults = ["won", "lost", "drawn", "forfeited"] as const;
export const connectionStatuses = ["pending", "accepted", "declined", "blocked"] as const;
export const groupRoles = ["learner", "facilitator", "mentor"] as const;
export const memberStatuses = ["active", "inactive"] as const;
export const visibilities = ["private", "connections", "group", "public"] as const;
export const socialInteractionTypes = [
  "message", "comment", "like", "peer_review", "mentorship_request",
] as const;
export const notificationTypes = ["system", "course", "reward", "reminder", "message", "ai_nudge"] as const;
export const notificationChannels = ["email", "browser", "app"] as const;
export const notificationFrequencies = ["anytime", "online_only", "daily_digest", "weekly_summary"] as const;
export const recommendationTypes = ["course", "skill", "career", "mentor", "content"] as const;
export const actionStatuses = ["pending", "clicked", "ignored", "completed"] as const;
export const salaryTrends = ["rising", "stable", "falling"] as const;
export const rollupSubjects = ["user", "course", "group", "platform"] as const;
export const featureEntities = ["user", "course", "skill", "session"] as const;
export const valueKinds = ["number", "text", "vector", "json"] as const;
export const reportStatuses = ["pending", "running", "completed", "failed"] as const;
export const reportFormats = ["json", "csv", "pdf"] as const;
export const jobTypes = [
  "pdf_processing", "quiz_generation", "course_generation", "catalog_import", "embedding", "rollup",
  "report", "retention", "erasure",
] as const;
export const jobStatuses = ["pending", "processing", "completed", "failed", "cancelled"] as const;
export const retentionActions = ["drop_partition", "archive", "aggregate", "purge", "keep"] as const;
