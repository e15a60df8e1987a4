import { sql } from "drizzle-orm";
import {
  boolean, check, index, jsonb, numeric, primaryKey, smallint, text, unique,
} from "drizzle-orm/pg-core";
import {
  belongsTo, between, citext, createdAt, day, fraction, id, instant, oneOf, percent, refersTo, timestamps,
  trigram,
} from "../columns.js";
import {
  derivedFrom, educationLevels, gamificationPersonas, genders, goalTypes, learningStyles, skillLevels,
  skillSources, verificationStatuses,
} from "../value-sets.js";
import { skills } from "./catalog.js";
import { users } from "./identity.js";
import { jobRoles } from "./pathways.js";
import { learnerSchema } from "./schemas.js";

/** Demographics and onboarding answers; `onboarding_draft` holds an unfinished onboarding. */
export const profiles = learnerSchema.table(
  "profiles",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("profiles_user_id_key"),
    headline: text("headline"),
    gender: text("gender", { enum: genders }),
    dateOfBirth: day("date_of_birth"),
    nationality: text("nationality"),
    addressLine1: text("address_line1"),
    addressLine2: text("address_line2"),
    city: text("city"),
    state: text("state"),
    country: text("country"),
    region: text("region"),
    location: text("location"),
    educationLevel: text("education_level", { enum: educationLevels }),
    fieldOfStudy: text("field_of_study"),
    experienceYears: numeric("experience_years", { precision: 4, scale: 2 }).notNull().default("0"),
    targetRoles: text("target_roles"),
    targetIndustries: text("target_industries").array().notNull().default([]),
    hasResources: boolean("has_resources"),
    motivations: text("motivations").array().notNull().default([]),
    comfortableSubjects: text("comfortable_subjects").array().notNull().default([]),
    onboardingCompletedAt: instant("onboarding_completed_at"),
    onboardingDraft: jsonb("onboarding_draft"),
    ...timestamps(),
  },
  (t) => [
    oneOf("profiles_gender_ck0", t.gender, genders),
    oneOf("profiles_education_level_ck1", t.educationLevel, educationLevels),
    between("profiles_experience_years_ck2", t.experienceYears, 0, 80),
    check("profiles_row_ck3", sql`date_of_birth is null or date_of_birth > '1900-01-01'`),
    index("idx_profiles_region_education_level").on(t.region, t.educationLevel),
    index("idx_profiles_target_industries").using("gin", t.targetIndustries),
  ],
);

/** A stay at a school or college. */
export const educationRecords = learnerSchema.table(
  "education_records",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    institution: text("institution"),
    qualification: text("qualification"),
    specialization: text("specialization"),
    startYear: smallint("start_year"),
    endYear: smallint("end_year"),
    isCurrent: boolean("is_current").notNull().default(false),
    gpa: numeric("gpa", { precision: 5, scale: 2 }),
    gpaScale: numeric("gpa_scale", { precision: 5, scale: 2 }).notNull().default("10"),
    achievements: text("achievements"),
    ...timestamps(),
  },
  (t) => [
    check("education_records_row_ck0", sql`gpa between 0 and gpa_scale`),
    between("education_records_row_ck1", t.startYear, 1900, 2155),
    check("education_records_row_ck2", sql`end_year between start_year and 2155`),
    check("education_records_row_ck3", sql`not is_current or end_year is null`),
    index("idx_education_records_user_id_start_year").on(t.userId, t.startYear),
  ],
);

/** A claimed or evidenced skill. The free-text name stays; `skill_id` is filled when the catalogue knows it. */
export const skillProficiencies = learnerSchema.table(
  "skill_proficiencies",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    skillId: refersTo("skill_id", () => skills.id),
    skillName: citext("skill_name").notNull(),
    proficiencyLevel: smallint("proficiency_level"),
    skillLevel: text("skill_level", { enum: skillLevels }).notNull().default("beginner"),
    proficiencyScore: percent("proficiency_score").notNull().default("0"),
    source: text("source", { enum: skillSources }).notNull().default("manual"),
    endorsedBy: text("endorsed_by"),
    lastValidatedAt: instant("last_validated_at"),
    ...timestamps(),
  },
  (t) => [
    unique("skill_proficiencies_user_id_skill_name_key").on(t.userId, t.skillName),
    between("skill_proficiencies_proficiency_level_ck0", t.proficiencyLevel, 1, 5),
    oneOf("skill_proficiencies_skill_level_ck1", t.skillLevel, skillLevels),
    between("skill_proficiencies_proficiency_score_ck2", t.proficiencyScore, 0, 100),
    oneOf("skill_proficiencies_source_ck3", t.source, skillSources),
    trigram("idx_skill_proficiencies_skill_name_trgm", t.skillName),
    index("idx_skill_proficiencies_skill_id_fk").on(t.skillId),
  ],
);

/** What a learner wants to learn, earn or become; 1 is the higher priority. */
export const goals = learnerSchema.table(
  "goals",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    goalType: text("goal_type", { enum: goalTypes }).notNull(),
    value: text("value"),
    priority: smallint("priority").notNull().default(1),
    desiredRole: text("desired_role"),
    desiredJobRoleId: refersTo("desired_job_role_id", () => jobRoles.id),
    targetSkillsNote: text("target_skills_note"),
    careerMotivation: text("career_motivation"),
    targetTimeline: text("target_timeline"),
    targetDate: day("target_date"),
    progressPercent: percent("progress_percent").notNull().default("0"),
    lastReviewedAt: instant("last_reviewed_at"),
    ...timestamps(),
  },
  (t) => [
    oneOf("goals_goal_type_ck0", t.goalType, goalTypes),
    check("goals_priority_ck1", sql`priority in (1, 2)`),
    between("goals_progress_percent_ck2", t.progressPercent, 0, 100),
    check("goals_row_ck3", sql`value is not null or desired_role is not null`),
    index("idx_goals_user_id_priority").on(t.userId, t.priority),
    index("idx_goals_desired_job_role_id_fk").on(t.desiredJobRoleId),
  ],
);

/** Catalogue skills that a goal needs. */
export const goalSkills = learnerSchema.table(
  "goal_skills",
  {
    goalId: belongsTo("goal_id", () => goals.id),
    skillId: belongsTo("skill_id", () => skills.id),
    userId: belongsTo("user_id", () => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "goal_skills_pkey", columns: [t.goalId, t.skillId] }),
    index("idx_goal_skills_skill_id_fk").on(t.skillId),
    index("idx_goal_skills_user_id_fk").on(t.userId),
  ],
);

/** A free-text interest. */
export const interests = learnerSchema.table(
  "interests",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    interest: citext("interest").notNull(),
    ...timestamps(),
  },
  (t) => [
    unique("interests_user_id_interest_key").on(t.userId, t.interest),
    index("idx_interests_interest").on(t.interest),
  ],
);

/** A certificate held, until somebody verified it marked pending. */
export const certifications = learnerSchema.table(
  "certifications",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id),
    name: text("name").notNull(),
    issuingOrg: text("issuing_org"),
    issuedOn: day("issued_on"),
    expiresOn: day("expires_on"),
    credentialId: text("credential_id"),
    credentialUrl: text("credential_url"),
    verificationStatus: text("verification_status", { enum: verificationStatuses }).notNull()
      .default("pending"),
    ...timestamps(),
  },
  (t) => [
    oneOf("certifications_verification_status_ck0", t.verificationStatus, verificationStatuses),
    check("certifications_row_ck1", sql`expires_on is null or issued_on is null or expires_on >= issued_on`),
    index("idx_certifications_verification_status").on(t.verificationStatus),
    index("idx_certifications_credential_id").on(t.credentialId),
    index("idx_certifications_user_id_fk").on(t.userId),
  ],
);

/** A derived learning persona; the stated learning style is in `userPreferences`. */
export const psychographics = learnerSchema.table(
  "psychographics",
  {
    id: id(),
    userId: belongsTo("user_id", () => users.id).unique("psychographics_user_id_key"),
    learningMotivation: text("learning_motivation"),
    learningStyle: text("learning_style", { enum: learningStyles }),
    cognitivePattern: text("cognitive_pattern"),
    engagementType: text("engagement_type"),
    gamificationPersona: text("gamification_persona", { enum: gamificationPersonas }),
    confidenceScore: fraction("confidence_score").notNull().default("0.85"),
    derivedFrom: text("derived_from", { enum: derivedFrom }).notNull().default("hybrid"),
    ...timestamps(),
  },
  (t) => [
    oneOf("psychographics_learning_style_ck0", t.learningStyle, learningStyles),
    oneOf("psychographics_gamification_persona_ck1", t.gamificationPersona, gamificationPersonas),
    between("psychographics_confidence_score_ck2", t.confidenceScore, 0, 1),
    oneOf("psychographics_derived_from_ck3", t.derivedFrom, derivedFrom),
    index("idx_psychographics_gamification_persona").on(t.gamificationPersona),
  ],
);
